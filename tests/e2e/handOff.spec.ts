import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { Settings } from '../../src/shared/contract/methods/settings.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

test.use({ prepare: { fill: importedCompany } })

test('a visit with holes is not dispatched: the dispatcher fills them one by one by keyboard, and each answer has a name', async ({ page }) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const day = addDays(wallTimeOf(await clockOf(page), OFFICE_ZONE).day, 1)
  const visit = await bookedVisit(page, day, { planned: true, handOff: [{ item: 'phone', said: '' }], gateCode: '' })
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}&visit=${visit.appointmentId}`)
  const panel = page.getByRole('complementary', { name: /^Omar Castellan/ })
  const list = panel.getByRole('list', { name: 'Hand-off checklist' })
  await expect(list.getByRole('listitem').filter({ hasText: 'Phone confirmed' })).toContainText(PEOPLE.dispatcher.name)
  await expect(list.getByRole('img', { name: 'Open' })).toHaveCount(3)

  await keyboard.press('d')
  await expect(page.getByRole('alert').filter({ hasText: '\u201cAddress confirmed\u201d, \u201cGate code and access\u201d and \u201cWho will be home\u201d are open. Press K' })).toBeVisible()
  await keyboard.press('k')
  await expect(panel.getByRole('button', { name: 'Tick Address confirmed' })).toBeFocused()
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await keyboard.press('Enter')
  await expect(panel.getByRole('button', { name: 'Tick Gate code and access' })).toBeFocused()
  await keyboard.press('Enter')
  const home = panel.getByRole('textbox', { name: 'Who will be home' })
  await expect(home).toBeFocused()

  // What is typed outlives a look elsewhere.
  await keyboard.type('The son, 17')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await keyboard.press('k')
  await expect(home).toHaveValue('The son, 17')
  await expect(home).toBeFocused()
  await keyboard.press('Enter')
  await expect(panel.getByText('Nothing is missing. Escape, then D dispatches.')).toBeVisible()
  await expect(list.getByRole('listitem').filter({ hasText: 'Who will be home' })).toContainText(`The son, 17 \u00B7 ${PEOPLE.dispatcher.name}`)
  await expectAccessible(page)
  await keyboard.press('Escape')
  await keyboard.press('d')
  await expect(page.locator(`[role=gridcell][data-visit="${visit.appointmentId}"]`)).toHaveAccessibleName(/Dispatched/)
})

test('what the record answers nobody ticks: the key leads to where it is put in', async ({ page }) => {
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const day = addDays(wallTimeOf(await clockOf(page), OFFICE_ZONE).day, 1)
  const visit = await bookedVisit(page, day, { planned: true, handOff: [], phone: null })
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}&visit=${visit.appointmentId}`)
  await expect(page.getByRole('list', { name: 'Hand-off checklist' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Open the customer and put in: Phone confirmed' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Omar Castellan' })).toBeVisible()
  await askBeside(page, [{ method: 'contactMethod.save', input: { id: newId(), customerId: visit.customerId, locationId: null, kind: 'phone', value: '+15550148821', label: 'mobile', position: 0 } }])
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}&visit=${visit.appointmentId}`)
  await expect(page.getByRole('list', { name: 'Hand-off checklist' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Tick Phone confirmed' })).toBeFocused()
})

test('a waiver that was switched on after the booking stops the visit, and is said where it is stopped', async ({ page }) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  const day = addDays(wallTimeOf(await clockOf(page), OFFICE_ZONE).day, 1)
  const visit = await bookedVisit(page, day, { planned: true })
  const { jobTypes } = await ask<Pick<Settings, 'jobTypes'>>(page, 'settings.get', {})
  for (const jobType of jobTypes.filter(({ name }) => name === 'Faucet')) await ask(page, 'jobType.save', { ...jobType, waiver: 'Water release' })
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}&visit=${visit.appointmentId}`)
  const panel = page.getByRole('complementary', { name: /^Omar Castellan/ })
  await expect(panel.getByText('Not sent yet')).toBeVisible()
  await keyboard.press('d')
  await expect(page.getByRole('alert').filter({ hasText: '\u201cWater release back, signed\u201d is open. Press K' })).toBeVisible()
  await keyboard.press('k')
  await expect(panel.getByRole('button', { name: 'Sent Water release' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(panel.getByRole('button', { name: 'Back, signed Water release' })).toBeFocused()
  await expectAccessible(page)
  await keyboard.press('Enter')
  await expect(panel.getByText('Nothing is missing. Escape, then D dispatches.')).toBeVisible()
  await keyboard.press('Escape')
  await keyboard.press('d')
  await expect(page.locator(`[role=gridcell][data-visit="${visit.appointmentId}"]`)).toHaveAccessibleName(/Dispatched/)
})
