import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { Customers } from './pages/customers.ts'
import { heldFrames } from './pages/frames.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { Search } from './pages/search.ts'

test.use({ prepare: { fill: importedCompany } })

/** From the ring to the booked job of a known customer; free text not counted. */
const MOST_KEYS = 25

/** The same for somebody new at a new address: names, numbers and addresses are the caller's own words as well. */
const MOST_KEYS_NEW = 45

/** Rosa has answered a practice call, and its booking is open. */
async function answeredCall(page: Page): Promise<Booking> {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const calls = new Calls(page)
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await page.keyboard.press('F8')
  return new Booking(page)
}

test('a known caller is booked by keyboard in at most 25 keys, and is found again by the job\u2019s number', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const calls = new Calls(page)
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await keyboard.press('F8')
  await expect(booking.field('customer')).toContainText('matched')
  await expectAccessible(page)
  await booking.fill(keyboard, {
    jobType: 'fa',
    summary: 'Dripping since Sunday.',
    priority: 'h',
    item: 'an',
    quantity: '2',
    window: '2',
    payment: 'ch',
    notes: 'Mind the steps.',
  })
  const number = await booking.book(keyboard)
  test.info().annotations.push({ type: 'keystrokes from ring to booked', description: String(keyboard.count) })
  expect(keyboard.count).toBeLessThanOrEqual(MOST_KEYS)

  const search = new Search(page)
  await search.find(number)
  await expectAccessible(page)
  await search.openBest(`Job ${number}`)
  await expect(page.getByRole('heading', { level: 1, name: `Job ${number}` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Line items' })).toContainText('Faucet')
  await expectAccessible(page)
})

test('somebody new, at a new address, is booked by keyboard in at most 45 keys', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const calls = new Calls(page)
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  await expect(calls.cell).toContainText('Ready')
  await calls.open()
  await calls.practiceAs(/a new caller/)
  await keyboard.press('F8')
  await booking.expectFocus('customer')
  await expect(page.getByRole('option', { name: /New customer/ })).toBeVisible()
  await booking.fillNew(keyboard, {
    person: { firstName: 'Dana', lastName: 'Whitlock', email: 'dana@whitlock.example', companyName: 'Whitlock Bakery', leadSource: 'se' },
    place: { line1: '19 Ferry Street', line2: 'B', postalCode: '99501', city: 'Anchorage', state: 'AK', accessNotes: 'Through the yard.', gateCode: '2290#', pets: 'Two geese' },
  })
  await booking.fill(keyboard, {
    jobType: 'fa',
    summary: 'Dripping since Sunday.',
    priority: 'h',
    item: 'an',
    quantity: '2',
    window: '2',
    payment: 'ch',
    notes: 'Mind the steps.',
  })
  await booking.book(keyboard)
  test.info().annotations.push({ type: 'keystrokes from ring to booked, new customer', description: String(keyboard.count) })
  expect(keyboard.count).toBeLessThanOrEqual(MOST_KEYS_NEW)

  const customers = new Customers(page)
  await customers.expectCustomer('Whitlock Bakery')
})

test('a letter in a quantity begins the next item; the business unit is one Shift+Tab before its job types', async ({ page }) => {
  const booking = await answeredCall(page)
  await booking.expectFocus('jobType')
  await page.keyboard.press('Shift+Tab')
  await booking.expectFocus('businessUnit')
  await page.keyboard.type('pl\n')
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa\nDripping.\n\nan')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(booking.input('Quantity').last()).toBeFocused()
  await page.keyboard.type('2an')
  await expect(booking.input('Add from the price book')).toHaveValue('an')
  await expect(booking.input('Quantity').last()).toHaveValue('2')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('3\n')
  await booking.expectFocus('window')
  await expect(booking.form.getByRole('list', { name: 'Line items' }).getByRole('listitem')).toHaveCount(3)
})

test('a list that was clicked takes each letter also where the machine is too busy to draw between them', async ({ page }) => {
  const booking = await answeredCall(page)
  await expect(booking.field('customer')).toContainText('matched')
  const list = booking.field('businessUnit').getByRole('combobox')
  const box = await list.boundingBox()
  const drawNextFrame = await heldFrames(page)
  await page.mouse.click(box!.x + 20, box!.y + box!.height / 2)
  await page.keyboard.type('p')
  await drawNextFrame()
  await page.keyboard.type('lu')
  await expect(list).toHaveValue('plu')
  await page.keyboard.press('Enter')
  await booking.expectFocus('jobType')
})

test('nothing typed is lost: a reload, gaps and refusals leave the booking as it was', async ({ page }) => {
  await new FrontDoor(page).signIn('Rosa', PEOPLE.csr.pin)
  const booking = new Booking(page)
  const keyboard = new CountingKeyboard(page)
  await page.goto(`${new URL(page.url()).origin}/#/booking`)
  await booking.expectFocus('customer')
  await keyboard.freeText('Zo\u00eb O\u2019Hara')
  await expect(page.getByRole('option', { name: /New customer/ })).toBeVisible()
  await keyboard.press('ArrowUp', 'Enter')
  await expect(booking.input('First name')).toBeFocused()
  await expect(booking.input('Last name')).toHaveValue('O\u2019Hara')
  await booking.input('Phone').fill('abc')
  await booking.input('Street').fill('\u05E9\u05DC\u05D5\u05DD 12')
  await booking.input('City').fill('Anchorage')
  await booking.input('Summary, in the customer\u2019s words').fill('Leak \u{1F4A7}')

  await page.reload()
  await expect(booking.input('Street')).toHaveValue('\u05E9\u05DC\u05D5\u05DD 12')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('Leak \u{1F4A7}')
  await keyboard.press('Control+Enter')
  await booking.expectError('phone', 'Write a telephone number with its area code')
  await expect(booking.status).toContainText('steps left: customer, job type')
  await expect(booking.input('Phone')).toHaveValue('abc')
  await expectAccessible(page)

  await booking.input('Phone').fill('555 014 9907')
  await booking.input('First name').fill('Z'.repeat(400))
  await booking.input('Business unit').focus()
  await keyboard.letters('pl')
  await keyboard.press('Enter')
  await booking.expectFocus('jobType')
  await keyboard.letters('fa')
  await keyboard.press('Enter')
  await booking.expectFocus('summary')
  await keyboard.press('Alt+ArrowDown', 'Alt+ArrowDown')
  await booking.expectFocus('window')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')).toHaveCount(3)
  await keyboard.press('1')
  await booking.expectFocus('payment')
  await keyboard.letters('cas')
  await keyboard.press('Enter', 'Enter')
  await booking.readBack(keyboard)
  await keyboard.press('Control+Enter')
  await booking.expectError('firstName', 'The first name is longer than 60 characters.')
  await expect(booking.input('First name')).toHaveValue('Z'.repeat(400))
  await booking.input('First name').fill('Zo\u00eb')
  await booking.book(keyboard)

  const customers = new Customers(page)
  await customers.expectCustomer('Zo\u00eb O\u2019Hara')
  await expect(customers.reach).toContainText('(555) 014-9907')
  await customers.addNote('Prefers the back door.')
  await expectAccessible(page)
})
