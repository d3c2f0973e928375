import { expect, type Locator, type Page } from '@playwright/test'

/** The search in the top bar. */
export class Search {
  readonly page: Page
  readonly box: Locator
  readonly results: Locator

  constructor(page: Page) {
    this.page = page
    this.box = page.getByRole('combobox', { name: 'Search', exact: true })
    this.results = page.getByRole('listbox', { name: 'Search results' })
  }

  /** Types into the search by key, and waits for an answer. */
  async find(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await expect(this.box).toBeFocused()
    await this.page.keyboard.type(text)
    await expect(this.results).toBeVisible()
  }

  hit(text: string | RegExp): Locator {
    return this.results.getByRole('option').filter({ hasText: text })
  }

  /** Opens the best hit once it is the one that is meant. */
  async openBest(text: string | RegExp): Promise<void> {
    await expect(this.results.getByRole('option').first()).toContainText(text)
    await this.page.keyboard.press('Enter')
    await expect(this.results).toBeHidden()
  }
}
