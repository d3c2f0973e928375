import type { Page } from '@playwright/test'

/**
 * A person at the keyboard, who counts: keys that choose or go on count, one each; free text (a summary,
 * a note) does not, because the customer's words are as long as they are.
 */
export class CountingKeyboard {
  readonly #page: Page
  #count = 0

  constructor(page: Page) {
    this.#page = page
  }

  get count(): number {
    return this.#count
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key)
      this.#count++
    }
  }

  /** Letters that choose from a list. */
  async letters(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
    this.#count += text.length
  }

  async freeText(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
  }
}
