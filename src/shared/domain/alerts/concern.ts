import { all, get, type Loading, range } from '../kernel/load.ts'
import { userTable, type User } from '../people/tables.ts'
import { promiseTable, type Promised } from '../promises/tables.ts'
import { alertTable, type Alert } from './tables.ts'

/** An alert with what decides whose it is. */
export interface LoadedAlert {
  readonly alert: Alert | undefined
  readonly promises: readonly Promised[]
  readonly users: readonly User[]
}

export function* loadAlert(alertId: string): Loading<LoadedAlert> {
  return { alert: yield* get(alertTable, alertId), promises: yield* range(promiseTable, 'bySubject', ['alert', alertId]), users: yield* all(userTable) }
}

/** Whoever stands in for dispatch (as cover, or by a role that took it over) holds the promise, and may answer for it. */
export function holdsAlert(promises: readonly Pick<Promised, 'state' | 'holderUserId' | 'holderRole'>[], users: readonly User[], actorId: string): boolean {
  const roles = users.find((user) => user.id === actorId)?.roles ?? []
  return promises.some(({ state, holderUserId, holderRole }) => state === 'open' && (holderUserId === null ? roles.includes(holderRole) : holderUserId === actorId))
}
