import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

const TUESDAY = 2

interface Technician {
  readonly name: string
  readonly shifts: readonly { readonly weekday: number }[]
}

interface Window {
  readonly day: string
  readonly start: number
  readonly end: number
  readonly startsAt: number
  readonly endsAt: number
  readonly zone: string
}

async function ask<T>(page: Page, method: string, input: unknown): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

/** Of today Al has an hour left, and Tess none. */
async function fillToday(page: Page): Promise<void> {
  const { technicians } = await ask<{ readonly technicians: readonly Technician[] }>(page, 'settings.get', {})
  for (const technician of technicians) {
    const others = technician.shifts.filter(({ weekday }) => weekday !== TUESDAY)
    const today = technician.name.startsWith('Al') ? [{ weekday: TUESDAY, start: 7 * 60, end: 11 * 60 + 30 }] : []
    await ask(page, 'technician.save', { ...technician, shifts: [...others, ...today] })
  }
}

async function begin(page: Page): Promise<Booking> {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  await fillToday(page)
  await new Calls(page).practice()
  await page.keyboard.press('F8')
  const booking = new Booking(page)
  await expect(booking.field('customer')).toContainText('matched')
  return booking
}

/** On to the summary: a water heater takes longer than Al has. */
async function tellProblem(booking: Booking, keyboard: CountingKeyboard): Promise<void> {
  await booking.expectFocus('jobType')
  await keyboard.letters('water h')
  await keyboard.press('Enter')
  await booking.expectFocus('summary')
  await keyboard.freeText('No hot water, wants somebody today')
}

/** What is left to ask once the time is known, and the button. */
async function finish(page: Page, booking: Booking, keyboard: CountingKeyboard): Promise<void> {
  await keyboard.press('Control+Enter')
  await booking.expectFocus('payment')
  await keyboard.letters('ch')
  await keyboard.press('Enter', 'Control+Enter')
  await booking.readBack(keyboard)
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/^Job \S+ booked for /)).toBeVisible()
}

/** Somebody else has tomorrow\u2019s first window and then does not want it. */
async function openGap(page: Page, jobTypeId: string): Promise<void> {
  const today = wallTimeOf(await clockOf(page), OFFICE_ZONE).day
  const { windows } = await ask<{ readonly windows: readonly Window[] }>(page, 'dispatch.windows', { jobTypeId, fromDay: addDays(today, 1), days: 1 })
  const window = windows[0]
  const form = await ask<{ readonly priorities: readonly { readonly id: string }[]; readonly jobTypes: readonly { readonly id: string; readonly businessUnitId: string; readonly durationMinutes: number; readonly defaultItem: { readonly id: string; readonly kind: string } | null }[] }>(page, 'booking.form', {})
  const jobType = form.jobTypes.find(({ id }) => id === jobTypeId)
  if (!window || !jobType) throw new Error('Nothing can be booked tomorrow')
  const item = jobType.defaultItem
  const [jobId, customerId, locationId] = [newId(), newId(), newId()]
  const location = { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: window.zone, accessNotes: '', gateCode: '', pets: '', parking: '', latitude: null, longitude: null, taxZoneId: null }
  await ask(page, 'customer.create', { customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [], emails: [], location })
  await ask(page, 'job.book', {
    jobId,
    customerId,
    locationId,
    businessUnitId: jobType.businessUnitId,
    jobTypeId,
    priorityId: form.priorities.at(-1)?.id,
    summary: 'Leak',
    notes: '',
    plannedPayment: 'check',
    lines: [{ id: newId(), priceItemId: item?.id, kind: item?.kind, description: '', quantity: 1000 }],
    appointment: { id: newId(), windowDay: window.day, windowStart: window.start, windowEnd: window.end, zone: window.zone, windowStartsAt: window.startsAt, windowEndsAt: window.endsAt, durationMinutes: jobType.durationMinutes },
    callId: null,
    readBack: true,
    confirmation: false,
  })
  await ask(page, 'job.cancel', { jobId, reason: 'Found somebody else' })
}

