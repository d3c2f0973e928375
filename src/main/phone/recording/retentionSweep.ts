import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get, type Loading, range } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { recordingKept, shortestKept, voicemailKept } from '../../../shared/domain/recordings/keeping.ts'
import { callRecordingTable, voicemailTable } from '../../../shared/domain/recordings/tables.ts'
import { errorDetails } from '../../core/log.ts'
import type { Services } from '../../core/service.ts'
import type { HubPort } from '../../sync/port.ts'
import type { Timers } from '../../sync/timers.ts'

type Parts = Pick<Services, 'store' | 'now' | 'background' | 'log'> & { readonly hub: Pick<HubPort, 'state' | 'runAwaited'> }

/** How much is read in one turn: whoever types or is rung waits for no more of it. */
const LOOKED_AT_ONCE = 50

/** Nothing is deleted by what this workstation knows alone while others may know better. */
function isCaughtUp({ hub, store }: Parts): boolean {
  const { link } = hub.state()
  return (link === 'none' || link === 'online') && !store.sync.state()?.snapshot
}

function* inPieces<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += LOOKED_AT_ONCE) yield rows.slice(at, at + LOOKED_AT_ONCE)
}

/** Something that was said, and the rule that it is kept by. */
interface Said {
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly keptUntil: () => Loading<number | null>
}

/** One kind of what is kept of calls. */
interface Kind {
  /** Those that are still kept and are from before a time. */
  readonly before: (to: number) => Loading<readonly Said[]>
  readonly isGone: (id: string) => Loading<boolean>
  /** Why it goes. */
  readonly why: (days: string) => string
  readonly forget: (id: string, why: string) => { readonly name: string; readonly input: Readonly<Record<string, string>> }
}

const RECORDINGS: Kind = {
  *before(to) {
    const rows = yield* range(callRecordingTable, 'byGone', [null], { to })
    return rows.map((row) => ({ id: row.id, at: row.startedAt, keptUntil: () => recordingKept(row) }))
  },
  *isGone(id) {
    return (yield* get(callRecordingTable, id))?.goneAt !== null
  },
  why: (days) => `Kept for ${days}, as its line says.`,
  forget: (recordingId, why) => ({ name: 'recording.forget', input: { recordingId, why } }),
}

const VOICEMAILS: Kind = {
  *before(to) {
    const rows = yield* range(voicemailTable, 'byGone', [null], { to })
    return rows.map((row) => ({ id: row.id, at: row.leftAt, keptUntil: () => voicemailKept(row) }))
  },
  *isGone(id) {
    return (yield* get(voicemailTable, id))?.goneAt !== null
  },
  why: (days) => `Kept for ${days}: as its line says, and a week after its call was returned.`,
  forget: (voicemailId, why) => ({ name: 'voicemail.forget', input: { voicemailId, why } }),
}

/** Asks the hub for each of a kind whose time is over, or does it where there is none. */
async function forgetOver(parts: Parts, kind: Kind): Promise<void> {
  const { store, now, hub, background, log } = parts
  const { engine } = store
  const old = await background.run(() => engine.run(kind.before(now() - engine.run(shortestKept()) + 1)))
  for (const piece of inPieces(old)) {
    const looked = await background.run(() => piece.map((said) => ({ ...said, until: engine.run(said.keptUntil()) })))
    for (const { id, at, until } of looked) {
      if (until === null || until > now()) continue
      if (!isCaughtUp(parts)) return
      const days = Math.round((until - at) / DAY)
      const request = kind.forget(id, kind.why(days === 1 ? '1 day' : `${days} days`))
      const outcome = await hub.runAwaited({ ...request, actorId: SYSTEM_ACTOR })
      if (outcome.kind === 'refused') log.warn('recordings.notForgotten', { id, code: outcome.refusal.code })
      // The hub knows better, or has another clock: what comes after this one is asked for another time.
      if (!engine.run(kind.isGone(id))) return
    }
  }
}

/**
 * Deletes the recordings and voicemails whose time is over, and the files of those that are forgotten.
 * @returns false where that has to wait, because this workstation does not know what the others do
 */
export async function sweepRecordings(parts: Parts): Promise<boolean> {
  const { store, log } = parts
  if (!isCaughtUp(parts)) return false
  try {
    for (const kind of [RECORDINGS, VOICEMAILS]) await forgetOver(parts, kind)
    // What the hub has not said yet may still be taken back, and a file can’t.
    const unsure = store.sync.state() ? store.sync.pendingRows(attachmentTable.name) : new Set<string>()
    const files = await store.blobs.dropForgotten(unsure)
    if (files > 0) log.info('recordings.forgotten', { files })
  } catch (error) {
    log.warn('recordings.sweep', errorDetails(error))
  }
  return true
}

/** A line that is just coming up has brought nothing of what happened meanwhile. */
const FIRST_AFTER = 2 * MINUTE
const AGAIN_AFTER = 10 * MINUTE

/** @returns what stops it */
export function sweepHourly(parts: Parts, timers: Timers): () => void {
  let stopped = false
  let stop: () => void = () => undefined
  const sweepAfter = (after: number): void => {
    stop = timers.after(after, () => void sweepAndGoOn())
  }
  const sweepAndGoOn = async (): Promise<void> => {
    const swept = await sweepRecordings(parts)
    if (!stopped) sweepAfter(swept ? HOUR : AGAIN_AFTER)
  }
  sweepAfter(FIRST_AFTER)
  return () => {
    stopped = true
    stop()
  }
}
