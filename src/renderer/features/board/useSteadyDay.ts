import { useRef, useState } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { usePendingChanges } from '../../api/api.ts'
import { useBoardStore } from '../../stores/board.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { usePerson } from '../../stores/session.ts'

interface SteadyDay {
  readonly day: BoardDay | undefined
  /** As of when it is shown, epoch milliseconds. */
  readonly at: Instant
  /** Shows what others changed meanwhile; null where all of it is shown. */
  readonly renew: (() => void) | null
}

/**
 * While a bar is in hand, or somebody is on the line, the board keeps the day it showed: what others change, and the hand of the
 * clock, wait until the bar is set down, the call is over, the person asks for them, or changes something here.
 */
export function useSteadyDay(day: BoardDay | undefined, now: Instant): SteadyDay {
  const { userId } = usePerson()
  const dragging = useBoardStore((store) => store.liftedIds.size > 0)
  const onTheLine = useCallsStore((store) => store.calls.some(({ call }) => call.state === 'live' && isMine(call, userId)))
  const sending = usePendingChanges() > 0
  const [, renew] = useState(0)
  const shown = useRef({ day, at: now })
  /** What is answered next follows from what the person did here. */
  const own = useRef(false)
  if (sending) own.current = true
  const news = shown.current.day !== day
  const other = shown.current.day?.day !== day?.day || shown.current.day?.dayStarts.length !== day?.dayStarts.length
  if (!dragging && (!onTheLine || other || (news && own.current))) {
    if (news && !sending) own.current = false
    shown.current = { day, at: now }
  }
  const waiting = onTheLine && shown.current.day !== day
  return {
    ...shown.current,
    renew: waiting
      ? () => {
          shown.current = { day, at: now }
          renew((times) => times + 1)
        }
      : null,
  }
}
