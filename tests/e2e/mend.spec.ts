import { accessibilityFaults } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { Board } from './pages/board.ts'
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
  await page.keyboard.press('Control+Enter')
  await expect(mend.proposal.getByRole('status')).toContainText('1 move \u00B7 1 customer to call')
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
