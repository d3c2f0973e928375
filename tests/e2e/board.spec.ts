import type { Page } from '@playwright/test'
import { HOUR } from '../../src/shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../src/shared/contract/methods/dispatch.ts'
import { accessibilityFaults } from '../support/axe.ts'
import { layoutFaults } from '../support/layout.ts'
import { PretendedHub } from '../support/pretendedHub.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { Board, minutesIn } from './pages/board.ts'

// One office for all: the tests of this file follow each other on one page.
test.describe.configure({ mode: 'default' })

const MOVED = /^(?!Undone).+ to .+, \d/
const EXTENDED = /^(?!Undone).+ until /
const WAITING = /, (Scheduled|Confirmed), /

const nameOf = (board: Board, key: string): Promise<string> => board.bar(key).getAttribute('aria-label').then((name) => name ?? '')

/** @param said what the last act says once it is done */
async function undo(page: Page, said: RegExp): Promise<void> {
  await expect(new Board(page).said).toHaveText(said)
  await page.keyboard.press('Control+z')
  await expect(new Board(page).said).toHaveText(/^Undone/)
}

/** Whole in three sizes, and nothing that axe objects to, in light and dark. */
async function expectSound(page: Page): Promise<void> {
  for (const size of [{ width: 1280, height: 720 }, { width: 2560, height: 1440 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    expect(await layoutFaults(page), `layout at ${size.width}\u00d7${size.height}`).toEqual([])
  }
  expect(await accessibilityFaults(page, { fewRows: true })).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await accessibilityFaults(page, { fewRows: true, contrastOnly: true })).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

test('the grid has its roles in the tree that a screen reader is given', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  await expect(board.grid).toHaveAttribute('aria-multiselectable', 'true')
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const roleOf = (id: string): string => String(byId.get(id)?.role?.value ?? '')
  /** What lies below, without what only holds others together. */
  const within = (id: string): readonly string[] => (byId.get(id)?.childIds ?? []).flatMap((child) => (['generic', 'none', 'rowgroup'].includes(roleOf(child)) || byId.get(child)?.ignored ? within(child) : [child]))
  const grid = nodes.find(({ role, name }) => role?.value === 'grid' && String(name?.value).startsWith('Board'))
  const rows = within(grid?.nodeId ?? '')
  expect(new Set(rows.map(roleOf))).toEqual(new Set(['row']))
  expect(rows.length).toBeGreaterThan(20)
  for (const [index, row] of rows.entries()) {
    const [first, ...cells] = within(row)
    expect(roleOf(first ?? '')).toBe(index === 0 ? 'columnheader' : 'rowheader')
    expect(String(byId.get(first ?? '')?.name?.value ?? '')).not.toBe('')
    for (const cell of cells) {
      expect(['gridcell', 'columnheader']).toContain(roleOf(cell))
      expect(String(byId.get(cell)?.name?.value ?? '')).not.toBe('')
    }
  }
  expect(Number(await board.grid.getAttribute('aria-rowcount'))).toBe(rows.length)
  // In the order of the day, and counted past what is not in the page.
  for (const row of await board.grid.getByRole('row').all()) {
    const columns = await row.locator('[data-bar]').evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('aria-colindex'))))
    expect(columns).toEqual([...columns].sort((left, right) => left - right))
  }
})

test('one bar takes Tab; arrows walk, Alt and arrows move, and the focus goes along from row to row', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  await expect(board.grid.locator('[data-bar][tabindex="0"]')).toHaveCount(1)
  const key = await board.stand(board.named(WAITING))
  const [name, row] = [await nameOf(board, key), await board.rowIndexOf(key)]
  await page.keyboard.press('Alt+ArrowRight')
  await expect(board.bar(key)).not.toHaveAttribute('aria-label', name)
  expect(minutesIn(await nameOf(board, key))).toBe(minutesIn(name))
  expect(await board.focused()).toBe(key)
  await undo(page, MOVED)
  await expect(board.bar(key)).toHaveAttribute('aria-label', name)
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => board.rowIndexOf(key)).not.toBe(row)
  expect(await board.focused()).toBe(key)
  await undo(page, MOVED)
  await expect.poll(() => board.rowIndexOf(key)).toBe(row)
  await page.keyboard.press('ArrowDown')
  const below = await board.focused()
  expect(below).not.toBe(key)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Home')
  expect(await board.focused()).not.toBeNull()
  await expect(board.grid.locator('[data-bar][tabindex="0"]')).toHaveCount(1)
})

