import { useEffect } from 'react'
import type { Colleague } from '../../../shared/contract/methods/phoneOffice.ts'
import { useEvent, useQuery } from '../../api/api.ts'

const NO_INPUT = {} as const

/** Everybody who works here and what they do now, kept up to date: by rows, by presence, and by the clock that ends a wrap-up. */
export function useColleagues(wanted = true): readonly Colleague[] {
  const { data, refetch } = useQuery('phoneOffice.people', wanted ? NO_INPUT : null)
  useEvent('presence', refetch)
  useEvent('phone', refetch)
  const people = data?.people ?? []
  const next = Math.min(...people.flatMap(({ until }) => until ?? []))
  useEffect(() => {
    if (!Number.isFinite(next)) return undefined
    const timer = setTimeout(refetch, Math.max(250, next - Date.now() + 250))
    return () => clearTimeout(timer)
  }, [next, refetch])
  return people
}
