import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { recordingKept, shortestKept } from '../../../shared/domain/recordings/keeping.ts'
import { type CallRecording, callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
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

function* inPieces(rows: readonly CallRecording[]): Generator<readonly CallRecording[]> {
  for (let at = 0; at < rows.length; at += LOOKED_AT_ONCE) yield rows.slice(at, at + LOOKED_AT_ONCE)
}

/** Asks the hub for each recording whose time is over, or does it where there is none. */
async function forgetOver(parts: Parts): Promise<void> {
  const { store, now, hub, background, log } = parts
  const old = await background.run(() => store.engine.run(range(callRecordingTable, 'byGone', [null], { to: now() - store.engine.run(shortestKept()) + 1 })))
  for (const piece of inPieces(old)) {
    const looked = await background.run(() => piece.map((recording) => ({ recording, until: store.engine.run(recordingKept(recording)) })))
    for (const { recording, until } of looked) {
      if (until === null || until > now()) continue
      if (!isCaughtUp(parts)) return
      const days = Math.round((until - recording.startedAt) / DAY)
      const input = { recordingId: recording.id, why: `Kept for ${days === 1 ? '1 day' : `${days} days`}, as its line says.` }
      const outcome = await hub.runAwaited({ name: 'recording.forget', input, actorId: SYSTEM_ACTOR })
      if (outcome.kind === 'refused') log.warn('recordings.notForgotten', { recordingId: recording.id, code: outcome.refusal.code })
      // The hub knows better, or has another clock: what comes after this one is asked for another time.
      if (store.engine.run(get(callRecordingTable, recording.id))?.goneAt === null) return
    }
  }
}

/**
 * Deletes the recordings whose time is over, and the files of those that are forgotten.
 * @returns false where that has to wait, because this workstation does not know what the others do
 */
export async function sweepRecordings(parts: Parts): Promise<boolean> {
  const { store, log } = parts
  if (!isCaughtUp(parts)) return false
  try {
    await forgetOver(parts)
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
