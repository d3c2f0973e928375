import { expect, type Locator, type Page } from '@playwright/test'

/** How the workstation stands to the hub: the cell in the status bar, and the panel behind it. */
export class HubStatus {
  readonly page: Page
  readonly cell: Locator
  readonly panel: Locator
  readonly waiting: Locator

  constructor(page: Page) {
    this.page = page
    this.cell = page.getByRole('contentinfo').getByRole('button').filter({ has: page.getByRole('status') })
    this.panel = page.getByRole('dialog', { name: 'The hub' })
    this.waiting = this.panel.getByRole('grid', { name: 'Changes waiting for the hub' }).getByRole('row').filter({ has: page.getByRole('gridcell') })
  }

  /** Opens the panel by its key, from anywhere. */
  async open(): Promise<void> {
    await this.page.keyboard.press('Alt+h')
    await expect(this.panel).toBeVisible()
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.panel).toBeHidden()
  }

  async expectLink(words: string | RegExp): Promise<void> {
    await expect(this.cell).toContainText(words, { timeout: 30_000 })
  }

  async expectWaiting(count: number): Promise<void> {
    await expect(this.cell).toContainText(`${count} ${count === 1 ? 'change' : 'changes'} waiting`, { timeout: 30_000 })
  }
}

/** The form that joins an office, on the welcome page and in Settings, Hub. */
export class JoinForm {
  readonly page: Page
  readonly form: Locator
  readonly code: Locator
  readonly name: Locator

  constructor(page: Page) {
    this.page = page
    this.form = page.getByRole('form', { name: 'Join an office' })
    this.code = this.form.getByLabel('Code')
    this.name = this.form.getByLabel('Name of this workstation')
  }

  /** Pastes the code and looks; the focus goes on to the name where it leads somewhere. */
  async look(code: string): Promise<void> {
    await this.code.fill(code)
    await this.code.press('Enter')
    await expect(this.name).toBeFocused()
  }

  async enrol(name: string): Promise<void> {
    await this.name.fill(name)
    await this.name.press('Enter')
  }
}

/** Settings, Hub. */
export class HubSettings {
  readonly page: Page
  readonly join: JoinForm
  readonly strip: Locator
  readonly workstations: Locator
  readonly invitation: Locator
  readonly question: Locator

  constructor(page: Page) {
    this.page = page
    this.join = new JoinForm(page)
    this.strip = page.getByRole('region', { name: 'This workstation and the hub' })
    this.workstations = page.getByRole('grid', { name: 'Workstations' }).getByRole('row').filter({ has: page.getByRole('gridcell') })
    this.invitation = page.getByRole('form', { name: 'Invite a workstation' })
    this.question = page.getByRole('dialog')
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/settings/hub'
    })
    await expect(this.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Hub' })).toHaveAttribute('aria-current', 'page')
  }

  workstation(name: string): Locator {
    return this.workstations.filter({ hasText: name })
  }

  /** By keyboard: N, Ctrl+Enter. @returns the code to paste at the other workstation */
  async invite(): Promise<string> {
    await this.page.keyboard.press('n')
    await expect(this.invitation).toBeVisible()
    await this.page.keyboard.press('Control+Enter')
    const code = this.invitation.locator('[data-code]')
    await expect(code).toBeVisible()
    return (await code.textContent()) ?? ''
  }

  async revoke(name: string): Promise<void> {
    await this.workstation(name).click()
    await this.page.getByRole('form', { name }).getByRole('button', { name: 'Revoke' }).click()
    await expect(this.question).toBeVisible()
    await this.page.keyboard.press('Control+Enter')
    await expect(this.question).toBeHidden()
  }

  async leave(): Promise<void> {
    await this.strip.getByRole('button', { name: 'Leave the hub' }).click()
    await expect(this.question).toBeVisible()
    await this.page.keyboard.press('Control+Enter')
    await expect(this.join.form).toBeVisible()
  }
}
