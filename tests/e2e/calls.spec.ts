import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { Calls } from './pages/calls.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { heldAnswer } from './pages/heldAnswer.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

test('a call rings, is answered, ends without a booking, and a promise to call back exists, by keyboard', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await expect(calls.cell).toContainText('Ready')
  await calls.practice()
  await expect(calls.pop).toContainText('Practice')
  await expect(calls.pop).toContainText(/ring 1 of 3 · 0:0\d/)
  await calls.answer()
  await expect(page).toHaveURL(/#\/booking\?call=/)
  await expect(calls.practiceCard).toBeVisible()
  await calls.end()
  await calls.say('think')
  await expect(page.getByRole('status').filter({ hasText: 'queue of calls to return' })).toBeVisible()
  await calls.open()
  await expect(calls.row('Unbooked')).toContainText('Wants to think it over')
  await expect(calls.row('Unbooked')).toContainText('Practice')
  await expect(page.getByText('No calls to count yet')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Queues' }).click()
  await expect(page.getByRole('main')).toContainText('Calls to return')
  await expect(page.getByRole('grid').getByRole('row').filter({ hasText: /Dana Whitlock|\(555\) 014/ }).first()).toBeVisible()
})

test('the pop takes neither the focus nor the letters that are being typed, and never moves', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.open()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Lark')
  await calls.practice()
  await expect(calls.pop).toBeVisible()
  const before = await calls.pop.boundingBox()
  await page.keyboard.type('spur')
  await expect(page.getByRole('combobox', { name: /search/i })).toHaveValue('Larkspur')
  await expect(calls.pop).toContainText(/ring 1 of 3 · 0:02/)
  expect(await calls.pop.boundingBox()).toEqual(before)
  // Searching is at the top left, so the farthest corner is the bottom right.
  expect(before?.x).toBeGreaterThan(720)
  expect(before?.y).toBeGreaterThan(450)
})

test('closing the question loses nothing that was typed, not even by a reload', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.practice()
  await calls.answer()
  await calls.end()
  await calls.question.getByLabel('Notes, kept with the call').fill('Wife Ada home from 3:30.')
  await page.keyboard.press('Escape')
  await expect(calls.question).toBeHidden()
  await expect(calls.cell).toContainText('Ended')
  await page.keyboard.press('Shift+F8')
  await expect(calls.question.getByLabel('Notes, kept with the call')).toHaveValue('Wife Ada home from 3:30.')
  await page.reload()
  await calls.open()
  await page.keyboard.press('j')
  await expect(calls.detail).toBeVisible()
  await page.keyboard.press('o')
  await expect(calls.question.getByLabel('Notes, kept with the call')).toHaveValue('Wife Ada home from 3:30.')
})

test('a ring with the number withheld can be left to others and goes on in the call cell', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.open()
  await calls.practiceAs('who withholds the number')
  await expect(calls.pop).toContainText('Number withheld')
  await page.keyboard.press('F9')
  await expect(calls.pop).toBeHidden()
  await expect(calls.cell).toContainText('Ringing')
})

test('a second ring shows only in the call cell, and F8 holds the first caller', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.open()
  await calls.practiceAs('Dana Whitlock')
  await calls.answer()
  await calls.open()
  await calls.practiceAs('A wrong number')
  await expect(calls.pop).toBeHidden()
  await page.keyboard.press('Alt+o')
  await expect(calls.pop).toContainText('Drains line')
  await page.keyboard.press('F8')
  await expect(calls.cell).toContainText('Held')
  await expect(calls.cell).toContainText('Drains line')
  await page.keyboard.press('F7')
  await expect(calls.cell.getByRole('button', { name: /Held/ })).toBeVisible()
})

test('whoever looks elsewhere right after F8 stays there, however late the telephone says yes', async ({ page }) => {
  const calls = new Calls(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await calls.open()
  const sayYes = await heldAnswer(page, 'phone.answer')
  await calls.practiceAs('Dana Whitlock')
  await calls.answer()
  await expect(page).toHaveURL(/#\/booking\?call=/)
  await calls.open()
  sayYes()
  // Rings only after the page has heard the yes: both come by the same line.
  await calls.practiceAs('A wrong number')
  await expect(calls.list).toBeVisible()
})

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`with a ${scheme} system`, () => {
    test.use({ view: { viewport: { width: 1440, height: 900 }, colorScheme: scheme } })

    test(`pop, live call, question and call list have nothing axe objects to (${scheme})`, async ({ page }) => {
      const calls = new Calls(page)
      await new FrontDoor(page).setUpByKeyboard(COMPANY)
      await calls.open()
      await calls.practice()
      await expect(calls.pop).toBeVisible()
      await expectAccessible(page)
      await calls.answer()
      await calls.open()
      await expectAccessible(page)
      await calls.end()
      await expectAccessible(page)
      await calls.say('solic')
      await page.keyboard.press('j')
      await expect(calls.detail).toContainText('Not a lead')
      await expectAccessible(page)
    })
  })
}

test.describe('in the sample company', () => {
  test.use({ flags: ['--sample'] })

  test('a caller who hangs up while it rings is missed and owed a call back', async ({ page }) => {
    const calls = new Calls(page)
    await expect(calls.cell).toContainText('Ready', { timeout: 60_000 })
    await calls.open()
    await calls.practiceAs('who hangs up while it rings')
    const missed = calls.row('Practice').filter({ hasText: 'Missed' })
    await expect(missed).toBeVisible({ timeout: 25_000 })
    await missed.click()
    await expect(calls.detail).toContainText(/Call back\s*By/)
  })
})
