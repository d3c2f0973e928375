import { z } from 'zod'
import { update, type Patch } from '../kernel/changes.ts'
import { accept, defineIntention, type DecisionContext } from '../kernel/command.ts'
import { idInput, instantInput } from '../kernel/inputs.ts'
import { all } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { loadReading, readingOf } from '../scripts/reading.ts'
import { leavesNoOwner, refuseOverOwner } from './owners.ts'
import { ROLES } from './permissions.ts'
import { ABSENCES, userTable, type User } from './tables.ts'

/** What a person's row says while they are there. */
export const HERE: Patch<typeof userTable> = { presence: 'active', absence: null, backAt: null, passToUserId: null, passToRole: null }

/** Oneself, or somebody who is sick or has forgotten to say so: then a manager. */
function mayMark(userId: string, users: readonly User[], context: DecisionContext): User | Refused {
  const user = users.find((candidate) => candidate.id === userId)
  if (!user) return refuse('people.unknown', 'This person is not in the office.', { field: 'userId' })
  if (user.id !== context.actorId && !context.may('people.edit')) return refuse('people.notYours', `Only ${user.name} or a manager can say whether ${user.name} is here.`, { field: 'userId' })
  return user
}

export const goAway = defineIntention({
  name: 'user.goAway',
  version: 1,
  summary: 'Say that somebody is away or has left, and who has their promises meanwhile.',
  permission: 'office.view',
  input: z.strictObject({
    userId: idInput,
    absence: z.enum([...ABSENCES, 'left']),
    /** When they are expected back. */
    backAt: instantInput.nullable(),
    /** Who has the promises meanwhile: a colleague, a role, or (both null) the usual cover, else the person's role. */
    toUserId: idInput.nullable(),
    toRole: z.enum(ROLES).nullable(),
  }),
  *load(input) {
    return { users: yield* all(userTable), reading: yield* loadReading(input.userId) }
  },
  decide(input, { users, reading }, context) {
    const user = mayMark(input.userId, users, context)
    if ('kind' in user) return user
    const colleague = users.find((candidate) => candidate.id === input.toUserId)
    // Somebody who went away meanwhile passes them on along their own way; only who can never have them is refused.
    if (input.toUserId !== null && (!colleague || colleague.presence === 'left' || colleague.id === user.id)) {
      return refuse('people.passTo', 'Choose somebody else who works here, or a role.', { field: 'toUserId' })
    }
    if (input.backAt !== null && input.backAt <= context.at) return refuse('people.backPast', 'The time to be back has passed already. Choose a later one.', { field: 'backAt' })
    const passing = { passToUserId: input.toUserId, passToRole: input.toUserId === null ? input.toRole : null }
    if (input.absence !== 'left') return accept(update(userTable, user, { presence: 'away', absence: input.absence, backAt: input.backAt, ...passing }))
    const overOwner = refuseOverOwner(user.roles, users.find((candidate) => candidate.id === context.actorId))
    if (overOwner) return overOwner
    if (leavesNoOwner(users, user, { roles: user.roles, presence: 'left' })) {
      return refuse('people.lastOwner', `${user.name} is the only owner. Make somebody else an owner first.`, { field: 'absence' })
    }
    return accept(update(userTable, user, { presence: 'left', absence: null, backAt: null, ...passing }), readingOf({ ...user, presence: 'left' }, reading, context.at))
  },
})

export const comeBack = defineIntention({
  name: 'user.comeBack',
  version: 1,
  summary: 'Say that somebody is here again; the promises nobody touched meanwhile come back.',
  permission: 'office.view',
  input: z.strictObject({ userId: idInput }),
  *load() {
    return yield* all(userTable)
  },
  decide(input, users, context) {
    const user = mayMark(input.userId, users, context)
    if ('kind' in user) return user
    if (user.presence === 'left') return refuse('people.left', `${user.name} has left. A manager takes people back under Settings, People.`, { field: 'userId' })
    return accept(update(userTable, user, HERE))
  },
})
