import { createContext, useContext } from 'react'
import type { Permission } from '../../shared/domain/people/permissions.ts'
import { api, queries } from '../api/api.ts'
import { inRoom, leaveRoom } from '../api/room.ts'
import type { OutputOf } from '../api/types.ts'

export type SessionState = OutputOf<'session.state'>
export type SessionPerson = NonNullable<SessionState['person']>
export type SessionCompany = NonNullable<SessionState['company']>
/** Somebody who may sign in. */
export type OfficePerson = SessionState['people'][number]

/** What every screen may rely on: it is only there while somebody is signed in, or beneath the lock. */
export interface Session {
  readonly company: SessionCompany
  readonly person: SessionPerson
  readonly people: readonly OfficePerson[]
  readonly version: string
  readonly desktop: boolean
}

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('A screen is shown although nobody is signed in')
  return session
}

/** The person signed in; beneath the lock, the one who was. */
export const usePerson = (): SessionPerson => useSession().person

export const useCompany = (): SessionCompany => useSession().company

/** The company's time zone, for showing instants. */
export const useZone = (): string => useSession().company.zone

/** Whether the person may do this: for hiding what would only be refused. The backend decides again. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = usePerson()
  return (permission) => permissions.includes(permission)
}

/** What the session query takes: one object, so that its answer is cached once. */
export const SESSION_INPUT = {} as const

const askAgain = (): void => queries.refetch('session.state', SESSION_INPUT)

/**
 * Signs a person in at this page.
 * @param before who was signed in or stands beneath the lock; somebody else must not see the answers kept for them
 */
export async function signIn(userId: string, pin: string, before: string | null): Promise<void> {
  signingIn = true
  try {
    await api.action('session.signIn', { userId, pin })
  } finally {
    signingIn = false
  }
  if (before !== userId) queries.clear()
  else askAgain()
}

let signingIn = false

/**
 * Somebody signed in or out at another window of this session.
 * @param before who was signed in here, or stands beneath the lock; the answers kept for them are not for somebody else
 */
export async function followSession(before: string | null): Promise<void> {
  if (signingIn) return
  const { person } = await api.query('session.state', SESSION_INPUT)
  if (person && before !== null && person.userId !== before) queries.clear()
  else askAgain()
}

export async function lock(reason: 'idle' | 'asked'): Promise<void> {
  await api.action('session.lock', { reason })
  // The office is locked with it; a room stands beneath no lock.
  if (inRoom()) return leaveRoom('#/practice')
  askAgain()
}

/** After a company was started the page begins anew. */
export function companyStarted(): void {
  queries.clear()
}
