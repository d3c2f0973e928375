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
    if (await this.acceptance.isVisible()) {
      await this.#page.keyboard.type(acceptedBy)
      await this.#page.keyboard.press('Control+Enter')
    }
    await expect(this.panel).toBeHidden({ timeout: 60_000 })
  }

  /** Which of the days that the board shows is mended. */
  get day(): Locator {
    return this.panel.getByRole('combobox', { name: 'Day' })
  }

  get acceptance(): Locator {
    return this.panel.getByRole('form', { name: 'Move though promised' })
  }
}
