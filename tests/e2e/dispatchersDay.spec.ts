import type { Page } from '@playwright/test'
import { expect, test } from '../support/dayOffice.ts'
import { PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { jobsCsv } from '../support/wholeDay.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { JobFile } from './pages/jobFile.ts'
import { MendPanel } from './pages/mend.ts'
import { ShellFrame } from './pages/shell.ts'

let pictures = 0

/** A moment of the day, as it looks. */
async function moment(page: Page, name: string): Promise<void> {
  pictures += 1
  const file = test.info().outputPath(`${String(pictures).padStart(2, '0')}-${name}.png`)
  await page.screenshot({ path: file })
  await test.info().attach(name, { path: file, contentType: 'image/png' })
  expect.soft(await layoutFaults(page), name).toEqual([])
}

test('a whole day of dispatch by keyboard alone', async ({ office }) => {
  test.setTimeout(300_000)
  const { page, day } = office
  const { keyboard } = page
  const shell = new ShellFrame(page)
  const board = new Board(page)
  const mend = new MendPanel(page)
  const file = jobsCsv(day)

  await test.step('the day’s jobs come over from the program before', async () => {
    await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
    await shell.expectPerson(PEOPLE.owner.name)
    await keyboard.press('Control+k')
    await keyboard.type('import')
    await page.waitForTimeout(1500)
    await moment(page, 'search')
    await page.evaluate(() => (location.hash = '#/import'))
    const jobs = new JobFile(page)
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
    await jobs.choose('jobs.csv', file.text)
    await jobs.expectCounts({ Jobs: '400', 'With a technician': '350', 'New customers': '400', 'Rows that stay out': '0' })
    await moment(page, 'jobs-preview')
    const began = Date.now()
    await keyboard.press('Control+Enter')
    await expect(jobs.result).toContainText('400 jobs of 400 new customers are in, 350 with a technician', { timeout: 60_000 })
    console.log('import took', Date.now() - began)
    await moment(page, 'jobs-in')
    await keyboard.press('Control+Enter')
    await expect(board.grid).toBeVisible()
    await page.waitForTimeout(1500)
    await moment(page, 'board')
    await keyboard.press('m')
    await page.waitForTimeout(500)
    await moment(page, 'mend-waiting')
    const b2 = Date.now()
    await keyboard.press('Control+Enter')
    await expect(mend.proposal).toBeVisible()
    console.log('plan took', Date.now() - b2)
    await moment(page, 'mend-proposal')
    await keyboard.press('Control+Enter')
    await expect(mend.panel).toBeHidden({ timeout: 60_000 })
    console.log('made took', Date.now() - b2)
    await moment(page, 'board-planned')
  })
})
