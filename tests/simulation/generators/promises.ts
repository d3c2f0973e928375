import { DAY, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { ROLES } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { DEFAULT_QUEUES, queueId } from '../../../src/shared/domain/promises/defaultQueues.ts'
import { expr, type Expression } from '../../../src/shared/domain/promises/expression.ts'
import { isStaffed } from '../../../src/shared/domain/promises/holders.ts'
import { promiseTable, queueTable, type Outcome, type Promised, type Queue } from '../../../src/shared/domain/promises/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const stripped = ({ companyId: _c, version: _v, createdAt: _ca, createdBy: _cb, updatedAt: _ua, updatedBy: _ub, ...values }: Queue) => values

/** Conditions a manager might narrow or widen a call queue with; each still reads `followUp`, which outcomes settle. */
function callCondition({ random }: World): Expression {
  const owed = expr.is('followUp', 'owed')
  return (
    random.pick<Expression>([
      owed,
      expr.all(owed, expr.isNull('customerId')),
      expr.all(owed, expr.not(expr.is('direction', 'out'))),
      expr.all(owed, expr.any(expr.isNull('agentId'), expr.is('practice', false))),
    ]) ?? owed
  )
}

const saveQueue: Generator = {
  command: 'queue.save',
  propose: (world) => {
    const { random } = world
    const saved = random.pick(world.rows(queueTable))
    const start = saved && random.chance(0.6) ? stripped(saved) : random.pick(DEFAULT_QUEUES)
    if (!start) return undefined
    if (random.chance(WRONG)) {
      const wrong = random.pick([{ condition: expr.is('colour', 'red') }, { holderField: 'customerId' }, { due: expr.value('soon') }, { key: 'another' }, { outcomes: [] }])
      return { input: { ...start, ...wrong } }
    }
    const own = start.subjectKind === 'call' ? { condition: callCondition(world), holderField: random.pick(['agentId', null]) } : {}
    const changed = { ...start, ...own, boundMinutes: Math.max(start.boundMinutes, 200 * 24 * 60) - random.below(600), holderRole: random.pick(['inboundCsr', 'dispatcher', 'receivables']) }
    if (start.subjectKind !== 'call' || random.chance(0.5)) return { input: { ...changed, active: random.chance(0.9) } }
    const key = `calls-${random.below(3)}`
    return { input: { ...changed, id: queueId(key), key, name: 'More calls', active: random.chance(0.7) } }
  },
}

interface Worked {
  readonly promise: Promised
  readonly queue: Queue
}

/** Mostly an open promise, now and then one that is settled or was never there. */
function somePromise(world: World): Worked | undefined {
  const { random } = world
  const open = world.rows(promiseTable).filter((promise) => (promise.state === 'open') !== random.chance(WRONG / 2))
  const promise = random.pick(open)
  const queue = promise && world.rows(queueTable).find((candidate) => candidate.id === promise.queueId)
  return promise && queue ? { promise, queue } : undefined
}

/** What has to be read is nobody else’s to take or to be given; now and then somebody tries. */
const isTheirsAlone = ({ promise }: Worked, random: World['random']): boolean => promise.subjectKind === 'read_receipt' && !random.chance(WRONG)

function noteFor(outcome: Outcome, { random }: World): string {
  if (outcome.needsNote && random.chance(WRONG)) return ''
  return outcome.needsNote || random.chance(0.3) ? 'She asked for a later day. \u{1F64F}' : ''
}

const recordOutcome: Generator = {
  command: 'promise.recordOutcome',
  propose: (world) => {
    const { random } = world
    const worked = somePromise(world)
    const outcome = worked && random.pick(worked.queue.outcomes)
    if (!worked || !outcome) return undefined
    const dueAt = outcome.effect.kind === 'retry' && random.chance(0.3) ? { dueAt: world.at + (random.below(300) - 10) * DAY } : {}
    return { input: { promiseId: worked.promise.id, outcomeKey: random.chance(WRONG / 2) ? 'unheardOf' : outcome.key, note: noteFor(outcome, world), ...dueAt } }
  },
}

const handOver: Generator = {
  command: 'promise.handOver',
  propose: (world) => {
    const { random } = world
    const worked = somePromise(world)
    if (!worked) return undefined
    if (isTheirsAlone(worked, random)) return undefined
    const users = world.rows(userTable)
    const person = random.pick(users.filter((user) => user.presence === 'active' || random.chance(WRONG)))
    const staffed = ROLES.filter((role) => isStaffed(role, users))
    const toRole = random.pick(random.chance(WRONG) ? ROLES : staffed) ?? 'owner'
    return { input: { promiseId: worked.promise.id, toUserId: person && random.chance(0.6) ? person.id : null, toRole } }
  },
}

/** A later Baton brings queues along; some are there already. */
const adoptQueues: Generator = {
  command: 'queue.adopt',
  propose: ({ random }) => {
    const shipped = DEFAULT_QUEUES.filter(() => random.chance(0.3))
    const first = shipped[0]
    const key = `later-${random.below(3)}`
    const brought = first && random.chance(0.3) ? [{ ...first, key, id: random.chance(WRONG) ? first.id : queueId(key), name: 'A later queue' }] : []
    return { input: { queues: random.chance(WRONG / 3) ? [{ key }] : [...shipped, ...brought] } }
  },
}

const take: Generator = {
  command: 'promise.take',
  propose: (world) => {
    const { random } = world
    const worked = somePromise(world)
    const actor = random.pick(world.rows(userTable).filter((user) => user.presence === 'active' || random.chance(WRONG)))
    if (worked && isTheirsAlone(worked, random)) return undefined
    return worked && actor && { actorId: actor.id, input: { promiseId: worked.promise.id } }
  },
}

const postpone: Generator = {
  command: 'promise.postpone',
  propose: (world) => {
    const { random } = world
    const worked = somePromise(world)
    if (!worked) return undefined
    const reach = random.chance(WRONG) ? -2 * HOUR : 5 * MINUTE + random.below(worked.queue.boundMinutes) * MINUTE * 0.9
    return { input: { promiseId: worked.promise.id, dueAt: world.at + Math.floor(reach), reason: random.chance(WRONG / 2) ? ' ' : 'They asked for it.' } }
  },
}

export const promisesGenerators: readonly Generator[] = [saveQueue, adoptQueues, recordOutcome, handOver, take, postpone]
