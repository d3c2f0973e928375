import type { RefObject } from 'react'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { chooseVisits, selectVisit, toggleChosen, useBoardStore } from '../../stores/board.ts'
import { unassignVisits, type ActingPerson } from './boardActions.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'
import type { BoardTimelineHandle } from './timeline/BoardTimeline.tsx'
import { followPress, type Grip } from './timeline/timelineDrag.ts'
import { chosenWith, moveChosen } from './useBoardKeys.ts'
import { actionsFor } from './visitActions.ts'

/** True where a visit may be put to another time: before the work is done. */
export const isMovable = (visit: BoardVisit): boolean => visit.state === 'working' || actionsFor(visit).some(({ kind }) => kind === 'assign')

export interface BarPressParts {
  readonly model: BoardModel
  readonly clock: WallClock
  readonly handle: RefObject<BoardTimelineHandle | null>
  readonly person: ActingPerson
  /** May this person plan visits at all? */
  readonly mayPlan: boolean
  readonly open: (visitId: string) => void
}

/**
 * What a press on a bar, or on a visit in a tray, leads to: with Ctrl the visit is chosen together with others, a drag moves it or
 * one of its ends, and letting go at once opens it.
 */
export function useBarPress({ model, clock, handle, person, mayPlan, open }: BarPressParts): (event: PointerEvent, source: HTMLElement, visitId: string, grip: Grip) => void {
  return (event, source, visitId, grip) => {
    const visit = model.visit(visitId)
    if (!visit || !handle.current) return
    if ((event.ctrlKey || event.metaKey) && visit.technicianId !== null) {
      const { chosenIds, selectedId } = useBoardStore.getState()
      // The one that was selected alone is the first of those chosen.
      const first = chosenIds.size === 0 && selectedId !== null && selectedId !== visitId ? model.visit(selectedId) : undefined
      if (first && first.technicianId !== null) chooseVisits([first.id, visitId])
      else toggleChosen(visitId)
      return
    }
    const together = grip === 'whole' ? chosenWith(model, visit) : [visit]
    if (together.length === 1) chooseVisits([])
    if (!isMovable(visit) || !mayPlan) return open(visitId)
    followPress(event, source, {
      visit,
      grip,
      geometry: handle.current.geometry(),
      companionIds: together.filter(({ id }) => id !== visitId).map(({ id }) => id),
      ownRowOnly: visit.state === 'working' || grip !== 'whole',
      onDrop: (trial, row) => {
        // What is typed into another visit's form stays, and so does the hand there: only the bar moves.
        const { typed, selectedId } = useBoardStore.getState()
        if (!typed || selectedId === visitId) selectVisit(visitId, { focus: true })
        moveChosen(model, clock, together, visit, { row, startsAt: trial.startsAt, endsAt: trial.endsAt }, person)
      },
      onUnassign: together.every(({ technicianId, state }) => technicianId !== null && state !== 'working')
        ? () => void unassignVisits(together)
        : null,
      onClick: () => open(visitId),
    })
  }
}
