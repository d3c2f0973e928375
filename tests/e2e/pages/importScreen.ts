import { expect, type Page } from '@playwright/test'

/** Customers from a file. */
export class ImportScreen {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async goto(): Promise<void> {
    // A listener makes Chromium hand its file dialogs over. It is told so without an answer, and a key that follows at
    // once could open the system's own: so it is told well before.
    this.#page.on('filechooser', () => undefined)
    await this.#page.evaluate(() => (location.hash = '#/import'))
    await expect(this.#page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
  }

  /** Opens the system's file dialog by its key and gives it a file. */
  async choose(name: string, text: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser')
    await this.#page.keyboard.press('Control+Enter')
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }

  async expectCounts(counts: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, count] of Object.entries(counts)) {
      await expect(this.#page.getByRole('term').filter({ hasText: label }).locator('..').getByRole('definition')).toHaveText(count)
    }
  }

  table(name: string) {
    return this.#page.getByRole('grid', { name })
  }

  get result() {
    return this.#page.getByRole('status').getByRole('heading')
  }
}
