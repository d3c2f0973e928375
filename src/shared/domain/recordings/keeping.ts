import { DAY, type Instant } from '../../base/time.ts'
import { callTable } from '../calls/tables.ts'
import { all, get, type Loading, range } from '../kernel/load.ts'
import { type Complaint, recordingKeptUntil } from '../phone/retention.ts'
import { lineDialled, phoneRules } from '../phone/settings.ts'
import { type PhoneLine, phoneLineTable, phoneSettingTable } from '../phone/tables.ts'
import { type Task, taskTable } from '../tasks/tables.ts'
import type { CallRecording, KeptVoicemail } from './tables.ts'

const asComplaint = ({ state, resolvedAt }: Task): Complaint => ({ state, settledAt: resolvedAt })

/** One of whoever called that ran while it was recorded, or came later: it may be what the call was about. */
const ranSince = (task: Task, at: Instant): boolean => task.createdAt >= at || task.state === 'open' || (task.resolvedAt !== null && task.resolvedAt >= at)

type Recorded = Pick<CallRecording, 'callId' | 'startedAt' | 'createdAt' | 'lineNumber'>

function* complaintsAbout({ callId, startedAt }: Recorded, customerId: string | null): Loading<readonly Complaint[]> {
  const ofCall = yield* range(taskTable, 'byCall', [callId])
  const related = yield* range(taskTable, 'byRelated', ['call', callId])
  const ofCustomer = customerId === null ? [] : yield* range(taskTable, 'byCustomer', [customerId])
  const about = [...ofCall, ...related, ...ofCustomer.filter((task) => ranSince(task, startedAt))]
  return about.filter(({ type }) => type === 'complaint').map(asComplaint)
}

/** A line that is out of use still says how long what was said on it is kept, unless its number is another line’s now. */
function lineNumbered(lines: readonly PhoneLine[], number: string): PhoneLine | undefined {
  return lineDialled(lines, number) ?? lines.find((line) => number !== '' && line.number === number)
}

/** Until when a recording is kept, epoch milliseconds; null while a complaint runs. */
export function* recordingKept(recording: Recorded): Loading<Instant | null> {
  const call = yield* get(callTable, recording.callId)
  const lines = yield* all(phoneLineTable)
  const rules = phoneRules(yield* all(phoneSettingTable))
  const complaints = yield* complaintsAbout(recording, call?.customerId ?? null)
  // Two clocks have said when it was: where one of them was wrong, the later one counts.
  const recordedAt = Math.max(recording.startedAt, recording.createdAt)
  return recordingKeptUntil(recordedAt, lineNumbered(lines, recording.lineNumber || (call?.lineNumber ?? '')), rules, complaints)
}

/** After its call was returned a voicemail is kept for so long at least: whoever returned it may want to hear it once more. */
const AFTER_RETURN = 7 * DAY

/**
 * Until when a voicemail is kept, as a recording of its line is; null while its caller is owed a call back, or a complaint
 * runs. When the call was returned is no column of it: that was no later than whatever was last written on the call.
 */
export function* voicemailKept({ callId, leftAt, createdAt, lineNumber }: KeptVoicemail): Loading<Instant | null> {
  const call = yield* get(callTable, callId)
  if (call?.followUp === 'owed') return null
  const until = yield* recordingKept({ callId, startedAt: leftAt, createdAt, lineNumber })
  return until === null ? null : Math.max(until, (call?.updatedAt ?? leftAt) + AFTER_RETURN)
}

/** The shortest time that anything recorded is kept, milliseconds: what is younger needs no look. */
export function* shortestKept(): Loading<number> {
  const lines = yield* all(phoneLineTable)
  const { recordingDays } = phoneRules(yield* all(phoneSettingTable))
  return Math.min(recordingDays, ...lines.flatMap((line) => (line.recordingDays === null ? [] : [line.recordingDays]))) * DAY
}
