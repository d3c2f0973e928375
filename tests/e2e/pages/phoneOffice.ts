import { expect, type Locator, type Page } from '@playwright/test'

type Letter = 'a' | 'l' | 'b' | 'm' | 'g'

/** The office's telephone: one's own status, the wall, the bar while the telephone is gone, and the log by hand. */
export class PhoneOffice {
  readonly page: Page
  readonly status: Locator
  readonly wall: Locator
  readonly outage: Locator
  readonly byHand: Locator

  constructor(page: Page) {
    this.page = page
    this.status = page.getByRole('button', { name: /^My status/ })
    this.wall = page.getByRole('main')
    this.outage = page.getByRole('alert', { name: 'Telephone gone' })
    this.byHand = page.getByRole('dialog', { name: 'Log a call by hand' })
  }

  /** Shift+F3 and a letter. */
  async be(letter: Letter, words: string): Promise<void> {
    await this.page.keyboard.press('Shift+F3')
    await expect(this.page.getByRole('menuitemradio', { name: 'Lunch' })).toBeVisible()
    await this.page.keyboard.press(letter)
    await expect(this.status).toHaveAccessibleName(`My status: ${words}`)
  }

  async openWall(): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+O')
    await expect(this.page.getByRole('heading', { level: 1, name: 'Wall' })).toBeVisible()
  }

  figure(label: string): Locator {
    return this.wall.getByRole('list', { name: 'Now and today' }).getByRole('listitem').filter({ hasText: label })
  }

  person(name: string): Locator {
    return this.wall.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: name })
  }

  get waiting(): Locator {
    return this.wall.getByRole('region', { name: 'Waiting now' })
  }
}
