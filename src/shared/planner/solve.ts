import { describePlan } from './describe.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { anneal } from './search/anneal.ts'
import type { Budget } from './search/budget.ts'
import { compile } from './search/compile.ts'

export type { Budget } from './search/budget.ts'

export interface SolveOptions {
  readonly budget: Budget
  /** The same seed, problem and iterations give the same plan. */
  readonly seed: number
}

/** Hot enough at first to try another cluster for a visit; tuned on days made in Solomon's manner, not on the famous ones. */
const HEAT = { first: 4, last: 0.01 } as const

/** Plans a day from nothing but what stands fixed. Ruin and recreate; decision 19 says why. */
export function solve(problem: Problem, { budget, seed }: SolveOptions): Plan & { readonly rounds: number } {
  const day = compile(problem)
  const { orders, rounds } = anneal(day, { seed, budget, from: null, heat: HEAT })
  return { ...describePlan(day, orders), rounds }
}
