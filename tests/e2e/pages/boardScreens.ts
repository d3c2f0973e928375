import { expect, type Locator, type Page } from '@playwright/test'
import { Board } from './board.ts'
import { MendPanel } from './mend.ts'
import { goTo, type Screen, settled } from './screen.ts'

async function onBoard(page: Page): Promise<void> {
  await goTo(page, '#/board')
  await settled(page)
}

/** What a key opens beside the board for the visit one stands on: the first that nobody was sent to. */
function besideBoard(name: string, key: string, shown: (page: Page) => Locator): Screen {
  return {
    name,
    async open(page) {
      await onBoard(page)
      const board = new Board(page)
      await board.press(board.named(/, (Scheduled|Confirmed), /), key)
      await expect(shown(page)).toBeVisible()
      await settled(page)
    },
    async leave(page) {
      await page.keyboard.press('Escape')
      await expect(shown(page)).toBeHidden()
    },
  }
}

/** The board's week, and everything that its keys open beside it. */
export const BESIDE_BOARD: readonly Screen[] = [
  {
    name: 'board-week',
    async open(page) {
      await onBoard(page)
      await page.getByRole('button', { name: 'Week', exact: true }).click()
      await expect(new Board(page).grid).toHaveAccessibleName(/\u2013/)
      await settled(page)
    },
    async leave(page) {
      await page.getByRole('button', { name: 'Day', exact: true }).click()
      await expect(new Board(page).grid).not.toHaveAccessibleName(/\u2013/)
    },
  },
  besideBoard('board-visit', 'Enter', (page) => new Board(page).panel(/, job \d/)),
  besideBoard('board-hand-off', 'k', (page) => page.getByRole('list', { name: 'Hand-off checklist' })),
  besideBoard('board-technician', 'e', (page) => new Board(page).panel(/hours and link$/)),
  besideBoard('board-crew', 'g', (page) => page.getByRole('combobox', { name: 'Add a technician' })),
  besideBoard('board-promise', 'p', (page) => new Board(page).form('What was promised')),
  besideBoard('board-split', 's', (page) => new Board(page).form('Split the visit')),
  besideBoard('board-keep-time', 'l', (page) => new Board(page).form('Keep time for a technician')),
  besideBoard('board-mend', 'm', (page) => new MendPanel(page).panel),
]
