import { expectAccessible } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { DayMap } from './pages/dayMap.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

test('the map shows the day, in light and dark', async ({ page }, info) => {
  const map = new DayMap(page)
  await map.open()
  await expect(map.visits.getByRole('row').nth(2)).toBeVisible()
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme)
    for (const size of [{ width: 1440, height: 900 }, { width: 2560, height: 1440 }]) {
      await page.setViewportSize(size)
      await page.keyboard.press('0')
      await map.picture()
      expect.soft(await layoutFaults(page)).toEqual([])
      await info.attach(`map ${theme} ${size.width}`, { body: await page.screenshot(), contentType: 'image/png' })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await expectAccessible(page)
  }
})
