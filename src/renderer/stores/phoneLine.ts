import { useState } from 'react'
import type { PhoneLine } from '../../shared/contract/methods/phone.ts'
import { useEvent, useQuery } from '../api/api.ts'

const NO_INPUT = {} as const

/** The line of this workstation's telephone, as of the last word of the backend; undefined until the first. */
export function usePhoneLine(): PhoneLine | undefined {
  const { data } = useQuery('phone.state', NO_INPUT)
  const [said, setSaid] = useState<PhoneLine>()
  useEvent('phoneLine', setSaid)
  return said ?? data
}
