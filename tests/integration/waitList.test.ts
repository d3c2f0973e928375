import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const ZONE = 'America/Chicago'

let office: LinkedOffice
let here: Desk
let there: Desk
let today: string
let unitId: string
let jobTypeId: string
let priorityId: string
let item: { readonly id: string; readonly kind: string } | undefined

interface Entry {
  readonly entryId: string
  readonly customerName: string
  readonly phone: string | null
  readonly state: string
  readonly offer: { readonly day: string; readonly start: number } | null
  readonly offersMade: number
  readonly dueAt: number
}

const listed = async (desk: Desk): Promise<readonly Entry[]> => (await desk.page.ask<{ readonly entries: readonly Entry[] }>('waitList.list')).entries

interface Form {
  readonly jobTypes: readonly { readonly id: string; readonly businessUnitId: string; readonly defaultItem: { readonly id: string; readonly kind: string } | null }[]
  readonly priorities: readonly { readonly id: string }[]
}

beforeEach(async () => {
  office = new LinkedOffice()
  here = await office.founder()
  there = await office.joiner()
  today = wallTimeOf(office.timers.now(), ZONE).day
  const form = await here.page.ask<Form>('booking.form')
  const jobType = form.jobTypes.find(({ defaultItem }) => defaultItem !== null)
  item = jobType?.defaultItem ?? undefined
  jobTypeId = jobType?.id ?? ''
  unitId = jobType?.businessUnitId ?? ''
  priorityId = form.priorities[0]?.id ?? ''
})

afterEach(() => office.close())

/** Somebody who wants to come sooner, on the list at that workstation. */
async function waiting(desk: Desk, name: string, more: object = {}): Promise<string> {
  const [customerId, entryId] = [await desk.add(name), newId()]
  await desk.page.ask('waitList.add', { entryId, customerId, locationId: null, jobTypeId, callId: null, summary: 'No cooling', phone: null, fromDay: today, toDay: addDays(today, 3), part: 'any', callBackBy: office.timers.now() + 4 * HOUR, ...more })
  return entryId
}

/** A visit tomorrow that somebody booked and does not want any more. */
async function booked(desk: Desk): Promise<string> {
  const [jobId, customerId, locationId] = [newId(), newId(), newId()]
  const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', parking: '', latitude: null, longitude: null, taxZoneId: null }
  await desk.page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [], emails: [], location })
  const { windows } = await desk.page.ask<{ readonly windows: readonly { readonly day: string; readonly start: number; readonly end: number; readonly startsAt: number; readonly endsAt: number }[] }>('dispatch.windows', { jobTypeId, fromDay: addDays(today, 1), days: 1 })
  const [window] = windows
  await desk.page.ask('job.book', {
    jobId,
    customerId,
    locationId,
    businessUnitId: unitId,
    jobTypeId,
    priorityId,
    summary: 'Leak',
    notes: '',
    plannedPayment: 'check',
    lines: [{ id: newId(), priceItemId: item?.id, kind: item?.kind, description: '', quantity: 1000 }],
    appointment: { id: newId(), windowDay: window?.day, windowStart: window?.start, windowEnd: window?.end, zone: ZONE, windowStartsAt: window?.startsAt, windowEndsAt: window?.endsAt, durationMinutes: 600 },
    callId: null,
    readBack: true,
    confirmation: false,
  })
  return jobId
}

describe('the wait list', () => {
  it('lists offers first, then by when somebody calls, the same at every workstation', async () => {
    const late = await waiting(here, 'Late', { callBackBy: office.timers.now() + 6 * HOUR, part: 'afternoon', fromDay: addDays(today, 3) })
    const soon = await waiting(there, 'Soon', { callBackBy: office.timers.now() + HOUR, fromDay: addDays(today, 3) })
    const first = await waiting(here, 'First', { callBackBy: office.timers.now() + 8 * HOUR })
    await office.settled(here, there)
    expect((await listed(here)).map(({ entryId }) => entryId)).toEqual([soon, late, first])
    const jobId = await booked(there)
    await there.page.ask('job.cancel', { jobId, reason: 'Found somebody else' })
    await office.settled(here, there)
    expect((await listed(here)).map(({ entryId, state }) => [entryId, state])).toEqual([[first, 'offered'], [soon, 'waiting'], [late, 'waiting']])
    expect((await listed(here))[0]).toMatchObject({ customerName: expect.stringContaining('First') as string, offer: { day: addDays(today, 1) }, offersMade: 1 })
    expect(here.rows()).toEqual(there.rows())
  })

  it('offers one time to one person, whichever workstation gave it up first', async () => {
    const [one, two] = [await waiting(here, 'One'), await waiting(here, 'Two')]
    await office.settled(here, there)
    const [left, right] = [await booked(here), await booked(there)]
    await office.settled(here, there)
    office.hub.weather.down = true
    office.hub.cut()
    await here.page.ask('job.cancel', { jobId: left, reason: 'Found somebody else' })
    await there.page.ask('job.cancel', { jobId: right, reason: 'Sold the house' })
    office.hub.weather.down = false
    await office.settled(here, there)
    // Both offered to whoever waited longest; brought together, each has one.
    expect((await listed(there)).map(({ entryId, state, offersMade }) => [entryId, state, offersMade]).sort()).toEqual([[one, 'offered', 1], [two, 'offered', 1]].sort())
    expect(here.rows()).toEqual(there.rows())
  })

  it('says when somebody calls as the promise has it, and sorts by that', async () => {
    const first = await waiting(here, 'First', { callBackBy: office.timers.now() + HOUR })
    const second = await waiting(here, 'Second', { callBackBy: office.timers.now() + 2 * HOUR })
    const promise = promiseId(queueId('wait-list'), first)
    const later = office.timers.now() + 5 * HOUR
    await here.page.ask('promise.postpone', { promiseId: promise, dueAt: later, reason: 'Asked for the afternoon' })
    expect((await listed(here)).map(({ entryId, dueAt }) => [entryId, dueAt - later])).toEqual([[second, -3 * HOUR], [first, 0]])
  })

  it('says how a wait ended, and refuses to end it twice', async () => {
    const entryId = await waiting(here, 'One')
    await here.page.ask('waitList.decline', { entryId, callBackBy: null, reason: 'Called somebody else' })
    expect(await here.page.ask('waitList.get', { entryId })).toMatchObject({ state: 'declined', offer: null })
    expect(await listed(here)).toEqual([])
    await expect(here.page.ask('waitList.decline', { entryId, callBackBy: null, reason: 'Again' })).rejects.toMatchObject({ error: { code: 'waitList.declined' } })
    expect(await here.page.ask('waitList.get', { entryId: newId() })).toBeNull()
  })
})
