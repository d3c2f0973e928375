import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { importedCompany, PEOPLE } from '../support/importedCompany.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'
import { bookedVisit } from './pages/visits.ts'

test.use({ prepare: { fill: importedCompany } })

test('from the board by keys: a technician\u2019s day as PDF and calendar, everybody\u2019s, and what is kept for an outage', async ({ page }, info) => {
  const { keyboard } = page
  await new FrontDoor(page).signIn('Dana', PEOPLE.dispatcher.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.dispatcher.name)
  const day = wallTimeOf(await clockOf(page), OFFICE_ZONE).day
  await bookedVisit(page, day, { planned: true, window: 1 })

  await keyboard.press('Alt+Shift+B')
  await expect(page.getByRole('grid', { name: /^Board/ })).toBeVisible()
  await keyboard.press('Shift+P')
  const table = page.getByRole('grid', { name: 'Technicians' })
  await expect(table.getByRole('row').filter({ has: page.getByRole('gridcell', { name: '1', exact: true }) })).toHaveCount(1)
  expect.soft(await layoutFaults(page)).toEqual([])
  await expectAccessible(page)

  const fetched = async (keys: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), keyboard.press(keys)])
    return download.suggestedFilename()
  }
  expect(await fetched('P')).toBe(`day-${day}-everybody.pdf`)
  expect(await fetched('Enter')).toMatch(new RegExp(`^day-${day}-.+\\.pdf$`))
  expect(await fetched('I')).toMatch(new RegExp(`^day-${day}-.+\\.ics$`))

  await keyboard.press('M')
  await expect(page.getByRole('list', { name: 'Kept days' })).toContainText('everybody.pdf')
  await info.attach('day sheets', { body: await page.screenshot(), contentType: 'image/png' })
})
