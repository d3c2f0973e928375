import { ID_PATTERN } from '../../../shared/base/id.ts'
import { MU_LAW_RATE } from '../../../shared/base/muLaw.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { DAY } from '../../../shared/base/time.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { phoneRules } from '../../../shared/domain/phone/settings.ts'
import { phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import { LONGEST_RECORDING_MS, MOST_PAUSES } from '../../../shared/domain/recordings/commands.ts'
import { callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
import type { EventPayload } from '../../../shared/contract/events.ts'
import { errorDetails, type Log } from '../../core/log.ts'
import type { CommandOutcome, CommandRequest } from '../../core/runner.ts'
import type { Store } from '../../store/store.ts'
import type { LiveCalls } from '../liveCalls.ts'
import type { PhoneEvent } from '../port.ts'
import type { RecordingDesk } from './recordingDesk.ts'
import { TapeFolder, type TapeLabel } from './tapeFolder.ts'

type TapeEvent = Extract<PhoneEvent, { kind: 'tape' }>
interface Parts {
  readonly store: Store
  readonly liveCalls: LiveCalls
  readonly hub: { state(): { readonly deviceName: string | null } }
  readonly log: Log
  readonly now: () => number
  readonly run: (request: CommandRequest) => CommandOutcome
  readonly emit: (name: 'phoneRefused', payload: EventPayload<'phoneRefused'>) => void
}

const NOT_KEPT = 'This call is not being recorded any more: the disk of this workstation does not take it. What was recorded before is kept, and the call itself goes on. Make room on the disk, then record again.'

/** This office’s sample and the other side’s. */
const FRAME_BYTES = 2

const NOBODY_TOLD = { consent: 'none', consentAt: null, consentBy: null } as const

/** A tape that grows. */
interface Growing {
  label: TapeLabel
  /** What the disk has of the label. */
  noted: string
  /** A piece of it is missing. */
  lost: boolean
}

const within = (value: number, most: number): number => Math.min(Math.max(0, Math.round(value)), most)

/** A label was on a disk that may have failed: what does not fit is cut, for the voice counts more than it. */
function fitting({ lineNumber, agentId, consentBy, pauses, ...label }: Omit<TapeLabel, 'tapeId'>, durationMs: number) {
  const idOr = (id: string | null): string | null => (id !== null && ID_PATTERN.test(id) ? id : null)
  return {
    ...label,
    lineNumber: lineNumber.slice(0, 40),
    agentId: idOr(agentId),
    consentBy: idOr(consentBy),
    durationMs,
    pauses: pauses.slice(0, MOST_PAUSES).map(({ from, to, why }) => ({ from: within(from, durationMs), to: within(to, durationMs), why })),
  }
}

/** Writes what is recorded to the disk as it comes, and makes a recording of it once it has ended. */
export class TapeKeeper {
  readonly #desk: RecordingDesk
  readonly #folder: TapeFolder
  readonly #labels = new Map<string, Growing>()
  #work: Promise<void> = Promise.resolve()

  constructor(desk: RecordingDesk, directory: string) {
    this.#desk = desk
    this.#folder = new TapeFolder(directory === ':memory:' ? null : directory)
  }

  heard(parts: Parts, event: TapeEvent): void {
    const { tape, bytes } = event
    const known = this.#labels.get(tape.tapeId)
    const label = { ...(known?.label ?? this.#label(parts, event)), pauses: [...tape.pauses] }
    const text = JSON.stringify(label)
    const entry = known ?? { label, noted: '', lost: false }
    entry.label = label
    this.#labels.set(tape.tapeId, entry)
    try {
      if (entry.noted !== text) this.#folder.note(label)
      entry.noted = text
      if (bytes.length > 0) this.#folder.write(tape.tapeId, bytes, tape.frames * FRAME_BYTES - bytes.length)
    } catch (error) {
      this.#lose(parts, entry, error)
    } finally {
      if (tape.ended) this.#end(parts, entry, tape.cutOff)
    }
  }

  #end(parts: Parts, { label, lost }: Growing, cutOff: boolean): void {
    this.#labels.delete(label.tapeId)
    this.#keepLater(parts, label, cutOff || lost)
  }

  /** The disk did not take a piece: nobody is to believe that the call is recorded. */
  #lose({ log, emit }: Parts, entry: Growing, error: unknown): void {
    const { tapeId, callId, agentId } = entry.label
    log.error('recording.notWritten', { tapeId, ...errorDetails(error) })
    if (entry.lost) return
    entry.lost = true
    // Not while the telephone is telling: it ends this tape.
    queueMicrotask(() => {
      this.#desk.stop(callId)
      if (agentId !== null) emit('phoneRefused', { userId: agentId, callId, message: NOT_KEPT })
    })
  }

  /** What a fall has left becomes recordings that broke off. */
  keepLeft(parts: Parts): void {
    for (const tapeId of this.#folder.left()) {
      const label = this.#folder.labelOf(tapeId)
      if (label) this.#keepLater(parts, label, true)
      else {
        parts.log.warn('recording.noLabel', { tapeId })
        this.#dropOld(parts, tapeId)
      }
    }
  }

  /** Settles once everything that has ended is a recording. */
  settled(): Promise<void> {
    return this.#work
  }

  async close(): Promise<void> {
    await this.#work
    this.#folder.close()
  }

  #label({ store, liveCalls }: Parts, { externalId, tape }: TapeEvent): TapeLabel {
    const callId = callIdOf(store.companyId, externalId)
    const call = liveCalls.get(callId)?.call
    return {
      tapeId: tape.tapeId,
      callId,
      lineNumber: call?.lineNumber ?? '',
      agentId: call && 'agentId' in call ? call.agentId : null,
      practice: call?.practice ?? false,
      ...(this.#desk.told(callId) ?? NOBODY_TOLD),
      startedAt: tape.startedAt,
      pauses: [],
    }
  }

  #keepLater(parts: Parts, label: TapeLabel, cutOff: boolean): void {
    this.#work = this.#work
      .then(() => this.#keep(parts, label, cutOff))
      // It stays where it is, and the next start tries again.
      .catch((error: unknown) => parts.log.error('recording.notKept', { tapeId: label.tapeId, ...errorDetails(error) }))
  }

  /** What nobody can be shown is not kept for longer than what they can be. */
  #dropOld({ store, now, log }: Parts, tapeId: string): void {
    const { recordingDays } = phoneRules(store.engine.run(all(phoneSettingTable)))
    if (this.#folder.writtenAt(tapeId) + recordingDays * DAY > now()) return
    this.#folder.drop(tapeId)
    log.warn('recording.tooOld', { tapeId })
  }

  async #keep(parts: Parts, { tapeId, ...label }: TapeLabel, cutOff: boolean): Promise<void> {
    const { store, hub, now, run, log } = parts
    if (store.engine.run(get(callRecordingTable, tapeId))) return this.#folder.drop(tapeId)
    const incoming = store.blobs.incoming(`recording-${tapeId}`)
    const frames = await this.#folder.copy(tapeId, incoming)
    const durationMs = within((frames * 1000) / MU_LAW_RATE, LONGEST_RECORDING_MS)
    if (durationMs === 0) {
      await incoming.drop()
      return this.#folder.drop(tapeId)
    }
    const { sha256, bytes } = await incoming.keep(null, now())
    const input = { recordingId: tapeId, ...fitting(label, durationMs), cutOff, bytes, sha256, deviceName: (hub.state().deviceName ?? '').slice(0, 60) }
    const outcome = run({ name: 'recording.keep', input, actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'accepted' || outcome.kind === 'repeated') return this.#folder.drop(tapeId)
    log.error('recording.refused', { tapeId, ...(outcome.kind === 'refused' ? { code: outcome.refusal.code, message: outcome.refusal.message } : { code: outcome.kind }) })
    this.#dropOld(parts, tapeId)
  }
}
