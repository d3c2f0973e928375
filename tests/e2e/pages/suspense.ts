import { expect, type Locator, type Page } from '@playwright/test'

/** Money whose customer is not there, and the form that says whose it is. */
export class Suspense {
  readonly page: Page
  readonly money: Locator
  readonly wanted: Locator
  readonly customer: Locator
  readonly putTo: Locator
  readonly refusal: Locator

  constructor(page: Page) {
    this.page = page
    this.money = page.getByRole('region', { name: 'The money' })
    this.wanted = page.getByRole('region', { name: 'Whom it was meant for' })
    const form = page.getByRole('form', { name: 'Place the money' })
    this.customer = form.getByRole('combobox', { name: 'Whose it is' })
    this.putTo = form.getByRole('combobox', { name: 'Put it to' })
    this.refusal = form.getByRole('alert')
  }

  /** From the queue: the promise in hand, Enter; the field for the customer has the focus. */
  async openFirst(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/queues/money-in-suspense'
    })
    await expect(this.page.getByRole('region', { name: 'The promise in hand' }).getByRole('button', { name: /Place the money/ })).toBeVisible()
    await this.page.keyboard.press('Enter')
    await expect(this.customer).toBeFocused()
  }

  /** Types and takes the best that is found; the focus goes on to what it pays. */
  async choose(typed: string, name: string): Promise<void> {
    await this.customer.pressSequentially(typed)
    await expect(this.page.getByRole('option', { name }).first()).toBeVisible()
    await this.page.keyboard.press('Enter')
    await expect(this.customer).toHaveValue(name)
    await expect(this.putTo).toBeFocused()
  }

  /** Ctrl+Enter; ends where it was opened from. */
  async place(): Promise<void> {
    await this.page.keyboard.press('Control+Enter')
    await expect(this.page).toHaveURL(/#\/queues\/money-in-suspense/)
  }

  /** Alt+G, the reason, Ctrl+Enter; ends where it was opened from. */
  async giveBack(reason: string): Promise<void> {
    await this.page.keyboard.press('Alt+g')
    await expect(this.page.getByRole('dialog').getByLabel('Reason')).toBeFocused()
    await this.page.keyboard.type(reason)
    await this.page.keyboard.press('Control+Enter')
    await expect(this.page).toHaveURL(/#\/queues\/money-in-suspense/)
  }
}
