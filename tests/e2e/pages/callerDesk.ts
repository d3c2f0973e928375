import { expect, type Page, type TestInfo } from '@playwright/test'
import type { Instant } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import type { OutputOf } from '../../../src/renderer/api/types.ts'
import type { PromiseItem } from '../../../src/shared/contract/methods/promises.ts'
import type { TaskDetail } from '../../../src/shared/contract/methods/tasks.ts'
import { askBeside } from '../../support/askBeside.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { layoutFaults } from '../../support/layout.ts'
import { clockOf, OFFICE_ZONE } from '../../support/officeClock.ts'
import { CallPath } from './callPath.ts'
import { Calls } from './calls.ts'

const MINUTE = 60_000

type CallRecord = OutputOf<'calls.detail'>

/** Fields with their values, or with what they must look like. */
type Expected<Whole> = { readonly [Field in keyof Whole]?: unknown }

/** What a promise must say of itself; its due time lies between now and `within` minutes, or today. */
export interface ExpectedPromise {
  readonly title: RegExp
  readonly role: PromiseItem['role']
  /** Who holds it; without it anybody by name or role will do, but somebody. */
  readonly holder?: string
  readonly within: number | 'today'
}

/**
 * The desk at which a caller is served: callers ring by themselves (which nobody at the desk does), everything else is
 * done by keys. It reads what the caller leaves behind: the call, its promises, its tasks.
 */
export class CallerDesk {
  readonly page: Page
  readonly calls: Calls
  readonly path: CallPath
  readonly #info: TestInfo

  constructor(page: Page, info: TestInfo) {
    this.page = page
    this.calls = new Calls(page)
    this.path = new CallPath(page)
    this.#info = info
  }

  /** Notes every press of a mouse from now on. */
  async watchTheMouse(): Promise<void> {
    const watch = (): void => {
      const seen = window as { mousePresses?: number }
      if (seen.mousePresses !== undefined) return
      seen.mousePresses = 0
      window.addEventListener('pointerdown', () => (seen.mousePresses = (seen.mousePresses ?? 0) + 1), true)
    }
    await this.page.addInitScript(watch)
    await this.page.evaluate(watch)
    await this.page.evaluate(() => ((window as { mousePresses?: number }).mousePresses = 0))
  }

  async expectNoMouse(): Promise<void> {
    expect(await this.page.evaluate(() => (window as { mousePresses?: number }).mousePresses)).toBe(0)
  }

  /** @returns the call that rings */
  async ring(script: string): Promise<string> {
    const [rung] = (await askBeside(this.page, [{ method: 'practice.ring', input: { script } }])) as readonly { readonly callId: string }[]
    await expect(this.calls.cell).toContainText('Ringing')
    return rung?.callId ?? ''
  }

  /** Lets a caller ring and answers; ends on the booking screen, where it is known who calls as far as it can be. */
  async answer(script: string): Promise<string> {
    const callId = await this.ring(script)
    await this.calls.answer()
    await expect(this.page.getByRole('heading', { level: 1, name: 'Booking' })).toBeVisible()
    return callId
  }

