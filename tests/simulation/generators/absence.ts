import { HOUR } from '../../../src/shared/base/time.ts'
import { ROLES } from '../../../src/shared/domain/people/permissions.ts'
import { ABSENCES, userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const goAway: Generator = {
  command: 'user.goAway',
  propose: ({ random, rows, at }) => {
    const users = rows(userTable)
    const user = random.pick(users.filter((candidate) => candidate.presence === 'active'))
    if (!user) return undefined
    const colleague = random.pick(users.filter((candidate) => (candidate.id !== user.id && candidate.presence !== 'left') || random.chance(WRONG)))
    return {
      ...(random.chance(0.7) ? { actorId: user.id } : {}),
      input: {
        userId: user.id,
        absence: random.chance(0.1) ? 'left' : random.pick(ABSENCES),
        backAt: random.chance(0.5) ? at + (random.chance(WRONG) ? -HOUR : HOUR) : null,
        toUserId: random.chance(0.4) ? (colleague?.id ?? null) : null,
        toRole: random.chance(0.3) ? (random.pick(ROLES) ?? null) : null,
      },
    }
  },
}

const comeBack: Generator = {
  command: 'user.comeBack',
  propose: ({ random, rows }) => {
    const user = random.pick(rows(userTable).filter((candidate) => (candidate.presence === 'away') !== random.chance(WRONG / 2)))
    return user && { ...(random.chance(0.7) ? { actorId: user.id } : {}), input: { userId: user.id } }
  },
}

export const absenceGenerators: readonly Generator[] = [goAway, comeBack]
