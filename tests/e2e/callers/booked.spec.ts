import type { CustomerPage } from '../../../src/shared/contract/methods/customers.ts'
import type { JobPage } from '../../../src/shared/contract/methods/jobs.ts'
import { expect, ownTest as test } from '../../support/callerOffice.ts'
import { Booking, type BookingChoices } from '../pages/booking.ts'
import type { CallerDesk } from '../pages/callerDesk.ts'
import { Customers } from '../pages/customers.ts'
import { CountingKeyboard } from '../pages/keyboard.ts'

const FAUCET: BookingChoices = { unit: 'pl', jobType: 'fa', summary: 'Dripping since Sunday.', priority: 'h', item: 'an', quantity: '2', window: '2', payment: 'ch', notes: 'Mind the steps.', confirmed: true }

const customersIn = (desk: CallerDesk): Promise<number> => desk.ask<{ readonly total: number }>('customers.list', { limit: 1 }).then(({ total }) => total)

/** The job that came of a call, and what is owed for its visit: the confirmation, and a technician. */
async function expectBooked(desk: CallerDesk, callId: string, customerId: string, summary: string): Promise<JobPage> {
  const { jobId } = await desk.expectRecord(callId, { outcome: 'booked', customerId, followUp: 'none' })
  const job = await desk.ask<JobPage>('jobs.get', { jobId })
  expect(job).toMatchObject({ state: 'open', customerId, callId, summary, bookedBy: 'Rosa Quill' })
  const [visit, ...others] = job.visits
  expect(others).toEqual([])
  expect(visit).toMatchObject({ state: 'scheduled' })
  await desk.expectPromise(visit?.id ?? '', { title: /the confirmation/, role: 'inboundCsr', within: 30 })
  await desk.expectPromise(visit?.id ?? '', { title: /Assign a technician/, role: 'dispatcher', within: 24 * 60 })
  return job
}

test('service: a known caller is booked, and the confirmation and the technician are owed', async ({ desk, page }) => {
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  const callId = await desk.ring('known')
  await keyboard.press('F8')
  await expect(booking.field('customer')).toContainText('matched')
  await booking.fill(keyboard, FAUCET)
  await expect(booking.side.getByRole('region', { name: 'Promises' })).toContainText(/confirmation.*by/s)
  await desk.moment('service')
  const number = await booking.book(keyboard)
  test.info().annotations.push({ type: 'keystrokes from ring to booked', description: String(keyboard.count) })
  const { customerId } = await desk.record(callId)
  const job = await expectBooked(desk, callId, customerId ?? '', 'Dripping since Sunday.')
  expect(job).toMatchObject({ number, plannedPayment: 'check', notes: 'Mind the steps.' })
  await expect(page.getByRole('main')).toContainText('the confirmation')
  await desk.moment('service-booked')
  await desk.hangUp(/Rosa Quill.*Booked/)
})

test('a customer at a new address: the place is added to the customer on file, not a second customer', async ({ desk, page }) => {
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  const before = await customersIn(desk)
  const callId = await desk.answer('known')
  await expect(booking.field('customer')).toContainText('matched')
  await booking.expectFocus('jobType')
  // The only place of the customer is passed over; whoever says another goes back to it.
  await keyboard.press('Alt+ArrowUp', 'Shift+Tab')
  await booking.expectFocus('location')
  await keyboard.letters('another')
  await expect(page.getByRole('option', { name: /Another place/ })).toBeVisible()
  await keyboard.press('Enter')
  await booking.expectFocus('line1')
  await keyboard.freeText('418 Juniper Bend')
  await keyboard.press('Enter')
  await keyboard.freeText('Unit 3')
  await keyboard.press('Enter')
  await keyboard.freeText('60699')
  await keyboard.press('Enter')
  await keyboard.freeText('Millport')
  await keyboard.press('Enter')
  await keyboard.freeText('IL')
  await keyboard.press('Enter')
  await booking.expectFocus('accessNotes')
  await keyboard.freeText('Key under the mat.')
  const area = booking.form.getByText('Nobody has said whether 60699 is in the service area.')
  await expect(area).toBeVisible()
  expect(await area.evaluate((line) => line.scrollWidth <= line.clientWidth)).toBe(true)
  await desk.moment('new-address')
  await keyboard.press('Alt+ArrowDown')
  await booking.fill(keyboard, { ...FAUCET, summary: 'Drips at her mother\u2019s new flat.' })
  await expect(booking.field('readBack')).toContainText('418 Juniper Bend')
  await booking.book(keyboard)

  const { customerId } = await desk.record(callId)
  const job = await expectBooked(desk, callId, customerId ?? '', 'Drips at her mother\u2019s new flat.')
  expect(job.place).toContain('418 Juniper Bend')
  const { locations } = await desk.ask<CustomerPage>('customers.get', { customerId })
  expect(locations).toHaveLength(2)
  expect(locations).toContainEqual(expect.objectContaining({ line1: '418 Juniper Bend', line2: 'Unit 3', city: 'Millport', state: 'IL', postalCode: '60699', accessNotes: 'Key under the mat.' }))
  expect(await customersIn(desk)).toBe(before)
  await expect(new Customers(page).locations).toContainText('418 Juniper Bend')
  await desk.moment('new-address-booked')
  await desk.hangUp(/Booked/)
})

test('a duplicate about to be made: the recorded customer is in sight and taken with one key', async ({ desk, page }) => {
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  const before = await customersIn(desk)
  const recorded = await recordedPerson(desk)
  const [place] = recorded.locations
  // The same person at the same address, from a number that nobody on file has.
  const callId = await desk.answer('newCaller')
  await booking.newCaller(keyboard, recorded.name)
  await keyboard.press('Alt+ArrowDown')
  await booking.expectFocus('line1')
  await keyboard.freeText(place?.line1 ?? '')
  await keyboard.press('Enter', 'Enter')
  await keyboard.freeText(place?.postalCode ?? '')
  const match = booking.side.getByRole('region', { name: 'New customer' }).getByRole('listitem').first()
  await expect(booking.side).toContainText('Perhaps recorded already')
  await expect(match).toContainText(recorded.name)
  await expect(match).toContainText('same address')
  await desk.moment('duplicate')
  await keyboard.press('Alt+u')
  await expect(booking.side.getByRole('region', { name: 'Who is calling' })).toContainText(recorded.name)
  await booking.expectFocus('location')
  await keyboard.press('Alt+ArrowDown')
  await booking.fill(keyboard, { ...FAUCET, summary: 'New telephone, the same faucet.' })
  await booking.book(keyboard)
  await expectBooked(desk, callId, recorded.id, 'New telephone, the same faucet.')
  expect(await customersIn(desk)).toBe(before)
  await new Customers(page).expectCustomer(recorded.name)
  await desk.hangUp(/Booked/)
})

/** Somebody with a first and a last name and one place. */
async function recordedPerson(desk: CallerDesk): Promise<CustomerPage> {
  const { rows } = await desk.ask<{ readonly rows: readonly { readonly id: string; readonly name: string; readonly locationCount: number }[] }>('customers.list', { order: 'name', limit: 200 })
  const found = rows.find(({ name, locationCount }) => locationCount === 1 && /^\S+ \S+$/.test(name))
  if (!found) throw new Error('Nobody has one place')
  return desk.ask<CustomerPage>('customers.get', { customerId: found.id })
}