test('where today is full a caller is told what is left and goes on the wait list; a time that comes free is offered and booked', async ({ page }) => {
  const keyboard = new CountingKeyboard(page)
  const booking = await begin(page)
  await tellProblem(booking, keyboard)
  const full = booking.side.getByRole('region', { name: 'Today is full' })
  await expect(full).toContainText(/emergency slots? (is|are) kept a day, \d left today/)
  await expect(full.getByRole('list', { name: 'Gaps of today' }).getByRole('listitem')).toHaveCount(1)
  await expect(full.getByRole('listitem')).toContainText('Al Brightwater')
  await expect(full.getByRole('listitem')).toContainText(/to 11:30 AM/)
  await expect(full.getByRole('listitem')).toContainText(/short/)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)

  await keyboard.press('Alt+l')
  await expect(page.getByRole('dialog', { name: 'Put them on the wait list' })).toBeVisible()
  await expectAccessible(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'On the wait list' })).toBeVisible()
  await keyboard.press('Shift+F8', 'Alt+Shift+W')
  const list = page.getByRole('grid', { name: 'Wait list' })
  const panel = page.getByRole('complementary', { name: 'Wait list entry' })
  await expect(list.getByRole('row').filter({ hasText: 'Water heater' })).toHaveCount(1)
  await expect(panel).toContainText('No hot water, wants somebody today')
  await expectAccessible(page)

  const { entries } = await ask<{ readonly entries: readonly { readonly jobTypeId: string }[] }>(page, 'waitList.list', {})
  await openGap(page, entries[0]?.jobTypeId ?? '')
  await expect(panel).toContainText('A time has just come free.')
  await expect(panel).toContainText(/Tomorrow, /)
  await expectAccessible(page)
  await keyboard.press('b')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('No hot water, wants somebody today')
  await expect(booking.field('window').getByRole('combobox')).toHaveValue(/^Tomorrow, /)
  // Begun once, it is gone on with.
  await booking.input('Summary, in the customer\u2019s words').fill('No hot water, the pilot is out')
  await keyboard.press('Alt+Shift+W')
  await expect(panel).toContainText('A time has just come free.')
  await keyboard.press('b')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('No hot water, the pilot is out')
  await finish(page, booking, keyboard)
  await keyboard.press('Alt+Shift+W')
  await expect(page.getByRole('main')).toContainText('Nobody waits for an earlier time.')
})

test('the question is about one caller: it goes when another is answered', async ({ page }) => {
  const keyboard = new CountingKeyboard(page)
  const booking = await begin(page)
  await tellProblem(booking, keyboard)
  await new Calls(page).practice()
  await keyboard.press('Alt+l')
  const question = page.getByRole('dialog', { name: 'Put them on the wait list' })
  await expect(question.getByRole('combobox', { name: 'When we call, whatever happens' })).toBeFocused()
  await keyboard.press('F8')
  await expect(question).toBeHidden()
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('')
  await expect(booking.form.locator(':focus')).toBeVisible()
  await keyboard.press('F7')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('No hot water, wants somebody today')
  await expect(question).toBeHidden()
})

test('where the wait list cannot end a wait after a booking, the person is told', async ({ page }) => {
  const keyboard = new CountingKeyboard(page)
  const booking = await begin(page)
  await tellProblem(booking, keyboard)
  await keyboard.press('Alt+l', 'Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'On the wait list' })).toBeVisible()
  await keyboard.press('Shift+F8', 'Alt+Shift+W')
  const { entries } = await ask<{ readonly entries: readonly { readonly entryId: string; readonly jobTypeId: string }[] }>(page, 'waitList.list', {})
  await openGap(page, entries[0]?.jobTypeId ?? '')
  await expect(page.getByRole('complementary', { name: 'Wait list entry' })).toContainText('A time has just come free.')
  await keyboard.press('b')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('No hot water, wants somebody today')
  // A colleague takes them off the list meanwhile.
  await ask(page, 'waitList.decline', { entryId: entries[0]?.entryId, callBackBy: null, reason: 'Called again' })
  await finish(page, booking, keyboard)
  await expect(page.getByRole('status').filter({ hasText: 'The wait list could not be settled: They do not want it any more.' })).toBeVisible()
})
