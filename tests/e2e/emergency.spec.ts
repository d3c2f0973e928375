import type { Page } from '@playwright/test'
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

/** The caller is on the line and the cursor in the first gap. */
async function answered(page: Page, keyboard: CountingKeyboard): Promise<Booking> {
  await new Calls(page).practice()
  await keyboard.press('F8')
  const booking = new Booking(page)
  await expect(booking.field('customer')).toContainText('matched')
  return booking
}

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
