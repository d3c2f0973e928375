import { expect, type Locator, type Page } from '@playwright/test'
import { PRACTICE_STEPS, type PracticeStep, STEP_RULES } from '../../../src/shared/domain/practice/steps.ts'
import { Calls } from './calls.ts'

/** The list of practice callers, the room in which one is practised with, and what it scored. */
export class Practice {
  readonly page: Page
  readonly callers: Locator
  readonly band: Locator
  readonly dock: Locator
  readonly log: Locator
  readonly words: Locator
  readonly result: Locator

  constructor(page: Page) {
    this.page = page
    this.callers = page.getByRole('grid', { name: 'Practice callers' })
    this.band = page.getByRole('region', { name: 'Practice', exact: true })
    this.dock = page.getByRole('complementary', { name: 'Exercise' })
    this.log = page.getByRole('log', { name: 'The conversation' })
    this.words = this.dock.getByRole('textbox', { name: 'What you say' })
    this.result = page.getByRole('article', { name: 'Result' })
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+p')
    await expect(this.callers).toBeVisible()
  }

  /** Goes down to a caller and starts; ends in the room, with the telephone ringing. */
  async start(title: string): Promise<void> {
    const row = this.callers.getByRole('row', { selected: true })
    for (let step = 0; step < 10 && !(await row.innerText()).includes(title); step++) await this.page.keyboard.press('j')
    await expect(row).toContainText(title)
    await this.page.keyboard.press('s')
    await expect(this.band).toContainText('Nothing here reaches the company\u2019s records.')
    await expect(new Calls(this.page).cell).toContainText('Ringing')
  }

  /** Says something at a step; ends where the cursor was before. */
  async say(step: PracticeStep, words: string): Promise<void> {
    const { keyboard } = this.page
    await keyboard.press('Alt+s')
    await expect(this.words).toBeFocused()
    await keyboard.press(String(PRACTICE_STEPS.indexOf(step) + 1))
    await keyboard.type(words)
    await keyboard.press('Enter')
    await expect(this.log).toContainText(`You, ${STEP_RULES[step].name.toLowerCase()}: ${words}`)
    await expect(this.words).not.toBeFocused()
  }

  async expectCaller(words: string): Promise<void> {
    await expect(this.log).toContainText(words)
  }

  /** Ends in the office, at the result. */
  async score(): Promise<void> {
    await this.page.keyboard.press('Alt+v')
    await expect(this.result).toBeVisible()
    await expect(this.band).toBeHidden()
  }

  async expectPoints(points: { readonly total: number; readonly fields: number; readonly order: number; readonly words: number; readonly time: number }): Promise<void> {
    const { total, fields, order, words, time } = points
    await expect(this.result.locator('dl')).toContainText(`Score${total} of 100Fields${fields} of 45Order${order} of 20Words${words} of 25Time${time} of 10`)
  }

  /** A point of the result, by what it is about. */
  point(part: string, what: string): Locator {
    return this.result.getByRole('region', { name: part }).getByRole('row').filter({ hasText: what })
  }
}
