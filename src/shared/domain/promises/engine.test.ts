import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { callTable } from '../calls/tables.ts'
import { insert, remove, update, type Change } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { MemoryEngine } from '../kernel/memoryEngine.ts'
import { foldChanges } from '../kernel/netChanges.ts'
import type { Row, Table, Values } from '../kernel/table.ts'
import type { Role } from '../people/permissions.ts'
import { PRESENCES, userTable, type User } from '../people/tables.ts'
import { queueId, type QueueDefinition } from './defaultQueues.ts'
import { promiseId, settlePromises } from './engine.ts'
import { expr, type Expression } from './expression.ts'
import { isHeld } from './holders.ts'
import { promiseTable, queueTable } from './tables.ts'

const context = (at: number): DecisionContext => ({
  companyId: derivedId('company', 'engine'),
  commandId: derivedId('command', String(at)),
  deviceId: derivedId('device', 'engine'),
  at,
  surelyAt: at,
  actorId: derivedId('user', '0'),
  may: () => true,
  id: (label) => derivedId('command', String(at), label),
  number: () => '1',
})

/** The ledger alone, without commands in front of it: rows change, promises settle, time passes. */
class Ledger {
  readonly engine = new MemoryEngine()
  now = Date.UTC(2026, 6, 14, 12)

  change(...changes: readonly Change[]): void {
    this.now += MINUTE
    const at = context(this.now)
    const settled = this.engine.run(settlePromises(foldChanges(changes, at), at))
    this.engine.apply(foldChanges([...changes, ...settled], at))
  }

  rows<T extends Table>(table: T): readonly Row<T>[] {
    return this.engine.rows(table)
  }
}

const ROLES: readonly Role[] = ['owner', 'inboundCsr', 'dispatcher']
const userId = (index: number): string => derivedId('user', String(index))
const callId = (index: number): string => derivedId('call', String(index))

const call = (id: string, fields: Partial<Values<typeof callTable>>): Values<typeof callTable> => ({
  id,
  externalId: id,
  direction: 'in',
  state: 'ended',
  lineName: '',
  lineNumber: '',
  fromNumber: null,
  offeredAt: 0,
  answeredAt: null,
  endedAt: null,
  ringMs: null,
  agentId: null,
  customerId: null,
  locationId: null,
  jobId: null,
  outcome: null,
  reason: '',
  callerName: '',
  notes: '',
  followUp: 'none',
  callBackBy: null,
  practice: false,
  ...fields,
} as Values<typeof callTable>)

const queue = (key: string, more: Partial<QueueDefinition> = {}): QueueDefinition => ({
  id: queueId(key),
  key,
  name: key,
  position: 1,
  subjectKind: 'call',
  condition: expr.is('followUp', 'owed'),
  due: expr.first(expr.field('callBackBy'), expr.plus(expr.openedAt, 60)),
  boundMinutes: 24 * 60,
  holderRole: 'inboundCsr',
  holderField: 'agentId',
  roleField: null,
  escalateRole: null,
  title: 'Call {customer} back',
  nextStep: 'Call back.',
  outcomes: [],
  active: true,
  ...more,
})

const person = (index: number, roles: readonly Role[], coverUserId: string | null = null): Values<typeof userTable> => ({
  id: userId(index),
  name: `Person ${index}`,
  roles,
  presence: 'active',
  coverUserId,
  absence: null,
  backAt: null,
  passToUserId: null,
  passToRole: null,
})

type Step =
  | { readonly kind: 'call'; readonly index: number; readonly followUp: 'none' | 'owed' | 'done'; readonly callBackIn: number | null; readonly agent: number | null; readonly practice: boolean }
  | { readonly kind: 'uncall'; readonly index: number }
  | { readonly kind: 'person'; readonly index: number; readonly presence: User['presence']; readonly roles: readonly Role[]; readonly cover: number | null; readonly passTo: number | Role | null }
  | { readonly kind: 'queue'; readonly index: number; readonly condition: Expression; readonly due: Expression; readonly bound: number; readonly role: Role; readonly byAgent: boolean; readonly active: boolean }

const small = fc.integer({ min: 0, max: 5 })

