import { api, queries, useQuery } from '../api/api.ts'
import type { OutputOf } from '../api/types.ts'
import type { Permission } from '../../shared/domain/people/permissions.ts'

export type SessionState = OutputOf<'session.state'>
export type SessionPerson = NonNullable<SessionState['person']>
export type SessionCompany = NonNullable<SessionState['company']>

const SESSION = {} as const

/** Which company this is, who may sign in, who is signed in here. */
export function useSession() {
  return useQuery('session.state', SESSION)
}

/** Asks again who is signed in, and forgets what the person before could see. */
export function sessionChanged(): void {
  queries.clear()
}

/** The person signed in. Screens are only there while somebody is, so they need not ask whether. */
export function usePerson(): SessionPerson {
  const person = useSession().data?.person
  if (!person) throw new Error('Nobody is signed in')
  return person
}

/** The company of this store; screens are only there when there is one. */
export function useCompany(): SessionCompany {
  const company = useSession().data?.company
  if (!company) throw new Error('There is no company')
  return company
}

/** The company's time zone, for showing instants. */
export function useZone(): string {
  return useCompany().zone
}

/** Whether the person may do this: for hiding what would only be refused. The backend decides again. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = usePerson()
  return (permission) => permissions.includes(permission)
}

export async function signIn(userId: string, pin: string): Promise<void> {
  await api.action('session.signIn', { userId, pin })
  sessionChanged()
}

export async function lock(reason: 'idle' | 'asked'): Promise<void> {
  await api.action('session.lock', { reason })
  sessionChanged()
}
