import { useEffect, useRef } from 'react'
import { useEvent } from '../../api/api.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { currentDraft, isBegun } from '../../stores/booking.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { afterCall, stayThere, takeFromBoard } from '../../stores/roleMode.ts'
import { navigate, type RouteTarget, useRoute } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import { isUnsaid } from './callActions.ts'
import { otherPlace } from './otherPlace.ts'

/** Where a call takes somebody; whoever went anywhere else went by themselves. */
const OF_CALLS: ReadonlySet<string> = new Set(['booking', 'customers', 'jobs', 'calls'])

/** Brings the board back at hang-up where everything about the call is said and done; else whatever ends it does. */
async function comeBack(callId: string, area: () => string): Promise<void> {
  if (await isUnsaid(callId)) return
  const draft = currentDraft(`call/${callId}`)
  if ((draft && isBegun(draft)) || !OF_CALLS.has(area())) return
  const board = afterCall(null)
  if (board) navigate(board, { replace: true })
}

/**
 * One person who answers the telephone and dispatches (D21). The ring finds them on the board as anywhere; answering opens
 * the booking, and after the call the board is back as it was left. One key goes between the two at any time.
 */
export function useRoleMode(userId: string): void {
  const route = useRoute()
  const may = useMay()
  const both = may('call.handle') && may('job.book') && may('visit.assign')
  const places = useRef<{ board: RouteTarget | null; desk: RouteTarget | null }>({ board: null, desk: null })
  const area = useRef(route.area)
  useEffect(() => stayThere, [userId])
  useEffect(() => {
    const { board } = places.current
    if (both && board && area.current === 'board' && route.area === 'booking' && route.query['call'] !== undefined) takeFromBoard(userId, board)
    if (route.area === 'board') stayThere()
    area.current = route.area
    places.current = route.area === 'board' ? { ...places.current, board: route } : { ...places.current, desk: route }
  }, [route, userId, both])
  useEvent('phone', (call) => {
    // Where nobody could be asked, the key brings the board back.
    if (call.state === 'ended' && call.agentId === userId) comeBack(call.callId, () => area.current).catch(() => undefined)
  })
  const change = (): void => {
    const up = useCallsStore.getState().calls.filter(({ call }) => isMine(call, userId))
    const call = up.find(({ call: { state } }) => state === 'live') ?? up[0]
    navigate(otherPlace(route.area, call?.call.callId ?? null, places.current))
  }
  useHotkeys('Telephone', [{ keys: 'Alt+B', label: 'Between the call and the board', run: change }], { enabled: both })
}
