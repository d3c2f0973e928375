import { useEffect, useRef, useState } from 'react'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { useOwnChanges } from '../../api/api.ts'
import { announce } from '../../stores/board.ts'
import { usePerson } from '../../stores/session.ts'
import { newsOf } from './news.ts'
import type { WallClock } from './timeline/axis.ts'

/** What somebody else did to the day shown, said once and kept until the next: it stands in a place of its own and moves nothing. */
export function useNews(day: BoardDay, clock: WallClock): string {
  const { name } = usePerson()
  /** The visits that this person changed here since the board was shown. */
  const own = useRef<ReadonlySet<string>>(new Set())
  useOwnChanges((changed) => {
    own.current = new Set([...own.current, ...changed.flatMap(({ table, id }) => (table === 'appointment' ? [id] : []))])
  })
  const last = useRef(day)
  const [news, setNews] = useState('')
  useEffect(() => {
    const before = last.current
    if (before === day) return
    last.current = day
    if (before.day !== day.day) setNews('')
    const said = newsOf({ before, after: day, ownIds: own.current, ownName: name, clock })
    if (said === null) return
    setNews(said)
    announce(said)
  }, [day, clock, name])
  return news
}
