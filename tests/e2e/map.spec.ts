import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { BoardDay, VisitDetail } from '../../src/shared/contract/methods/dispatch.ts'
import { expectAccessible } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../support/officeClock.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { Board } from './pages/board.ts'
import { DayMap } from './pages/dayMap.ts'
import { ask } from './pages/visits.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

test('the map shows the day, in light and dark', async ({ page }, info) => {
  const map = new DayMap(page)
  await map.open()
  await expect(map.visits.getByRole('row').nth(2)).toBeVisible()
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme)
    expect.soft(await layoutFaults(page)).toEqual([])
    await expectAccessible(page)
    await info.attach(`map, ${theme}`, { body: await page.screenshot(), contentType: 'image/png' })
  }
})

test('the map is worked by keys alone: the list steps and opens, the map zooms, moves and is fitted', async ({ page }) => {
  const { keyboard } = page
  const map = new DayMap(page)
  await map.open()
  await keyboard.press('0')
  const fitted = await map.view()
  await keyboard.press('+')
  expect((await map.view()).zoom).toBeCloseTo(fitted.zoom + 0.5)
  await keyboard.press('m')
  await expect(map.surface).toBeFocused()
  await keyboard.press('ArrowRight')
  const moved = await map.view()
  expect(moved.x).toBeGreaterThan(fitted.x)

  // Stepping through the list moves nothing on the map, also where what is chosen lies outside.
  await keyboard.press('Escape')
  await expect(map.visits.locator(':focus')).toHaveCount(1)
  await keyboard.press('j')
  const empty = await map.picture()
  await keyboard.press('j')
  await expect(map.chosen).toHaveCount(1)
  expect(await map.view()).toEqual(moved)
  await keyboard.press('0')
  expect(await map.view()).toEqual(fitted)
  expect(await map.picture()).not.toBe(empty)

  await keyboard.press('Enter')
  await expect(map.panel(/, job /)).toBeVisible()
  await expect(map.panel(/, job /)).toContainText('Promised')
  await keyboard.press('Escape')
  await expect(map.panel(/, job /)).toBeHidden()
  await keyboard.press(']')
  await expect(map.technicians).toContainText(/On the way to|Working at|Done at/)
  await keyboard.press('j')
  await keyboard.press('f')
  await expect(page.getByText(/\d+ of \d+ visits/)).toBeVisible()
  await keyboard.press('f')
  await expect(page.getByText(/\d+ of \d+ visits/)).toBeHidden()
})

test('a visit chosen on the board is chosen on the map, and the other way', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  const chosen = await board.stand(board.bars.first())
  await page.keyboard.press('Shift+M')
  const map = new DayMap(page)
  await expect(map.chosen).toHaveCount(1)
  await page.keyboard.press('b')
  await expect(board.bar(chosen)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+M')
  await expect(map.chosen).toHaveCount(1)
  await page.keyboard.press('j')
  await page.keyboard.press('b')
  await expect(board.grid).toBeVisible()
  await expect(board.bar(chosen)).toHaveAttribute('aria-selected', 'false')
})

test('a visit whose address has no place on the map is listed, counted and said so', async ({ page }) => {
  const { day } = wallTimeOf(await clockOf(page), OFFICE_ZONE)
  const { unassigned } = await ask<BoardDay>(page, 'board.day', { day })
  const [visit] = unassigned.filter(({ windowDay, latitude }) => windowDay === day && latitude !== null)
  if (!visit) throw new Error('The sample company has nothing unassigned today')
  const { locationId } = await ask<VisitDetail>(page, 'board.visit', { appointmentId: visit.id })
  const place = (latitude: number | null, longitude: number | null) => ask(page, 'location.change', { locationId, set: { latitude, longitude } })
  const map = new DayMap(page)
  await map.open()
  await place(null, null)
  try {
    await expect(page.getByText(/\d+ visits, \d+ not on the map/)).toBeVisible()
    await page.keyboard.press('n')
    await expect(map.chosen).toContainText('not on the map')
    await page.keyboard.press('Enter')
    await expect(map.panel(/, job /)).toContainText('no place on the map yet')
    await page.keyboard.press('Escape')
  } finally {
    await place(visit.latitude, visit.longitude)
  }
  await expect(page.getByText(/not on the map/)).toHaveCount(0)
})

test('pictures come only from the server that somebody has set, and where they fail the outlines stay', async ({ page }) => {
  const asked: string[] = []
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  let isUp = true
  await page.route('https://tiles.example.com/**', (route) => {
    asked.push(route.request().url())
    return isUp ? route.fulfill({ body: picture, contentType: 'image/png' }) : route.abort()
  })
  const map = new DayMap(page)
  await map.open()
  expect(asked).toEqual([])
  await page.evaluate(() => (location.hash = '#/settings/map'))
  await page.getByLabel('Address of the pictures').fill('https://tiles.example.com/{z}/{x}/{y}.png')
  await page.getByLabel('Whose map it is').fill('\u00A9 Example')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Saved on this workstation')).toBeVisible()
  await page.reload()
  await map.open()
  await expect(page.getByText('\u00A9 Example')).toBeVisible()
  expect(asked[0]).toMatch(/^https:\/\/tiles\.example\.com\/\d+\/\d+\/\d+\.png$/)

  isUp = false
  await page.reload()
  await map.open()
  await expect(page.getByText('No map pictures come; the outlines stay.')).toBeVisible()
  await page.evaluate(() => (location.hash = '#/settings/map'))
  await page.getByRole('button', { name: 'Outlines only' }).click()
  await expect(page.getByText('Nothing is fetched')).toBeVisible()
})
