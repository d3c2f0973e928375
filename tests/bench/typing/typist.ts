import type { Page } from '@playwright/test'

/** A quick typist: about 25 keys a second would be a machine, 12 is a very fast person. */
const KEY_EVERY_MS = 80
const SEARCHES = ['harris', 'miller', '27 larkspur', '5550142', 'okonjo martin'] as const
const SENTENCE = 'The bathroom faucet drips and its handle is loose since we moved the vanity to the other wall. '

/** What a page noticed while somebody typed, in milliseconds. */
export interface Noticed {
  /** From each key to the frame that shows it. */
  readonly keys: readonly number[]
  /** Every task of the page's thread over 50 ms. */
  readonly longTasks: readonly number[]
}

export const FIELDS = ['summary', 'customer search'] as const
export type TypedField = (typeof FIELDS)[number]

declare global {
  interface Window {
    noticed: { keys: number[]; longTasks: number[] }
  }
}

/** In the page: from the key, as the browser stamps it, to the task after the frame's callbacks, which runs once it is painted. */
export function watchKeys(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.noticed = { keys: [], longTasks: [] }
    window.addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key.length !== 1) return
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => window.noticed.keys.push(performance.now() - timeStamp)
          port2.postMessage(null)
        })
      },
      true,
    )
    new PerformanceObserver((list) => window.noticed.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
}

/** What was noticed since it was asked last. */
export function noticedSince(page: Page): Promise<Noticed> {
  return page.evaluate(() => {
    const { keys, longTasks } = window.noticed
    window.noticed = { keys: [], longTasks: [] }
    return { keys, longTasks }
  })
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function typeText(page: Page, text: string, wanted: () => boolean): Promise<void> {
  for (const letter of text) {
    if (!wanted()) return
    const began = performance.now()
    await page.keyboard.type(letter)
    await pause(Math.max(0, KEY_EVERY_MS - (performance.now() - began)))
  }
}

/** Types so many letters into the booking's summary, or looks for callers, or fewer where it is called off. */
export async function typeInto(page: Page, field: TypedField, letters: number, wanted: () => boolean): Promise<void> {
  await page.locator(field === 'summary' ? '[data-field=summary] textarea' : '[data-field=customer] input').first().focus()
  for (let typed = 0, round = 0; typed < letters && wanted(); round++) {
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Backspace')
    const text = (field === 'summary' ? SENTENCE.repeat(3) : (SEARCHES[round % SEARCHES.length] ?? '')).slice(0, letters - typed)
    await typeText(page, text, wanted)
    typed += text.length
  }
}
