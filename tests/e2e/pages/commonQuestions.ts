import { expect, type Locator, type Page } from '@playwright/test'

/** The common questions beside a call: a search, the questions, the answer to the marked one. */
export class CommonQuestions {
  readonly page: Page
  readonly panel: Locator
  readonly search: Locator
  readonly questions: Locator
  readonly answer: Locator

  constructor(page: Page) {
    this.page = page
    this.panel = page.getByRole('region', { name: 'Common questions' })
    this.search = this.panel.getByRole('combobox', { name: 'Search the questions' })
    this.questions = this.panel.getByRole('option')
    this.answer = this.panel.getByRole('group', { name: 'Answer' })
  }

  /** Opens them and types on at once, as somebody does who has a caller on the line. */
  async ask(words: string): Promise<void> {
    await this.page.keyboard.press('Alt+q')
    await this.page.keyboard.type(words)
    await expect(this.search).toHaveValue(words)
  }
}
