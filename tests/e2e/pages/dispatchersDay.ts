import { expect, type Page } from '@playwright/test'
import type { BoardDay, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import { askBeside, type AskedBeside } from '../../support/askBeside.ts'
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

  async visits(): Promise<readonly BoardVisit[]> {
    return (await this.board()).planned
  }

  /** The visit of a customer as the board has it. */
  async visitOf(customer: string): Promise<BoardVisit> {
    const { planned, unassigned, hold } = await this.board()
    const found = [...planned, ...unassigned, ...hold].find(({ customerName }) => customerName === customer)
    if (!found) throw new Error(`${customer} has no visit on the board`)
    return found
  }

  async promisesAbout(subjectId: string): Promise<readonly PromiseItem[]> {
    return (await this.#promises()).filter((item) => item.subjectId === subjectId)
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

  /**
   * The technicians work as planned until then: what was to be over by `now` is done, what was to have begun is being worked on.
   * @param but visits that others see to
   */
  async workUntil(now: number, but: ReadonlySet<string> = new Set()): Promise<void> {
    const rounds = (await this.visits()).filter(({ id, technicianId }) => technicianId !== null && !but.has(id)).map((visit) => steps(visit, now))
    for (let round = 0; round < 3; round += 1) {
      const asked = rounds.flatMap((states) => states.slice(round, round + 1))
      if (asked.length > 0) await askBeside(this.#page, asked)
    }
  }

  /** The technicians close out what they have done. */
  async closeOut(but: ReadonlySet<string>): Promise<void> {
    const done = (await this.visits()).filter(({ id, state, closedOutAt }) => state === 'done' && closedOutAt === null && !but.has(id))
    await askBeside(this.#page, done.map(({ id }) => ({ method: 'appointment.closeOut', input: { appointmentId: id, notes: 'Done and tried with the customer.' } })))
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

const ORDER = ['scheduled', 'confirmed', 'dispatched', 'working', 'done'] as const

/** What a technician has said of a visit by then. */
function steps(visit: BoardVisit, now: number): readonly AskedBeside[] {
  const { id, state, startsAt, endsAt } = visit
  if (startsAt === null || endsAt === null || startsAt > now) return []
  const at = ORDER.indexOf(state as (typeof ORDER)[number])
  const to = ORDER.indexOf(endsAt <= now ? 'done' : 'working')
  if (at < 0) return []
  return ORDER.slice(Math.max(at + 1, 2), to + 1).map((next) => ({ method: 'appointment.changeState', input: { appointmentId: id, to: next, reason: null } }))
}
