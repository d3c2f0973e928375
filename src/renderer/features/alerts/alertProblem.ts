import { assertNever } from '../../../shared/base/assertNever.ts'

/** What of an alert did not reach dispatch, and why. What they have and what they lack is not the same in each. */
export interface AlertProblem {
  readonly of: 'raise' | 'change' | 'withdraw'
  /** A sentence. */
  readonly message: string
}

/** What the person must know to act: whether dispatch was alerted comes first. */
export function problemWords({ of, message }: AlertProblem): string {
  switch (of) {
    case 'raise':
      return `Dispatch was not alerted: ${message} Tell them yourself, or press Alt+E again.`
    case 'change':
      return `Dispatch was alerted, but has not heard the latest: ${message} Tell them yourself; the next step sends it again.`
    case 'withdraw':
      return `The alert stands. It could not be taken back: ${message}`
    default:
      return assertNever(of, 'part of an alert')
  }
}

/** What is said now that something else failed: nobody has heard the latest of an alert that was never raised. */
export const graverProblem = (before: AlertProblem | null, next: AlertProblem): AlertProblem => (before?.of === 'raise' ? before : next)
