import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { expectAccessible } from '../support/axe.ts'
import { askBeside } from '../support/askBeside.ts'
import { type Baton, expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { LostTelephone } from '../support/lostTelephone.ts'
import { clockOf } from '../support/officeClock.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { PhoneOffice } from './pages/phoneOffice.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

interface Desk {
  readonly page: Page
  readonly calls: Calls
  readonly office: PhoneOffice
}

async function desk(page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<Desk> {
  await new FrontDoor(page).signIn(name.slice(0, 4), pin)
  await new ShellFrame(page).expectPerson(name)
  return { page, calls: new Calls(page), office: new PhoneOffice(page) }
}

/** Rosa at the telephone, Sean at a screen of his own. */
async function twoDesks(page: Page, baton: Baton): Promise<{ readonly rosa: Desk; readonly sean: Desk }> {
  return { rosa: await desk(page, PEOPLE.csr), sean: await desk(await baton.openAnotherPage(), PEOPLE.owner) }
}

test('a line gets its brand in settings, and the next caller on its number rings under it', async ({ page }) => {
  const sean = await desk(page, PEOPLE.owner)
  await page.keyboard.press('Alt+Shift+S')
  await page.getByRole('link', { name: 'Lines and brands' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lines and brands' })).toBeVisible()
  await page.getByRole('form', { name: 'New line' }).getByLabel('Number dialled').focus()
  await page.keyboard.type('555 014 2000')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Brightwater Heating')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('grid', { name: 'Lines and brands' }).getByRole('row').filter({ hasText: '(555) 014-2000' })).toContainText('Brightwater Heating')
  await sean.calls.practice()
  await expect(sean.calls.pop).toContainText('Brightwater Heating')
})

test('a ring goes to who is free first, shows in the other\u2019s cell meanwhile, and pops there in the end', async ({ page, baton }) => {
  const { rosa, sean } = await twoDesks(page, baton)
  await rosa.office.be('l', 'Lunch')
  await sean.calls.practice()
  await expect(sean.calls.pop).toBeVisible()
  await expect(rosa.calls.cell).toContainText('Ringing')
  await expect(rosa.calls.pop).toBeHidden()
  // After ten seconds it is everybody's.
  await expect(rosa.calls.pop).toBeVisible({ timeout: 15_000 })
  await sean.page.keyboard.press('F8')
  await expect(rosa.calls.pop).toBeHidden()
  await expectAccessible(rosa.page)
})

test('the wall tells who waits, talks, wraps up and is at lunch, without being asked', async ({ page, baton }) => {
  const { rosa, sean } = await twoDesks(page, baton)
  await sean.office.openWall()
  await expect(sean.office.person('Rosa Quill')).toContainText('Available')
  await expect(sean.office.figure('Waiting now')).toContainText('nobody waits')
  await rosa.calls.practice()
  await expect(sean.office.figure('Waiting now')).toContainText(/1.*longest 0:0\d/)
  await expect(sean.office.waiting).toContainText('(practice)')
  await rosa.calls.answer()
  await expect(sean.office.figure('Waiting now')).toContainText('nobody waits')
  await expect(sean.office.person('Rosa Quill')).toContainText(/On a call0:0\d/)
  expect.soft(await layoutFaults(sean.page)).toEqual([])
  await expectAccessible(sean.page)

  await rosa.calls.end()
  await expect(sean.office.person('Rosa Quill')).toContainText('Wrap-up')
  await rosa.calls.say('think')
  await expect(sean.office.person('Rosa Quill')).toContainText('Available')
  await rosa.office.be('b', 'Break')
  await expect(sean.office.person('Rosa Quill')).toContainText('Break')
  await rosa.office.be('a', 'Available')
  await expect(sean.office.person('Rosa Quill')).toContainText('Available')

  // How her day went, with the sums.
  const day = sean.page.getByRole('dialog', { name: 'A person\u2019s day' })
  await sean.page.keyboard.press('p')
  await expect(day.getByLabel('Person')).toBeFocused()
  await sean.page.keyboard.type('rosa')
  await sean.page.keyboard.press('Enter')
  await expect(day.getByRole('list', { name: 'One after the other' }).getByRole('listitem').filter({ hasText: 'Break' })).toBeVisible()
  await expect(day.getByRole('table', { name: 'Sums' })).toContainText('Break')
  await expectAccessible(sean.page)
  await sean.page.keyboard.press('Alt+[')
  await expect(day).toContainText('Nothing was said on this day.')
  await sean.page.keyboard.press('Escape')
  await expect(day).toBeHidden()
})

test('while the telephone is gone the bar gives the back-up number, and a call is logged by hand', async ({ page }) => {
  const lost = new LostTelephone()
  await lost.of(page)
  await page.reload()
  const rosa = await desk(page, PEOPLE.csr)
  const now = await clockOf(page)
  const down = { since: now, reason: 'The server phones.example.com does not answer. Baton tries again by itself.', account: 'Extension 101 at phones.example.com' }
  lost.lose(down, '+15550142090')
  await expect(rosa.office.outage).toContainText('(555) 014-2090')
  await expect(rosa.office.outage).toContainText('does not answer')
  await expect(page.getByRole('contentinfo')).toContainText('No telephone since')
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)

  await page.keyboard.press('Alt+Shift+H')
  await expect(rosa.office.byHand.getByLabel('Who called')).toBeFocused()
  await page.keyboard.type('Priya Natarajan')
  await page.keyboard.press('Control+Enter')
  await expect(rosa.office.byHand).toContainText('Write in a few words what it was about.')
  await rosa.office.byHand.getByLabel('What it was about').focus()
  await page.keyboard.type('No heat upstairs')
  await page.keyboard.press('Control+Enter')
  await expect(rosa.office.byHand).toContainText('Nobody can be called back without a number')
  // What was typed is there again after Escape.
  await page.keyboard.press('Escape')
  await expect(rosa.office.byHand).toBeHidden()
  await page.keyboard.press('Alt+Shift+H')
  await expect(rosa.office.byHand.getByLabel('Who called')).toHaveValue('Priya Natarajan')
  // A number that can't be read stays as it was typed, and is said.
  await rosa.office.byHand.getByLabel('Number').focus()
  await page.keyboard.type('555 019')
  await page.keyboard.press('Control+Enter')
  await expect(rosa.office.byHand).toContainText('Write the number with its area code')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+Shift+H')
  await expect(rosa.office.byHand.getByLabel('Number')).toHaveValue('555 019')
  await rosa.office.byHand.getByLabel('Number').focus()
  await page.keyboard.press('End')
  await page.keyboard.type(' 7788')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expect(rosa.office.byHand).toBeHidden()
  await page.keyboard.press('Alt+Shift+R')
  await expect(page.getByRole('heading', { level: 1, name: 'Calls to return' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByRole('grid', { name: 'Unbooked calls to return' }).getByRole('row').filter({ hasText: 'Priya Natarajan' })).toBeVisible()

  lost.find()
  await expect(rosa.office.outage).toBeEmpty()
  await expect(page.getByRole('contentinfo')).toContainText('Phone ready')

  // With a caller on the line nothing moves: the status bar says it.
  await rosa.calls.practice()
  await rosa.calls.answer()
  lost.lose(down, '+15550142090')
  await expect(page.getByRole('contentinfo')).toContainText('No telephone since')
  await expect(rosa.office.outage).toBeEmpty()
})

test('what came overnight is a list of its own, due after the office opens', async ({ page }) => {
  const rosa = await desk(page, PEOPLE.csr)
  const at = await clockOf(page)
  await askBeside(page, [
    { method: 'call.logByHand', input: { id: newId(), callerName: 'Omar Reyes', fromNumber: '+15550147799', notes: 'Leak under the sink', at: at - 60_000, lineName: '', lineNumber: '', customerId: null, callBackBy: null, answered: false } },
  ])
  await page.keyboard.press('Alt+Shift+R')
  await expect(page.getByRole('grid', { name: 'Missed calls to return' }).getByRole('row').filter({ hasText: 'Omar Reyes' })).toBeVisible()
  await page.keyboard.press('5')
  await expect(rosa.page.getByText('Overnight')).toBeVisible()
  await expectAccessible(page)
})
