import { useEffect, useRef } from 'react'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { navigate, type RouteTarget, useRoute } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import { otherPlace } from './otherPlace.ts'

/**
 * One person who answers the telephone and dispatches (D21): one key goes between the call and the board, each as it was
 * left. The ring finds them on the board as anywhere; answering it opens the booking, and the key brings the board back.
 */
export function useRoleMode(userId: string): void {
  const route = useRoute()
  const may = useMay()
  const places = useRef<{ board: RouteTarget | null; desk: RouteTarget | null }>({ board: null, desk: null })
  useEffect(() => {
    places.current = route.area === 'board' ? { ...places.current, board: route } : { ...places.current, desk: route }
  }, [route])
  const change = (): void => {
    const up = useCallsStore.getState().calls.filter(({ call }) => isMine(call, userId))
    const call = up.find(({ call: { state } }) => state === 'live') ?? up[0]
    navigate(otherPlace(route.area, call?.call.callId ?? null, places.current))
  }
  useHotkeys('Telephone', [{ keys: 'Alt+B', label: 'Between the call and the board', run: change }], { enabled: may('call.handle') && may('job.book') && may('visit.assign') })
}
