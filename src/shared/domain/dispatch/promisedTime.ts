import { DAY } from '../../base/time.ts'
import { WAITING_STATES } from './states.ts'
import type { Appointment } from './tables.ts'

/** What says whether a visit takes time in its window. */
export type PromisedTime = Pick<Appointment, 'state' | 'technicianId' | 'slot' | 'partsState' | 'partsExpectedAt' | 'windowEndsAt'>

/**
 * Whether a visit that waits for parts is expected in its window. One that is over a day before somebody looks for the parts was
 * promised before the wait began: nobody comes in it without them, so others are promised that time, and the visit gets a window
 * once they are in. The day between is for whoever promises the morning of the day on which they come. Whether they are in by
 * now changes nothing: what was kept for nobody may be somebody else's since, and is claimed again when the visit goes on.
 */
const comesWithItsParts = ({ partsState, partsExpectedAt, windowEndsAt }: PromisedTime): boolean =>
  (partsState === 'awaited' || partsState === 'received') && (partsExpectedAt === null || windowEndsAt > partsExpectedAt - DAY)

/**
 * Whether time is kept in a visit's window though no technician has it: it waits in the tray, or it waits for its parts with a
 * window that was claimed for it. Any other visit on hold takes none: nobody knows when it goes on.
 */
export function keepsPromisedTime(visit: PromisedTime): boolean {
  const { state, technicianId, slot } = visit
  if (technicianId !== null) return false
  return WAITING_STATES.includes(state) || (state === 'hold' && slot === 'held' && comesWithItsParts(visit))
}

/** Whether others may have been promised the time that it once claimed: it is on hold, and nothing is kept for it. */
export const letsGoOfTime = (visit: PromisedTime): boolean => visit.state === 'hold' && visit.technicianId === null && !keepsPromisedTime(visit)
