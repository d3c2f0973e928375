import type { WebSocketRoute } from '@playwright/test'
import { expectAccessible } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { ShellFrame } from './pages/shell.ts'

const COMPANY = { name: 'Larkspur Heating & Air', zone: 'pac', owner: 'Ada Okonjo', pin: '4711' }

test('every key is on ?, which closes with Escape and silences the screen meanwhile', async ({ page }) => {
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await page.locator('body').click({ position: { x: 700, y: 4 } })
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'All keys' })
  await expect(keys).toContainText('Switch personF2')
  await expect(keys).toContainText('Lock this pageCtrl L')
  await expectAccessible(page)
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog', { name: 'Switch person' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
})

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`with a ${scheme} system`, () => {
    test.use({ view: { viewport: { width: 1440, height: 900 }, colorScheme: scheme } })

    test(`welcome, set-up, shell, menu and lock have nothing axe objects to (${scheme})`, async ({ page }) => {
      const door = new FrontDoor(page)
      await door.expectWelcome()
      await expectAccessible(page)
      await door.setUpByKeyboard(COMPANY)
      await expect(page.locator('html')).toHaveAttribute('data-theme', scheme)
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
      await expectAccessible(page)
      await new ShellFrame(page).person.click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+l')
      await expect(new ShellFrame(page).lockCover).toBeVisible()
      await expectAccessible(page)
    })
  })
}

test('the chosen appearance is remembered and there before the first paint', async ({ page }) => {
  const shell = new ShellFrame(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await shell.chooseAppearance('Dark appearance')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await shell.expectPerson('Ada Okonjo')
  await shell.chooseAppearance('Light appearance')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
  [2560, 1440],
] as const) {
  test.describe(`at ${width}\u00d7${height}`, () => {
    test.use({ view: { viewport: { width, height } } })

    test(`every area opens and the window does not scroll at ${width}\u00d7${height}`, async ({ page }) => {
      const shell = new ShellFrame(page)
      await new FrontDoor(page).setUpByKeyboard(COMPANY)
      const areas = await shell.rail.getByRole('link').all()
      expect(areas.length).toBeGreaterThan(0)
      for (const area of areas) {
        await area.click()
        await expect(area).toHaveAttribute('aria-current', 'page')
        await expect(page.getByText(/met a fault and stopped/)).toBeHidden()
        await shell.expectNoWindowScroll()
      }
    })
  })
}

test('a lost connection is said in the status bar with since when, and mends by itself', async ({ page }) => {
  const shell = new ShellFrame(page)
  const sockets: WebSocketRoute[] = []
  let down = false
  await page.routeWebSocket('**/ws', (socket) => {
    if (down) return void socket.close()
    socket.connectToServer()
    sockets.push(socket)
  })
  await page.reload()
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  down = true
  for (const socket of sockets) await socket.close()
  await expect(shell.status).toContainText(/Offline since \d+:\d\d [AP]M · 0 changes waiting/)
  await expect(shell.rail).toBeVisible()
  down = false
  await expect(shell.status).toContainText('Online', { timeout: 15_000 })
  await shell.expectPerson('Ada Okonjo')
})

test('F6 goes from pane to pane, Escape leaves a field without discarding', async ({ page }) => {
  const shell = new ShellFrame(page)
  await new FrontDoor(page).setUpByKeyboard(COMPANY)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('kept')
  await page.keyboard.press('F6')
  await expect(shell.search).not.toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(shell.search).toBeFocused()
  await expect(shell.search).toHaveValue('kept')
})
