import { expect, type Locator, type Page } from '@playwright/test'
import type { CountingKeyboard } from './keyboard.ts'

/** What a test books; letters choose from lists, texts are the customer's own words. */
export interface BookingChoices {
  /** Only where the customer has several places: as many arrows down as it takes. */
  readonly location?: { readonly arrows: number; readonly access: string; readonly gateCode: string }
  /** Only to narrow the job types first: the walk passes the unit over, which a job type brings. */
  readonly unit?: string
  readonly jobType: string
  readonly summary: string
  readonly priority: string
  readonly item: string
  readonly quantity: string
  readonly window: '1' | '2' | '3'
  readonly payment: string
  readonly notes: string
  /** The confirmation is promised as it is offered; else it is taken back, which is the value it does not start with. */
  readonly confirmed?: boolean
}

/** Somebody new, as they say it; letters choose how they heard of us. */
export interface NewCaller {
  readonly person: { readonly firstName: string; readonly lastName: string; readonly email: string; readonly companyName: string; readonly leadSource: string }
  readonly place: { readonly line1: string; readonly line2: string; readonly postalCode: string; readonly city: string; readonly state: string; readonly accessNotes: string; readonly gateCode: string; readonly pets: string }
}

type Field = 'customer' | 'firstName' | 'lastName' | 'phone' | 'email' | 'companyName' | 'leadSource' | 'location' | 'line1' | 'line2' | 'postalCode' | 'city' | 'state' | 'pets' | 'accessNotes' | 'gateCode' | 'businessUnit' | 'jobType' | 'summary' | 'priority' | 'lines' | 'window' | 'overbook' | 'payment' | 'notes' | 'readBack' | 'confirmation' | 'book'

/** The booking screen: words left, fields right, one walk from the first gap to the button. */
export class Booking {
  readonly page: Page
  readonly form: Locator
  readonly side: Locator
  /** What is left, or why it was refused. */
  readonly status: Locator
  readonly bookButton: Locator

  constructor(page: Page) {
    this.page = page
    this.form = page.getByRole('form', { name: 'Booking' })
    this.side = page.getByRole('complementary', { name: 'Beside the script' })
    this.status = page.getByRole('main').getByRole('status')
    this.bookButton = page.getByRole('button', { name: /^Book / })
  }

  field(name: Field): Locator {
    return this.page.locator(`[data-field="${name}"]`)
  }

  /** A text field or list by its label. */
  input(label: string): Locator {
    return this.form.getByRole('combobox', { name: label, exact: true }).or(this.form.getByRole('textbox', { name: label, exact: true }))
  }

  get currentStep(): Locator {
    return this.form.locator('[aria-current=step]')
  }

  async expectFocus(name: Field): Promise<void> {
    const focused = (): Promise<string> =>
      this.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? `no field: ${document.activeElement?.outerHTML.slice(0, 160)}`)
    await expect.poll(focused).toBe(name)
  }

  async expectError(name: Field, message: string | RegExp): Promise<void> {
    await expect(this.field(name)).toContainText(message)
  }

  /** Everything from the first gap of a known customer to the button, each field given a value of its own. */
  async fill(keyboard: CountingKeyboard, choices: BookingChoices): Promise<void> {
    if (choices.location) {
      await this.expectFocus('location')
      for (let arrow = 0; arrow <= choices.location.arrows; arrow++) await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
      await this.expectFocus('accessNotes')
      await keyboard.freeText(choices.location.access)
      await keyboard.press('Enter')
      await this.expectFocus('gateCode')
      await keyboard.freeText(choices.location.gateCode)
      await keyboard.press('Enter')
    }
    await this.expectFocus('jobType')
    if (choices.unit !== undefined) {
      await keyboard.press('Shift+Tab')
      await this.#choose(keyboard, 'businessUnit', choices.unit)
    }
    await this.#choose(keyboard, 'jobType', choices.jobType)
    await this.expectFocus('summary')
    await keyboard.freeText(choices.summary)
    await keyboard.press('Enter')
    await this.#choose(keyboard, 'priority', choices.priority)
    await this.#addItem(keyboard, choices.item, choices.quantity)
    await this.expectFocus('window')
    await expect(this.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')).toHaveCount(3)
    await keyboard.press(choices.window)
    await this.#choose(keyboard, 'payment', choices.payment)
    await this.expectFocus('notes')
    await keyboard.freeText(choices.notes)
    await keyboard.press('Enter')
    await this.readBack(keyboard, choices.confirmed)
    await this.expectFocus('book')
  }

  /** Names somebody new who calls: the name, then \u201cNew customer\u201d; ends in the first name. */
  async newCaller(keyboard: CountingKeyboard, name: string): Promise<void> {
    await this.expectFocus('customer')
    await keyboard.freeText(name)
    await expect(this.page.getByRole('option', { name: /New customer/ })).toBeVisible()
    await keyboard.press('ArrowUp', 'Enter')
    await this.expectFocus('firstName')
  }

  /** Somebody new at a new place, from the field that finds callers to the job type; each field is given a value of its own. */
  async fillNew(keyboard: CountingKeyboard, { person, place }: NewCaller): Promise<void> {
    await keyboard.press('Enter')
    const said = async (name: Field, text: string): Promise<void> => {
      await this.expectFocus(name)
      await keyboard.freeText(text)
      await keyboard.press('Enter')
    }
    await said('firstName', person.firstName)
    await said('lastName', person.lastName)
    // The number that calls is there already.
    await said('phone', '')
    await said('email', person.email)
    await said('companyName', person.companyName)
    await this.#choose(keyboard, 'leadSource', person.leadSource)
    for (const name of ['line1', 'line2', 'postalCode', 'city', 'state', 'accessNotes', 'gateCode', 'pets'] as const) await said(name, place[name])
  }

  async #choose(keyboard: CountingKeyboard, name: Field, letters: string): Promise<void> {
    await this.expectFocus(name)
    await keyboard.letters(letters)
    await keyboard.press('Enter')
  }

  async #addItem(keyboard: CountingKeyboard, letters: string, quantity: string): Promise<void> {
    await this.expectFocus('lines')
    await keyboard.letters(letters)
    await expect(this.page.getByRole('listbox', { name: 'Add from the price book' }).getByRole('option').first()).toBeVisible()
    await keyboard.press('Enter')
    await expect(this.form.getByRole('textbox', { name: 'Quantity' }).last()).toBeFocused()
    await keyboard.letters(quantity)
    await keyboard.press('Enter')
  }

  /** Ticks the four lines in order, then keeps the promised confirmation or takes it back. */
  async readBack(keyboard: CountingKeyboard, confirmed = false): Promise<void> {
    for (let line = 0; line < 4; line++) {
      await expect(this.field('readBack').getByRole('checkbox').nth(line)).toBeFocused()
      await keyboard.press('Space')
    }
    await this.expectFocus('confirmation')
    await keyboard.press(confirmed ? 'Enter' : 'Space')
  }

  /** @returns the number of the booked job */
  async book(keyboard: CountingKeyboard): Promise<string> {
    await keyboard.press('Control+Enter')
    const said = this.page.getByText(/^Job \S+ booked for /)
    await expect(said).toBeVisible()
    return /^Job (\S+) booked/.exec((await said.innerText()).trim())?.[1] ?? ''
  }
}
