import { test } from '../support/sampleOffice.ts'
import { DayMap } from './pages/dayMap.ts'
test('shots', async ({ page }) => {
  const map = new DayMap(page)
  await map.open()
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme)
    for (const size of [{ width: 1440, height: 900 }, { width: 2560, height: 1440 }]) {
      await page.setViewportSize(size)
      await page.keyboard.press('0')
      await map.picture()
      await page.screenshot({ path: `/tmp/map-shots/${theme}-${size.width}.png` })
      if (size.width === 1440) {
        await page.keyboard.press('J')
        await page.keyboard.press('J')
        await page.keyboard.press('J')
        await page.keyboard.press('Enter')
        await map.picture()
        await page.screenshot({ path: `/tmp/map-shots/${theme}-open.png` })
        await page.keyboard.press('Escape')
        await page.keyboard.press(']')
        await page.keyboard.press('J')
        await map.picture()
        await page.screenshot({ path: `/tmp/map-shots/${theme}-tech.png` })
        await page.keyboard.press('[')
      }
    }
  }
})
