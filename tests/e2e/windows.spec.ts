import type { Page } from '@playwright/test'
import type { BoardDay } from '../../src/shared/contract/methods/dispatch.ts'
import { askBeside } from '../support/askBeside.ts'
import { expectAccessible } from '../support/axe.ts'
import { clockOf } from '../support/officeClock.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { SideWindows } from './pages/sideWindows.ts'

/** Windows beside the main one: one session, in step, and none of them answers a call. */

async function todayOf(page: Page): Promise<BoardDay> {
  const { day } = wallTimeOf(await clockOf(page), 'America/Chicago')
  const [board] = await askBeside(page, [{ method: 'board.day', input: { day } }])
  return board as BoardDay
}

test('trays in a window of their own choose on the board and open there; the wall has nothing private; a lock hides all', async ({ page }) => {
  test.setTimeout(120_000)
  const board = new Board(page)
  await board.open()
  const windows = new SideWindows(page)
  const day = await todayOf(page)
  const [waiting] = day.unassigned
  if (!waiting) throw new Error('The sample company has nothing unassigned')

  const trays = await windows.open('Trays')
  await expect(trays.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
  const item = trays.locator(`#tray-${waiting.id}`)
  await item.focus()
  // Chosen there is chosen here.
  await expect(page.locator(`#tray-${waiting.id}`)).toHaveAttribute('aria-selected', 'true')
  await trays.keyboard.press('Enter')
  await expect(board.panel(new RegExp(waiting.jobNumber))).toBeVisible()
  await expectAccessible(trays)

  // What somebody is filling in stays, whatever is chosen elsewhere.
  const [, another] = day.unassigned
  if (!another) throw new Error('The sample company has one visit unassigned, not several')
  await page.bringToFront()
  await page.keyboard.press('a')
  const technician = page.getByRole('combobox', { name: 'Technician' })
  await expect(technician).toBeFocused()
  await page.keyboard.type('w')
  await trays.locator(`#tray-${another.id}`).focus()
  await expect(trays.locator(`#tray-${another.id}`)).toHaveAttribute('aria-selected', 'true')
  await expect(technician).toHaveValue('w')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  // The day goes along.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page).toHaveURL(/day=/)
  await expect(trays).toHaveURL(/day=/)
  await page.keyboard.press('t')
  await expect(trays).not.toHaveURL(/day=/)

  const wall = await windows.open('Wall')
  await expect(wall.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(wall.getByRole('region', { name: 'Late' })).toBeVisible()
  await expect(wall.getByRole('button')).toHaveCount(0)
  const text = await wall.locator('body').innerText()
  for (const { customerName } of [...day.planned, ...day.unassigned]) expect(text).not.toContain(customerName)
  expect(text).not.toMatch(/\d{3}[-. ]\d{4}/)
  await expectAccessible(wall)

  // A call pops in the main window alone, and F8 in another window answers it there.
  await page.keyboard.press('Alt+r')
  await expect(page.getByText('F8 answers')).toBeAttached()
  await expect(trays.getByText('F8 answers')).toHaveCount(0)
  await trays.keyboard.press('F8')
  await expect(page).toHaveURL(/#\/booking/)
  // Until it is over nothing moves on the boards.
  const end = page.getByRole('banner').getByRole('button', { name: /^End/ })
  await expect(end).toBeVisible()
  await page.keyboard.press('Shift+F8')
  const ended = page.getByRole('dialog', { name: 'How did this call end?' })
  await expect(ended).toBeVisible()

  // One session: locked here is locked everywhere, and so is coming back.
  await trays.keyboard.press('Control+l')
  for (const each of [page, trays, wall]) await expect(new ShellFrame(each).lockCover).toBeVisible()
  await new FrontDoor(wall).unlock('1234')
  for (const each of [page, trays, wall]) await expect(new ShellFrame(each).lockCover).toBeHidden()

  await ended.getByRole('button', { name: /Later/ }).click()
  await expect(ended).toBeHidden()

  // The window is gone before the key is up.
  await Promise.all([trays.waitForEvent('close'), trays.keyboard.press('Escape').catch(() => undefined)])
  await windows.expectKept('trays')
  await wall.close()
})

test('what one window changes is on the other board, with the name of who did it', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  const second = await new SideWindows(page).open('Board')
  const other = new Board(second)
  await expect(other.grid).toBeVisible()
  const person = await page.locator('header button[aria-haspopup=menu]:not([aria-label^="My status"])').getAttribute('aria-label')
  const visit = (await todayOf(page)).planned.findLast(({ state, locked, technicianId }) => technicianId !== null && !locked && (state === 'scheduled' || state === 'confirmed'))
  if (!visit) throw new Error('Nothing can be held')
  await askBeside(page, [{ method: 'appointment.changeState', input: { appointmentId: visit.id, to: 'hold', reason: 'Customer is not home' } }])
  await expect(other.said).toHaveText(new RegExp(`${visit.shortName} is on hold`))
  await expect(other.said).toContainText((person ?? '').split(',')[0] ?? '')
  await expect(second.locator(`#tray-${visit.id}`)).toBeVisible()
  await second.close()
})
