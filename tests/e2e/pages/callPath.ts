import { expect, type Locator, type Page } from '@playwright/test'

/** A call that is not a booking: its kind by F4 and a letter, its steps, the button that says what it does. */
export class CallPath {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Says what the call is about by its letter. */
  async choose(letter: string, name: string): Promise<void> {
    await this.page.keyboard.press('F4')
    await expect(this.page.getByRole('menu', { name: 'What the call is about' })).toBeVisible()
    await this.page.keyboard.press(letter)
    await expect(this.heading(name)).toBeVisible()
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }

  step(name: string): Locator {
    return this.page.getByRole('form').getByRole('region', { name })
  }

  field(label: string): Locator {
    return this.page.getByRole('form').getByLabel(label, { exact: true })
  }

  /** Does what the button says, and waits until the person is told that it was done. */
  async finish(told: RegExp): Promise<void> {
    await this.page.keyboard.press('Control+Enter')
    await expect(this.page.getByRole('status').filter({ hasText: told }).first()).toBeVisible()
  }
}
