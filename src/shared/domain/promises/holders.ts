import { FALLBACK_ROLE, type Role } from '../people/permissions.ts'
import type { User } from '../people/tables.ts'
import type { Promised, SubjectKind } from './tables.ts'

export interface Holder {
  readonly holderUserId: string | null
  readonly holderRole: Role
}

/** What is one person’s alone: only the reader can say that they have read a manual. */
const NOBODY_ELSES: ReadonlySet<SubjectKind> = new Set(['read_receipt'])

/** The people who have a role and have not left the company. */
function membersOf(role: Role, users: readonly User[]): readonly User[] {
  return users.filter((user) => user.presence !== 'left' && user.roles.includes(role))
}

/** A role is staffed while somebody who has it is there. */
export function isStaffed(role: Role, users: readonly User[]): boolean {
  return membersOf(role, users).some((user) => user.presence === 'active')
}

/**
 * The person while there, else whom they passed their promises to for this absence (a colleague or a staffed role),
 * else their cover, each along their own absences; a circle ends at nobody.
 */
function presentFor(userId: string | null, users: readonly User[], asked: Set<string> = new Set()): Pick<Holder, 'holderUserId'> & { readonly role: Role | null } | undefined {
  const user = userId === null || asked.has(userId) ? undefined : users.find((candidate) => candidate.id === userId)
  if (!user) return undefined
  asked.add(user.id)
  if (user.presence === 'active') return { holderUserId: user.id, role: null }
  const passedTo = presentFor(user.passToUserId, users, asked)
  if (passedTo) return passedTo
  if (user.passToRole && isStaffed(user.passToRole, users)) return { holderUserId: null, role: user.passToRole }
  return presentFor(user.coverUserId, users, asked)
}

/**
 * A role's promises: the role while somebody who has it is there; else somebody's cover; else the owner,
 * if there. When the office is closed and nobody is anywhere, they wait with the role.
 */
function roleHolder(role: Role, users: readonly User[]): Holder {
  if (isStaffed(role, users)) return { holderUserId: null, holderRole: role }
  const members = membersOf(role, users)
  for (const member of members) {
    const standIn = presentFor(member.id, users)
    if (standIn) return { holderUserId: standIn.holderUserId, holderRole: standIn.role ?? role }
  }
  if (isStaffed(FALLBACK_ROLE, users)) return { holderUserId: null, holderRole: FALLBACK_ROLE }
  return { holderUserId: null, holderRole: members.length > 0 ? role : FALLBACK_ROLE }
}

/** Who holds a promise of a person or a role now: the person it is assigned to while active, else who stands in for them, else the role. */
export function holderFor(assignedUserId: string | null, role: Role, users: readonly User[]): Holder {
  const standIn = presentFor(assignedUserId, users)
  return standIn ? { holderUserId: standIn.holderUserId, holderRole: standIn.role ?? role } : roleHolder(role, users)
}

/**
 * Who holds this promise now. What is nobody else’s stays with its person while they are away: whoever stood in for them could
 * only watch it become late, and they find it when they are back. Who leaves owes it no more.
 */
export function promiseHolder({ subjectKind, assignedUserId, assignedRole }: Pick<Promised, 'subjectKind' | 'assignedUserId' | 'assignedRole'>, users: readonly User[]): Holder {
  const stays = NOBODY_ELSES.has(subjectKind) && users.some((user) => user.id === assignedUserId && user.presence !== 'left')
  return stays ? { holderUserId: assignedUserId, holderRole: assignedRole } : holderFor(assignedUserId, assignedRole, users)
}

/**
 * What the ledger promises about every holder: a person who is there or a role with somebody there. Only where not even an
 * owner is there (the office is closed) may a promise wait with a role of people who are away, and only what is nobody else’s
 * with a person who is.
 */
export function isHeld(holder: Holder & Pick<Promised, 'subjectKind'>, users: readonly User[]): boolean {
  if (holder.holderUserId !== null) {
    const mayBeAway = NOBODY_ELSES.has(holder.subjectKind)
    return users.some((user) => user.id === holder.holderUserId && (user.presence === 'active' || (mayBeAway && user.presence !== 'left')))
  }
  if (isStaffed(holder.holderRole, users)) return true
  return !isStaffed(FALLBACK_ROLE, users) && membersOf(holder.holderRole, users).length > 0
}
