import { DAY } from '../base/time.ts'

/** What was tapped longer ago is nobody’s working day: the hub does not hear it, and the telephone keeps it no longer. */
export const MOST_AGO_MS = 35 * DAY
