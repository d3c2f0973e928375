import { refuse, type Refused } from '../kernel/refusal.ts'
import { FALLBACK_ROLE, type Role } from './permissions.ts'
import type { User } from './tables.ts'

/**
 * Only an owner makes, changes or unlocks an owner: otherwise whoever edits people could give an owner a
 * PIN of their own and post their own batch in that name.
 */
export function refuseOverOwner(rolesTouched: readonly Role[], actor: User | undefined): Refused | undefined {
  if (!rolesTouched.includes(FALLBACK_ROLE) || actor?.roles.includes(FALLBACK_ROLE)) return undefined
  return refuse('people.ownerOnly', 'Only an owner can make, change or unlock an owner.', { field: 'set.roles' })
}

/** The office must keep somebody who can hold what nobody else can. */
export function leavesNoOwner(users: readonly User[], changed: User, next: Pick<User, 'roles' | 'presence'>): boolean {
  const isOwner = (user: Pick<User, 'roles' | 'presence'>): boolean => user.presence !== 'left' && user.roles.includes(FALLBACK_ROLE)
  return !isOwner(next) && !users.some((user) => user.id !== changed.id && isOwner(user))
}
