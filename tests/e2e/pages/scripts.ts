import { expect, type Locator, type Page } from '@playwright/test'

/** The words of a call, as they stand beside the fields of the booking screen. */
export class CallWords {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** A step of the script by its name. */
  step(name: string): Locator {
    return this.page.getByRole('form', { name: 'Booking' }).getByRole('region', { name: new RegExp(`^${name}`) })
  }

  /** Where every step and the button stand, to see whether anything moved. */
  async boxes(): Promise<readonly unknown[]> {
    const places = await this.page.locator('[data-step], [data-field]').all()
    return Promise.all(places.map(async (place) => ({ name: (await place.getAttribute('data-step')) ?? (await place.getAttribute('data-field')), box: await place.boundingBox() })))
  }
}

/** The manuals, and the one in hand. */
export class Manuals {
  readonly page: Page
  readonly list: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('grid', { name: 'Manuals' })
  }

  async open(): Promise<void> {
    // Nobody listens to keys before the page stands.
    await expect(this.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await this.page.keyboard.press('Alt+Shift+l')
    await expect(this.list).toBeVisible()
  }

  reading(name: string): Locator {
    return this.page.getByRole('article', { name })
  }
}
