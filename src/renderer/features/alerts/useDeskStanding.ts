import { useEffect } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import type { DeskStanding } from '../../../shared/contract/methods/alerts.ts'
import { useQuery } from '../../api/api.ts'
import { useNow } from '../../stores/clock.ts'

const NO_INPUT = {} as const

/** How the desk works now. Asked again every minute: who waited long enough no longer counts, and only the clock says so. */
export function useDeskStanding(): DeskStanding | undefined {
  const { data, refetch } = useQuery('desk.standing', NO_INPUT)
  const minute = Math.floor(useNow() / MINUTE)
  useEffect(refetch, [minute, refetch])
  return data
}
