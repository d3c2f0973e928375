import { useEffect } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useNow } from '../../stores/clock.ts'

export type PromiseSummary = OutputOf<'promises.summary'>

/** How many promises the office keeps open, and what is overdue; asked again each minute, since only the clock makes them late. */
export function usePromiseSummary(): PromiseSummary | undefined {
  const { data, refetch } = useQuery('promises.summary', {})
  const minute = Math.floor(useNow() / MINUTE)
  useEffect(refetch, [minute, refetch])
  return data
}
