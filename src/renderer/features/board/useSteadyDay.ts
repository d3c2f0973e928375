import { useRef, useState } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { useOwnChanges } from '../../api/api.ts'
import { useBoardStore } from '../../stores/board.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { usePerson } from '../../stores/session.ts'
import { NO_WORK, withOwnWork, workedOn } from './ownWork.ts'

interface SteadyDay {
  readonly day: BoardDay | undefined
  /** As of when it is shown, epoch milliseconds. */
  readonly at: Instant
  /** Shows what others changed meanwhile; null where all of it is shown. */
  readonly renew: (() => void) | null
}

/**
 * While a bar is in hand, or somebody is on the line, the board keeps the day it showed: what others change, and the hand of the
 * clock, wait until the bar is set down, the call is over, or the person asks for them. What the person does here meanwhile is shown,
 * and nothing but that: a draft that is kept, a form that is sent, and a colleague's move are no reason to move.
 */
export function useSteadyDay(day: BoardDay | undefined, now: Instant): SteadyDay {
  const { userId } = usePerson()
  const dragging = useBoardStore((store) => store.liftedIds.size > 0)
  const onTheLine = useCallsStore((store) => store.calls.some(({ call }) => call.state === 'live' && isMine(call, userId)))
  const [, draw] = useState(0)
  const drawAnew = (): void => draw((times) => times + 1)
  const shown = useRef({ day, at: now })
  const own = useRef(NO_WORK)
  /** The answer that own work was taken from last: looked at once. */
  const looked = useRef<BoardDay>(undefined)
  useOwnChanges((changed) => {
    const work = workedOn(own.current, changed)
    if (work === own.current) return
    own.current = work
    looked.current = undefined
    drawAnew()
  })
  const showAll = (): void => {
    if (shown.current.day !== day) own.current = NO_WORK
    shown.current = { day, at: now }
  }
  const before = shown.current.day
  const other = before?.day !== day?.day || before?.dayStarts.length !== day?.dayStarts.length
  if (!dragging && (!onTheLine || other)) showAll()
  else if (!dragging && before && day && before !== day && own.current !== NO_WORK && looked.current !== day) {
    const { day: next, left } = withOwnWork(before, day, own.current)
    own.current = left
    looked.current = day
    shown.current = { ...shown.current, day: next }
  }
  const waiting = onTheLine && shown.current.day !== day
  return {
    ...shown.current,
    renew: waiting
      ? () => {
          showAll()
          drawAnew()
        }
      : null,
  }
}
