import { expect, type Locator, type Page } from '@playwright/test'

/** The Tasks area, the dialog that makes one from anywhere, and the one in hand. */
export class Tasks {
  readonly page: Page
  readonly list: Locator
  readonly panel: Locator
  readonly newTask: Locator
  readonly reminder: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('grid', { name: 'Tasks' })
    this.panel = page.getByRole('complementary', { name: 'The task in hand' })
    this.newTask = page.getByRole('dialog', { name: 'New task' })
    this.reminder = page.getByRole('contentinfo').getByRole('link', { name: /Reminder/ })
  }

  async open(): Promise<void> {
    await expect(this.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await this.page.keyboard.press('Alt+Shift+t')
    await expect(this.page).toHaveURL(/#\/tasks/)
    await expect(this.page.getByRole('heading', { name: 'Tasks', level: 1 })).toBeVisible()
  }

  /** Mine, my roles, asked by me, all, ended. */
  async view(key: '1' | '2' | '3' | '4' | '5'): Promise<void> {
    await this.page.keyboard.press(key)
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text })
  }

  /** Begins one from wherever the page stands and types its title. */
  async begin(title: string): Promise<void> {
    await this.page.keyboard.press('Alt+t')
    await expect(this.newTask.getByLabel('What is to be done')).toBeFocused()
    await this.page.keyboard.type(title)
  }

  async make(): Promise<void> {
    await this.page.keyboard.press('Control+Enter')
    await expect(this.newTask).toBeHidden()
  }

  /** Answers a dialog of the task in hand. */
  async say(key: string, words: string): Promise<void> {
    await this.page.keyboard.press(key)
    const dialog = this.page.getByRole('dialog')
    await expect(dialog.getByRole('textbox').first()).toBeFocused()
    await this.page.keyboard.type(words)
    await this.page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
  }
}

/** Going away and coming back. */
export class Absence {
  readonly page: Page
  readonly going: Locator
  readonly back: Locator

  constructor(page: Page) {
    this.page = page
    this.going = page.getByRole('dialog', { name: 'Away' })
    this.back = page.getByRole('dialog', { name: 'Welcome back' })
  }

  async ask(): Promise<void> {
    await this.page.keyboard.press('Shift+F2')
    await expect(this.going).toBeVisible()
  }
}
