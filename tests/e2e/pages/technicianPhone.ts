import { expect, type Locator, type Page } from '@playwright/test'

/** The technician's page on a telephone. */
export class TechnicianPhone {
  readonly page: Page
  readonly line: Locator
  readonly visits: Locator

  constructor(page: Page) {
    this.page = page
    this.line = page.getByRole('banner').getByRole('status')
    this.visits = page.getByRole('main').getByRole('listitem')
  }

  /** What the first pages kept lies on this telephone: the same, but for the links. */
  async keptByFirstPages(address: string): Promise<void> {
    await this.page.goto(new URL('app.css', address).href)
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open('baton-visits', 1)
          request.addEventListener('upgradeneeded', () => {
            for (const name of ['day', 'draft']) request.result.createObjectStore(name)
            request.result.createObjectStore('said', { keyPath: 'seq', autoIncrement: true })
          })
          request.addEventListener('success', () => {
            request.result.close()
            resolve()
          })
          request.addEventListener('error', () => reject(request.error ?? new Error('It keeps nothing')))
        }),
    )
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address)
    await expect(this.page.getByRole('heading', { level: 1 })).not.toHaveText('Visits')
    // The page is on the telephone: it opens without a line from here on.
    await this.page.evaluate(() => navigator.serviceWorker.ready)
  }

  visit(customer: string): Locator {
    return this.visits.filter({ hasText: customer })
  }

  /** Taps a button of a visit, until the page has taken the tap: one that comes right after another is not meant. */
  async tap(customer: string, label: string, shows: string | RegExp): Promise<void> {
    const visit = this.visit(customer)
    await expect(async () => {
      await visit.getByRole('button', { name: label, exact: true }).click({ timeout: 1_000 })
      await expect(visit).toContainText(shows, { timeout: 500 })
    }).toPass()
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo' }).click()
  }

  /** Fills in what came up, with photos; leaves sending to `send`. */
  async writeIssue(customer: string, text: string, photos: readonly Buffer[]): Promise<Locator> {
    await this.visit(customer).getByRole('button', { name: 'Something came up' }).click()
    const form = this.page.getByRole('dialog', { name: 'What came up?' })
    await form.getByLabel('What came up?').fill(text)
    for (const [index, photo] of photos.entries()) {
      await form.getByLabel('Add a photo').setInputFiles({ name: `photo-${index}.png`, mimeType: 'image/png', buffer: photo })
      await expect(form.getByRole('img')).toHaveCount(index + 1)
    }
    return form
  }

  async send(form: Locator): Promise<void> {
    await form.getByRole('button', { name: 'Send to the office' }).click()
    await expect(form).toBeHidden()
  }
}

/** Settings, Technicians: the links of one of them. */
export class TechnicianLinkSettings {
  readonly page: Page
  readonly section: Locator
  readonly links: Locator

  constructor(page: Page) {
    this.page = page
    this.section = page.getByRole('region', { name: 'Link for the telephone' })
    this.links = this.section.getByRole('list', { name: 'Links' }).getByRole('listitem')
  }

  async open(technicianId: string): Promise<void> {
    await this.page.evaluate((id) => {
      location.hash = `#/settings/technicians/${id}`
    }, technicianId)
    await expect(this.section).toBeVisible()
  }

  /** @returns the address, as it is shown for copying by hand */
  async make(): Promise<string> {
    await this.section.getByRole('button', { name: 'Make a link for today' }).click()
    const address = this.links.first().locator('[data-address]')
    await expect(address).toBeVisible()
    return (await address.textContent()) ?? ''
  }

  async takeBack(): Promise<void> {
    await this.links.first().getByRole('button', { name: 'Take it back' }).click()
    await expect(this.links).toHaveCount(0)
  }
}
