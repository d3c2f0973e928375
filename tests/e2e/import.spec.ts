import { readFileSync } from 'node:fs'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { jobberFile } from '../support/jobberCsv.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ImportScreen } from './pages/importScreen.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

const grouped = (count: number): string => count.toLocaleString('en-US')

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`with a ${scheme} system`, () => {
    test.use({ view: { viewport: { width: 1280, height: 720 }, colorScheme: scheme } })

    test(`a Jobber export comes in, is handed back in part and taken back, by keyboard alone (${scheme})`, async ({ page }, info) => {
      const file = jobberFile()
      await new FrontDoor(page).setUpByKeyboard(COMPANY)
      const screen = new ImportScreen(page)
      await screen.goto()
      await expectAccessible(page)

      await screen.choose('clients.csv', file.text)
      await screen.expectCounts({ Customers: grouped(file.customers), 'Rows that stay out': grouped(file.bad), 'Here already': '0' })
      await expect(screen.table('First customers as they will come in')).toContainText('Ana Abbott')
      await expectAccessible(page)
      await page.keyboard.press('2')
      await expect(screen.table('Rows that stay out')).toContainText('There is no name.')
      await info.attach('preview', { body: await page.screenshot(), contentType: 'image/png' })

      await page.keyboard.press('Control+Enter')
      await expect(screen.result).toContainText(`${grouped(file.customers)} customers`)
      await expectAccessible(page)
      const download = page.waitForEvent('download')
      await page.keyboard.press('d')
      expect(readFileSync(await (await download).path(), 'utf8')).toContain('Row 19: There is no name.')

      await page.keyboard.press('Escape')
      await expect(screen.table('Imports so far')).toContainText('clients.csv')
      await screen.choose('clients.csv', file.text)
      await expect(page.getByRole('note')).toContainText('Ada Okonjo imported this very file')
      await expect(page.getByText('Everybody in this file is here already.')).toBeVisible()
      await page.keyboard.press('Escape')

      await page.keyboard.press('j')
      await page.keyboard.press('b')
      await expect(screen.result).toContainText(`${grouped(file.customers)} customers taken back.`)
    })
  })
}

test('a file that is none is refused with what to do, and the next one can be chosen', async ({ page }) => {
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  const screen = new ImportScreen(page)
  await screen.goto()
  await screen.choose('photo.csv', 'PK\u0003\u0004 not a table')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose a clients export from Jobber')
  await page.keyboard.press('Escape')
  await screen.choose('clients.csv', 'Display Name,Service Street 1,Service City\r\nAna Abbott,1 Elm Street,Fairhollow\r\n')
  await expect(page.getByRole('button', { name: /Import 1 customer/ })).toBeVisible()
})
