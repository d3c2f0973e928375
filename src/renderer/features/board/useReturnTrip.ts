import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { useQuery } from '../../api/api.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { useWindowPick, type WindowPick } from '../windowPick/useWindowPick.ts'

/** How far ahead a window for coming again is looked for. */
const DAYS_AHEAD = 14

/** When we come again; nothing is proposed, for the technician has agreed on it at the door. */
export function useReturnTrip(returnId: string, detail: VisitDetail | null, durationMinutes: number): WindowPick {
  const today = wallTimeOf(useNow(), useZone()).day
  const { data } = useQuery('dispatch.windows', detail ? { jobTypeId: detail.jobTypeId, locationId: detail.locationId, fromDay: today, days: DAYS_AHEAD, durationMinutes } : null)
  return useWindowPick({ of: returnId, fresh: data?.windows, first: () => undefined, today, none: 'Choose the window in which we come again.' })
}
