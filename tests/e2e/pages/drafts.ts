import { expect, type Locator, type Page } from '@playwright/test'
import { askBeside } from '../../support/askBeside.ts'

/** The line of drafts on the booking screen, and handing one to a colleague. */
export class Drafts {
  readonly page: Page
  readonly strip: Locator
  readonly handOverDialog: Locator

  constructor(page: Page) {
    this.page = page
    this.strip = page.getByRole('navigation', { name: 'Drafts' })
    this.handOverDialog = page.getByRole('dialog', { name: 'Hand this over' })
  }

  draft(who: string | RegExp): Locator {
    return this.strip.getByRole('button').filter({ hasText: who })
  }

  get current(): Locator {
    return this.strip.locator('[aria-current=page]')
  }

  /** The problem's field, which every draft has and which says whose it is in these tests. */
  get problem(): Locator {
    return this.page.locator('[data-field="summary"]').getByRole('textbox')
  }

  async next(): Promise<void> {
    await this.page.keyboard.press('Shift+F7')
  }

  /** Waits until the workstation's own store has these words; a person does not see that it has. */
  async expectKept(words: string): Promise<void> {
    await expect.poll(async () => JSON.stringify(await askBeside(this.page, [{ method: 'drafts.kept', input: {} }]))).toContain(words)
  }

  /** By letters of a name or a role; the caller goes along where one is on the line, unless they are kept. */
  async handTo(letters: string, note: string, caller: 'goes along' | 'is kept' = 'goes along'): Promise<void> {
    await this.page.keyboard.press('Shift+F9')
    await expect(this.handOverDialog.getByRole('combobox', { name: 'Who goes on with it' })).toBeFocused()
    await this.page.keyboard.type(letters)
    await this.page.keyboard.press('Tab')
    await this.page.keyboard.type(note)
    if (caller === 'is kept') {
      await this.page.keyboard.press('Tab')
      await expect(this.handOverDialog.getByRole('checkbox', { name: 'Put the caller through as well' })).toBeFocused()
      await this.page.keyboard.press('Space')
    }
    await this.page.keyboard.press('Control+Enter')
    await expect(this.handOverDialog).toBeHidden()
  }
}
