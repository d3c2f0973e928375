import { expect, type Locator, type Page } from '@playwright/test'

export interface MailAccount {
  readonly host: string
  readonly port: number
  readonly userName: string
  readonly password: string
  readonly fromAddress: string
}

/** Settings, Mail. */
export class MailSettings {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/settings/mail'
    })
    await expect(this.page.getByRole('textbox', { name: 'Mail server' })).toBeVisible()
  }

  async enter({ host, port, userName, fromAddress }: MailAccount): Promise<void> {
    const { page } = this
    await page.getByRole('textbox', { name: 'Mail server' }).fill(host)
    await page.getByRole('textbox', { name: 'Port' }).fill(String(port))
    await page.getByRole('combobox', { name: 'Secure line' }).focus()
    await page.keyboard.type('none')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'User name' }).fill(userName)
    await page.getByRole('textbox', { name: 'Sent from' }).fill(fromAddress)
    await page.getByRole('button', { name: /Save the mail server/ }).click()
    await expect(page.getByText('Mail server saved')).toBeVisible()
  }

  async keepPassword(password: string): Promise<void> {
    await this.page.getByLabel(/^(Another p|P)assword/).fill(password)
    await this.page.getByRole('button', { name: 'Keep the password here' }).click()
    await expect(this.page.getByText('A password is here.')).toBeVisible()
  }

  /** Sends a test and waits for what the mail server said. */
  async tryOut(to: string, says: RegExp): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Send a test to' }).fill(to)
    await this.page.getByRole('button', { name: 'Send a test' }).click()
    await expect(this.page.getByText(says)).toBeVisible()
  }
}

/** The emails of an invoice, on its screen. */
export class InvoiceEmails {
  readonly page: Page
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: /Email invoice/ })
  }

  async open(invoiceId: string): Promise<void> {
    await this.page.evaluate((id) => {
      location.hash = `#/money/invoices/${id}`
    }, invoiceId)
    await expect(this.page.getByRole('button', { name: /^Email/ })).toBeVisible()
  }

  /** By keyboard: M, Ctrl+Enter. */
  async send(): Promise<void> {
    await this.page.keyboard.press('m')
    await expect(this.dialog).toBeVisible()
    await this.page.keyboard.press('Control+Enter')
    await expect(this.dialog).toBeHidden()
  }

  email(state: 'done' | 'waiting' | 'uncertain' | 'failed' | 'dropped'): Locator {
    return this.page.locator(`[data-email=${state}]`)
  }
}
