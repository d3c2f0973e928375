import { expect, type Locator, type Page } from '@playwright/test'

/** Booked jobs from a file. */
export class JobFile {
  readonly #page: Page
  readonly result: Locator

  constructor(page: Page) {
    this.#page = page
    this.result = page.getByRole('status').getByRole('heading')
  }

  /** From the import screen by its key, and a file given to the system's dialog. */
  async choose(name: string, text: string): Promise<void> {
    // See ImportScreen: Chromium is told well before that its dialogs are handed over.
    this.#page.on('filechooser', () => undefined)
    await this.#page.keyboard.press('o')
    await expect(this.#page.getByRole('heading', { level: 1, name: 'Import jobs' })).toBeVisible()
    await expect(this.#page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
    const chooser = this.#page.waitForEvent('filechooser')
    await this.#page.keyboard.press('Control+Enter')
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }

  async expectCounts(counts: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, count] of Object.entries(counts)) {
      await expect(this.#page.getByRole('term').filter({ hasText: label }).locator('..').getByRole('definition')).toHaveText(count)
    }
  }

  table(name: string): Locator {
    return this.#page.getByRole('grid', { name })
  }
}
