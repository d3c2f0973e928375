import { expect, type Locator, type Page } from '@playwright/test'
import { MINUTE, type Instant } from '../../../src/shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import { askBeside, type AskedBeside } from '../../support/askBeside.ts'
import { layoutFaults } from '../../support/layout.ts'
import { type DayOffice, test } from '../../support/dayOffice.ts'
import { clockOf } from '../../support/officeClock.ts'

/** How often the technicians are heard of while time passes. */
const HEARD_EVERY = 15 * MINUTE

/** What happens around the dispatcher on a day, and what the store says of it. */
export class DispatchersDay {
  readonly #page: Page
  readonly #office: DayOffice
  /** Visits that somebody else sees to than the technicians as planned. */
  readonly #kept = new Set<string>()
  #pictures = 0

  constructor(office: DayOffice) {
    this.#page = office.page
    this.#office = office
  }

  async ask<T>(method: string, input: unknown = {}): Promise<T> {
    const [answer] = await askBeside(this.#page, [{ method, input }])
    return answer as T
  }

  board(): Promise<BoardDay> {
    return this.ask('board.day', { day: this.#office.day })
  }

  /** What is planned today. */
  async visits(): Promise<readonly BoardVisit[]> {
    return (await this.board()).planned
  }

  async visitsOf(technician: string): Promise<readonly BoardVisit[]> {
    const { groups, planned } = await this.board()
    const found = groups.flatMap(({ technicians }) => technicians).find(({ name }) => name === technician)
    if (!found) throw new Error(`${technician} is not on the board`)
    return planned.filter(({ technicianId }) => technicianId === found.id).toSorted((left, right) => (left.startsAt ?? 0) - (right.startsAt ?? 0))
  }

  /** What takes a technician's time beside visits. */
  async blocksOf(technician: string): Promise<readonly string[]> {
    const { groups } = await this.board()
    return groups.flatMap(({ technicians }) => technicians.filter(({ name }) => name === technician).flatMap(({ blocks }) => blocks.map(({ kind }) => kind)))
  }

  /** The visit of a customer as the board has it. */
  async visitOf(customer: string): Promise<BoardVisit> {
    const { planned, unassigned, hold } = await this.board()
    const found = [...planned, ...unassigned, ...hold].find(({ customerName }) => customerName === customer)
    if (!found) throw new Error(`${customer} has no visit on the board`)
    return found
  }

  async promises(): Promise<readonly PromiseItem[]> {
    return (await this.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })).items
  }

  async promisesAbout(subjectId: string): Promise<readonly PromiseItem[]> {
    return (await this.promises()).filter((item) => item.subjectId === subjectId)
  }

  /** Nothing is owed that nobody holds, or without what to do next and by when. */
  async expectAllHeld(): Promise<void> {
    expect(await this.ask('promises.summary')).toMatchObject({ withoutHolder: 0 })
    for (const { title, holder, nextStep, dueAt } of await this.promises()) {
      expect({ title, holder, nextStep, dueAt }).toEqual({ title, holder: expect.stringMatching(/\S/), nextStep: expect.stringMatching(/\S/), dueAt: expect.any(Number) })
    }
  }

  /** The visit does not go as planned: what becomes of it is said in the test, and its technician goes on to none other. */
  keep({ id }: Pick<BoardVisit, 'id'>): void {
    this.#kept.add(id)
  }

  /** It goes on as planned again. */
  release({ id }: Pick<BoardVisit, 'id'>): void {
    this.#kept.delete(id)
  }

  releaseAll(): void {
    this.#kept.clear()
  }

  /** Time passes until then; the technicians work as planned meanwhile, and say so. @param time as `14:00` */
  async until(time: string): Promise<void> {
    const target = this.#office.instantOf(time)
    for (let now = Math.floor((await clockOf(this.#page)) / HEARD_EVERY + 1) * HEARD_EVERY; now < target; now += HEARD_EVERY) await this.#pass(now)
    await this.#pass(target)
    // The office looks at its day every half minute of the machine's time: here it looks when the hands stand still.
    const { dayStarts } = await this.board()
    await this.ask('dispatch.lookAround', { day: this.#office.day, zeroAt: dayStarts[0], at: target })
  }

  /** The board on the hour, kept as a picture. */
  async pictureAt(time: string): Promise<void> {
    await this.until(time)
    await this.moment(`at-${time.replace(':', '')}`)
  }

  async #pass(to: Instant): Promise<void> {
    await this.#office.moveTo(to)
    const seen = await this.visits()
    const rounds = [...Map.groupBy(seen, ({ technicianId }) => technicianId).values()].flatMap((own) => workOf(own, this.#kept, to))
    for (let round = 0; round < 3; round += 1) {
      const asked = rounds.flatMap((said) => said.slice(round, round + 1))
      if (asked.length > 0) await askBeside(this.#page, asked)
    }
  }

  /** What is done and not written down yet: the technicians say it before they go home. */
  async closeOut(): Promise<void> {
    const done = (await this.visits()).filter(({ id, state, closedOutAt }) => state === 'done' && closedOutAt === null && !this.#kept.has(id))
    if (done.length > 0) await askBeside(this.#page, done.map(({ id }) => debrief(id)))
  }

  /** Tab after Tab until it has the focus. */
  async tabTo(target: Locator): Promise<void> {
    for (let key = 0; key < 60; key += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.#page.keyboard.press('Tab')
    }
    await expect(target).toBeFocused()
  }

  /** Nobody may take a mouse here: what cannot be done by keys fails at the next moment that is kept. */
  async forbidTheMouse(): Promise<void> {
    const watch = (): void => {
      const seen = window as { mouseUses?: string[] }
      const uses = (seen.mouseUses ??= [])
      for (const type of ['pointerdown', 'pointermove', 'wheel', 'dragstart'] as const) {
        window.addEventListener(type, ({ isTrusted }) => (isTrusted ? uses.push(type) : undefined), { capture: true, passive: true })
      }
    }
    await this.#page.addInitScript(watch)
    await this.#page.evaluate(watch)
  }

  async expectNoMouse(): Promise<void> {
    expect(await this.#page.evaluate(() => (window as { mouseUses?: readonly string[] }).mouseUses)).toEqual([])
  }

  /** A moment of the day as it looks, kept with the test. */
  async moment(name: string): Promise<void> {
    this.#pictures += 1
    const path = test.info().outputPath(`${String(this.#pictures).padStart(2, '0')}-${name}.png`)
    await this.#page.screenshot({ path })
    await test.info().attach(name, { path, contentType: 'image/png' })
    expect.soft(await layoutFaults(this.#page), name).toEqual([])
    await this.expectNoMouse()
  }
}

/** How long after the work somebody writes down what was done. */
const DEBRIEF_AFTER = 30 * MINUTE

/** Nobody is through faster. */
const AT_LEAST = 30 * MINUTE

const debrief = (id: string): AskedBeside => ({ method: 'appointment.closeOut', input: { appointmentId: id, notes: 'Done and tried with the customer.' } })
const say = (id: string, to: string): AskedBeside => ({ method: 'appointment.changeState', input: { appointmentId: id, to, reason: null } })

/**
 * What a technician has said by then: one visit after the other, each until it was to end, or shorter where they came late.
 * @param own the visits of one technician
 * @param kept what goes otherwise than planned; nobody goes on to the next while at work there
 */
function workOf(own: readonly BoardVisit[], kept: ReadonlySet<string>, now: Instant): readonly (readonly AskedBeside[])[] {
  const said: (readonly AskedBeside[])[] = []
  let busy = false
  for (const { id, state, startsAt, endsAt, arrivedAt, doneAt, closedOutAt } of own.toSorted((left, right) => (left.startsAt ?? 0) - (right.startsAt ?? 0))) {
    if (startsAt === null || endsAt === null) continue
    if (state === 'working') {
      if (kept.has(id) || now < endsAt || (arrivedAt ?? now) + AT_LEAST > now) busy = true
      else said.push([say(id, 'done')])
    } else if (state === 'done' && closedOutAt === null && !kept.has(id) && (doneAt ?? now) + DEBRIEF_AFTER <= now) {
      said.push([debrief(id)])
    } else if ((state === 'scheduled' || state === 'confirmed' || state === 'dispatched') && startsAt <= now && !busy && !kept.has(id)) {
      busy = true
      said.push([...(state === 'dispatched' ? [] : [say(id, 'dispatched')]), say(id, 'working')])
    }
  }
  return said
}