const condition: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(expr.is('followUp', 'owed'), expr.isNull('customerId'), expr.is('practice', false), expr.isNot('followUp', 'none'), expr.isNull('agentId')),
    fc.constant(expr.oneOf('followUp', ['owed', 'done'])),
  ),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => expr.all(...of)),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((of) => expr.any(...of)),
    tie('tree').map(expr.not),
  ),
})).tree

const due: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: -60, max: 5000 }).map((minutes) => expr.plus(expr.openedAt, minutes)),
  fc.constantFrom(
    expr.field('callBackBy'),
    expr.first(expr.field('callBackBy'), expr.plus(expr.openedAt, 60)),
    expr.earliest(expr.field('callBackBy'), expr.plus(expr.openedAt, 600)),
    expr.latest(expr.field('callBackBy'), expr.openedAt),
  ),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      index: small,
      followUp: fc.constantFrom('none' as const, 'owed' as const, 'done' as const),
      callBackIn: fc.option(fc.integer({ min: -100, max: 20_000 })),
      agent: fc.option(fc.integer({ min: 0, max: 4 })),
      practice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('uncall' as const), index: small }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      index: fc.integer({ min: 1, max: 4 }),
      presence: fc.constantFrom(...PRESENCES),
      roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 }),
      cover: fc.option(fc.integer({ min: 0, max: 4 })),
      passTo: fc.option(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(...ROLES))),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('queue' as const),
      index: fc.integer({ min: 0, max: 2 }),
      condition,
      due,
      bound: fc.integer({ min: 15, max: 3000 }),
      role: fc.constantFrom(...ROLES),
      byAgent: fc.boolean(),
      active: fc.boolean(),
    }),
  },
)

function changeOf(ledger: Ledger, wanted: Step): Change | undefined {
  if (wanted.kind === 'uncall') {
    const before = ledger.engine.row(callTable, callId(wanted.index))
    return before ? remove(callTable, before) : undefined
  }
  if (wanted.kind === 'call') {
    const id = callId(wanted.index)
    const before = ledger.engine.row(callTable, id)
    const values = call(id, {
      followUp: wanted.followUp,
      callBackBy: wanted.callBackIn === null ? null : ledger.now + wanted.callBackIn * MINUTE,
      agentId: wanted.agent === null ? null : userId(wanted.agent),
      practice: wanted.practice,
    })
    return before ? update(callTable, before, values) : insert(callTable, values)
  }
  if (wanted.kind === 'person') {
    const id = userId(wanted.index)
    const before = ledger.engine.row(userTable, id)
    const values = {
      ...person(wanted.index, wanted.roles, wanted.cover === null ? null : userId(wanted.cover)),
      presence: wanted.presence,
      passToUserId: typeof wanted.passTo === 'number' ? userId(wanted.passTo) : null,
      passToRole: typeof wanted.passTo === 'string' ? wanted.passTo : null,
    }
    return before ? update(userTable, before, values) : insert(userTable, values)
  }
  const values = queue(`queue-${wanted.index}`, {
    condition: wanted.condition,
    due: wanted.due,
    boundMinutes: wanted.bound,
    holderRole: wanted.role,
    holderField: wanted.byAgent ? 'agentId' : null,
    active: wanted.active,
  })
  const before = ledger.engine.row(queueTable, values.id)
  return before ? update(queueTable, before, values) : insert(queueTable, values)
}

function started(): Ledger {
  const ledger = new Ledger()
  ledger.change(
    insert(userTable, person(0, ['owner'])),
    insert(queueTable, queue('queue-0')),
  )
  return ledger
}