  /** The caller\u2019s decisive moment: nothing is wrong with how it looks, and a picture of it is kept. */
  async moment(name: string): Promise<void> {
    await this.page.screenshot({ path: this.#info.outputPath(`${name}.png`) })
    expect.soft(await layoutFaults(this.page)).toEqual([])
    expect.soft(await this.#coveredButtons()).toEqual([])
    expect.soft(await accessibilityFaults(this.page, { fewRows: true })).toEqual([])
  }

  /** Buttons at the screen\u2019s foot that something lies over: a toast about the call before. */
  #coveredButtons(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-pinned-foot] button')].flatMap((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect()
        const seen = [left + 8, right - 8].every((x) => [top + 4, bottom - 4].every((y) => button.contains(document.elementFromPoint(x, y))))
        return seen ? [] : [button.innerText]
      }),
    )
  }

  /** Hangs up; nothing is asked, because it is said already how the call ended. Ends on the log, whose first row it is. */
  async hangUp(log: RegExp): Promise<void> {
    await this.page.keyboard.press('Shift+F8')
    await expect(this.calls.cell).toContainText('Ready')
    await expect(this.calls.question).toBeHidden()
    await this.seeLog(log)
  }

  async seeLog(log: RegExp): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+c')
    await expect(this.calls.list.getByRole('row').nth(1)).toContainText(log)
  }

  /** Goes on with the keys until a button of a switch has the focus, and presses it. */
  async press(label: string): Promise<void> {
    const button = this.page.getByRole('button', { name: label, exact: true })
    const has = (): Promise<boolean> => button.evaluate((element) => element === document.activeElement)
    for (let key = 0; key < 6 && !(await has()); key += 1) await this.page.keyboard.press('ArrowRight')
    await expect(button).toBeFocused()
    await this.page.keyboard.press('Space')
  }

  /** Asks the backend as the person at the desk. */
  async ask<Answer>(method: string, input: unknown = {}): Promise<Answer> {
    const [answer] = await askBeside(this.page, [{ method, input }])
    return answer as Answer
  }

  record(callId: string): Promise<CallRecord> {
    return this.ask('calls.detail', { callId })
  }

  /** The call as the log keeps it; what it names is there whoever looks. */
  async expectRecord(callId: string, record: Expected<CallRecord>): Promise<CallRecord> {
    await expect(async () => expect(await this.record(callId)).toMatchObject(record)).toPass({ timeout: 10_000 })
    return this.record(callId)
  }

  async promisesAbout(subjectId: string): Promise<readonly PromiseItem[]> {
    const { items } = await this.ask<{ readonly items: readonly PromiseItem[] }>('queue.items', { of: { kind: 'everybodys' } })
    return items.filter((item) => item.subjectId === subjectId)
  }

  /** An open promise about a record: with a holder, a next step and a due time. */
  async expectPromise(subjectId: string, { title, role, holder, within }: ExpectedPromise): Promise<PromiseItem> {
    const about = await this.promisesAbout(subjectId)
    const promise = about.find((candidate) => title.test(candidate.title))
    expect(about.map((candidate) => candidate.title)).toContainEqual(expect.stringMatching(title))
    if (!promise) throw new Error(`No promise ${title}`)
    expect(promise.role).toBe(role)
    expect(promise.holder).not.toBe('')
    if (holder !== undefined) expect(promise.holder).toBe(holder)
    expect(promise.nextStep).not.toBe('')
    this.#expectDue(promise.dueAt, await clockOf(this.page), within)
    return promise
  }

  #expectDue(dueAt: Instant, now: Instant, within: number | 'today'): void {
    expect(dueAt).toBeGreaterThan(now)
    if (within === 'today') expect(wallTimeOf(dueAt, OFFICE_ZONE).day).toBe(wallTimeOf(now, OFFICE_ZONE).day)
    else expect(dueAt).toBeLessThanOrEqual(now + within * MINUTE)
  }

  async tasksOfCall(callId: string): Promise<readonly TaskDetail[]> {
    const { items } = await this.ask<{ readonly items: readonly { readonly taskId: string }[] }>('tasks.list', { view: 'all' })
    const all = (await askBeside(this.page, items.map(({ taskId }) => ({ method: 'tasks.get', input: { taskId } })))) as readonly TaskDetail[]
    return all.filter(({ call }) => call?.id === callId)
  }

  /** The only task of its type that came of a call, and the promise that keeps it. */
  async expectTask(callId: string, task: Expected<TaskDetail>, promise: ExpectedPromise): Promise<TaskDetail> {
    const tasks = (await this.tasksOfCall(callId)).filter(({ type }) => task.type === undefined || type === task.type)
    expect(tasks).toMatchObject([{ state: 'open', source: 'call', ...task }])
    const [only] = tasks
    if (!only) throw new Error('No task')
    await this.expectPromise(only.taskId, promise)
    return only
  }

  /** The task as its holder finds it: in the list of all, by keys. */
  async seeTask(title: string | RegExp): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+t')
    await expect(this.page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible()
    await this.page.keyboard.press('4')
    await expect(this.page.getByRole('grid', { name: 'Tasks' }).getByRole('row').filter({ hasText: title }).first()).toBeVisible()
  }

  /** Nothing is owed that nobody holds. */
  async expectEverythingHeld(): Promise<void> {
    expect(await this.ask('promises.summary')).toMatchObject({ withoutHolder: 0 })
  }
}
