import { useEvent, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'

export type OutageState = OutputOf<'phoneOffice.outage'>

const NO_INPUT = {} as const

/** Whether this workstation has a telephone; undefined until it is known. */
export function useOutage(): OutageState | undefined {
  const { data, refetch } = useQuery('phoneOffice.outage', NO_INPUT)
  useEvent('phoneOutage', refetch)
  return data
}
