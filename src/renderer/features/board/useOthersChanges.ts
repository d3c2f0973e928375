import { useEffect } from 'react'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { forgetChangedBy, hearOthers, showChangedBy } from '../../stores/board.ts'
import { usePerson } from '../../stores/session.ts'
import { othersWords } from './othersWords.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel, VisitChange } from './timeline/boardModel.ts'

/** How long a bar says who changed it, ms: long enough to look up from another monitor. */
const NEWS_MS = 8000

const isNews = ({ was, is }: VisitChange, me: string): boolean => is.version > was.version && is.updatedBy !== '' && is.updatedBy !== me

/** Says who changed what elsewhere, on the bars and to whoever listens. */
export function useOthersChanges(model: BoardModel, day: BoardDay, clock: WallClock): void {
  const { name } = usePerson()
  useEffect(() => {
    const news = model.changes().filter((change) => isNews(change, name))
    if (news.length === 0) return
    const nameOf = (technicianId: string): string => model.row(technicianId)?.technician.name ?? 'somebody who left'
    hearOthers(othersWords(news, clock, nameOf))
    showChangedBy(new Map(news.map(({ is }: { readonly is: BoardVisit }) => [is.id, is.updatedBy])))
    setTimeout(() => forgetChangedBy(news.map(({ is }) => is.id)), NEWS_MS)
  }, [model, day, clock, name])
}
