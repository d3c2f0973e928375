import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { ROOT } from '../support/webHost.ts'
import { LONG_NAME, SCREENS } from './pages/everyScreen.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { JoinForm } from './pages/hub.ts'
import { KEYED_SCREENS, keyRow, keysOn } from './pages/keysOverlay.ts'
import { settled } from './pages/screen.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

const KEYBOARD_PAGE = readFileSync(join(ROOT, 'docs', 'keyboard.md'), 'utf8')

const SIZES = [
  { width: 1280, height: 720 },
  { width: 2560, height: 1440 },
  { width: 1440, height: 900 },
] as const

/** Looks at the page as it stands in three sizes and both themes, and says everything that is wrong with it. */
async function expectSound(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    expect.soft(await layoutFaults(page), `layout at ${size.width}\u00d7${size.height}`).toEqual([])
  }
  expect.soft(await accessibilityFaults(page, { fewRows: true }), 'axe, light').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await accessibilityFaults(page, { fewRows: true, contrastOnly: true }), 'axe, dark').toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

for (const screen of [...SCREENS, LONG_NAME]) {
  test(`${screen.name} is whole from 1280\u00d7720 to 2560\u00d71440, and axe has no objection in light and dark`, async ({ page }) => {
    await screen.open(page)
    await expectSound(page)
    if (KEYED_SCREENS.has(screen.name)) {
      const missing = (await keysOn(page)).filter((key) => !KEYBOARD_PAGE.includes(keyRow(key)))
      expect.soft(missing, 'keys that docs/keyboard.md lacks; npm run screenshots writes it').toEqual([])
    }
    await screen.leave?.(page)
  })
}

for (const kind of ['board', 'trays', 'alerts', 'wall'] as const) {
  test(`the ${kind} window is whole in every size and theme`, async ({ page }) => {
    const main = new URL('/', page.url()).href
    // The same tab is the same session: it shows what the window shows.
    await page.goto(`${main}?window=${kind}`)
    await expect(page).toHaveTitle(/^Baton: /)
    await settled(page)
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
    await expectSound(page)
    await page.goto(main)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })
}

test('sign-in is whole in every size and theme', async ({ office }) => {
  const page = await office.openAnotherPage()
  await expect(new FrontDoor(page).person).toBeVisible()
  await expectSound(page)
  await page.context().close()
})

test('welcome and set-up are whole in every size and theme', async ({ baton }) => {
  await new FrontDoor(baton.page).expectWelcome()
  await expectSound(baton.page)
  await baton.page.keyboard.press('1')
  await expect(baton.page.getByLabel('Company name')).toBeFocused()
  await expectSound(baton.page)
  await baton.page.keyboard.press('Escape')
  await baton.page.keyboard.press('Escape')
  await baton.page.keyboard.press('4')
  await expect(new JoinForm(baton.page).code).toBeFocused()
  await expectSound(baton.page)
})

test('the look itself finds what scrolls, is cut off, sticks out or lies over something', async ({ office }) => {
  const page = await office.openAnotherPage()
  // Baton's own page would refuse these styles.
  await page.goto('about:blank')
  await page.setContent(`<!doctype html>
    <div style="width: 3000px; height: 20px">wide</div>
    <div style="width: 60px; overflow: hidden; white-space: nowrap">cut off without an ellipsis</div>
    <div style="position: relative; height: 40px"><p style="margin: 0">below</p><p style="margin: -16px 0 0">above</p></div>
    <div style="position: fixed; right: -40px; top: 200px">sticks out</div>`)
  const faults = (await layoutFaults(page)).join('\n')
  for (const fault of ['the window scrolls across', 'cut off by', 'over each other: "below" and "above"', 'beyond the window\u2019s edge']) expect(faults).toContain(fault)
  await page.context().close()
})
