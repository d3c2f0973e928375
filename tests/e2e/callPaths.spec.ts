import { accessibilityFaults } from '../support/axe.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { CallPath } from './pages/callPath.ts'
import { Calls } from './pages/calls.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

test('where is my technician is answered in one key, and dispatch owes the call that was promised', async ({ page }) => {
  const [calls, path] = [new Calls(page), new CallPath(page)]
  await calls.open()
  await calls.practiceAs(/today.s visit/)
  await calls.answer()
  await page.keyboard.press('F3')
  await expect(path.heading('Where is my technician?')).toBeVisible()
  await expect(path.step('Answer')).toContainText(/\u201c.+[.?]\u201d/)
  await expect(path.step('Answer')).toContainText('Technician')
  expect(await accessibilityFaults(page, { fewRows: true })).toEqual([])
  await page.screenshot({ path: 'test-results/where.png' })
  await path.step('Call with the arrival time').getByRole('button', { name: 'Within 30 min' }).click()
  await path.finish(/Dispatch calls by/)
})
