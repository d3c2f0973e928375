import type { Page } from '@playwright/test'
import { addDays } from '../../src/shared/base/time.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'
import { Drafts } from './pages/drafts.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'

test.use({ prepare: { fill: importedCompany } })

/** Somebody who answers the telephone and dispatches, at tomorrow\u2019s board; with how its address ends. */
async function atTheBoard(page: Page): Promise<RegExp> {
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.owner.name)
  const day = addDays(wallTimeOf(await clockOf(page), OFFICE_ZONE).day, 1)
  await page.keyboard.press('Alt+Shift+B')
  await expect(page).toHaveURL(/#\/board/)
  await expect(page.getByRole('main')).toContainText('Al Brightwater')
  await page.keyboard.press('Shift+ArrowRight')
  const board = new RegExp(`#/board\\?day=${day}$`)
  await expect(page).toHaveURL(board)
  return board
}

const ON_THE_CALL = /#\/booking\?call=/

test('one key goes between the call and the board, and the board is back after the call as it was left', async ({ page }) => {
  const [calls, drafts] = [new Calls(page), new Drafts(page)]
  const board = await atTheBoard(page)
  await calls.practice()
  await calls.answer()
  await expect(page).toHaveURL(ON_THE_CALL)
  await drafts.problem.focus()
  await page.keyboard.type('Drips')
  await page.keyboard.press('Alt+b')
  await expect(page).toHaveURL(board)
  await page.keyboard.press('Alt+b')
  await expect(page).toHaveURL(ON_THE_CALL)
  await expect(drafts.problem).toHaveValue('Drips')
  // The call is over; nothing moves until it is said how.
  await calls.end()
  await expect(page).toHaveURL(ON_THE_CALL)
  await calls.say('think')
  await expect(page).toHaveURL(board)
})

test('a call of which all is said before hang-up gives the board back at once; whoever was elsewhere stays there', async ({ page }) => {
  const [calls, path, drafts] = [new Calls(page), new CallPath(page), new Drafts(page)]
  const board = await atTheBoard(page)
  await calls.practice()
  await calls.answer()
  await expect(drafts.problem).toBeVisible()
  await path.choose('n', 'Wrong number')
  await path.finish(/wrong number/)
  await expect(page).not.toHaveURL(board)
  await page.keyboard.press('Shift+F8')
  await expect(page).toHaveURL(board)

  await calls.open()
  await calls.practice()
  await calls.answer()
  await expect(drafts.problem).toBeVisible()
  await path.choose('n', 'Wrong number')
  await path.finish(/wrong number/)
  await page.keyboard.press('Shift+F8')
  await expect(calls.cell).toContainText('Ready')
  await expect(page).not.toHaveURL(/#\/board/)
})
