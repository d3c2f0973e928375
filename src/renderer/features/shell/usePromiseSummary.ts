import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'

const INPUT = {} as const

/** How many promises the office keeps open, and how many nobody holds, which must be none. */
export function usePromiseSummary(): OutputOf<'promises.summary'> | undefined {
  return useQuery('promises.summary', INPUT).data
}
