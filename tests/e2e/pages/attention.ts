import { expect, type Locator, type Page } from '@playwright/test'

/** A change that could not stand, with both sides and the choices. */
export class Attention {
  readonly page: Page
  readonly ours: Locator
  readonly theirs: Locator
  readonly fallen: Locator
  readonly choices: Locator

  constructor(page: Page) {
    this.page = page
    this.ours = page.getByRole('region', { name: 'What was done', exact: true })
    this.theirs = page.getByRole('region', { name: /What stands instead|Why somebody should look/ })
    this.fallen = page.getByRole('region', { name: 'What fell with it' })
    this.choices = page.getByRole('region', { name: 'What to do' })
  }

  /** From the queue: the promise in hand, Enter. */
  async openFirst(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/queues/needs-attention'
    })
    await expect(this.page.getByRole('region', { name: 'The promise in hand' }).getByRole('button', { name: /Show both sides/ })).toBeVisible()
    await this.page.keyboard.press('Enter')
    await expect(this.ours).toBeVisible()
  }

  choice(label: string | RegExp): Locator {
    return this.choices.getByRole('button', { name: label })
  }

  /** Settles it by the key of a choice; ends in the queue. */
  async settleBy(key: string): Promise<void> {
    await this.page.keyboard.press(key)
    await expect(this.page).toHaveURL(/#\/queues\/needs-attention/)
  }

  /** By keyboard: W, for what, Ctrl+Enter; ends in the queue. */
  async waitForAnswer(why: string): Promise<void> {
    await this.page.keyboard.press('w')
    await expect(this.choices.getByRole('textbox')).toBeFocused()
    await this.page.keyboard.type(why)
    await this.settleBy('Control+Enter')
  }

  /** By keyboard: X, why, Ctrl+Enter; ends in the queue. */
  async letGo(why: string): Promise<void> {
    await this.page.keyboard.press('x')
    await expect(this.choices.getByRole('textbox')).toBeFocused()
    await this.page.keyboard.type(why)
    await this.settleBy('Control+Enter')
  }
}
