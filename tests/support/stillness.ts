import type { Page } from '@playwright/test'

/** Moves the page's clock and runs what the page does by the clock, as if that time had passed. */
declare global {
  interface Window {
    passTime(milliseconds: number): void
    lookAround(): void
    whatMoved(): readonly string[]
    /** What the page has heard from its host, and what it has asked and is not answered. */
    readonly line: { events: number; asked: number; answered: number }
  }
}

/** Timers shorter than this only wait for something; longer ones are the page's own clock. */
const CLOCK_TICK_MS = 200

/**
 * Lets the page's time be moved on and its boxes be compared; to be called before anything is done on the page, which is
 * loaded once more.
 */
export async function watchStillness(page: Page): Promise<void> {
  await page.context().addInitScript(
    ({ shortest }) => {
      let ahead = 0
      const Before = Date
      const performanceNow = performance.now.bind(performance)
      window.Date = class extends Before {
        constructor(...parts: readonly unknown[]) {
          if (parts.length === 0) super(Before.now() + ahead)
          else super(...(parts as []))
        }
        static override now(): number {
          return Before.now() + ahead
        }
      } as unknown as DateConstructor
      performance.now = () => performanceNow() + ahead
      const ticking = new Map<number, () => void>()
      const [begin, end] = [window.setInterval.bind(window), window.clearInterval.bind(window)]
      window.setInterval = ((run: () => void, every: number) => {
        const timer = begin(run, every)
        if (every >= shortest) ticking.set(timer, run)
        return timer
      }) as unknown as typeof window.setInterval
      window.clearInterval = (timer) => {
        ticking.delete(Number(timer))
        end(timer)
      }
      const line = { events: 0, asked: 0, answered: 0 }
      Object.assign(window, { line })
      const send = WebSocket.prototype.send
      const heard = new WeakSet<WebSocket>()
      WebSocket.prototype.send = function (data) {
        send.call(this, data)
        const text = String(data)
        // The page's own line, not one that is opened beside it.
        if (!heard.has(this) && text.includes('"hello"')) {
          heard.add(this)
          this.addEventListener('message', ({ data: frame }: MessageEvent<string>) => {
            if (frame.includes('"t":"evt"')) line.events += 1
            if (frame.includes('"t":"ok"') || frame.includes('"t":"err"')) line.answered += 1
          })
        }
        if (text.includes('"t":"req"')) line.asked += 1
      }
      window.passTime = (milliseconds) => {
        ahead += milliseconds
        for (const run of [...ticking.values()]) run()
      }
    },
    { shortest: CLOCK_TICK_MS },
  )
  await page.reload()
  await page.evaluate(defineLooking)
}

/** In the page: remembers every box there is, and says what is not where it was. */
function defineLooking(): void {
  interface Seen {
    readonly element: Element
    readonly path: string
    readonly box: DOMRect
    readonly text: string
    readonly scroll: readonly [number, number]
  }
  let seen: readonly Seen[] = []
  let focus: { readonly element: Element | null; readonly caret: string } = { element: null, caret: '' }

  const pathOf = (element: Element): string => {
    const steps: string[] = []
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const parent: Element | null = at.parentElement
      steps.unshift(`${at.tagName}[${parent ? [...parent.children].indexOf(at) : 0}]`)
    }
    return steps.join('/')
  }
  const caretOf = (element: Element | null): string =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? `${element.selectionStart}-${element.selectionEnd}: ${element.value}` : ''
  const textOf = (element: Element): string => (element.textContent ?? '').trim()
  /** What the ring and the emergency may do is theirs; what is only spoken is nowhere; empty room between others is nothing. */
  const counts = (element: Element): boolean => {
    if (element.closest('[data-pop], [aria-label=Emergencies], .spoken') || !element.checkVisibility({ visibilityProperty: true })) return false
    const { width, height } = element.getBoundingClientRect()
    if (width === 0 || height === 0) return false
    return textOf(element) !== '' || element.matches('input, textarea, button, a, svg, [role]') || element.querySelector('input, textarea, button, svg') !== null
  }
  const nameOf = (element: Element): string => {
    const near = element.closest('[aria-label]')
    const words = textOf(element).replace(/\s+/g, ' ').slice(0, 40)
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> "${words}"${near ? ` in ${near.getAttribute('aria-label') ?? ''}` : ''}`
  }
  const say = ({ left, top, width, height }: DOMRect): string => `${Math.round(left)},${Math.round(top)} ${Math.round(width)}x${Math.round(height)}`
  const near = (left: number, right: number): boolean => Math.abs(left - right) < 1

  window.lookAround = () => {
    seen = [...document.querySelectorAll('body *')]
      .filter(counts)
      .map((element) => ({ element, path: pathOf(element), box: element.getBoundingClientRect(), text: textOf(element), scroll: [element.scrollLeft, element.scrollTop] }))
    focus = { element: document.activeElement, caret: caretOf(document.activeElement) }
  }
  window.whatMoved = () => {
    const faults: string[] = []
    const now = new Map([...document.querySelectorAll('body *')].map((element) => [pathOf(element), element]))
    for (const { element: before, path, box, text, scroll } of seen) {
      const element = before.isConnected ? before : now.get(path)
      if (!element || element.tagName !== before.tagName || !element.checkVisibility({ visibilityProperty: true })) continue
      const after = element.getBoundingClientRect()
      // What is over, a message for example, is gone without moving: what stood beside it is looked at by itself.
      if (after.width === 0 || after.height === 0) continue
      if (element.scrollLeft !== scroll[0] || element.scrollTop !== scroll[1]) faults.push(`scrolled: ${nameOf(element)}`)
      if (near(after.left, box.left) && near(after.top, box.top) && near(after.width, box.width) && near(after.height, box.height)) continue
      // Words that were swapped in their place are as long as they are, on the same line and from the same edge.
      const words = textOf(element) !== text && element.childElementCount === 0
      if (words && near(after.top, box.top) && near(after.height, box.height) && (near(after.left, box.left) || near(after.right, box.right))) continue
      faults.push(`${say(box)} is at ${say(after)}: ${nameOf(element)}`)
    }
    if (document.activeElement !== focus.element) faults.push(`the focus went to ${document.activeElement ? nameOf(document.activeElement) : 'nothing'}`)
    else if (caretOf(document.activeElement) !== focus.caret) faults.push('what is typed or marked changed')
    return faults
  }
}

/** Everything that others have done shows on the page: it has heard of the last of it, and whatever it asked then is answered. */
export async function showsAll(page: Page, lastOfIt: () => Promise<unknown>): Promise<void> {
  const before = await page.evaluate(() => window.line.events)
  await lastOfIt()
  await page.waitForFunction((known) => window.line.events > known && window.line.asked === window.line.answered, before)
  await painted(page)
  await page.waitForFunction(() => window.line.asked === window.line.answered)
  await painted(page)
}

/** A quarter minute, four times, with a frame painted after each. */
export async function passMinute(page: Page): Promise<void> {
  for (let quarter = 0; quarter < 4; quarter++) {
    await page.evaluate(() => window.passTime(15_000))
    await painted(page)
  }
}

/** When what has been answered by now is on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
}

export const lookAround = (page: Page): Promise<void> => page.evaluate(() => window.lookAround())

/** What is not where it was when `lookAround` was called: boxes, the focus, the caret, how far something is scrolled. */
export async function whatMoved(page: Page): Promise<readonly string[]> {
  await painted(page)
  return page.evaluate(() => window.whatMoved())
}
