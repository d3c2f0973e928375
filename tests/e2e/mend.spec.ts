import { accessibilityFaults } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { heldAnswer } from './pages/heldAnswer.ts'
import { MendPanel } from './pages/mend.ts'

test('a sick technician by keyboard: some of the proposal, the rest with who accepted it, and back again', async ({ page }) => {
  const board = new Board(page)
  const mend = new MendPanel(page)
  await board.open()
  const first = await board.stand(board.named(/, (Scheduled|Confirmed), /))
  const rowOfSick = await board.rowIndexOf(first)
  const names = (): Promise<readonly (string | null)[]> => board.bars.evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label')).sort())
  const before = await names()

  await mend.technicianIsSick()
  await expect(mend.proposal.getByRole('status')).toContainText('2 moves \u00B7 1 customer to call')
  expect(await names(), 'nothing is moved by asking').toEqual(before)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await layoutFaults(page)).toEqual([])

  // Without the first, which was promised otherwise.
  await page.keyboard.press('Space')
  await expect(mend.proposal.getByRole('button', { name: /^Make 1 of 2/ })).toBeVisible()
  // A key that bounces makes them once: the second time they would be refused as changed since.
  await page.evaluate(() => {
    for (let times = 0; times < 2; times++) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }))
  })
  await expect(mend.proposal.getByRole('status')).toContainText('1 move \u00B7 1 customer to call')
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0)
  expect(await board.rowIndexOf(first)).not.toBe(rowOfSick)

  await page.keyboard.press('Control+Enter')
  await expect(mend.acceptance).toBeVisible()
  await page.keyboard.type('Sean Avery')
  await page.keyboard.press('Control+Enter')
  await expect(mend.panel).toBeHidden()
  expect(await board.focused()).toBe(first)

  for (let act = 0; act < 2; act++) {
    await page.keyboard.press('Control+z')
    await expect(board.said).toHaveText(/^Undone/)
  }
  await expect.poll(names).toEqual(before)
})

test('what a colleague has changed since stays where they put it, by name, and the rest is made and planned anew', async ({ page, office }) => {
  const board = new Board(page)
  const mend = new MendPanel(page)
  await board.open()
  const first = await board.stand(board.named(/, (Scheduled|Confirmed), /))
  const rowOfSick = await board.rowIndexOf(first)
  await mend.technicianIsSick()
  await expect(mend.proposal.getByRole('status')).toContainText('2 moves')

  const other = await office.openAnotherPage()
  await new FrontDoor(other).signIn('Dana', '1234')
  const theirs = new Board(other)
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await theirs.open()
  await theirs.press(theirs.bar(first), 'Alt+Shift+ArrowLeft')
  await expect(theirs.said).toHaveText(/ until /)
  // The board shows it by now; the proposal is of before.
  await expect(board.bar(first)).toHaveAttribute('data-changed-by', /^Dana/)
  const shortened = await board.nameOf(first)

  await page.keyboard.press('Control+Enter')
  await expect(mend.acceptance).toBeVisible()
  await page.keyboard.type('Sean Avery')
  await page.keyboard.press('Control+Enter')
  await expect(mend.proposal.getByRole('alert')).toContainText(/ stays: Dana .* has changed it since\. This plan is of the day as it is now\./)
  await expect(mend.moves).toHaveCount(1)
  expect(await board.rowIndexOf(first)).toBe(rowOfSick)
  expect(await board.nameOf(first)).toBe(shortened)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(mend.panel).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(board.said).toHaveText(/^Undone/)
  await theirs.turn('Control+z', /until/)
  await other.context().close()
})

test('in the week the day of the visit that the person stands on is mended', async ({ page }) => {
  const board = new Board(page)
  const mend = new MendPanel(page)
  await board.open()
  await page.keyboard.press('Shift+W')
  await expect(board.grid).toHaveAccessibleName(/\u2013/)
  const lefts = await board.bars.evaluateAll((bars) => bars.map((bar) => ({ key: bar.dataset['bar'] ?? '', left: bar.getBoundingClientRect().left })).toSorted((one, other) => one.left - other.left))
  const meant = async (key: string | undefined): Promise<string> => {
    await board.stand(board.bar(key ?? ''))
    await page.keyboard.press('m')
    const day = await mend.day.inputValue()
    await page.keyboard.press('Escape')
    return day
  }
  expect(await meant(lefts[0]?.key)).toMatch(/^Tue/)
  expect(await meant(lefts.at(-1)?.key)).not.toMatch(/^Tue/)
  await page.keyboard.press('Shift+W')
})

test('while a plan is looked for, Escape leads back to what was said, and the answer is nobody\u2019s', async ({ office }) => {
  const page = await office.openAnotherPage()
  const answer = await heldAnswer(page, 'dispatch.replan')
  await new FrontDoor(page).signIn('Dana', '1234')
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const board = new Board(page)
  const mend = new MendPanel(page)
  await board.open()
  await board.press(board.named(/, (Scheduled|Confirmed), /), 'm')
  const form = mend.panel.getByRole('form', { name: 'Mend the day' })
  await form.getByLabel('Back at').fill('5 PM')
  await page.keyboard.press('Control+Enter')
  await expect(mend.panel.getByRole('button', { name: /^Back/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(form.getByLabel('Back at')).toHaveValue('5 PM')
  answer()
  // Asked again, the answer is of this question.
  await form.getByLabel('Back at').fill('')
  await page.keyboard.press('Control+Enter')
  await expect(mend.proposal).toBeVisible()
  await page.context().close()
})
