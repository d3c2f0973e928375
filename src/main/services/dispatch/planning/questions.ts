import type { SuggestedTechnician } from '../../../../shared/contract/methods/assistant.ts'
import { assertNever } from '../../../../shared/base/assertNever.ts'
import type { IsoDay } from '../../../../shared/base/time.ts'
import type { DayFacts } from './dayFacts.ts'
import type { WindowDays } from './offeredWindows.ts'
import type { WindowsAnswer, WindowsQuestion } from './windowsQuestion.ts'
import { type Fault, replanDay, type ReplanAnswer, type ReplanQuestion, tryMoves, type TryQuestion } from './replanDay.ts'
import { type SuggestQuestion, suggestTechnicians } from './suggest.ts'

/** What the planning thread is asked and answers, as it crosses between threads. */
export type PlanningQuestion =
  | ({ readonly kind: 'suggest' } & SuggestQuestion)
  | ({ readonly kind: 'replan' } & ReplanQuestion)
  | ({ readonly kind: 'try' } & TryQuestion)
  | ({ readonly kind: 'windows' } & WindowsQuestion)
  /** A day that windows are asked of, as it stands now; days before `from` are over. */
  | { readonly kind: 'learn'; readonly facts: DayFacts; readonly from: IsoDay }

export interface PlanningAnswers {
  readonly suggest: readonly SuggestedTechnician[]
  readonly replan: ReplanAnswer
  readonly try: readonly Fault[]
  /** Null where a day of it was not learned. */
  readonly windows: WindowsAnswer | null
  readonly learn: null
}

export type PlanningAnswer = PlanningAnswers[PlanningQuestion['kind']]

/** Somebody waits for the proposal: so long the search may take, in milliseconds; a little longer where many visits look for a place. */
const REPLAN_MS = 100
const MS_A_VISIT = 8
const MOST_MS = 500

const budgetOf = ({ happened }: ReplanQuestion): number =>
  happened.reduce((sum, event) => Math.min(MOST_MS, sum + (event.kind === 'waiting' ? event.appointmentIds.length * MS_A_VISIT : 0)), REPLAN_MS)

/**
 * @param clock milliseconds
 * @param days what was learned of the days ahead
 */
export function answerPlanning(question: PlanningQuestion, clock: () => number, days: WindowDays): PlanningAnswer {
  switch (question.kind) {
    case 'suggest':
      return suggestTechnicians(question)
    case 'replan':
      return replanDay(question, { kind: 'time', milliseconds: budgetOf(question), clock })
    case 'try':
      return tryMoves(question)
    case 'windows':
      return days.answer(question)
    case 'learn':
      days.forgetBefore(question.from)
      days.learn(question.facts)
      return null
    default:
      return assertNever(question, 'question')
  }
}
