import { DAY, type Instant } from '../../base/time.ts'
import type { PhoneRules } from './settings.ts'
import type { PhoneLine } from './tables.ts'

/** What a recording is kept for beside its line’s days: a complaint about the call or its customer. */
export interface Complaint {
  readonly state: 'open' | 'done' | 'dropped'
  readonly settledAt: Instant | null
}

/** After a complaint is over, what was said about it is kept for so long: it may come back. */
const AFTER_COMPLAINT_DAYS = 30

/**
 * Until when a recording is kept; null while a complaint runs, for as long as that takes.
 * @param line the line it came on; undefined where the company does not have it any more
 */
export function recordingKeptUntil(
  recordedAt: Instant,
  line: Pick<PhoneLine, 'recordingDays'> | undefined,
  rules: Pick<PhoneRules, 'recordingDays'>,
  complaints: readonly Complaint[],
): Instant | null {
  if (complaints.some(({ state }) => state === 'open')) return null
  const byLine = recordedAt + (line?.recordingDays ?? rules.recordingDays) * DAY
  return Math.max(byLine, ...complaints.flatMap(({ settledAt }) => (settledAt === null ? [] : [settledAt + AFTER_COMPLAINT_DAYS * DAY])))
}
