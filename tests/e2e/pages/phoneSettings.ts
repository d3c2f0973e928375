import { expect, type Page } from '@playwright/test'

export interface PhoneAccount {
  readonly server: string
  readonly domain: string
  readonly extension: string
  readonly password: string
  readonly certificate: string
}

/** Settings, Phone: by keyboard alone. */
export class PhoneSettings {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/settings/phone'
    })
    await expect(this.page.getByRole('form', { name: 'Phone' })).toBeVisible()
  }

  async enter({ server, domain, extension, password, certificate }: PhoneAccount): Promise<void> {
    const { keyboard } = this.page
    await this.page.getByRole('combobox', { name: 'Telephone' }).focus()
    await keyboard.type('soft')
    await keyboard.press('Enter')
    // Enter has taken the choice and stays; Tab goes from field to field from here.
    await this.#type('Telephone server', server)
    await this.#type('Domain', domain)
    await this.#type('Extension', extension)
    await this.#type('Password', password)
    await this.#type('The server\u2019s certificate', certificate)
  }

  async tryIt(says: string | RegExp): Promise<void> {
    await this.#press('Try it')
    await expect(this.page.getByText(says)).toBeVisible()
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+Enter')
    await expect(this.page.getByText('The telephone is set')).toBeVisible()
  }

  async #press(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).focus()
    await this.page.keyboard.press('Enter')
  }

  /** Into the field that Tab comes to, wherever it stands in the order. */
  async #type(label: string, text: string): Promise<void> {
    const field = this.page.getByRole('form', { name: 'Phone' }).getByLabel(label, { exact: false }).first()
    for (let presses = 0; presses < 20; presses++) {
      if (await field.evaluate((element) => element === document.activeElement)) break
      await this.page.keyboard.press('Tab')
    }
    await expect(field).toBeFocused()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.insertText(text)
  }
}
