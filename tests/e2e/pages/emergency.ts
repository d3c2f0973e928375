import { expect, type Locator, type Page } from '@playwright/test'

/** An emergency as the call-taker sees it above the script, and as dispatch sees it under the top bar. */
export class Emergency {
  readonly page: Page
  /** Safety words, on the booking screen. */
  readonly band: Locator
  /** On every screen of dispatch and management. */
  readonly bar: Locator
  readonly menu: Locator

  constructor(page: Page) {
    this.page = page
    this.band = page.getByRole('region', { name: 'Emergency', exact: true })
    this.bar = page.locator('section[aria-label="Emergencies"]')
    this.menu = page.getByRole('menu', { name: 'What the emergency is' })
  }

  /** Alt+E once more and a letter: what it is, or `x`: a false alarm. */
  async say(letter: string): Promise<void> {
    await this.page.keyboard.press('Alt+e')
    await expect(this.menu).toBeVisible()
    await this.page.keyboard.press(letter)
    await expect(this.menu).toBeHidden()
  }

  async acknowledge(): Promise<void> {
    await this.page.keyboard.press('Alt+y')
  }
}
