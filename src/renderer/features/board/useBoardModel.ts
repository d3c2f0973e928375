import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { settleTimes, useBoardStore } from '../../stores/board.ts'
import type { Arrangement } from './timeline/arrangement.ts'
import { type BoardModel, createBoardModel } from './timeline/boardModel.ts'

/** Lets a model show what is on its way, until it is told to stop. */
function followPending(model: BoardModel): () => void {
  model.pend(useBoardStore.getState().pending)
  model.pendTimes(useBoardStore.getState().pendingTimes)
  return useBoardStore.subscribe(({ pending, pendingTimes }, before) => {
    if (pending !== before.pending) model.pend(pending)
    if (pendingTimes !== before.pendingTimes) model.pendTimes(pendingTimes)
  })
}

/** The model of the board on this screen, fed with what the backend answers and with what is on its way. */
export function useBoardModel(day: BoardDay, now: Instant, arrangement: Arrangement): BoardModel {
  const [model] = useState(createBoardModel)
  useLayoutEffect(() => followPending(model), [model])
  useLayoutEffect(() => model.arrange(arrangement), [model, arrangement])
  useLayoutEffect(() => model.show(day, now), [model, day, now])
  useLayoutEffect(settleTimes, [day])
  return model
}

/**
 * Something of the model, for a component to draw.
 * @param read must answer the same object while nothing of it has changed
 */
export function useModel<Part>(model: BoardModel, read: (model: BoardModel) => Part): Part {
  return useSyncExternalStore(model.watch, () => read(model))
}
