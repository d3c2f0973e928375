import { expect, type Locator, type Page } from '@playwright/test'
import { askBeside } from '../../support/askBeside.ts'
import { Calls } from './calls.ts'

/** What a person does with a call, by keys alone; callers ring by themselves. */
export class TelephoneDesk {
  readonly page: Page
  readonly calls: Calls
  readonly keypad: Locator
  readonly through: Locator

  constructor(page: Page) {
    this.page = page
    this.calls = new Calls(page)
    this.keypad = page.getByRole('region', { name: 'Keypad' })
    this.through = page.getByRole('dialog', { name: 'Put through' })
  }

  get cell(): Locator {
    return this.calls.cell
  }

  async key(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** @returns the call that rings */
  async ring(script: string): Promise<string> {
    const [rung] = (await askBeside(this.page, [{ method: 'practice.ring', input: { script } }])) as readonly { readonly callId: string }[]
    return rung?.callId ?? ''
  }

  async talkWith(script: string): Promise<string> {
    const callId = await this.ring(script)
    await expect(this.cell).toContainText('Ringing')
    await this.calls.answer()
    return callId
  }

  async ask<Answer>(method: string, input: unknown = {}): Promise<Answer> {
    const [answer] = await askBeside(this.page, [{ method, input }])
    return answer as Answer
  }

  said(words: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: words })
  }

  /** Opens the menu and types who the caller goes to; ends with them marked. */
  async choose(typed: string, found: string | RegExp): Promise<void> {
    await this.key('F9')
    await expect(this.through.getByRole('combobox', { name: 'Who the caller goes to' })).toBeFocused()
    await this.page.keyboard.type(typed)
    await expect(this.through.getByRole('option', { selected: true })).toContainText(found)
  }
}
