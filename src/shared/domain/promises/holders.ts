import { FALLBACK_ROLE, type Role } from '../people/permissions.ts'
import type { User } from '../people/tables.ts'

export interface Holder {
  readonly holderUserId: string | null
  readonly holderRole: Role
}

/** A role is staffed while somebody who has it has not left the company. */
export function isStaffed(role: Role, users: readonly User[]): boolean {
  return users.some((user) => user.presence !== 'left' && user.roles.includes(role))
}

function roleHolder(role: Role, users: readonly User[]): Holder {
  return { holderUserId: null, holderRole: isStaffed(role, users) ? role : FALLBACK_ROLE }
}

/**
 * Who holds a promise now: the person wanted while active, else the person's cover, else the role,
 * else the owner. A circle of people covering one another ends at the role.
 */
export function holderFor(wantedUserId: string | null, role: Role, users: readonly User[]): Holder {
  const asked = new Set<string>()
  let userId = wantedUserId
  while (userId !== null && !asked.has(userId)) {
    asked.add(userId)
    const user = users.find((candidate) => candidate.id === userId)
    if (user?.presence === 'active') return { holderUserId: user.id, holderRole: roleHolder(role, users).holderRole }
    userId = user?.coverUserId ?? null
  }
  return roleHolder(role, users)
}
