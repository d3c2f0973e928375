import { afterEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import { type Page, startBackend } from '../support/backend.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { startRealHub } from '../support/realHub.ts'

/** Two workstations at a real hub, and one last place in a window. */

const postgres = sharedPostgres()
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const ZONE = 'America/Chicago'
const SET_UP = { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4821' }

interface Desk {
  readonly page: Page
  state(): HubState
}

function openDesk(): Desk {
  const office = startBackend({ quiet: true })
  closing.push(() => office.close())
  const { services } = office.backend
  if (!services) throw new Error('The store could not be opened')
  return { page: office.page(), state: () => services.hub.state() }
}

const becomes = (what: () => unknown, as: unknown) => expect.poll(what, { timeout: 20_000, interval: 20 }).toEqual(as)

interface Form {
  readonly jobTypes: readonly { readonly id: string; readonly businessUnitId: string; readonly defaultPriorityId: string }[]
}

async function twoDesks(): Promise<readonly [Desk, Desk]> {
  const hub = await startRealHub(await postgres.database())
  closing.push(() => hub.close())
  const here = openDesk()
  await here.page.ask('company.setUp', SET_UP)
  await here.page.ask('hub.enrol', { code: await hub.code(), name: 'Front desk 1' })
  await becomes(() => here.state().link, 'online')
  const there = openDesk()
  const { code } = await here.page.ask<{ code: string }>('hub.invite', { clearances: [] })
  await there.page.ask('hub.enrol', { code, name: 'Front desk 2' })
  await becomes(() => there.state().link, 'online')
  const { people } = await there.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await there.page.ask('session.signIn', { userId: people[0]?.userId, pin: SET_UP.pin })
  return [here, there]
}

it('goes to one of two that ask for it at once; the other keeps the job, hears what is left, and takes it', async () => {
  const [here, there] = await twoDesks()
  const { jobTypes } = await here.page.ask<Form>('booking.form')
  const [type] = jobTypes
  if (!type) throw new Error('A new company has job types')
  const jobTypeId = newId()
  await here.page.ask('jobType.save', { id: jobTypeId, name: 'Gas leak', businessUnitId: type.businessUnitId, durationMinutes: 150, skills: ['gas'], defaultPriorityId: type.defaultPriorityId, defaultItemId: null, active: true })
  const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 480, end: 1080 }))
  await here.page.ask('technician.save', { id: newId(), name: 'Sam Ortiz', businessUnitId: type.businessUnitId, skills: ['gas'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
  const customerId = newId()
  const customer = newCustomer(customerId, 'Okonjo')
  const locationId = newId()
  const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  await here.page.ask('customer.create', { ...customer, location })
  await becomes(() => [here.state().waiting, there.state().waiting], [0, 0])

  const day = addDays(wallTimeOf(Date.now(), ZONE).day, 2)
  const windows = async ({ page }: Desk): Promise<readonly WindowProposal[]> => (await page.ask<{ windows: readonly WindowProposal[] }>('dispatch.windows', { jobTypeId, locationId, fromDay: day, days: 1 })).windows
  await expect.poll(async () => (await windows(there).catch(() => [])).find(({ available }) => available)?.technicians[0]?.name, { timeout: 20_000 }).toBe('Sam Ortiz')
  // The same answer at either desk.
  expect(await windows(there)).toEqual(await windows(here))

  const book = async ({ page }: Desk, { day: windowDay, start: windowStart, end: windowEnd, startsAt: windowStartsAt, endsAt: windowEndsAt }: WindowProposal) => {
    const appointmentId = newId()
    const { commandId } = await page.ask<{ commandId: string }>('job.book', {
      jobId: newId(),
      customerId,
      locationId,
      businessUnitId: type.businessUnitId,
      jobTypeId,
      priorityId: type.defaultPriorityId,
      summary: 'It smells of gas in the cellar',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: null, kind: 'service', description: 'Diagnosis', quantity: 1000, unitPriceCents: 8900 }],
      appointment: { id: appointmentId, windowDay, windowStart, windowEnd, zone: ZONE, windowStartsAt, windowEndsAt, durationMinutes: 150 },
      callId: null,
      readBack: true,
      confirmation: true,
      capacity: { kind: 'free' },
    })
    return { page, appointmentId, commandId }
  }
  const first = (await windows(here)).find(({ available }) => available)
  if (!first) throw new Error('Nobody is free')
  const booked = await Promise.all([book(here, first), book(there, first)])
  const claims = await Promise.all(booked.map(({ page, appointmentId, commandId }) => page.ask<{ slot: string; version: number }>('dispatch.claimed', { appointmentId, commandId })))
  expect(claims.map(({ slot }) => slot).sort()).toEqual(['held', 'lost'])

  // Whoever came second is asked nothing twice: the job is there, and gets another window of those that are left.
  const loser = claims.findIndex(({ slot }) => slot === 'lost')
  const lost = booked[loser]
  const desk = loser === 0 ? here : there
  if (!lost) throw new Error('Nobody lost')
  const left = await windows(desk)
  expect(left.find(({ start }) => start === first.start)).toMatchObject({ available: false, summary: 'Full: 1 of 1 taken' })
  const next = left.find(({ available }) => available)
  if (!next) throw new Error('Nothing is left')
  const { commandId } = await desk.page.ask<{ commandId: string }>('appointment.reschedule', {
    appointmentId: lost.appointmentId,
    windowDay: next.day,
    windowStart: next.start,
    windowEnd: next.end,
    windowStartsAt: next.startsAt,
    windowEndsAt: next.endsAt,
    reason: 'Its time was taken meanwhile',
    capacity: { kind: 'free' },
    expectedVersion: claims[loser]?.version,
  })
  expect(await desk.page.ask('dispatch.claimed', { appointmentId: lost.appointmentId, commandId })).toMatchObject({ slot: 'held', windowStart: next.start })
  // Who asks now is refused at once, at either desk.
  for (const each of [here, there]) await expect.poll(() => book(each, first).then(() => 'booked', (error: { error?: { code: string } }) => error.error?.code), { timeout: 20_000 }).toBe('dispatch.windowFull')
})
