import { expect, type Locator, type Page } from '@playwright/test'

/** The list of customers, one customer's page, and the form for a new one. */
export class Customers {
  readonly page: Page
  readonly list: Locator
  readonly filter: Locator
  readonly reach: Locator
  readonly locations: Locator
  readonly notes: Locator
  readonly standing: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('grid', { name: 'Customers' })
    this.filter = page.getByRole('textbox', { name: 'Filter customers' })
    this.reach = page.getByRole('region', { name: 'Reach' })
    this.locations = page.getByRole('region', { name: 'Locations' })
    this.notes = page.getByRole('region', { name: 'Notes', exact: true })
    this.standing = page.getByRole('complementary', { name: 'Promises and money' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' }).click()
    await expect(this.list).toBeVisible()
  }

  async expectCustomer(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text })
  }

  /** The form in the right column: "Add a note", "Edit the location". */
  panel(title: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name: title })
  }

  async addNote(body: string): Promise<void> {
    await this.page.keyboard.press('n')
    await expect(this.panel('Add a note').getByRole('textbox', { name: 'Note' })).toBeFocused()
    await this.page.keyboard.type(body)
    await this.page.keyboard.press('Control+Enter')
    await expect(this.notes).toContainText(body)
  }

  entry(text: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: text })
  }
}
