import { expect, type Locator, type Page } from '@playwright/test'

/** The dispatch board: its grid of technicians and visits, driven as a dispatcher does. */
export class Board {
  readonly #page: Page
  readonly grid: Locator
  readonly scroller: Locator
  readonly bars: Locator

  constructor(page: Page) {
    this.#page = page
    this.grid = page.getByRole('grid', { name: /^Board/ })
    this.scroller = page.getByTestId('board')
    this.bars = this.grid.locator('[role=gridcell][data-bar]')
  }

  async open(query = ''): Promise<void> {
    await this.#page.evaluate((hash) => (location.hash = hash), `#/board${query}`)
    await expect(this.grid).toBeVisible()
    await expect(this.#page.locator('[aria-busy=true]')).toHaveCount(0)
  }

  /** Goes to a customer's visit or to a technician by typing the name. */
  async find(name: string): Promise<void> {
    await this.#page.keyboard.press('/')
    const field = this.#page.getByRole('combobox', { name: 'Customer or technician' })
    await expect(field).toBeFocused()
    await this.#page.keyboard.type(name)
    await expect(this.#page.getByRole('option', { name: new RegExp(`^${name}`) }).first()).toBeVisible()
    await this.#page.keyboard.press('Enter')
    await expect(field).toBeHidden()
  }

  /** The bar of a visit by its id. */
  bar(key: string): Locator {
    return this.grid.locator(`[data-bar="${key}"]`)
  }

  /** A bar by what a screen reader says of it; the first of several. */
  named(name: RegExp): Locator {
    return this.grid.getByRole('gridcell', { name }).first()
  }

  row(technician: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name: new RegExp(`^${technician},`) }) })
  }

  /** Which bar has the focus, or which kept time or technician's head. */
  focused(): Promise<string | null> {
    return this.#page.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['bar'] ?? document.activeElement.dataset['cell'] ?? null) : null))
  }

  /** The row a bar stands on, by its place in the grid. */
  rowIndexOf(key: string): Promise<string | null> {
    return this.bar(key).evaluate((bar) => bar.parentElement?.getAttribute('aria-rowindex') ?? null)
  }

  async box(bar: Locator): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    const box = await bar.boundingBox()
    if (!box) throw new Error('The bar is not on the screen')
    return box
  }

  /** Focuses a bar without opening it. */
  async stand(bar: Locator): Promise<string> {
    await bar.focus()
    return (await bar.getAttribute('data-bar')) ?? ''
  }

  /** What stands beside the board: a visit, a technician or a form. */
  panel(name: RegExp | string): Locator {
    return this.#page.getByRole('complementary', { name })
  }

  /** A form of the panel by its name. */
  form(name: RegExp | string): Locator {
    return this.#page.getByRole('form', { name })
  }

  /** Stands on a bar and presses a key of its own. */
  async press(bar: Locator, key: string): Promise<string> {
    const id = await this.stand(bar)
    await this.#page.keyboard.press(key)
    return id
  }

  /** What a screen reader says of a bar. */
  nameOf(key: string): Promise<string> {
    return this.bar(key).getAttribute('aria-label').then((name) => name ?? '')
  }

  /** Says who accepted that a promise is broken, where that is asked. */
  async accept(acceptedBy: string): Promise<void> {
    const form = this.form('Move though promised')
    await form.getByLabel('Accepted by').fill(acceptedBy)
    await this.#page.keyboard.press('Control+Enter')
    await expect(form).toBeHidden()
  }

  /** The time that is kept for the technician in the panel. */
  get keptTime(): Locator {
    return this.#page.getByRole('listbox', { name: 'Kept time' }).getByRole('option')
  }

  /** Takes the last act back or, with Shift, does it again; `of` is what the act says. */
  async turn(keys: 'Control+z' | 'Control+Shift+z', of: RegExp): Promise<void> {
    await this.#page.keyboard.press(keys)
    await expect(this.said).toHaveText(new RegExp(`^${keys === 'Control+z' ? 'Undone' : 'Done again'}: .*${of.source}`))
  }

  /** What was said last to somebody who does not see the board. */
  get said(): Locator {
    return this.#page.locator('.spoken[role=status][aria-live=polite]').last()
  }
}

/** The span in a bar's name in minutes: `1:15–2:45 PM` is 90. */
export function minutesIn(name: string): number {
  const [, from = '', fromHalf, to = '', toHalf = ''] = /(\d+:\d+)(?: ([AP]M))?\u2013(\d+:\d+) ([AP]M)/.exec(name) ?? []
  const minute = (text: string, half: string): number => {
    const [hour = 0, past = 0] = text.split(':').map(Number)
    return ((hour % 12) + (half === 'PM' ? 12 : 0)) * 60 + past
  }
  return minute(to, toHalf) - minute(from, fromHalf ?? toHalf)
}
