import { expect, type Locator, type Page } from '@playwright/test'

/** The inbox of what came in from outside. */
export class Leads {
  readonly page: Page
  readonly panel: Locator

  constructor(page: Page) {
    this.page = page
    this.panel = page.getByRole('complementary', { name: 'Lead' })
  }

  list(state: 'new' | 'accepted' | 'converted' | 'dismissed'): Locator {
    return this.page.getByRole('grid', { name: `Leads, ${state}` })
  }

  row(state: Parameters<Leads['list']>[0], who: string): Locator {
    return this.list(state).getByRole('row').filter({ hasText: who })
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name })
  }

  get answer(): Locator {
    return this.page.getByRole('textbox', { name: 'Your answer' })
  }

  get story(): Locator {
    return this.page.getByRole('list', { name: 'What was said and done' })
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+E')
    await expect(this.page.getByRole('heading', { name: 'Leads' })).toBeVisible()
  }
}
