import { expect, type Locator, type Page } from '@playwright/test'

/** What is attached to a customer: the tab of their page. */
export class Attachments {
  readonly page: Page
  readonly list: Locator
  readonly picture: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('grid', { name: 'Attachments' })
    this.picture = page.getByRole('dialog').getByRole('img')
    // Held from the beginning: asked for only then, the browser may open its own dialog before it has heard.
    page.on('filechooser', () => undefined)
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('f')
    await expect(this.list).toBeVisible()
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text })
  }

  /** Chooses files in the system\u2019s dialog, opened by its key. */
  async choose(name: string, bytes: Buffer): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.page.keyboard.press('+')
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
    await expect(this.row(name)).toBeVisible()
  }

  /** Pastes a picture, as from a screenshot tool. */
  async paste(bytes: Buffer): Promise<void> {
    await this.page.evaluate((base64) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], 'image.png', { type: 'image/png' }))
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))
    }, bytes.toString('base64'))
    await expect(this.row(/Pasted/)).toBeVisible()
  }
}
