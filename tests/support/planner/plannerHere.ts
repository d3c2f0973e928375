import { WindowDays } from '../../../src/main/services/dispatch/planning/offeredWindows.ts'
import type { PlannerThread } from '../../../src/main/services/dispatch/planning/plannerThread.ts'
import { answerPlanning, type PlanningAnswer, type PlanningQuestion } from '../../../src/main/services/dispatch/planning/questions.ts'

/** The planner without its thread: what it is asked and answers is copied all the same, as between threads. */
export function plannerHere(): Pick<PlannerThread, 'ask' | 'generation'> {
  const days = new WindowDays()
  const ask = (question: PlanningQuestion): Promise<PlanningAnswer> => Promise.resolve(structuredClone(answerPlanning(structuredClone(question), () => performance.now(), days)))
  return { generation: 1, ask: ask as PlannerThread['ask'] }
}