test('a visit is made longer and shorter, by keys and by its end', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  const key = await board.stand(board.named(WAITING))
  const before = minutesIn(await nameOf(board, key))
  // Each is said when it is done; what the bar shows comes before that.
  for (const [keys, minutes, says] of [['Alt+Shift+ArrowRight', before + 15, EXTENDED], ['Alt+Shift+ArrowLeft', before, EXTENDED], ['Control+z', before + 15, /^Undone/], ['Control+z', before, /^Undone/]] as const) {
    const said = (await board.said.textContent()) ?? ''
    await page.keyboard.press(keys)
    await expect(board.said).not.toHaveText(said)
    await expect(board.said).toHaveText(says)
    await expect.poll(async () => minutesIn(await nameOf(board, key))).toBe(minutes)
  }
  const { x, y, width, height } = await board.box(board.bar(key))
  await page.mouse.move(x + width - 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width + 45, y + height / 2, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => minutesIn(await nameOf(board, key))).toBeGreaterThan(before)
  expect((await board.box(board.bar(key))).x).toBeCloseTo(x, 0)
  await undo(page, EXTENDED)
  await expect.poll(async () => minutesIn(await nameOf(board, key))).toBe(before)
})

test('a bar is dragged to another technician; Escape puts it back', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  const key = await board.stand(board.named(WAITING))
  const row = await board.rowIndexOf(key)
  const { x, y, width, height } = await board.box(board.bar(key))
  const [middle, line] = [x + width / 2, y + height / 2]
  for (const end of ['Escape', 'drop'] as const) {
    await page.mouse.move(middle, line)
    await page.mouse.down()
    await page.mouse.move(middle + 10, line + 30, { steps: 5 })
    await expect(board.bar(key)).toHaveAttribute('data-lifted', '')
    if (end === 'Escape') await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(board.grid.locator('[data-lifted]')).toHaveCount(0)
    if (end === 'Escape') expect(await board.rowIndexOf(key)).toBe(row)
    else await expect.poll(() => board.rowIndexOf(key)).not.toBe(row)
  }
  await undo(page, MOVED)
  await expect.poll(() => board.rowIndexOf(key)).toBe(row)
})

test('several are chosen with Space, Shift and Ctrl, and move together', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  // In the afternoon, with room behind them.
  const bars = board.grid.getByRole('gridcell', { name: /, (Scheduled|Confirmed), [23]:\d\d/ })
  const [first, second] = [await board.stand(bars.nth(0)), (await bars.nth(1).getAttribute('data-bar')) ?? '']
  const names = await Promise.all([first, second].map((key) => nameOf(board, key)))
  await page.keyboard.press('Space')
  await expect(board.said).toHaveText(/1 together/)
  await bars.nth(1).click({ modifiers: ['Control'] })
  await expect(board.grid.locator('[data-bar][aria-selected=true]')).toHaveCount(2)
  await page.keyboard.press('Alt+ArrowRight')
  for (const [index, key] of [first, second].entries()) await expect(board.bar(key)).not.toHaveAttribute('aria-label', names[index] ?? '')
  await undo(page, /^2 visits 15 min later/)
  for (const [index, key] of [first, second].entries()) await expect(board.bar(key)).toHaveAttribute('aria-label', names[index] ?? '')
  await page.keyboard.press('Escape')
  await expect(board.grid.locator('[data-bar][aria-selected=true]')).toHaveCount(1)
  await board.stand(board.bar(first))
  await page.keyboard.press('Shift+ArrowDown')
  await expect(board.said).toHaveText('2 visits chosen')
  await page.keyboard.press('Escape')
})

test('hours are made wider and narrower by keys and by the wheel, around what the hand points at', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  await page.keyboard.press('0')
  const key = await board.stand(board.named(WAITING))
  const before = await board.box(board.bar(key))
  await page.keyboard.press('=')
  await expect.poll(async () => (await board.box(board.bar(key))).width).toBeGreaterThan(before.width)
  await page.keyboard.press('-')
  await page.keyboard.press('0')
  await expect.poll(async () => (await board.box(board.bar(key))).width).toBeCloseTo(before.width, 0)
  await page.mouse.move(before.x + 2, before.y + 8)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -120)
  await page.keyboard.up('Control')
  await expect.poll(async () => (await board.box(board.bar(key))).width).toBeGreaterThan(before.width)
  expect(Math.abs((await board.box(board.bar(key))).x - before.x)).toBeLessThan(8)
  await page.keyboard.press('0')
})

test('a week stands on one axis, and is whole in light and dark', async ({ page }) => {
  const board = new Board(page)
  await board.open()
  await page.getByRole('button', { name: 'Week', exact: true }).click()
  await expect(board.grid).toHaveAccessibleName(/Jul 14\u2013Jul 20/)
  await expect(board.grid.getByText('Thu, Jul 16')).toBeVisible()
  await expectSound(page)
  await page.getByRole('button', { name: 'Day', exact: true }).click()
  await expect(board.grid).toHaveAccessibleName(/Tue, Jul 14/)
  await expectSound(page)
})

