import type { RouteTarget } from '../../stores/route.ts'

/** From the board to the call that is up, else to where the desk was left; from anywhere else to the board as it was left. */
export function otherPlace(area: string, callId: string | null, left: { readonly board: RouteTarget | null; readonly desk: RouteTarget | null }): RouteTarget {
  if (area !== 'board') return left.board ?? { area: 'board' }
  return callId === null ? (left.desk ?? { area: 'calls' }) : { area: 'booking', query: { call: callId } }
}
