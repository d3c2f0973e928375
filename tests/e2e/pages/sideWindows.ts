import { expect, type Page } from '@playwright/test'

/** The windows beside the main one, opened as a person does: by the list and its digits. */
export class SideWindows {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async open(label: string): Promise<Page> {
    await this.#page.keyboard.press('Alt+Shift+X')
    const list = this.#page.getByRole('dialog', { name: 'Windows' })
    const digit = (await list.getByRole('button').filter({ hasText: label }).first().innerText()).trim()[0] ?? ''
    const [opened] = await Promise.all([this.#page.waitForEvent('popup'), this.#page.keyboard.press(digit)])
    await opened.waitForURL(/window=/)
    await expect(opened.locator('main')).toBeVisible()
    await expect(opened.locator('[aria-busy=true]')).toHaveCount(0)
    return opened
  }

  /** The browser keeps where it stood. */
  async expectKept(kind: string): Promise<void> {
    const kept = await this.#page.evaluate(() => Object.entries(localStorage).find(([name]) => name.startsWith('baton-windows:'))?.[1] ?? '{}')
    expect(JSON.parse(kept)).toHaveProperty(kind)
  }
}
