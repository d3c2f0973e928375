import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../src/shared/base/zone.ts'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { ask, bookedVisit } from './pages/visits.ts'

test.use({ prepare: { fill: importedCompany } })

/** The tray of that name, with so many in it, opened from the board by Enter. */
async function openTray(page: Page, name: string, open: number): Promise<void> {
  await page.keyboard.press('Alt+Shift+B')
  const tray = page.getByRole('button', { name: new RegExp(`^${name}\\s*${open}$`) })
  await expect(tray).toBeVisible()
  await tray.focus()
  await page.keyboard.press('Enter')
}

/** The first of the office's objections that begins so, and Ctrl+Enter. */
async function say(page: Page, objection: string): Promise<void> {
  await page.getByRole('combobox', { name: /^What speaks against the time/ }).fill(objection)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
}

test('reschedules are worked ahead by keyboard, and the warehouse has tomorrow’s list', async ({ page }, info) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const now = await clockOf(page)
  const today = wallTimeOf(now, OFFICE_ZONE).day
  const day = addDays(today, 2)
  const first = await bookedVisit(page, day, { planned: true, window: 1, lastName: 'Castellan' })
  const [second, third] = [await bookedVisit(page, day, { window: 2, lastName: 'Whitfield' }), await bookedVisit(page, day, { window: 3, lastName: 'Okonjo' })]

  // Beside the board: the customer wants another time, and nothing is settled yet.
  await keyboard.press('Alt+Shift+B')
  for (let ahead = 0; ahead <= 2; ahead++) {
    if (ahead > 0) await keyboard.press('Shift+ArrowRight')
    // The trays say days as well.
    await expect(page.getByRole('heading', { level: 1, name: formatWeekday(addDays(today, ahead)) })).toBeVisible()
  }
  await page.locator(`[role=gridcell][data-visit="${first.appointmentId}"]`).focus()
  await keyboard.press('V')
  await expect(page.getByRole('combobox', { name: /^What it is/ })).toBeFocused()
  await keyboard.press('Control+Enter')
  await expect(page.getByText('Say what speaks against the time.')).toBeVisible()
  await expectAccessible(page)
  await info.attach('another time', { body: await page.screenshot(), contentType: 'image/png' })
  await say(page, 'At work')
  await expect(page.getByText(/needs another time, not settled yet/i).first()).toBeVisible()
  for (const { appointmentId } of [second, third]) await ask(page, 'reschedule.ask', { appointmentId, why: 'Illness' })

  await openTray(page, 'Reschedules', 3)
  const hand = page.getByRole('region', { name: 'The promise in hand' })
  await expect(hand.getByRole('heading')).toHaveText(/^Reschedule /)
  await expect(hand).toContainText('Call, hear what speaks against the time')
  expect.soft(await layoutFaults(page)).toEqual([])
  const inHand = async (): Promise<string> => (await hand.getByRole('heading').textContent()) ?? ''

  const moved = await inHand()
  await keyboard.press('W')
  await expect(hand.getByRole('combobox', { name: /^New arrival window/ })).toHaveValue(/./)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('another window', { body: await page.screenshot(), contentType: 'image/png' })
  await say(page, 'Not at home')
  await expect(hand.getByRole('heading')).not.toHaveText(moved)

  const saved = await inHand()
  await keyboard.press('S')
  await say(page, 'Illness')
  await expect(hand.getByRole('heading')).not.toHaveText(saved)

  await keyboard.press('U')
  await hand.getByRole('textbox', { name: /^What they said/ }).fill('Three messages')
  await keyboard.press('Control+Enter')
  await expect(page.getByText(/Can’t be reached/).first()).toBeVisible()
  await expect(page.getByText('Nothing is open here.')).toBeVisible()
  const standings = await Promise.all([first, second, third].map(({ appointmentId }) => ask<{ readonly reschedule: string; readonly state: string }>(page, 'board.visit', { appointmentId })))
  expect(standings.map(({ reschedule }) => reschedule).toSorted()).toEqual(['moved', 'saved', 'unreached'])

  // Who could not be reached is called until rebooked: another window puts them on the board again.
  await openTray(page, 'Unscheduled: to rebook', 1)
  await expect(hand.getByRole('heading')).toHaveText(/^Rebook /)
  await keyboard.press('W')
  await expect(hand.getByRole('combobox', { name: /^New arrival window/ })).toHaveValue(/./)
  await say(page, 'Not at home')
  await expect(page.getByText('Nothing is open here.')).toBeVisible()

  // Tomorrow's materials: owed, opened, handed over, owed again where they change.
  const tomorrow = addDays(today, 1)
  const visit = await bookedVisit(page, tomorrow, { planned: true, window: 1, lastName: 'Natarajan' })
  const line = { id: newId(), priceItemId: null, kind: 'material', description: 'Faucet cartridge', quantity: 2000, unitPriceCents: 1900 }
  await ask(page, 'job.addLine', { jobId: visit.jobId, line })
  await ask(page, 'materialList.lookOver', { day: tomorrow, isTime: true, at: await clockOf(page) })
  await openTray(page, 'Material lists', 1)
  await expect(hand.getByRole('heading')).toHaveText(/^Material list for /)
  await keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'Materials' })).toContainText('Faucet cartridge')
  await expect(page.getByText('Owed to the warehouse')).toBeVisible()
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)
  await info.attach('material list', { body: await page.screenshot(), contentType: 'image/png' })
  await keyboard.press('S')
  await expect(page.getByText('The warehouse has it').first()).toBeVisible()
  await ask(page, 'job.changeLine', { lineId: line.id, set: { quantity: 3000 } })
  await ask(page, 'materialList.lookOver', { day: tomorrow, isTime: true, at: await clockOf(page) })
  await expect(page.getByText('Changed since')).toBeVisible()
})
