import { expect, type Locator, type Page } from '@playwright/test'

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
  readonly form: Locator

  constructor(page: Page) {
    this.page = page
    this.form = page.getByRole('form', { name: 'Phone' })
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/settings/phone'
    })
    await expect(this.form).toBeVisible()
  }

  async enter({ server, domain, extension, password, certificate }: PhoneAccount): Promise<void> {
    await this.choose('soft')
    await this.fill({ 'Telephone server': server, Domain: domain, Extension: extension, Password: password, 'The server\u2019s certificate': certificate })
  }

  /** Chooses the kind of telephone by the first letters of its name. */
  async choose(letters: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Telephone', exact: true }).focus()
    await this.page.keyboard.type(letters)
    // Enter has taken the choice and stays; Tab goes from field to field from here.
    await this.page.keyboard.press('Enter')
  }

  /** Fields by their labels, in the order of the form, from its beginning. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Telephone', exact: true }).focus()
    for (const [label, text] of Object.entries(fields)) await this.#type(label, text)
  }

  async tick(label: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: label }).focus()
    await this.page.keyboard.press('Space')
  }

  field(label: string): Locator {
    return this.form.getByLabel(label, { exact: true })
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
    const field = this.form.getByLabel(label, { exact: false }).first()
    for (let presses = 0; presses < 20; presses++) {
      if (await field.evaluate((element) => element === document.activeElement)) break
      await this.page.keyboard.press('Tab')
    }
    await expect(field).toBeFocused()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.insertText(text)
  }
}
