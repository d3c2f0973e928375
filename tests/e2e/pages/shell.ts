import { expect, type Locator, type Page } from '@playwright/test'

/** The frame around every screen. */
export class ShellFrame {
  readonly page: Page
  readonly rail: Locator
  readonly search: Locator
  readonly status: Locator
  readonly person: Locator
  readonly lockCover: Locator

  constructor(page: Page) {
    this.page = page
    this.rail = page.getByRole('navigation', { name: 'Main' })
    this.search = page.getByRole('combobox', { name: /search/i })
    this.status = page.getByRole('contentinfo')
    this.person = page.locator('header button[aria-haspopup=menu]:not([aria-label^="My status"])')
    this.lockCover = page.getByRole('main', { name: 'Locked' })
  }

  async expectPerson(name: string): Promise<void> {
    await expect(this.person).toHaveAccessibleName(new RegExp(name))
  }

  async chooseAppearance(name: 'Light appearance' | 'Dark appearance'): Promise<void> {
    await this.person.click()
    await this.page.getByRole('menuitemradio', { name }).click()
    await this.page.keyboard.press('Escape')
    await expect(this.page.getByRole('menu')).toBeHidden()
  }

  /** The window never scrolls; screens scroll inside themselves. */
  async expectNoWindowScroll(): Promise<void> {
    const beyond = await this.page.evaluate(() => {
      const root = document.documentElement
      return { across: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight }
    })
    expect(beyond).toEqual({ across: 0, down: 0 })
  }
}
