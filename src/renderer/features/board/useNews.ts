import { useEffect, useRef, useState } from 'react'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { usePendingChanges } from '../../api/api.ts'
import { announce } from '../../stores/board.ts'
import { usePerson } from '../../stores/session.ts'
import { newsOf } from './news.ts'
import type { WallClock } from './timeline/axis.ts'

/** What somebody else did to the day shown, said once and kept until the next: it stands in a place of its own and moves nothing. */
export function useNews(day: BoardDay, clock: WallClock): string {
  const { name } = usePerson()
  const sending = usePendingChanges() > 0
  /** What this person changes next follows from what they did here. */
  const own = useRef(false)
  if (sending) own.current = true
  const last = useRef(day)
  const [news, setNews] = useState('')
  useEffect(() => {
    if (last.current === day) return
    const said = newsOf(last.current, day, own.current ? name : null, name, clock)
    if (last.current.day !== day.day) setNews('')
    last.current = day
    if (!sending) own.current = false
    if (said === null) return
    setNews(said)
    announce(said)
  }, [day, clock, name, sending])
  return news
}
