import { expect, type Locator, type Page } from '@playwright/test'

/** What stands before the screens: welcome, set-up, sign-in, and the locked page. */
export class FrontDoor {
  readonly page: Page
  readonly person: Locator
  readonly pin: Locator

  /** @param within where several ask for a PIN: the one meant */
  constructor(page: Page, within: Page | Locator = page) {
    this.page = page
    this.person = within.getByRole('combobox', { name: 'Person' })
    this.pin = within.getByLabel('PIN', { exact: true })
  }

  async expectWelcome(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /Set up my company/ })).toBeFocused()
  }

  /** Sets a company up by keyboard alone, from the welcome page; ends on the first screen. */
  async setUpByKeyboard(company: { readonly name: string; readonly zone: string; readonly owner: string; readonly pin: string }): Promise<void> {
    const { keyboard } = this.page
    await this.expectWelcome()
    await keyboard.press('1')
    await expect(this.page.getByLabel('Company name')).toBeFocused()
    await keyboard.type(company.name)
    await keyboard.press('Tab')
    await keyboard.type(company.zone)
    await keyboard.press('Tab')
    await keyboard.type(company.owner)
    await keyboard.press('Tab')
    await keyboard.type(company.pin)
    await keyboard.press('Tab')
    await keyboard.type(company.pin)
    await keyboard.press('Enter')
    await expect(this.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  }

  /** Signs in by type-ahead: the first letters of the name, Tab, the PIN, Enter. */
  async signIn(letters: string, pin: string): Promise<void> {
    await this.person.fill(letters)
    await this.person.press('Tab')
    await expect(this.pin).toBeFocused()
    await this.page.keyboard.type(pin)
    await this.page.keyboard.press('Enter')
  }

  async enterPin(pin: string): Promise<void> {
    await expect(this.pin).toBeFocused()
    await this.page.keyboard.type(pin)
    await this.page.keyboard.press('Enter')
  }

  /** Ends when the cover is gone: what stands beneath it can be read before, but is deaf. */
  async unlock(pin: string): Promise<void> {
    await this.enterPin(pin)
    await expect(this.page.getByRole('heading', { name: /is locked/ })).toBeHidden()
  }
}
