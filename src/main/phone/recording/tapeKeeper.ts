import { MU_LAW_RATE } from '../../../shared/base/muLaw.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
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
}

const NOBODY_TOLD = { consent: 'none', consentAt: null, consentBy: null } as const

/** Writes what is recorded to the disk as it comes, and makes a recording of it once it has ended. */
export class TapeKeeper {
  readonly #desk: RecordingDesk
  readonly #folder: TapeFolder
  readonly #labels = new Map<string, TapeLabel>()
  #work: Promise<void> = Promise.resolve()

  constructor(desk: RecordingDesk, directory: string) {
    this.#desk = desk
    this.#folder = new TapeFolder(directory === ':memory:' ? null : directory)
  }

  heard(parts: Parts, event: TapeEvent): void {
    const { tape, bytes } = event
    const known = this.#labels.get(tape.tapeId)
    const label = { ...(known ?? this.#label(parts, event)), pauses: [...tape.pauses] }
    if (!known || JSON.stringify(known.pauses) !== JSON.stringify(label.pauses)) this.#folder.note(label)
    this.#labels.set(tape.tapeId, label)
    this.#folder.append(tape.tapeId, bytes)
    if (!tape.ended) return
    this.#labels.delete(tape.tapeId)
    this.#keepLater(parts, label, tape.cutOff)
  }

  /** What a fall has left becomes recordings that broke off. */
  keepLeft(parts: Parts): void {
    for (const tapeId of this.#folder.left()) {
      const label = this.#folder.labelOf(tapeId)
      if (label) this.#keepLater(parts, label, true)
      else parts.log.warn('recording.noLabel', { tapeId })
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

  async #keep({ store, hub, now, run, log }: Parts, { tapeId, pauses, ...label }: TapeLabel, cutOff: boolean): Promise<void> {
    if (store.engine.run(get(callRecordingTable, tapeId))) return this.#folder.drop(tapeId)
    const incoming = store.blobs.incoming(`recording-${tapeId}`)
    const frames = await this.#folder.copy(tapeId, incoming)
    const durationMs = Math.round((frames * 1000) / MU_LAW_RATE)
    if (durationMs === 0) {
      await incoming.drop()
      return this.#folder.drop(tapeId)
    }
    const { sha256, bytes } = await incoming.keep(null, now())
    const within = pauses.map(({ from, to, why }) => ({ from: Math.min(from, durationMs), to: Math.min(to, durationMs), why }))
    const input = { recordingId: tapeId, ...label, durationMs, pauses: within, cutOff, bytes, sha256, deviceName: hub.state().deviceName ?? '' }
    const outcome = run({ name: 'recording.keep', input, actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'refused') return log.error('recording.refused', { tapeId, code: outcome.refusal.code, message: outcome.refusal.message })
    this.#folder.drop(tapeId)
  }
}
