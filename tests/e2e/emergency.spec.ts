import type { Page } from '@playwright/test'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { Booking } from './pages/booking.ts'
import { Calls } from './pages/calls.ts'
import { Emergency } from './pages/emergency.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { CountingKeyboard } from './pages/keyboard.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

async function signIn(page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  await new FrontDoor(page).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
}

/** Dispatch at a screen of their own. */
async function dispatchBeside(page: Page): Promise<Page> {
  const dispatch = await page.context().newPage()
  await dispatch.goto(page.url().split('#')[0] ?? page.url())
  await signIn(dispatch, PEOPLE.dispatcher)
  return dispatch
}

/** The caller is on the line and the cursor in the first gap. */
async function answered(page: Page, keyboard: CountingKeyboard): Promise<Booking> {
  await new Calls(page).practice()
  await keyboard.press('F8')
  const booking = new Booking(page)
  await expect(booking.field('customer')).toContainText('matched')
  return booking
}

/** On to the summary, past the job type. */
async function toSummary(booking: Booking, keyboard: CountingKeyboard): Promise<void> {
  await booking.expectFocus('jobType')
  await keyboard.letters('fa')
  await keyboard.press('Enter')
  await booking.expectFocus('summary')
}

test('the words of the summary alert dispatch; safety words come first, and nothing takes the cursor', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const dispatch = await dispatchBeside(page)
  const [mine, theirs] = [new Emergency(page), new Emergency(dispatch)]
  await page.bringToFront()
  const keyboard = new CountingKeyboard(page)
  const booking = await answered(page, keyboard)
  await toSummary(booking, keyboard)
  await page.keyboard.type('No emergency last week but today the kitchen smells like gas and the kids are home')
  await expect(booking.input('Summary, in the customer\u2019s words')).toHaveValue('No emergency last week but today the kitchen smells like gas and the kids are home')
  await booking.expectFocus('summary')
  await expect(mine.band).toContainText('Call 911 from outside')
  await expect(mine.band).toContainText('Nobody has acknowledged it yet')
  await expect(mine.bar.getByRole('listitem')).toHaveCount(0)
  await expectAccessible(page)

  // Dispatch types on, with the alert above: it takes neither the cursor nor the place.
  await expect(theirs.bar).toContainText('Emergency: Gas')
  await expectAccessible(dispatch)
  await dispatch.bringToFront()
  await dispatch.keyboard.press('Control+k')
  await dispatch.keyboard.type('okon')
  await expect(dispatch.getByRole('combobox', { name: 'Search', exact: true })).toHaveValue('okon')
  await theirs.acknowledge()
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(0)
  await expect(dispatch.getByRole('combobox', { name: 'Search', exact: true })).toHaveValue('okon')
  await page.bringToFront()
  await expect(mine.band).toContainText('Dana Wray has it')

  // Booked for today, with the call that was promised in dispatch\u2019s hands.
  await keyboard.press('Alt+ArrowDown', 'Alt+ArrowDown')
  await booking.expectFocus('window')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem').first()).toContainText('Today')
  await keyboard.press('1')
  await booking.expectFocus('payment')
  await keyboard.letters('car')
  await keyboard.press('Enter', 'Enter')
  await booking.readBack(keyboard)
  await booking.book(keyboard)
  const [tasks] = await askBeside(dispatch, [{ method: 'tasks.list', input: { view: 'myRoles' } }])
  expect((tasks as { items: readonly object[] }).items).toMatchObject([{ type: 'etaCall', priority: 'high', title: expect.stringMatching(/with the ETA: Gas/) as unknown }])
})

test('one key alerts, a letter says what it is, and a false alarm is taken back', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const emergency = new Emergency(page)
  const keyboard = new CountingKeyboard(page)
  const booking = await answered(page, keyboard)
  await booking.expectFocus('jobType')
  await page.keyboard.press('Alt+e')
  await expect(emergency.band).toContainText('Other emergency')
  await booking.expectFocus('jobType')
  await emergency.say('w')
  await expect(emergency.band).toContainText('Please don\u2019t step into the water')
  await emergency.say('x')
  await expect(emergency.band).toBeHidden()
  await booking.expectFocus('jobType')
})

test('a second emergency rings while the first is on the line: both stand, and each is acknowledged by itself', async ({ page }) => {
  await signIn(page, PEOPLE.csr)
  const dispatch = await dispatchBeside(page)
  const theirs = new Emergency(dispatch)
  await page.bringToFront()
  const keyboard = new CountingKeyboard(page)
  const calls = new Calls(page)
  const booking = await answered(page, keyboard)
  await booking.expectFocus('jobType')
  await page.keyboard.press('Alt+e')
  await new Emergency(page).say('g')
  await calls.practice()
  // The ring takes nothing from the first: the words are still there.
  await expect(new Emergency(page).band).toContainText('Gas')
  await keyboard.press('F8')
  await expect(new Emergency(page).band).toBeHidden()
  await page.keyboard.press('Alt+e')
  await new Emergency(page).say('f')
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(2)
  await expect(theirs.bar.getByRole('listitem').nth(0)).toContainText('Gas')
  await expect(theirs.bar.getByRole('listitem').nth(1)).toContainText('Leak or flood')
  await dispatch.bringToFront()
  await theirs.acknowledge()
  await expect(theirs.bar.getByRole('listitem')).toHaveCount(1)
  await expect(theirs.bar).toContainText('Leak or flood')
})

test('better screening is switched on in settings: triage words, held-back job types with why, and its end', async ({ page }) => {
  await signIn(page, PEOPLE.owner)
  await page.goto(`${page.url().split('#')[0] ?? ''}#/settings/desk`)
  const form = page.getByRole('form', { name: 'Emergencies and load' })
  await form.getByRole('combobox', { name: 'Better screening' }).focus()
  await page.keyboard.type('on u')
  await page.keyboard.press('Enter')
  await form.getByRole('checkbox', { name: /^Faucet/ }).first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await expect(form).toContainText('Better screening is on by this switch')
  await expectAccessible(page)

  await page.goto(`${page.url().split('#')[0] ?? ''}#/booking`)
  const booking = new Booking(page)
  await booking.expectFocus('customer')
  await expect(page.getByRole('main')).toContainText('Better screening, by the manager')
  await expect(booking.form).toContainText('is anyone in danger')
  await booking.input('Business unit').focus()
  await page.keyboard.type('pl')
  await page.keyboard.press('Enter')
  await booking.expectFocus('jobType')
  await page.keyboard.type('fa')
  await expect(page.getByRole('option', { name: /Faucet/ }).first()).toContainText('Held back: the manager')
  await page.keyboard.press('Enter')
  await expect(booking.field('jobType')).toContainText('Held back: the manager')
  await expectAccessible(page)
})
