import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { EndOfDay, WatchedDay } from '../../src/shared/contract/methods/watch.ts'
import { lookAtDay, watchDay } from '../../src/main/services/watch/watchDay.ts'
import { alertsOf, truthOf } from '../../src/renderer/features/watch/useWatch.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { HandTimers } from '../support/handTimers.ts'

const ZONE = 'America/Chicago'
const DAY = '2026-07-14'
const at = (hour: number): number => instantOf(DAY, 0, ZONE) + hour * HOUR

describe('a day that is watched over', () => {
  let directory: string
  let timers: HandTimers
  let office: TestBackend
  let page: Page
  const id = { unit: newId(), priority: newId(), type: newId(), technician: newId(), customer: newId(), location: newId() }

  const watch = (): Promise<WatchedDay> => page.ask<WatchedDay>('dispatch.watch')

  const book = async (start: number, end: number, plannedAt: number | null, ahead = 0): Promise<string> => {
    const visit = newId()
    await page.ask('job.book', {
      jobId: newId(),
      customerId: id.customer,
      locationId: id.location,
      businessUnitId: id.unit,
      jobTypeId: id.type,
      priorityId: id.priority,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: ['service', 'material'].map((kind) => ({ id: newId(), priceItemId: null, kind, description: kind === 'service' ? 'Diagnosis' : 'Capacitor', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false })),
      appointment: { id: visit, windowDay: addDays(DAY, ahead), windowStart: start * 60, windowEnd: end * 60, zone: ZONE, windowStartsAt: at(ahead * 24 + start), windowEndsAt: at(ahead * 24 + end), durationMinutes: 60 },
      callId: null,
      readBack: true,
      confirmation: false,
    })
    if (plannedAt !== null) await page.ask('appointment.assign', { appointmentId: visit, technicianId: id.technician, startsAt: at(ahead * 24 + plannedAt), endsAt: at(ahead * 24 + plannedAt + 1), overbookAccepted: false })
    return visit
  }

  const owed = async (key: string): Promise<readonly { readonly title: string }[]> => {
    const { queues } = await page.ask<{ readonly queues: readonly { readonly id: string; readonly key: string }[] }>('queues.list')
    const { items } = await page.ask<{ readonly items: readonly { readonly title: string }[] }>('queue.items', { of: { kind: 'queue', queueId: queues.find((queue) => queue.key === key)?.id } })
    return items
  }

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'baton-watch-'))
    timers = new HandTimers(at(7))
    office = startBackend({ directory, now: timers.now, ports: { timers } })
    page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
    await page.ask('businessUnit.save', { id: id.unit, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
    await page.ask('priority.save', { id: id.priority, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await page.ask('jobType.save', { id: id.type, name: 'No cooling', businessUnitId: id.unit, durationMinutes: 60, skills: ['Cooling'], defaultPriorityId: id.priority, defaultItemId: null, active: true })
    const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 7 * 60, end: 19 * 60 }))
    await page.ask('technician.save', { id: id.technician, name: 'Al', businessUnitId: id.unit, skills: ['Cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
    const location = { id: id.location, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
    await page.ask('customer.create', { customerId: id.customer, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [], emails: [], location })
  })

  afterEach(async () => {
    await office.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const services = () => {
    const { services: found } = office.backend
    if (!found) throw new Error('The backend did not start')
    return found
  }

  it('begins the hour at two o\u2019clock by the clock, once, and the ledger holds every remaining visit', async () => {
    await book(16, 18, 16)
    await book(16, 18, null)
    const stop = watchDay(services(), timers)
    await timers.pass(6 * HOUR + 59 * MINUTE)
    expect((await watch()).hour).toBeNull()
    await timers.pass(2 * MINUTE)
    const day = await watch()
    expect(day.hour).toMatchObject({ visits: 2 })
    expect(truthOf(day, timers.now()).map(({ list }) => list)).toEqual(['kept', 'mustMove'])
    expect(await owed('truth-hour')).toHaveLength(2)
    // What is booked after it has begun is no part of it.
    await book(17, 19, null)
    await timers.pass(10 * MINUTE)
    expect(await owed('truth-hour')).toHaveLength(2)
    stop()
  })

  it('ends at zero: what is left of today is worked or taken to tomorrow, and tomorrow has its technicians', async () => {
    const left = async () => (await page.ask<EndOfDay>('dispatch.endOfDay')).items
    const visit = await book(8, 10, 8)
    const taskId = newId()
    await page.ask('task.create', { taskId, title: 'Order the filter', type: 'other', callId: null, assigneeId: null, role: 'dispatcher', dueAt: at(17), remindAt: null, priority: 'normal', related: null, notes: '', signOffWanted: false, steps: [] })
    expect((await left()).map(({ list, visitId, taskId: task }) => [list, visitId ?? task])).toEqual([
      ['today', visit],
      ['issues', taskId],
    ])
    for (const to of ['dispatched', 'working', 'done']) await page.ask('appointment.changeState', { appointmentId: visit, to })
    expect((await left()).map(({ list }) => list)).toEqual(['closeOut', 'issues'])
    await page.ask('appointment.closeOut', { appointmentId: visit, notes: 'Done' })
    const { items, opensTomorrowAt } = await page.ask<EndOfDay>('dispatch.endOfDay')
    await page.ask('promise.postpone', { promiseId: items[0]?.promiseId, dueAt: opensTomorrowAt, reason: 'Reassigned to tomorrow' })
    expect(await left()).toEqual([])
  })

  it('asks the next morning after what was never done, and ends yesterday\u2019s hour', async () => {
    const visit = await book(16, 18, 16)
    const stop = watchDay(services(), timers)
    await timers.pass(8 * HOUR)
    expect(await owed('truth-hour')).toHaveLength(1)
    await timers.pass(10 * HOUR)
    expect(await owed('truth-hour')).toEqual([])
    expect((await owed('left-over')).map(({ title }) => title)).toEqual(['What became of the visit to Omar Castellan?'])
    expect((await page.ask<EndOfDay>('dispatch.endOfDay')).items.map(({ list, visitId }) => [list, visitId])).toEqual([['issues', visit]])
    await page.ask('appointment.changeState', { appointmentId: visit, to: 'canceled', reason: 'Nobody was there' })
    expect(await owed('left-over')).toEqual([])
    stop()
  })

  it('finds who can not come in the next days, and owes the warehouse tomorrow\u2019s list in the afternoon', async () => {
    const visit = await book(8, 10, 8, 1)
    await page.ask('technicianTime.add', { technicianId: id.technician, kind: 'timeOff', spans: [{ id: newId(), startsAt: at(24), endsAt: at(47) }], overbookAccepted: true })
    const stop = watchDay(services(), timers)
    await timers.pass(6 * MINUTE)
    expect((await owed('reschedules')).map(({ title }) => title)).toEqual(['Reschedule Omar Castellan'])
    expect(await owed('material-lists')).toEqual([])
    await page.ask('appointment.unassign', { appointmentId: visit })
    await timers.pass(8 * HOUR)
    expect(await owed('reschedules')).toEqual([])
    expect((await owed('material-lists')).map(({ title }) => title)).toEqual(['Material list for Jul 15 to the warehouse'])
    await page.ask('materialList.hand', { day: addDays(DAY, 1), said: '' })
    expect(await owed('material-lists')).toEqual([])
    stop()
  })

  it('says whom we keep waiting, in words with the time, and takes it back', async () => {
    const first = await book(8, 10, 8)
    const second = await book(8, 12, 9)
    for (const to of ['dispatched', 'working']) await page.ask('appointment.changeState', { appointmentId: first, to })
    await timers.pass(2 * HOUR + 20 * MINUTE)
    lookAtDay(services())
    expect((await owed('next-in-line')).map(({ title }) => title)).toEqual(['Tell Omar Castellan when we come: 9:35 AM'])
    expect(alertsOf(await watch(), timers.now()).map(({ visitId, alert }) => [visitId, alert.kind])).toEqual([
      [second, 'notDispatched'],
      [first, 'noUpdate'],
      [first, 'overrun'],
    ])
    await page.ask('appointment.changeState', { appointmentId: first, to: 'done' })
    lookAtDay(services())
    expect(await owed('next-in-line')).toEqual([])
  })
})
