import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import type { ListedPerson } from '../../../shared/contract/methods/settings.ts'
import type { PromiseItem, QueueSummary } from '../../../shared/contract/methods/promises.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { DEFAULT_QUEUES, queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import type { AnyRow } from '../../../shared/domain/kernel/table.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import { bringQueues } from './adopt.ts'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'

const MINUTE = 60_000
const CALLS = queueId('calls-to-return')

let office: TestBackend
let page: Page
let now: number

/** A call that nobody answered, reported as the telephone would. */
function missCall(externalId: string, more: { readonly practice?: boolean } = {}): void {
  office.backend.services?.run({
    name: 'call.ended',
    actorId: SYSTEM_ACTOR,
    input: {
      externalId, direction: 'in', lineName: 'Main', lineNumber: '+15550142000', fromNumber: '+15550147731', offeredAt: now, practice: false,
      ringMs: 24_000, answeredAt: null, agentId: null, endedAt: now + 24_000, talkMs: null, endCause: 'callerHungUp', ...more,
    },
  })
}

const items = async (of: object = { kind: 'queue', queueId: CALLS }) => page.ask<{ items: PromiseItem[]; total: number }>('queue.items', { of })

beforeEach(async () => {
  now = Date.UTC(2026, 6, 14, 18, 42)
  office = startBackend({ now: () => now })
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '4711' })
})

afterEach(() => office.close())

describe('the ledger as screens ask for it', () => {
  it('lists what is due first, in words, and counts practice nowhere', async () => {
    missCall('line-1/1')
    now += 5 * MINUTE
    missCall('line-1/2', { practice: true })
    const { items: open, total } = await items()
    expect(total).toBe(2)
    expect(open).toMatchObject([
      { title: 'Call (555) 014-7731 back', shortTitle: 'Call back', phone: '+15550147731', cameFrom: 'Missed call at 1:42 PM', holder: 'Owner', role: 'inboundCsr', mine: true, tries: 0, practice: false, opens: { kind: 'call', day: '2026-07-14' } },
      { practice: true },
    ])
    const { queues } = await page.ask<{ queues: QueueSummary[] }>('queues.list')
    expect(queues.map((queue) => queue.key)).toEqual(DEFAULT_QUEUES.toSorted((left, right) => left.position - right.position).map((queue) => queue.key))
    expect(queues.find((queue) => queue.key === 'calls-to-return')).toMatchObject({ open: 1, overdue: 0, mine: 1, practice: 1, next: { dueAt: open[0]?.dueAt } })
    expect(await page.ask('promises.summary')).toEqual({ open: 1, overdue: 0, dueSoon: 1, withoutHolder: 0, mine: 1, mineOverdue: 0 })
    now += 120 * MINUTE
    expect(await page.ask('promises.summary')).toMatchObject({ overdue: 1, dueSoon: 0, mineOverdue: 1 })
  })

  it('says what came of the last try and who covers for whom', async () => {
    const kim = newId(now)
    await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] })
    missCall('line-1/1')
    const [first] = (await items()).items
    await page.ask('promise.recordOutcome', { promiseId: first?.promiseId, outcomeKey: 'leftMessage', note: 'After five.' })
    await page.ask('promise.handOver', { promiseId: first?.promiseId, toUserId: kim, toRole: 'inboundCsr' })
    const { people } = await page.ask<{ people: ListedPerson[] }>('people.list')
    const rosa = people.find((person) => person.name === 'Rosa Quill')
    expect(people).toMatchObject([{ name: 'Kim Ode', hasPin: false, holding: 1, presence: 'active' }, { name: 'Rosa Quill', initials: 'RQ', hasPin: true, holding: 0 }])
    await page.ask('user.change', { userId: kim, set: { presence: 'away', coverUserId: rosa?.userId } })
    expect((await items({ kind: 'mine' })).items).toMatchObject([{ lastSaid: 'Left a message: After five.', tries: 1, holder: 'Rosa Quill', coveringFor: 'Kim Ode' }])
    expect((await items({ kind: 'withoutHolder' })).total).toBe(0)
  })
})

describe('a company that began under an older Baton', () => {
  it('gets the queues this one ships with when it starts, once', () => {
    const { services } = office.backend
    if (!services) throw new Error('did not start')
    const { store } = services
    const before = store.engine.run(all(queueTable)).filter(({ key }) => key === 'tasks' || key === 'sign-off') as unknown as readonly AnyRow[]
    store.transaction(() => store.engine.apply(before.map((row) => ({ table: queueTable, id: row.id, before: row, after: null }))))
    bringQueues(services)
    bringQueues(services)
    const keys = store.engine.run(all(queueTable)).map(({ key }) => key)
    expect(keys.toSorted()).toEqual(DEFAULT_QUEUES.map(({ key }) => key).toSorted())
  })
})
