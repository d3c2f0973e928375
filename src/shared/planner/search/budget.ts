/** How long to search. Iterations repeat exactly; time is what a dispatcher has. */
export type Budget =
  | { readonly kind: 'iterations'; readonly count: number }
  /** `clock` in milliseconds: processor time where other work should not cost quality, wall time where somebody waits. */
  | { readonly kind: 'time'; readonly milliseconds: number; readonly clock: () => number }

/** How much of a budget is used up, 0 to 1; asked before every round. */
export function progressOf(budget: Budget): (round: number) => number {
  if (budget.kind === 'iterations') return (round) => (budget.count <= 0 ? 1 : round / budget.count)
  const { milliseconds, clock } = budget
  const began = clock()
  let progress = 0
  // Reading a clock costs as much as a small round.
  return (round) => {
    if ((round & 15) === 0) progress = milliseconds <= 0 ? 1 : (clock() - began) / milliseconds
    return progress
  }
}
