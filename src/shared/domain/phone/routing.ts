import type { Role } from '../people/permissions.ts'
import type { PhoneLine } from './tables.ts'

/** Somebody at a page of the office who may take calls. */
export interface Answerer {
  readonly userId: string
  readonly roles: readonly Role[]
  readonly skills: readonly string[]
  /** Available and on no call. */
  readonly free: boolean
}

/** Whom a ring goes to before the others, and how long, in milliseconds of ringing; the others see it in the call cell meanwhile. */
export interface RingFirst {
  readonly userIds: readonly string[]
  readonly untilMs: number
}

type Wishes = Pick<PhoneLine, 'skills' | 'roles'>

/** True where a line is for this person: one of its roles, and every skill it asks for. */
function suits({ skills, roles }: Wishes, person: Pick<Answerer, 'roles' | 'skills'>): boolean {
  return (roles.length === 0 || roles.some((role) => person.roles.includes(role))) && skills.every((skill) => person.skills.includes(skill))
}

const ANYBODY: Wishes = { skills: [], roles: [] }

/**
 * Whom a ring goes to first: those the line is for who are free, else whoever is free. Null rings everybody at once, also
 * those who are busy or at lunch: a caller whom nobody sees is worse than a lunch that is disturbed.
 */
export function ringFirst(line: Wishes | undefined, present: readonly Answerer[], firstSeconds: number): RingFirst | null {
  const free = present.filter((person) => person.free)
  const meant = free.filter((person) => suits(line ?? ANYBODY, person))
  const first = meant.length > 0 ? meant : free
  if (first.length === 0 || first.length === present.length || firstSeconds === 0) return null
  return { userIds: first.map(({ userId }) => userId), untilMs: firstSeconds * 1000 }
}

/** Whether a ring that has rung for so long is to be seen and heard by this person. */
export function ringsAt(first: RingFirst | null, userId: string, rungMs: number): boolean {
  return first === null || first.userIds.includes(userId) || rungMs >= first.untilMs
}
