import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { newId } from '../../../shared/base/id.ts'
import type { TaskDetail, TaskItem } from '../../../shared/contract/methods/tasks.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let office: TestBackend
let page: Page
let now: number
const kim = newId()

const create = async (more: object = {}): Promise<string> => {
  const taskId = newId(now)
  await page.ask('task.create', {
    taskId, title: 'Send the estimate', type: 'sendEstimate', callId: null, assigneeId: kim, role: null, dueAt: now + 3 * HOUR, remindAt: null,
    priority: 'normal', related: null, notes: '', signOffWanted: true, steps: [{ id: newId(), title: 'Price it' }], ...more,
  })
  return taskId
}
const list = (view: string) => page.ask<{ items: TaskItem[]; total: number; counts: Record<string, number> }>('tasks.list', { view })
const detail = (taskId: string) => page.ask<TaskDetail | null>('tasks.get', { taskId })
/** Done at Kim's own page. */
const asKim = (name: string, input: object): void => {
  expect(office.backend.services?.run({ name, actorId: kim, input })).toMatchObject({ kind: 'accepted' })
}

beforeEach(async () => {
  now = Date.UTC(2026, 6, 14, 18, 42)
  office = startBackend({ now: () => now })
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '4711' })
  await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] })
})

afterEach(() => office.close())

describe('tasks as the screen asks for them', () => {
  it('are mine, my roles\u2019, those I asked for, and all, the first due first', async () => {
    const later = await create({ dueAt: now + 5 * HOUR })
    const sooner = await create()
    await create({ assigneeId: null, role: 'owner', dueAt: now + HOUR })
    expect((await list('mine')).items).toEqual([])
    expect((await list('myRoles')).items).toMatchObject([{ holder: 'Owner', mine: true }])
    expect((await list('askedByMe')).counts).toEqual({ mine: 0, myRoles: 1, askedByMe: 3, all: 3 })
    expect((await list('all')).items.slice(1)).toMatchObject([{ taskId: sooner, holder: 'Kim Ode', askedBy: 'Rosa Quill', steps: { done: 0, total: 1 } }, { taskId: later }])
  })

  it('that are done wait for the one who asked, and then have ended', async () => {
    const taskId = await create({ steps: [] })
    asKim('task.finish', { taskId, resolution: 'Mailed.' })
    expect((await list('mine')).items).toMatchObject([{ taskId, awaiting: true, holder: 'Rosa Quill', dueAt: now + 24 * HOUR }])
    expect(await detail(taskId)).toMatchObject({ resolution: 'Mailed.', maySignOff: true, mayChange: false })
    await page.ask('task.signOff', { taskId, note: '' })
    expect((await list('all')).items).toEqual([])
    expect((await list('ended')).items).toMatchObject([{ taskId, holder: 'Kim Ode', state: 'done' }])
  })

  it('say what is open about the same record already', async () => {
    const customerId = newId()
    const location = { id: newId(), kind: 'home', line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: 'America/Chicago', accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
    await page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Nora', lastName: 'Whitfield', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550146638', label: '' }], emails: [], location })
    const taskId = await create({ related: { kind: 'location', id: location.id } })
    expect(await page.ask('tasks.about', { kind: 'customer', id: customerId })).toMatchObject({ related: { label: 'Nora Whitfield' }, open: [{ taskId, related: { label: '27 Larkspur Court' }, customerName: 'Nora Whitfield' }] })
    expect(await detail(taskId)).toMatchObject({ phone: '+15550146638', stepList: [{ title: 'Price it' }] })
  })

  it('remind who holds them once the time has come, and nobody before', async () => {
    await create({ assigneeId: null, role: 'owner', remindAt: now + HOUR })
    expect(await page.ask('tasks.reminders')).toEqual({ due: [] })
    now += HOUR
    expect(await page.ask('tasks.reminders')).toMatchObject({ due: [{ title: 'Send the estimate' }] })
  })

  it('that are complaints are the service manager\u2019s too once they are late, however often they were moved', async () => {
    const manager = newId()
    await page.ask('user.add', { id: manager, name: 'Sam Lowe', roles: ['serviceManager'] })
    const taskId = await create({ type: 'complaint', steps: [], dueAt: now + 4 * HOUR })
    expect((await list('all')).items).toMatchObject([{ escalatedTo: null }])
    now += 4 * HOUR + MINUTE
    expect((await list('all')).items).toMatchObject([{ taskId, holder: 'Kim Ode', escalatedTo: 'Service Manager' }])
    const { items } = await page.ask<{ items: { promiseId: string; escalatedTo: string | null }[] }>('queue.items', { of: { kind: 'role', role: 'serviceManager' } })
    expect(items).toMatchObject([{ escalatedTo: 'Service Manager' }])
    await page.ask('promise.postpone', { promiseId: items[0]?.promiseId, dueAt: now + 23 * HOUR, reason: 'She is away.' })
    expect((await list('all')).items).toMatchObject([{ escalatedTo: null }])
    now += 21 * HOUR
    // Not due yet, but open for longer than a complaint may be.
    expect((await list('all')).items).toMatchObject([{ escalatedTo: 'Service Manager' }])
  })
})

describe('going away', () => {
  it('says beforehand what passes to whom, does it, and brings it back', async () => {
    const going = { userId: kim, absence: 'lunch', backAt: now + HOUR, toUserId: null, toRole: null }
    await create({ dueAt: now + 30 * MINUTE })
    await create()
    expect(await page.ask('absence.preview', going)).toMatchObject({
      passing: 2, overdue: 0, dueMeanwhile: 1, to: [{ holder: 'Owner', count: 2 }], first: [{ title: 'Send the estimate', holder: 'Owner' }, {}], withoutHolder: 0,
    })
    await page.ask('user.goAway', going)
    expect((await list('myRoles')).items).toMatchObject([{ coveringFor: 'Kim Ode', holder: 'Owner' }, {}])
    expect(await page.ask('promises.summary')).toMatchObject({ withoutHolder: 0, mine: 2 })
    await page.ask('user.comeBack', { userId: kim })
    expect((await list('all')).items).toMatchObject([{ holder: 'Kim Ode', coveringFor: null }, {}])
    expect(await page.ask('absence.mine')).toEqual({ away: null })
  })

  it('says when the office would be empty', async () => {
    await create({ assigneeId: null, role: 'owner' })
    asKim('user.goAway', { userId: kim, absence: 'today', backAt: null, toUserId: null, toRole: null })
    const { people } = await page.ask<{ people: { userId: string; name: string }[] }>('people.list')
    const rosa = people.find(({ name }) => name === 'Rosa Quill')?.userId
    expect(await page.ask('absence.preview', { userId: rosa, absence: 'today', backAt: null, toUserId: kim, toRole: null })).toMatchObject({ passing: 0, withoutHolder: 0 })
    await page.ask('user.goAway', { userId: rosa, absence: 'today', backAt: null, toUserId: kim, toRole: null })
    expect(await page.ask('absence.mine')).toMatchObject({ away: { absence: 'today', comeBack: 0 } })
  })
})