const PEOPLE = 2000
const VISITS = 6

/** The day of an office a hundred times as large, made of what this one has. */
function large(real: BoardDay): BoardDay {
  const [pattern] = real.planned
  const [group] = real.groups
  const [technician] = group?.technicians ?? []
  if (!pattern || !group || !technician) throw new Error('The sample office has no day')
  const technicians = Array.from({ length: PEOPLE }, (_, index) => ({ ...technician, id: `t${index}`, name: `Technician ${index}`, blocks: [] }))
  const visit = (index: number, number: number): BoardVisit => {
    const startsAt = real.zeroAt + (8 + number * 1.5) * HOUR
    return { ...pattern, id: `v${index}-${number}`, customerName: `Customer ${index}-${number}`, technicianId: `t${index}`, crewIds: [], startsAt, endsAt: startsAt + HOUR }
  }
  return { ...real, groups: [{ ...group, technicians }], legs: [], planned: technicians.flatMap((_, index) => Array.from({ length: VISITS }, (__, number) => visit(index, number))) }
}

test('of 2,000 technicians what is in sight is in the page exactly once, however it is scrolled, and the focus is never lost', async ({ page }) => {
  test.setTimeout(120_000)
  await new PretendedHub(page).answer({ 'board.day': large })
  const board = new Board(page)
  await board.open()
  const key = await board.stand(board.bar('v3-2'))
  for (let round = 0; round < 24; round++) {
    const faults = await page.evaluate(
      ({ share, across, visits }) => {
        const scroller = document.querySelector<HTMLElement>('[data-testid=board]')
        if (!scroller) return ['no board']
        scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight)
        scroller.scrollLeft = across * (scroller.scrollWidth - scroller.clientWidth)
        return new Promise<string[]>((resolve) => {
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              const wrong: string[] = []
              const { top, bottom } = scroller.getBoundingClientRect()
              const rows = [...scroller.querySelectorAll('[role=rowgroup] > [role=row]')]
              const seen = rows.filter((row) => row.getBoundingClientRect().bottom > top + 24 && row.getBoundingClientRect().top < bottom)
              const height = seen.reduce((total, row) => total + row.getBoundingClientRect().height, 0)
              if (height < bottom - top - 24) wrong.push(`rows over ${height} px of ${bottom - top - 24}`)
              const indexes = seen.map((row) => Number(row.getAttribute('aria-rowindex')))
              if (indexes.some((index, place) => place > 0 && index !== (indexes[place - 1] ?? 0) + 1)) wrong.push(`rows ${indexes.join()}`)
              const ids = [...scroller.querySelectorAll<HTMLElement>('[data-bar]')].map(({ dataset }) => dataset['bar'] ?? '')
              if (new Set(ids).size !== ids.length) wrong.push('a bar stands there twice')
              for (const row of seen) {
                const own = [...row.querySelectorAll<HTMLElement>('[data-bar]')].map(({ dataset }) => dataset['bar'] ?? '')
                const index = Number(row.getAttribute('aria-rowindex')) - 3
                if (own.some((id) => !id.startsWith(`v${index}-`))) wrong.push(`row ${index} has ${own.join()}`)
                if (index >= 0 && across > 0.25 && across < 0.4 && own.length < visits - 3) wrong.push(`row ${index} has only ${own.length}`)
              }
              if (scroller.getElementsByTagName('*').length > 1500) wrong.push('too many elements')
              const { activeElement } = document
              if (!(activeElement instanceof HTMLElement) || activeElement.dataset['bar'] !== 'v3-2') wrong.push('the focus is lost')
              resolve(wrong)
            }),
          )
        })
      },
      { share: (round * 7919) % 1000 / 1000, across: (round * 104_729) % 100 / 100, visits: VISITS },
    )
    expect(faults).toEqual([])
  }
  await page.keyboard.press('ArrowRight')
  expect(await board.focused()).toBe('v3-3')
  await expect(board.bar('v3-3')).toBeInViewport()
  expect(key).toBe('v3-2')
})

test('with nobody on the board it says what to do', async ({ page }) => {
  const backend = new PretendedHub(page)
  await backend.answer({ 'board.day': (real: BoardDay): BoardDay => ({ ...real, groups: [], planned: [], legs: [] }) })
  await page.evaluate(() => (location.hash = '#/board'))
  await expect(page.getByText('No technicians yet.')).toBeVisible()
  // The page is that of the tests after this one, too.
  await backend.answer({})
  await expect(page.getByText('No technicians yet.')).toBeHidden()
})
