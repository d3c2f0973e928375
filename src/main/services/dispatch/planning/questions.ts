import type { SuggestedTechnician } from '../../../../shared/contract/methods/assistant.ts'
import { assertNever } from '../../../../shared/base/assertNever.ts'
import { type Fault, replanDay, type ReplanAnswer, type ReplanQuestion, tryMoves, type TryQuestion } from './replanDay.ts'
import { type SuggestQuestion, suggestTechnicians } from './suggest.ts'

/** What the planning thread is asked and answers, as it crosses between threads. */
export type PlanningQuestion =
  | ({ readonly kind: 'suggest' } & SuggestQuestion)
  | ({ readonly kind: 'replan' } & ReplanQuestion)
  | ({ readonly kind: 'try' } & TryQuestion)

export interface PlanningAnswers {
  readonly suggest: readonly SuggestedTechnician[]
  readonly replan: ReplanAnswer
  readonly try: readonly Fault[]
}

export type PlanningAnswer = PlanningAnswers[PlanningQuestion['kind']]

/** Somebody waits for the proposal: so long the search may take, in milliseconds. */
const REPLAN_MS = 100

/** @param clock milliseconds */
export function answerPlanning(question: PlanningQuestion, clock: () => number): PlanningAnswer {
  switch (question.kind) {
    case 'suggest':
      return suggestTechnicians(question)
    case 'replan':
      return replanDay(question, { kind: 'time', milliseconds: REPLAN_MS, clock })
    case 'try':
      return tryMoves(question)
    default:
      return assertNever(question, 'question')
  }
}
