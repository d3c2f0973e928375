import { expect, type Locator, type Page } from '@playwright/test'

/** The telephone on every screen, and the Calls area with the practice line. */
export class Calls {
  readonly page: Page
  readonly cell: Locator
  readonly pop: Locator
  readonly question: Locator
  readonly practiceCard: Locator
  readonly list: Locator
  readonly detail: Locator

  constructor(page: Page) {
    this.page = page
    this.cell = page.getByRole('group', { name: 'Telephone' })
    this.pop = page.getByRole('region', { name: 'Ringing call' })
    this.question = page.getByRole('dialog', { name: 'How did this call end?' })
    this.practiceCard = page.getByRole('region', { name: 'Practice caller' })
    this.list = page.getByRole('grid', { name: 'Calls' })
    this.detail = page.getByRole('complementary', { name: 'Call', exact: true })
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calls' }).click()
    await expect(this.list).toBeVisible()
  }

  /** Lets the next scripted caller ring, by key. */
  async practice(): Promise<void> {
    await this.page.keyboard.press('Alt+r')
    await expect(this.cell).toContainText('Ringing')
  }

  /** Lets one scripted caller ring, from the practice line's list. */
  async practiceAs(title: string | RegExp): Promise<void> {
    await this.page.getByRole('complementary', { name: 'Practice line' }).getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: 'Ring' }).click()
    await expect(this.cell).toContainText('Ringing')
  }

  async answer(): Promise<void> {
    await this.page.keyboard.press('F8')
    await expect(this.pop).toBeHidden()
    await expect(this.cell).toContainText('End')
  }

  /** Ends the call; the question how it ended is there when nothing was booked. */
  async end(): Promise<void> {
    await this.page.keyboard.press('Shift+F8')
    await expect(this.question.getByRole('combobox', { name: 'Why was nothing booked?' })).toBeFocused()
  }

  /** Answers the question by type-ahead. */
  async say(letters: string): Promise<void> {
    await this.page.keyboard.type(letters)
    await this.page.keyboard.press('Tab')
    await this.page.keyboard.press('Control+Enter')
    await expect(this.question).toBeHidden()
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text })
  }
}
