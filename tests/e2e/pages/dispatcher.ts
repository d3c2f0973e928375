import { expect, type Locator, type Page } from '@playwright/test'
import type { BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import { PEOPLE } from '../../support/importedCompany.ts'
import { Board } from './board.ts'
import type { DispatchersDay } from './dispatchersDay.ts'
import { MendPanel } from './mend.ts'

/** What a dispatcher does in a day, each by the keys that the screens name. Each begins and ends on the board. */
export class Dispatcher {
  readonly #page: Page
  readonly #day: DispatchersDay
  readonly board: Board
  readonly mend: MendPanel
  readonly #hand: Locator

  constructor(page: Page, day: DispatchersDay) {
    this.#page = page
    this.#day = day
    this.board = new Board(page)
    this.mend = new MendPanel(page)
    this.#hand = page.getByRole('region', { name: 'The promise in hand' })
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  async type(words: string): Promise<void> {
    await this.#page.keyboard.type(words)
  }

  async toBoard(): Promise<void> {
    await this.press('Alt+Shift+b')
    await expect(this.board.grid).toBeVisible()
  }

  /** What is proposed for what the person stands on is made as it is. */
  async mendFromHere(picture: string): Promise<void> {
    await this.press('m')
    await expect(this.#page.getByRole('form', { name: 'Mend the day' })).toBeVisible()
    await this.press('Control+Enter')
    await expect(this.mend.proposal).toBeVisible({ timeout: 20_000 })
    await this.#day.moment(picture)
    await this.mend.makeAll(PEOPLE.dispatcher.name)
  }

  /** Somebody calls in sick: one move is accepted alone, then all the others, and the day off is kept. */
  async technicianIsSick(name: string): Promise<void> {
    await this.board.find(name)
    await this.press('m')
    await expect(this.#page.getByRole('combobox', { name: 'What has happened' })).toHaveValue('A technician can\u2019t go on')
    await expect(this.#page.getByRole('combobox', { name: 'Technician' })).toHaveValue(name)
    await this.press('Control+Enter')
    await expect(this.mend.proposal).toBeVisible({ timeout: 20_000 })
    await this.#day.moment('who-takes-over')
    await this.mend.makeFirstAlone(PEOPLE.dispatcher.name)
    await this.mend.makeAll(PEOPLE.dispatcher.name)
    await this.board.find(name)
    await this.press('l')
    await expect(this.#page.getByRole('combobox', { name: 'Technician' })).toBeFocused()
    await this.press('Tab')
    await this.type('time off')
    await this.press('Tab', 'Tab')
    await this.type('7 AM')
    await this.press('Tab')
    await this.type('7 PM')
    await this.press('Control+Enter')
    await expect(this.board.form('Keep time for a technician')).toBeHidden()
  }

  /** The visit cannot be dispatched before its hole is filled. */
  async handOff(customer: string): Promise<void> {
    await this.board.find(customer)
    await this.press('d')
    const hole = this.#page.getByRole('alert').filter({ hasText: '\u201cWho will be home\u201d is open. Press K' })
    await expect(hole).toBeVisible()
    await this.#day.moment('a-hole-in-the-hand-off')
    await this.press('k')
    await expect(this.#page.getByRole('textbox', { name: 'Who will be home' })).toBeFocused()
    await this.type('The grandmother')
    await this.press('Enter')
    await expect(this.#page.getByText('Nothing is missing. Escape, then D dispatches.')).toBeVisible()
    await expect(hole).toBeHidden()
    await this.#day.moment('the-hand-off-is-whole')
    await this.press('Escape', 'd')
    await this.#becomes(customer, 'dispatched')
  }

  async #becomes(customer: string, state: BoardVisit['state']): Promise<void> {
    await expect.poll(async () => (await this.#day.visitOf(customer)).state).toBe(state)
  }

  /** The next state is said with one of the office's reasons. */
  async stateFor(customer: string, key: 'h' | 'x', reason: string): Promise<void> {
    await this.board.find(customer)
    await this.press(key)
    await expect(this.#page.getByRole('combobox', { name: 'Reason' })).toBeFocused()
    await this.type(reason)
    await this.press('Enter', 'Control+Enter')
    await this.#becomes(customer, key === 'h' ? 'hold' : 'canceled')
  }

  /** The technician stands at a door that stays shut. */
  async nobodyHome(customer: string): Promise<void> {
    await this.board.find(customer)
    await this.press('d')
    await this.#becomes(customer, 'dispatched')
    await this.stateFor(customer, 'x', 'nobody')
  }

  /** The first of the canceled comes tomorrow; the second does not want it any more. */
  async rebook(first: string, second: string): Promise<void> {
    await this.press('F6')
    await this.#day.tabTo(this.#page.getByRole('button', { name: /^Unscheduled: to rebook\s*2$/ }))
    await this.press('Enter')
    const heading = this.#hand.getByRole('heading')
    await expect(heading).toHaveText(`Rebook ${first}`)
    await this.press('w')
    const window = this.#hand.getByRole('combobox', { name: /^New arrival window/ })
    await expect(window).toHaveValue(/./)
    await this.type('not at home')
    await this.press('Enter', 'Tab')
    await this.type('tomorrow')
    const offered = this.#page.getByRole('option', { name: /^Tomorrow/ }).first()
    await expect(offered).toBeVisible()
    // One tomorrow is told from another by its times.
    expect(await offered.evaluate((option) => [option, ...option.querySelectorAll('*')].every(({ scrollWidth, clientWidth }) => clientWidth === 0 || scrollWidth <= clientWidth + 1))).toBe(true)
    await this.#day.moment('another-window')
    await this.press('Enter')
    await expect(window).toHaveValue(/^Tomorrow/)
    await this.press('Control+Enter')
    await expect(heading).toHaveText(`Rebook ${second}`)
    await this.press('x')
    await this.type('Found a neighbor who does it')
    await this.press('Control+Enter')
    await expect(this.#page.getByText('Nothing is open here.')).toBeVisible()
    await this.toBoard()
  }

  /** The emergency has its place within what was promised, and the caller hears when. */
  async callWithEta(caller: string): Promise<void> {
    await expect.poll(async () => (await this.#day.visitOf(caller)).technicianId).not.toBeNull()
    const { startsAt, windowEndsAt } = await this.#day.visitOf(caller)
    expect(startsAt).toBeLessThan(windowEndsAt)
    await this.press('Alt+Shift+t')
    const tasks = this.#page.getByRole('grid', { name: 'Tasks' })
    await expect(tasks).toBeVisible()
    await this.press('2')
    await expect(tasks).toContainText(`Call ${caller} with the ETA`)
    await expect(this.#page.getByRole('heading', { name: `Call ${caller} with the ETA` })).toBeVisible()
    await this.press('f')
    await expect(this.#page.getByRole('dialog').getByRole('textbox').first()).toBeFocused()
    await this.type('Knows when we come')
    await this.press('Control+Enter')
    await expect(tasks).not.toContainText(`Call ${caller} with the ETA`)
    await this.toBoard()
  }

  /** Whom we keep waiting hears when we come, in the queue that says so, one after the other. */
  async callWhoWaits(picture: string): Promise<void> {
    if (!(await this.#day.promises()).some(({ title }) => title.startsWith('Tell '))) return
    await this.press('Alt+Shift+q')
    const entry = this.#page.getByRole('link', { name: /^Next in line/ })
    await expect(entry).toBeVisible()
    await this.#day.tabTo(entry)
    await this.press('Enter')
    const heading = this.#hand.getByRole('heading')
    await expect(heading).toHaveText(/^Tell .* when we come/)
    await this.#day.moment(picture)
    const nobody = this.#page.getByText('Nothing is open here.')
    while (!(await nobody.isVisible())) {
      const title = await heading.innerText()
      await this.press('c')
      await this.type('Waits for us')
      await this.press('Control+Enter')
      await expect(this.#hand.getByRole('heading', { name: title })).toHaveCount(0)
      await expect(this.#hand.or(nobody).first()).toBeVisible()
    }
    await this.toBoard()
  }

  /** The three lists of two o'clock, to zero. */
  async truthHour(): Promise<void> {
    await this.press('Alt+Shift+V')
    await expect(this.#page.getByRole('heading', { level: 1, name: 'Truth Comes Home Hour' })).toBeVisible()
    // Where the office has not begun it by itself yet.
    await this.press('b')
    const standing = this.#page.getByText(/\d+ kept, \d+ at risk, \d+ must move/)
    const over = this.#page.getByText('Every list is empty: the hour is over.')
    await expect(standing).toHaveText(/[1-9]\d* at risk, [1-9]\d* must move/)
    await this.#day.moment('truth-hour')
    await this.press('Shift+C')
    await expect(this.#page.getByText(/ 0 kept, /)).toBeVisible({ timeout: 60_000 })
    const form = this.#page.getByRole('form', { name: /^(?:New time|Another window)$/ })
    for (let visit = 1; !(await over.isVisible()); visit += 1) {
      const before = await standing.innerText()
      await this.press('c')
      await expect(form.or(over).first()).toBeVisible()
      if (await over.isVisible()) break
      if ((await form.getAttribute('aria-label')) === 'New time') {
        await this.press('Tab')
        await this.type('Fine with them')
      } else await expect(this.#page.getByRole('button', { name: /^Promise (?!another)/ })).toBeVisible()
      if (visit <= 2) await this.#day.moment(`truth-hour-${visit}`)
      await this.press('Control+Enter')
      await expect.poll(async () => (await over.isVisible()) || (await standing.innerText()) !== before).toBe(true)
    }
    await this.#day.moment('truth-hour-is-over')
    await this.toBoard()
  }

  /** What is left in the evening: issues go to tomorrow by one key, each visit is opened where it is worked. */
  async endOfDay(): Promise<void> {
    await this.press('Alt+Shift+N')
    const table = this.#page.getByRole('grid', { name: 'End of day' })
    const over = this.#page.getByText('The day is over: nothing is left of it, and tomorrow has its technicians.')
    await expect(table).toContainText('Order the filter')
    await this.#day.moment('end-of-day')
    await this.press('Shift+M')
    await expect(table).not.toContainText('Order the filter')
    while (!(await over.isVisible())) {
      const [customer = '', , , state] = (await table.getByRole('row', { selected: true }).innerText()).split('\n')
      await this.press('Enter')
      await expect(this.board.panel(/, job \d/)).toBeVisible()
      await this.press('Escape')
      if (state === 'Working') await this.#finish(customer)
      else await this.mendFromHere('tomorrow')
      await this.press('Alt+Shift+N')
      await expect(table.or(over).first()).toBeVisible()
      await expect(over.or(table.getByRole('row').filter({ hasNotText: customer }).nth(1)).first()).toBeVisible()
    }
    await this.#day.moment('the-day-is-over')
  }

  /** Done, and what was done. */
  async #finish(customer: string): Promise<void> {
    await this.press('f')
    await this.#becomes(customer, 'done')
    await this.press('c')
    const notes = this.#page.getByRole('textbox', { name: 'What was done' })
    await expect(notes).toBeFocused()
    await this.type('New valve, tried with the customer.')
    await this.#day.moment('close-out')
    await this.press('Control+Enter')
    await expect(notes).toBeHidden()
  }
}
