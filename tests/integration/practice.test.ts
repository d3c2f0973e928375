import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { type Page, RefusedError, startBackend, type TestBackend } from '../support/backend.ts'
import { dayShifts } from '../support/shifts.ts'

const ZONE = 'America/Chicago'
const TOMORROW = addDays(wallTimeOf(Date.now(), ZONE).day, 1)
const NUMBER = '+15550149027'

interface Form {
  readonly jobTypes: readonly { readonly id: string; readonly businessUnitId: string; readonly defaultPriorityId: string; readonly skills: readonly string[]; readonly defaultItem: { readonly id: string } | null }[]
}

let office: TestBackend
let page: Page
let type: Form['jobTypes'][number]
let technicianId: string
let customerId: string
let locationId: string

beforeEach(async () => {
  office = startBackend()
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4821' })
  const { jobTypes } = await page.ask<Form>('booking.form')
  const found = jobTypes.find(({ defaultItem }) => defaultItem !== null)
  if (!found) throw new Error('A new company has no job type with an item')
  type = found
  technicianId = newId()
  customerId = newId()
  locationId = newId()
  await page.ask('technician.save', { id: technicianId, name: 'Al Brightwater', businessUnitId: type.businessUnitId, skills: type.skills, shifts: dayShifts(420, 1140), homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
  const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  await page.ask('customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: NUMBER, label: 'mobile' }], emails: [], location })
})

afterEach(() => office.close())

/** A practice call that is answered and hung up. */
function practiceCall(externalId: string): string {
  const now = Date.now()
  const identity = { externalId, direction: 'in', lineName: 'Practice', lineNumber: '+15550142000', fromNumber: NUMBER, offeredAt: now, practice: true } as const
  office.phone.say({ kind: 'call', call: { ...identity, state: 'offered', ringMs: 0 } })
  const answered = { ringMs: 4000, agentId: null, answeredAt: now + 4000, talkMs: 60_000 }
  office.phone.say({ kind: 'call', call: { ...identity, ...answered, state: 'active' } })
  office.phone.say({ kind: 'call', call: { ...identity, ...answered, state: 'ended', cause: 'hungUp', endedAt: now + 64_000 } })
  return callIdOf(office.backend.services?.store.companyId ?? '', externalId)
}

/** @returns the job and its visit, booked for tomorrow morning on that call */
async function book(callId: string | null, more: object = {}, onDay: object = {}): Promise<{ readonly jobId: string; readonly appointmentId: string; readonly startsAt: number }> {
  const [jobId, appointmentId] = [newId(), newId()]
  const startsAt = instantOf(TOMORROW, 480, ZONE)
  await page.ask('job.book', {
    jobId,
    customerId,
    locationId,
    businessUnitId: type.businessUnitId,
    jobTypeId: type.id,
    priorityId: type.defaultPriorityId,
    summary: 'Only an exercise',
    notes: '',
    plannedPayment: 'cash',
    lines: [{ id: newId(), priceItemId: type.defaultItem?.id, kind: 'service', description: '', quantity: 1000 }],
    appointment: { id: appointmentId, windowDay: TOMORROW, windowStart: 480, windowEnd: 600, zone: ZONE, windowStartsAt: startsAt, windowEndsAt: instantOf(TOMORROW, 600, ZONE), durationMinutes: 90, ...onDay },
    callId,
    readBack: true,
    confirmation: true,
    ...more,
  })
  return { jobId, appointmentId, startsAt }
}

/** Everything by which the office steers: nothing practiced may move any of it. */
async function numbers(): Promise<unknown> {
  const board = await page.ask<Record<string, unknown>>('board.day', { day: TOMORROW })
  const { queues } = await page.ask<{ queues: readonly { key: string; open: number; overdue: number; mine: number; mineOverdue: number }[] }>('queues.list')
  const { money } = await page.ask<{ money: unknown }>('customers.get', { customerId })
  const { rows, totals } = await page.ask<{ rows: unknown; totals: unknown }>('invoices.review')
  const { windows } = await page.ask<{ windows: unknown }>('dispatch.windows', { jobTypeId: type.id, fromDay: TOMORROW, days: 1 })
  const { counted } = await page.ask<{ counted: unknown }>('calls.day', { day: null })
  return {
    board: ['planned', 'unassigned', 'hold', 'toCloseOut'].map((list) => board[list]),
    queues: queues.map(({ key, open, overdue, mine, mineOverdue }) => ({ key, open, overdue, mine, mineOverdue })),
    promises: await page.ask('promises.summary'),
    money,
    review: { rows, totals },
    receivables: await page.ask('invoices.receivables'),
    windows,
    counted,
  }
}

describe('in a live company, a practice call', () => {
  it('books a practice job that moves no number and goes no further', async () => {
    await page.ask('company.goLive')
    const before = await numbers()
    const { jobId, appointmentId, startsAt } = await book(practiceCall('practice:1'))
    expect(await page.ask('jobs.get', { jobId })).toMatchObject({ practice: true, summary: 'Only an exercise' })
    expect(await numbers()).toEqual(before)

    const assigned = page.ask('appointment.assign', { appointmentId, technicianId, startsAt, endsAt: startsAt + 5_400_000, overbookAccepted: false })
    await expect(assigned).rejects.toMatchObject({ error: { code: 'dispatch.practice' } })
    await expect(page.ask('invoice.draft', { invoiceId: newId(), jobId })).rejects.toBeInstanceOf(RefusedError)
    expect(await numbers()).toEqual(before)
  })

  it('that ends without a booking owes nobody a call back in any count', async () => {
    await page.ask('company.goLive')
    const before = await numbers()
    const callId = practiceCall('practice:2')
    await page.ask('call.conclude', { callId, outcome: 'unbooked', reason: 'Will call back', callBackBy: Date.now() + 3_600_000, callerName: '', notes: '' })
    expect(await numbers()).toEqual(before)
  })
})

describe('the emergencies of the day', () => {
  it('are the visits of the most urgent priority, canceled and practice ones aside', async () => {
    const { priorities } = await page.ask<{ priorities: readonly { id: string; rank: number }[] }>('settings.get')
    const [urgent, other] = priorities.toSorted((left, right) => left.rank - right.rank)
    const today = wallTimeOf(Date.now(), ZONE).day
    const standing = async (): Promise<number> => (await page.ask<{ emergenciesToday: number }>('desk.standing')).emergenciesToday
    const onDay = { windowDay: today, windowStart: 1380, windowEnd: 1440, windowStartsAt: instantOf(today, 1380, ZONE), windowEndsAt: instantOf(today, 1440, ZONE) }
    const kept = await book(null, { priorityId: urgent?.id }, onDay)
    await book(null, { priorityId: other?.id }, onDay)
    await book(null, { priorityId: urgent?.id })
    expect(await standing()).toBe(1)
    await page.ask('job.cancel', { jobId: kept.jobId, reason: 'Found somebody else' })
    expect(await standing()).toBe(0)
  })
})

describe('in a rehearsal, a practice call', () => {
  it('books an ordinary job, so that the whole office can practice it', async () => {
    const { jobId } = await book(practiceCall('practice:1'))
    expect(await page.ask('jobs.get', { jobId })).toMatchObject({ practice: false })
    expect(await page.ask('board.day', { day: TOMORROW })).toMatchObject({ unassigned: [{ jobId }] })
  })
})
