export interface PromiseSummary {
  readonly open: number
  readonly overdue: number
  /** It must be 0. */
  readonly withoutHolder: number
}

/** How many promises the office keeps open. */
export function usePromiseSummary(): PromiseSummary | undefined {
  return undefined
}
