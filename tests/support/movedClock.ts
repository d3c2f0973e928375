import { writeFileSync } from 'node:fs'
import type { BrowserContext, Page } from '@playwright/test'
import type { Instant } from '../../src/shared/base/time.ts'
import { OFFICE_ZONE } from './officeClock.ts'

/**
 * A clock of the office that a test moves: hours of a day pass at once, for the host and for every page. What a page looks at
 * every quarter minute it looks at when the clock is moved.
 */
export class MovedClock {
  readonly #file: string
  readonly #pages: Page[] = []
  #offset: number

  /** @param file where the host reads how far the clock is from the machine's */
  constructor(file: string, at: Instant) {
    this.#file = file
    this.#offset = at - Date.now()
    this.#write()
  }

  #write(): void {
    writeFileSync(this.#file, String(this.#offset))
  }

  get now(): Instant {
    return Date.now() + this.#offset
  }

  /** The environment of the host. It reads the file again where it was read longer ago than a blink. */
  get env(): Readonly<Record<string, string>> {
    const script = `import { readFileSync } from 'node:fs'
      const Real = Date
      const read = () => Number(readFileSync(${JSON.stringify(this.#file)}, 'utf8')) || 0
      let offset = read(), readAt = Real.now()
      const now = () => { const at = Real.now(); if (at - readAt > 20) { readAt = at; offset = read() || offset } return at + offset }
      globalThis.Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts) } static now() { return now() } }`
    return { TZ: OFFICE_ZONE, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
  }

  async into(context: BrowserContext): Promise<void> {
    await context.addInitScript((offset: number) => {
      const clock = { offset, looks: new Set<() => void>() }
      Object.assign(globalThis, { officeClock: clock })
      const Real = Date
      globalThis.Date = class extends Real {
        constructor(...parts: readonly unknown[]) {
          if (parts.length === 0) super(Real.now() + clock.offset)
          else super(...(parts as [number]))
        }
        static override now(): number {
          return Real.now() + clock.offset
        }
      } as DateConstructor
      const [set, clear] = [globalThis.setInterval, globalThis.clearInterval]
      const looks = new Map<unknown, () => void>()
      globalThis.setInterval = ((run: () => void, every?: number, ...rest: readonly unknown[]) => {
        const id = set(run, every, ...rest)
        if (every === 15_000) {
          looks.set(id, run)
          clock.looks.add(run)
        }
        return id
      }) as typeof setInterval
      globalThis.clearInterval = ((id?: number) => {
        const run = looks.get(id)
        if (run) clock.looks.delete(run)
        clear(id)
      }) as typeof clearInterval
    }, this.#offset)
  }

  shows(page: Page): void {
    this.#pages.push(page)
  }

  /** Time passes until then; back it never goes. */
  async moveTo(at: Instant): Promise<void> {
    if (at < this.now) return
    this.#offset = at - Date.now()
    this.#write()
    for (const page of this.#pages) {
      await page.evaluate((offset) => {
        const { officeClock: clock } = globalThis as unknown as { readonly officeClock: { offset: number; readonly looks: ReadonlySet<() => void> } }
        clock.offset = offset
        // Somebody was there all the time: the page does not lock.
        window.dispatchEvent(new Event('pointermove'))
        for (const look of clock.looks) look()
      }, this.#offset)
    }
  }
}
