import { useEffect } from 'react'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { forgetChangedBy, showChangedBy } from '../../stores/board.ts'
import { usePerson } from '../../stores/session.ts'
import type { BoardModel } from './timeline/boardModel.ts'

/** How long a bar says who changed it, ms: long enough to look up from another monitor. */
const NEWS_MS = 8000

/** Lets the bars that somebody else has just changed slide to their places and say who; the words about it are `useNews`'. */
export function useChangedBars(model: BoardModel, day: BoardDay): void {
  const { name } = usePerson()
  useEffect(() => {
    const changed = new Map(model.changes().flatMap(({ was, is }) => (is.version > was.version && is.updatedBy !== '' && is.updatedBy !== name ? [[is.id, is.updatedBy] as const] : [])))
    if (changed.size === 0) return
    showChangedBy(changed)
    setTimeout(() => forgetChangedBy(changed.keys()), NEWS_MS)
  }, [model, day, name])
}