describe('the promise ledger', () => {
  it('keeps its word whatever happens to records, queues and people', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const ledger = started()
        for (const wanted of steps) {
          const change = changeOf(ledger, wanted)
          if (change) ledger.change(change)
          expect(ledgerProblems((table) => ledger.rows(table))).toEqual([])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('holds exactly one promise per queue and record, however often it opens', () => {
    const ledger = started()
    for (const followUp of ['owed', 'done', 'owed', 'dropped', 'owed'] as const) {
      const before = ledger.engine.row(callTable, callId(0))
      ledger.change(before ? update(callTable, before, { followUp }) : insert(callTable, call(callId(0), { followUp })))
    }
    expect(ledger.rows(promiseTable)).toMatchObject([{ id: promiseId(queueId('queue-0'), callId(0)), state: 'open', occurrence: 3, tries: 0 }])
  })

  it('passes to cover when the holder goes, and comes back when the holder does', () => {
    const ledger = started()
    ledger.change(insert(userTable, person(1, ['inboundCsr'], userId(2))), insert(userTable, person(2, ['inboundCsr'])))
    ledger.change(insert(callTable, call(callId(0), { followUp: 'owed', agentId: userId(1) })))
    const holder = (): string | null | undefined => ledger.rows(promiseTable)[0]?.holderUserId
    const setPresence = (presence: User['presence']): void => {
      const before = ledger.engine.row(userTable, userId(1))
      if (before) ledger.change(update(userTable, before, { presence }))
    }
    expect(holder()).toBe(userId(1))
    setPresence('away')
    expect(holder()).toBe(userId(2))
    setPresence('active')
    expect(holder()).toBe(userId(1))
    setPresence('left')
    expect(holder()).toBe(userId(2))
  })

  it('passes to whom the holder names for this absence, before the cover, and no further than who is there', () => {
    const ledger = started()
    ledger.change(...[1, 2, 3].map((index) => insert(userTable, person(index, ['inboundCsr'], userId(2)))), insert(userTable, person(4, ['dispatcher'])))
    ledger.change(insert(callTable, call(callId(0), { followUp: 'owed', agentId: userId(1) })))
    const set = (index: number, values: Partial<Values<typeof userTable>>): void => {
      const before = ledger.engine.row(userTable, userId(index))
      if (before) ledger.change(update(userTable, before, values))
    }
    const holder = () => ledger.rows(promiseTable)[0]
    set(1, { presence: 'away', passToUserId: userId(3) })
    expect(holder()).toMatchObject({ holderUserId: userId(3), assignedUserId: userId(1) })
    set(3, { presence: 'away', coverUserId: null })
    expect(holder()).toMatchObject({ holderUserId: userId(2) })
    set(1, { passToUserId: null, passToRole: 'dispatcher' })
    expect(holder()).toMatchObject({ holderUserId: null, holderRole: 'dispatcher' })
    set(4, { presence: 'away' })
    expect(holder()).toMatchObject({ holderUserId: userId(2), holderRole: 'inboundCsr' })
    set(1, { presence: 'active' })
    expect(holder()).toMatchObject({ holderUserId: userId(1), assignedUserId: userId(1) })
  })

  it('keeps the time a person set when the queue\u2019s rule changes, within the new bound', () => {
    const ledger = started()
    ledger.change(insert(callTable, call(callId(0), { followUp: 'owed' })), insert(callTable, call(callId(1), { followUp: 'owed' })))
    const [first] = ledger.rows(promiseTable)
    if (!first) throw new Error('no promise')
    ledger.now += 10 * MINUTE
    const postponedTo = ledger.now + 300 * MINUTE
    ledger.change(update(promiseTable, first, { dueAt: postponedTo, dueSetAt: ledger.now }))
    const saved = ledger.rows(queueTable)[0]
    if (!saved) throw new Error('no queue')
    ledger.change(update(queueTable, saved, { due: expr.plus(expr.openedAt, 5), name: 'Renamed' }))
    const after = new Map(ledger.rows(promiseTable).map((promise) => [promise.id, promise]))
    const other = [...after.values()].find((promise) => promise.id !== first.id)
    expect(after.get(first.id)?.dueAt).toBe(postponedTo)
    expect(other?.dueAt).toBe((other?.openedAt ?? 0) + 5 * MINUTE)
  })
})

describe('holders', () => {
  it('end a circle of people covering one another at the role', () => {
    const users = [1, 2, 3].map((index) => ({ id: userId(index), presence: 'away', roles: ['inboundCsr'], coverUserId: userId((index % 3) + 1) })) as unknown as readonly User[]
    const owner = { id: userId(0), presence: 'active', roles: ['owner'], coverUserId: null } as unknown as User
    const ledger = started()
    ledger.change(...users.map((user) => insert(userTable, { ...person(0, user.roles, user.coverUserId), id: user.id, presence: user.presence })))
    ledger.change(insert(callTable, call(callId(0), { followUp: 'owed', agentId: userId(1) })))
    const [promise] = ledger.rows(promiseTable)
    expect(promise).toMatchObject({ holderUserId: null, holderRole: 'owner', assignedUserId: userId(1), assignedRole: 'inboundCsr' })
    expect(promise && isHeld(promise, [...users, owner])).toBe(true)
  })
})
