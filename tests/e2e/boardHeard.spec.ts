import type { Page } from '@playwright/test'
import { expect, test } from '../support/driver.ts'
import { ODD_PEOPLE, oddCompany } from '../support/oddBoard.ts'
import { spokenGrid, spokenNews } from './pages/axTree.ts'
import { Board } from './pages/board.ts'
import { FrontDoor } from './pages/frontDoor.ts'

/** The board as somebody has it who does not see it, or who never touches a mouse: everything here is heard and typed. */

test.use({ prepare: { fill: oddCompany } })

async function dispatcherAt(page: Page): Promise<Board> {
  await new FrontDoor(page).signIn('Dana', ODD_PEOPLE.dispatcher.pin)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const board = new Board(page)
  await board.open()
  return board
}

/** Places of rows and columns as the page counts them: what is not in the page is counted too. */
const counted = (page: Page) =>
  page.getByRole('grid', { name: /^Board/ }).evaluate((grid) => ({
    rows: Number(grid.getAttribute('aria-rowcount')),
    columns: Number(grid.getAttribute('aria-colcount')),
    rowIndexes: [...grid.querySelectorAll('[role=row]')].map((row) => Number(row.getAttribute('aria-rowindex'))),
    columnIndexes: [...grid.querySelectorAll('[role=rowgroup] > [role=row]')].map((row) => [...row.querySelectorAll('[aria-colindex]')].map((cell) => Number(cell.getAttribute('aria-colindex')))),
    tabStops: [...grid.querySelectorAll('[tabindex="0"]')].length,
  }))

const rising = (numbers: readonly number[]): boolean => numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))

const focusedName = (page: Page): Promise<string> => spokenGrid(page).then(({ focused }) => focused.join(' | '))

async function pressAll(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test('a screen reader is told of rows, technicians, visits and kept time, all of them counted, also where rows were put to other use', async ({ page }) => {
  const board = await dispatcherAt(page)
  const grid = await spokenGrid(page)
  const home = await board.scroller.evaluate(({ scrollLeft }) => scrollLeft)
  expect(grid.multiselectable).toBe(true)
  expect(grid.rows.slice(0, 7).map(({ head }) => head)).toEqual([
    expect.stringMatching(/^columnheader 25 technicians/),
    expect.stringMatching(/^rowheader Cooling, 24 on, \d+ percent full$/),
    expect.stringMatching(/^rowheader Al Brightwater, \d\.\d h left$/),
    expect.stringMatching(/^rowheader Bea Nightly, /),
    expect.stringMatching(/^rowheader Cy Denver, /),
    expect.stringMatching(/^rowheader Dee Former, Left$/),
    expect.stringMatching(/^rowheader Eve Longman, /),
  ])
  const [, , al, , cy, dee] = grid.rows
  expect(al?.cells.map(({ role }) => role)).toEqual(Array.from({ length: 4 }, () => 'gridcell'))
  // In the order of the day: who, what, how far it is, when, what was promised, what is wrong with it.
  expect(al?.cells.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^Omar Brief, No cooling, Scheduled, 11:30\u201311:35 AM, promised 10\u201312/),
    expect.stringMatching(/^Lunch, 12:00\u201312:30 PM, every week$/),
    expect.stringMatching(/^Omar Castellan, No cooling, Scheduled, 1:00\u20132:30 PM, promised 12\u20132/),
    expect.stringMatching(/^Omar Natarajan, No cooling, Scheduled, 3:00\u20134:00 PM, promised 2\u20134/),
  ])
  expect(al?.description).toContain('on 8:00 AM\u20135:00 PM')
  expect(cy?.description).toContain('works by the clock of Denver; times here are Chicago\u2019s')
  expect(dee?.description).toContain('no longer with the company: give the work to others')
  expect(dee?.cells.map(({ name }) => name).join()).toContain('The technician left: give this visit to somebody else')
  const count = await counted(page)
  expect(count.rows).toBe(grid.rows.length)
  expect(count.tabStops).toBe(1)
  expect(rising(count.rowIndexes)).toBe(true)
  for (const columns of count.columnIndexes) {
    expect(rising(columns)).toBe(true)
    expect(Math.max(1, ...columns)).toBeLessThanOrEqual(count.columns)
  }

  // What is not in sight is not in the page, and a step of the keyboard away.
  await board.row('Bea Nightly').getByRole('rowheader').focus()
  await page.keyboard.press('End')
  expect(await focusedName(page)).toContain('11:30 PM\u20131:00 AM')
  await board.scroller.evaluate((scroller, left) => scroller.scrollTo(left, 0), home)

  // So low that rows leave the page, and so wide that visits do: there and back, everything is said as before.
  const key = await board.stand(board.named(/Castellan/))
  await page.setViewportSize({ width: 1280, height: 250 })
  await pressAll(page, ['=', '=', '='])
  await board.scroller.evaluate((scroller) => scroller.scrollTo(scroller.scrollWidth, scroller.scrollHeight))
  await expect.poll(async () => (await spokenGrid(page)).rows.length).toBeLessThan(grid.rows.length)
  const away = await spokenGrid(page)
  expect(away.rows.every(({ head, cells }) => /^(row|column)header ./.test(head) && cells.every(({ name }) => name !== ''))).toBe(true)
  expect(away.focused).toEqual([expect.stringContaining('Omar Castellan')])
  const counts = await counted(page)
  expect(counts.rows).toBe(count.rows)
  expect(rising(counts.rowIndexes)).toBe(true)
  expect(counts.columnIndexes.every(rising)).toBe(true)
  await pressAll(page, ['0'])
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect.poll(async () => (await spokenGrid(page)).rows.length).toBe(grid.rows.length)
  const said = ({ rows }: typeof grid): unknown => rows.map(({ head, cells }) => [head, ...cells.map(({ name }) => name)])
  // Zoom and size are drawn with the next frames, and keep the hour that is in sight meanwhile.
  await expect(async () => {
    await board.scroller.evaluate((scroller, left) => scroller.scrollTo(left, 0), home)
    expect(said(await spokenGrid(page))).toEqual(said(grid))
  }).toPass({ timeout: 10_000 })
  const back = await spokenGrid(page)
  expect(await board.focused()).toBe(key)
  expect(back.rows.flatMap(({ cells }) => cells.filter(({ selected }) => selected).map(({ name }) => name))).toEqual([expect.stringContaining('Castellan')])
})

