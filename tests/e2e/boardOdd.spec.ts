import type { Page } from '@playwright/test'
import { accessibilityFaults } from '../support/axe.ts'
import { expect, test } from '../support/driver.ts'
import { layoutFaults } from '../support/layout.ts'
import { CROWD, crowdedCompany, dayOfHours, emptyCompany, ODD_PEOPLE, oddCompany, oddToday } from '../support/oddBoard.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'

/** What boards trip over, on the screen. */

async function ownerAt(page: Page): Promise<void> {
  await new FrontDoor(page).signIn('Sean', ODD_PEOPLE.owner.pin)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

/** The hours of the ruler, in order. */
const hoursOf = (board: Board): Promise<readonly string[]> =>
  board.scroller.evaluate((scroller) => {
    const found = new Map<number, string>()
    const label = [...scroller.querySelectorAll<HTMLElement>('[role=columnheader]:last-child > span')]
    for (const one of label) found.set(new DOMMatrix(getComputedStyle(one).transform).m41, one.textContent ?? '')
    return [...found].sort(([left], [right]) => left - right).map(([, words]) => words)
  })

/** Every hour of the day at once. */
async function wholeDay(board: Board, page: Page): Promise<void> {
  for (let narrower = 0; narrower < 3; narrower++) await page.keyboard.press('-')
  await board.scroller.evaluate((scroller) => (scroller.scrollLeft = 0))
}

test.describe('of an odd day', () => {
  test.use({ prepare: { fill: oddCompany } })

  test('days of 23 and of 25 hours, a night, another zone, five minutes, a day and a night, and somebody who left', async ({ page }, info) => {
    await ownerAt(page)
    const board = new Board(page)
    await board.open()
    await page.screenshot({ path: info.outputPath('odd-day.png') })
    await wholeDay(board, page)
    await page.screenshot({ path: info.outputPath('odd-day-whole.png') })
    // However narrow the hours, the day fills the board.
    expect(await board.scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    expect(await board.grid.evaluate((grid) => grid.getBoundingClientRect().width - (grid.parentElement?.clientWidth ?? 0))).toBe(0)
    // The night's visit goes on beyond midnight, and is there on the next day too.
    await expect(board.named(/Brooks/)).toHaveAttribute('aria-label', /11:30 PM\u20131:00 AM/)
    await expect(board.named(/Marsh/)).toHaveAttribute('aria-label', /2:00 PM\u2013\w{3} 2:00 PM/)
    await expect(board.named(/Lindqvist/)).toHaveAttribute('aria-label', /The technician left: give this visit to somebody else/)
    await expect(board.row('Dee Former')).toHaveCount(1)
    expect((await board.box(board.named(/Brief/))).width).toBeGreaterThanOrEqual(12)
    await page.keyboard.press('Shift+ArrowRight')
    await expect(board.grid).toHaveAccessibleName(/Wed/)
    await expect(board.named(/Brooks/)).toHaveAttribute('aria-label', /11:30 PM\u20131:00 AM/)
    await expect(board.named(/Marsh/)).toHaveCount(1)
    await expect(board.row('Dee Former')).toHaveCount(0)

    for (const [hours, customer, span] of [
      [23, 'Springer', /1:30\u20133:30 AM/],
      [25, 'Autumn', /12:30\u20132:30 AM/],
    ] as const) {
      await board.open(`?day=${dayOfHours(hours)}`)
      await expect(board.named(new RegExp(customer))).toHaveAttribute('aria-label', span)
      // Every hour with its label, from midnight on.
      await page.keyboard.press('0')
      await board.scroller.evaluate((scroller) => (scroller.scrollLeft = 0))
      await expect.poll(async () => (await hoursOf(board))[0]).toBe('12 AM')
      const labels = await hoursOf(board)
      const expected = hours === 23 ? ['12 AM', '1 AM', '3 AM', '4 AM'] : ['12 AM', '1 AM', '1 AM', '2 AM']
      expect(labels.slice(0, 4)).toEqual(expected)
      await page.screenshot({ path: info.outputPath(`day-of-${hours}-hours.png`) })
    }
    await board.open(`?day=${oddToday()}`)
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      expect(await layoutFaults(page)).toEqual([])
      expect(await accessibilityFaults(page, { fewRows: true, contrastOnly: scheme === 'dark' })).toEqual([])
    }
  })
})

test.describe('with nobody', () => {
  test.use({ prepare: { fill: emptyCompany } })

  test('it says what to do', async ({ page }, info) => {
    await ownerAt(page)
    await page.evaluate(() => (location.hash = '#/board'))
    await expect(page.getByText('No technicians yet.')).toBeVisible()
    await page.screenshot({ path: info.outputPath('nobody.png') })
    await page.getByRole('link', { name: /Add technicians/ }).press('Enter')
    await expect(page).toHaveURL(/settings/)
  })
})

test.describe('with two thousand technicians', () => {
  test.use({ prepare: { fill: crowdedCompany } })

  test('the last one is a key away, and few are in the page', async ({ page }, info) => {
    test.setTimeout(180_000)
    await ownerAt(page)
    const board = new Board(page)
    await board.open()
    await expect(board.grid).toHaveAttribute('aria-rowcount', String(CROWD + 2))
    await page.screenshot({ path: info.outputPath('crowd.png') })
    // Where Tab leads is kept in the page, though it is far below.
    await expect(board.grid.locator('[tabindex="0"]')).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    expect(await board.focused()).not.toBeNull()
    await expect(board.named(/Faraway/)).toBeInViewport()
    expect(await board.grid.evaluate((grid) => grid.getElementsByTagName('*').length)).toBeLessThan(1500)
    await page.keyboard.press('PageUp')
    await expect(board.row(`Technician ${CROWD - 10}`)).toBeInViewport()
  })
})
