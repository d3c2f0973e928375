import { expect, type Locator, type Page } from '@playwright/test'

/** The assistant beside the board: what has happened, and the proposal. */
export class MendPanel {
  readonly #page: Page
  readonly panel: Locator
  readonly proposal: Locator
  readonly moves: Locator

  constructor(page: Page) {
    this.#page = page
    this.panel = page.getByRole('complementary', { name: 'Mend the day' })
    this.proposal = this.panel.getByRole('group', { name: 'Proposal' })
    this.moves = this.proposal.getByRole('list', { name: 'Moves' }).getByRole('listitem')
  }

  /** From the bar the person stands on: its technician can't go on, from the time that is proposed. */
  async technicianIsSick(): Promise<void> {
    await this.#page.keyboard.press('m')
    await expect(this.panel.getByRole('form', { name: 'Mend the day' })).toBeVisible()
    await this.#page.keyboard.press('Control+Enter')
    await expect(this.proposal).toBeVisible()
  }

  /** The proposal as it stands is made; where it breaks what was promised, somebody accepted that. */
  async makeAll(acceptedBy: string): Promise<void> {
    await this.#page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await this.panel.isHidden()) || (await this.acceptance.isVisible()), { timeout: 60_000 }).toBe(true)
    await this.#accept(acceptedBy)
    await expect(this.panel).toBeHidden({ timeout: 60_000 })
  }

  /** Of the proposal only the first move is made, with what it needs; what is left is proposed anew. */
  async makeFirstAlone(acceptedBy: string): Promise<void> {
    const { keyboard } = this.#page
    const before = await this.moves.count()
    const boxes = this.moves.getByRole('checkbox')
    for (let index = 0; index < before; index += 1) {
      if (index > 0) await keyboard.press('Tab')
      if (await boxes.nth(index).isChecked()) await keyboard.press('Space')
    }
    await keyboard.press('Control+Enter')
    await expect(this.panel.getByRole('alert')).toHaveText(/^Tick what is to be moved/)
    await expect(this.panel.getByRole('alert')).toBeInViewport()
    for (let index = 1; index < before; index += 1) await keyboard.press('Shift+Tab')
    await keyboard.press('Space')
    const picked = this.proposal.getByRole('button', { name: new RegExp(`^Make \\d+ of ${before}`) })
    await expect(picked).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect.poll(async () => (await this.acceptance.isVisible()) || (await picked.count()) === 0).toBe(true)
    await this.#accept(acceptedBy)
    await expect(this.moves.first()).toBeVisible()
    await expect(picked).toHaveCount(0)
  }

  async #accept(acceptedBy: string): Promise<void> {
    if (!(await this.acceptance.isVisible())) return
    await this.#page.keyboard.type(acceptedBy)
    await this.#page.keyboard.press('Control+Enter')
  }

  /** Which of the days that the board shows is mended. */
  get day(): Locator {
    return this.panel.getByRole('combobox', { name: 'Day' })
  }

  get acceptance(): Locator {
    return this.panel.getByRole('form', { name: 'Move though promised' })
  }
}
