import { expect, type Page } from '@playwright/test'
import type { BoardDay, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import { askBeside } from '../../support/askBeside.ts'
import { layoutFaults } from '../../support/layout.ts'
import { test } from '../../support/dayOffice.ts'

/** What happens around the dispatcher on a day, and what the store says of it. */
export class DispatchersDay {
  readonly #page: Page
  readonly #day: string
  #pictures = 0

  constructor(page: Page, day: string) {
    this.#page = page
    this.#day = day
  }

  async ask<T>(method: string, input: unknown = {}): Promise<T> {
    const [answer] = await askBeside(this.#page, [{ method, input }])
    return answer as T
  }

  board(): Promise<BoardDay> {
    return this.ask('board.day', { day: this.#day })
  }

  /** The visit of a customer as the board has it. */
  async visitOf(customer: string): Promise<BoardVisit> {
    const { planned, unassigned, hold } = await this.board()
    const found = [...planned, ...unassigned, ...hold].find(({ customerName }) => customerName === customer)
    if (!found) throw new Error(`${customer} has no visit on the board`)
    return found
  }

  async #promises(): Promise<readonly PromiseItem[]> {
    return (await this.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })).items
  }

  /** Nothing is owed that nobody holds, or without what to do next. */
  async expectAllHeld(): Promise<void> {
    expect(await this.ask('promises.summary')).toMatchObject({ withoutHolder: 0 })
    for (const { title, holder, nextStep } of await this.#promises()) {
      expect({ title, holder, nextStep }).toEqual({ title, holder: expect.stringMatching(/\S/), nextStep: expect.stringMatching(/\S/) })
    }
  }

  /** A moment of the day as it looks, kept with the test. */
  async moment(name: string): Promise<void> {
    this.#pictures += 1
    const path = test.info().outputPath(`${String(this.#pictures).padStart(2, '0')}-${name}.png`)
    await this.#page.screenshot({ path })
    await test.info().attach(name, { path, contentType: 'image/png' })
    expect.soft(await layoutFaults(this.#page), name).toEqual([])
  }
}
