import { chromium, type CDPSession, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS } from '../../support/chromium.ts'
import { quantile } from '../figure.ts'
import './harness.ts'

/** What one page did in one run, in milliseconds, elements and megabytes. */
export interface BoardRun {
  readonly firstRender: number
  readonly moveSync: number
  readonly moveToPaintP95: number
  readonly downP95: number
  readonly acrossP95: number
  readonly dragP95: number
  readonly nodes: number
  readonly megabytes: number
  /** A colleague's change, shown with everything else that the backend answers; only where a page can. */
  readonly answer: number | null
}

const VIEWPORT = { width: 1600, height: 900 } as const
const SCROLL_FRAMES = 120
const MOVES = 30
const DRAG_STEPS = 40
const ANSWERS = 12
const PATIENCE_MS = 180_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Visits in sight, a few rows down and ten minutes on or back. */
const moves = (): readonly (readonly [string, number, string])[] =>
  Array.from({ length: MOVES }, (_, index) => [`j${index % 10}_${2 + (index % 4)}`, (index % 2 === 1 ? -1 : 1) * 600_000, `t${(index + 3) % 12}`] as const)

async function megabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
}

/** Forty steps of a real pointer, to the right and over three rows. */
async function drag(page: Page): Promise<number> {
  const place = await page.evaluate(() => window.bench.barRect())
  if (!place) throw new Error('No bar to drag is in sight')
  await page.evaluate(() => window.bench.recStart())
  await page.mouse.move(place.x, place.y)
  await page.mouse.down()
  for (let step = 1; step <= DRAG_STEPS; step++) await page.mouse.move(place.x + step * 2.5, place.y + Math.min(110, step * 3))
  await page.mouse.up()
  await pause(100)
  return quantile(await page.evaluate(() => window.bench.recStop()), 0.95)
}

const scrolled = (page: Page, axis: 'x' | 'y', px: number): Promise<number> =>
  page.evaluate(([along, frames, step]) => window.bench.scroll(along, frames, step), [axis, SCROLL_FRAMES, px] as const).then(({ frames }) => quantile(frames, 0.95))

/** Opens a page in a browser of its own and does everything with it once. */
export async function driveBoard(executablePath: string, address: string, picture: string | null): Promise<BoardRun> {
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  try {
    const page = await browser.newPage({ viewport: VIEWPORT })
    page.setDefaultTimeout(PATIENCE_MS)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await page.goto(address)
    await page.waitForFunction(() => window.ready === true)
    const mounted = await page.evaluate(() => window.bench.mount())
    const nodes = await page.evaluate(() => document.getElementsByTagName('*').length)
    await pause(500)
    if (picture !== null) await page.screenshot({ path: picture })
    const took = await page.evaluate((list) => window.bench.moves(list), moves())
    const downP95 = await scrolled(page, 'y', 40)
    const acrossP95 = await scrolled(page, 'x', 30)
    await pause(300)
    const dragP95 = await drag(page)
    const heap = await megabytes(session)
    const answers = await page.evaluate((times) => window.bench.answers?.(times) ?? null, ANSWERS)
    if (errors.length > 0) throw new Error(`${address}: ${errors.join('; ')}`)
    return {
      firstRender: mounted.painted,
      moveSync: quantile(took.map(([sync]) => sync), 0.5),
      moveToPaintP95: quantile(took.map(([, painted]) => painted), 0.95),
      downP95,
      acrossP95,
      dragP95,
      nodes,
      megabytes: heap,
      answer: answers ? quantile(answers, 0.5) : null,
    }
  } finally {
    await browser.close()
  }
}