test('what happens is said: one\u2019s own moves, and who did what at another desk', async ({ page, baton }) => {
  const board = await dispatcherAt(page)
  await board.stand(board.named(/Natarajan/))
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(board.said).toHaveText('Natarajan until 4:15 PM')
  expect(await spokenNews(page)).toContain('Natarajan until 4:15 PM')
  const other = await baton.openAnotherPage()
  await new FrontDoor(other).signIn('Sean', ODD_PEOPLE.owner.pin)
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const theirs = new Board(other)
  await theirs.open()
  const key = await theirs.stand(theirs.named(/Natarajan/))
  await other.keyboard.press('Alt+Shift+ArrowLeft')
  await expect(board.said).toHaveText('Sean Avery: Natarajan now ends 4:00 PM')
  await expect(board.bar(key)).toHaveAttribute('data-changed-by', 'Sean Avery')
  expect(await spokenNews(page)).toContain('Sean Avery: Natarajan now ends 4:00 PM')
  // Nobody is told of what they did themselves.
  await expect(theirs.said).toHaveText('Natarajan until 4:00 PM')
})

test('kept time is walked, moved and given back like visits; actions are found by typing; rows, hours and days need no mouse', async ({ page }) => {
  const board = await dispatcherAt(page)
  await board.stand(board.named(/Brief/))
  await page.keyboard.press('ArrowLeft')
  expect(await focusedName(page)).toMatch(/^Al Brightwater, /)
  await pressAll(page, ['ArrowRight', 'ArrowRight'])
  expect(await focusedName(page)).toBe('Lunch, 12:00\u201312:30 PM, every week')
  // Lunch is moved for the day, quarter by quarter and faster than the backend answers, with the keyboard on it.
  await pressAll(page, ['Alt+ArrowRight', 'Alt+ArrowRight'])
  await expect.poll(() => focusedName(page)).toBe('Lunch, 12:30\u20131:00 PM')
  await expect(page.getByRole('button', { name: /^Leave it/ })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(board.said).toHaveText(/^Undone: Lunch of Al Brightwater/)
  await expect.poll(() => focusedName(page)).toBe('Lunch, 12:15\u201312:45 PM')
  await page.keyboard.press('Control+z')
  await expect.poll(() => focusedName(page)).toBe('Lunch, 12:00\u201312:30 PM, every week')
  await page.keyboard.press('Enter')
  await expect(board.form('Change lunch of Al Brightwater')).toBeVisible()
  await page.keyboard.press('Escape')

  // Down over a technician who is free at that hour, and back to the same visit.
  await board.stand(board.named(/Castellan/))
  await pressAll(page, ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp'])
  expect(await focusedName(page)).toContain('Omar Castellan')
  // From a technician, Enter leads to their hours.
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(board.panel(/^Al Brightwater, hours and link/)).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await focusedName(page)).toMatch(/^Al Brightwater, /)
  // A dialog gives the focus back without scrolling the hours away.
  const hours = await board.scroller.evaluate(({ scrollLeft }) => scrollLeft)
  await page.keyboard.press('Control+Shift+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await pressAll(page, ['Escape', 'Escape'])
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await board.scroller.evaluate(({ scrollLeft }) => scrollLeft)).toBe(hours)

  // A technician is found by typing, and the next key is about them.
  await board.find('Cy Denver')
  expect(await focusedName(page)).toMatch(/^Cy Denver, /)
  await page.keyboard.press('e')
  await expect(board.panel(/^Cy Denver, hours and link/)).toBeVisible()
  await page.keyboard.press('Escape')

  // By typing a word of it.
  await board.stand(board.named(/Castellan/))
  await page.keyboard.press('Control+Shift+k')
  await page.keyboard.type('split')
  await page.keyboard.press('Enter')
  await expect(board.form('Split the visit')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await focusedName(page)).toContain('Omar Castellan')

  // How rows stand: grouped, sorted, hidden.
  await page.keyboard.press('n')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.type('Group by sk')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect.poll(async () => (await spokenGrid(page)).rows[1]?.head).toMatch(/^rowheader Cooling/)

  // Hours and days.
  await page.keyboard.press('Shift+W')
  await expect(board.grid).toHaveAccessibleName(/\u2013/)
  await page.keyboard.press('Shift+W')
  await expect(board.grid).not.toHaveAccessibleName(/\u2013/)
  await pressAll(page, ['=', '='])
  const before = await board.scroller.evaluate(({ scrollLeft }) => scrollLeft)
  await board.stand(board.named(/Castellan/))
  await page.keyboard.press('Control+ArrowRight')
  await expect.poll(() => board.scroller.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(before)
  await pressAll(page, ['0'])

  // From the tray to a technician, by typing a name.
  await page.keyboard.press('u')
  expect(await focusedName(page)).toContain('Waiting')
  await page.keyboard.press('a')
  await expect(page.getByRole('combobox', { name: 'Technician' })).toBeFocused()
  await page.keyboard.type('Cy')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+Enter')
  await expect(board.row('Cy Denver').locator('[data-bar]')).toHaveCount(2)
  await expect.poll(() => focusedName(page)).toContain('Omar Waiting')
  await page.keyboard.press('Control+z')
  await expect(board.row('Cy Denver').locator('[data-bar]')).toHaveCount(1)
})

test('time off over booked visits names them and leads to a day without it; what was typed waits', async ({ page }) => {
  const board = await dispatcherAt(page)
  await board.stand(board.named(/Castellan/))
  await page.keyboard.press('l')
  const form = board.form('Keep time for a technician')
  await expect(form).toBeVisible()
  await form.getByLabel('From', { exact: true }).fill('12:30 PM')
  await form.getByLabel('To', { exact: true }).fill('5 PM')
  await form.getByLabel('Note').fill('Dentist')
  const warning = form.getByRole('status', { name: 'Booked then' })
  await expect(warning).toContainText('Al Brightwater is booked then, 2 times:')
  await expect(warning.getByRole('listitem')).toHaveText([/^Castellan 1:00\u20132:30 PM/, /^Natarajan 3:00\u20134:00 PM/])
  await page.keyboard.press('Alt+m')
  const mend = board.form('Mend the day')
  await expect(mend.getByLabel('Technician')).toHaveValue('Al Brightwater')
  await expect(mend.getByLabel('From', { exact: true })).toHaveValue('12:30 PM')
  await expect(mend.getByLabel('Back at')).toHaveValue('5:00 PM')
  await page.keyboard.press('Escape')
  await expect(form.getByLabel('Note')).toHaveValue('Dentist')
  await expect(warning.getByRole('listitem')).toHaveCount(2)
})
