import { DAY, HOUR } from '../../../shared/base/time.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { type Complaint, recordingKeptUntil } from '../../../shared/domain/phone/retention.ts'
import { phoneRules } from '../../../shared/domain/phone/settings.ts'
import { phoneLineTable, phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import { type CallRecording, callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
import { type Task, taskTable } from '../../../shared/domain/tasks/tables.ts'
import { errorDetails } from '../../core/log.ts'
import type { Services } from '../../core/service.ts'
import type { Timers } from '../../sync/timers.ts'

type Parts = Pick<Services, 'store' | 'now' | 'run' | 'log'>

const asComplaint = ({ state, resolvedAt }: Task): Complaint => ({ state, settledAt: resolvedAt })

/** Complaints about the call, or of whoever called since it was recorded. */
function complaintsAbout({ store: { engine } }: Parts, { callId, startedAt }: CallRecording): readonly Complaint[] {
  const customerId = engine.run(get(callTable, callId))?.customerId ?? null
  const ofCustomer = customerId === null ? [] : engine.run(range(taskTable, 'byCustomer', [customerId]))
  const about = [...engine.run(range(taskTable, 'byCall', [callId])), ...engine.run(range(taskTable, 'byRelated', ['call', callId])), ...ofCustomer.filter(({ createdAt }) => createdAt >= startedAt)]
  return about.filter(({ type }) => type === 'complaint').map(asComplaint)
}

/** Until when a recording is kept, epoch milliseconds; null while a complaint runs. */
export function keptUntil(parts: Parts, recording: CallRecording): number | null {
  const { engine } = parts.store
  // A line that is out of use still says how long what was said on it is kept.
  const line = engine.run(all(phoneLineTable)).find(({ number }) => number === recording.lineNumber)
  return recordingKeptUntil(recording.startedAt, line, phoneRules(engine.run(all(phoneSettingTable))), complaintsAbout(parts, recording))
}

/** Deletes the recordings whose time is over, and the files of those that another workstation has forgotten. */
export async function sweepRecordings(parts: Parts): Promise<void> {
  const { store, now, run, log } = parts
  try {
    // Not while a company’s rows are still coming: a complaint may be among them.
    if (store.sync.state()?.snapshot) return
    const old = store.engine.run(range(callRecordingTable, 'byGone', [null], { to: now() - DAY + 1 }))
    for (const recording of old) {
      const until = keptUntil(parts, recording)
      if (until === null || until > now()) continue
      const days = Math.round((until - recording.startedAt) / DAY)
      run({ name: 'recording.forget', input: { recordingId: recording.id, why: `Kept for ${days === 1 ? '1 day' : `${days} days`}, as its line says.` }, actorId: SYSTEM_ACTOR })
    }
    const files = await store.blobs.dropForgotten()
    if (files > 0) log.info('recordings.forgotten', { files })
  } catch (error) {
    log.warn('recordings.sweep', errorDetails(error))
  }
}

/** @returns what stops it */
export function sweepHourly(parts: Parts, timers: Timers): () => void {
  let stop: () => void = () => undefined
  const again = (): void => {
    void sweepRecordings(parts)
    stop = timers.after(HOUR, again)
  }
  again()
  return () => stop()
}
