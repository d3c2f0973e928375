import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { newId } from '../../../src/shared/base/id.ts'
import { addDays, type IsoDay } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import type { BoardDay } from '../../../src/shared/contract/methods/dispatch.ts'
import { FrontDoor } from '../../e2e/pages/frontDoor.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../support/chromium.ts'
import { startWebHost, temporaryFolder, type WebHost } from '../../support/webHost.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { sampleBackend } from '../sampleBackend.ts'
import { connectTo, type HostClient, signInAs } from '../typing/hostClient.ts'

const AREA = 'board'
const PIN = '1234'
const QUESTIONS = 200
const TECHNICIANS = 50
/** Callers come one behind the other, and each says something between two answers. */
const BETWEEN_MS = 40
const DAYS_AHEAD = 14
const VIEW = { width: 1600, height: 900 } as const
/** Before any question: what the board's frames take by themselves. */
const QUIET_FRAMES = 240
/** One frame of 60 Hz, and what a timer's rounding adds to it. */
const FULL_RATE_MS = 17
const SCROLL_PX = 24

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

declare global {
  interface Window {
    /** Milliseconds of each frame since the board began to be scrolled. */
    boardFrames: number[]
  }
}

interface Callers {
  readonly jobTypes: readonly { readonly id: string }[]
  readonly locations: readonly string[]
}

/** The sample company with as many technicians more, each with the skills, hours and home of one it has. */
async function hire(client: HostClient): Promise<void> {
  const { technicians } = await client.ask<{ technicians: readonly { readonly name: string; readonly active: boolean }[] }>('settings.get', {})
  const patterns = technicians.filter(({ active }) => active)
  for (let count = patterns.length; count < TECHNICIANS; count++) {
    await client.ask('technician.save', { ...patterns[count % patterns.length], id: newId(), name: `Technician ${count}`, position: count })
  }
}

/** A day ahead with work on it, and what callers may ask for and from where. */
async function findOffice(client: HostClient): Promise<{ readonly day: IsoDay; readonly technicians: number; readonly callers: Callers }> {
  const today = wallTimeOf(Date.now(), 'America/Chicago').day
  const boards: BoardDay[] = []
  for (let ahead = 0; ahead < 5; ahead++) boards.push(await client.ask<BoardDay>('board.day', { day: addDays(today, ahead) }))
  const fullest = boards.reduce((best, board) => (board.planned.length > best.planned.length ? board : best))
  const { jobTypes } = await client.ask<{ jobTypes: Callers['jobTypes'] }>('booking.form', {})
  const visits = boards.flatMap(({ planned }) => planned)
  const details = await Promise.all(visits.slice(0, 40).map(({ id }) => client.ask<{ locationId: string }>('board.visit', { appointmentId: id })))
  return {
    day: addDays(today, boards.indexOf(fullest)),
    technicians: fullest.groups.reduce((count, group) => count + group.technicians.length, 0),
    callers: { jobTypes, locations: details.map(({ locationId }) => locationId) },
  }
}

async function openBoard(browser: Browser, host: WebHost, day: IsoDay): Promise<Page> {
  const page = await (await browser.newContext({ viewport: VIEW, locale: 'en-US' })).newPage()
  await page.goto(host.address)
  await new FrontDoor(page).signIn('Dana', PIN)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}`)
  await page.locator('[data-bar]').first().waitFor()
  return page
}

/** Scrolls the board across and down, a step a frame, until the page is closed. */
async function keepScrolling(page: Page): Promise<void> {
  await page.evaluate((px) => {
    const board = document.querySelector<HTMLElement>('[data-testid=board]')
    if (!board) throw new Error('There is no board')
    window.boardFrames = []
    let [across, down] = [px, px]
    let last = performance.now()
    const step = (now: number): void => {
      window.boardFrames.push(now - last)
      last = now
      if (board.scrollLeft + across < 0 || board.scrollLeft + across > board.scrollWidth - board.clientWidth) across = -across
      if (board.scrollTop + down < 0 || board.scrollTop + down > board.scrollHeight - board.clientHeight) down = -down
      board.scrollLeft += across
      board.scrollTop += down
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  }, SCROLL_PX)
}

const framesSince = (page: Page, first: number): Promise<readonly number[]> => page.evaluate((from) => window.boardFrames.slice(from), first)

/** Every caller asks from another address for another kind of job; milliseconds of each answer, as the screen of whoever books sees them. */
async function askForWindows(client: HostClient, { jobTypes, locations }: Callers): Promise<readonly number[]> {
  const fromDay = wallTimeOf(Date.now(), 'America/Chicago').day
  await client.ask('dispatch.beginBooking', { days: DAYS_AHEAD })
  const took: number[] = []
  for (let caller = 0; caller < QUESTIONS; caller++) {
    const input = { jobTypeId: jobTypes[caller % jobTypes.length]!.id, fromDay, days: DAYS_AHEAD, locationId: locations[(caller * 7) % locations.length]!, reasons: 'offered' }
    const from = performance.now()
    const { windows } = await client.ask<{ windows: readonly unknown[] }>('dispatch.windows', input)
    took.push(performance.now() - from)
    if (windows.length === 0) throw new Error('No window was offered')
    await pause(BETWEEN_MS)
  }
  return took
}

async function measure(browser: Browser, host: WebHost): Promise<readonly Figure[]> {
  const client = await connectTo(host.address)
  try {
    await signInAs(client, /^Sean/, PIN)
    await hire(client)
    const { day, technicians, callers } = await findOffice(client)
    const page = await openBoard(browser, host, day)
    await keepScrolling(page)
    await page.waitForFunction((frames) => window.boardFrames.length >= frames, QUIET_FRAMES)
    const quiet = (await framesSince(page, 1)).slice(0, QUIET_FRAMES - 1)
    const first = await page.evaluate(() => window.boardFrames.length)
    const took = await askForWindows(client, callers)
    const busy = await framesSince(page, first)
    const office = `${DAYS_AHEAD} days × ${technicians} technicians`
    return [
      figure(AREA, `windows while the board is scrolled, ${office}, p95`, quantile(took, 0.95), 'ms', { target: 50, n: took.length }),
      figure(AREA, 'windows while the board is scrolled, p50', quantile(took, 0.5), 'ms', { n: took.length }),
      figure(AREA, 'frame of the board while windows are asked, p95', quantile(busy, 0.95), 'ms', { target: FULL_RATE_MS, n: busy.length, peer: 'nobody asks', peerValue: quantile(quiet, 0.95) }),
      figure(AREA, 'frame of the board while windows are asked, longest', Math.max(...busy), 'ms', { n: busy.length, peer: 'nobody asks', peerValue: Math.max(...quiet) }),
    ]
  } finally {
    client.close()
  }
}

/** The board is scrolled without a pause at one window while at another one caller after the other is offered arrival windows by the same host. */
export async function* benchDuringBooking(): AsyncGenerator<Figure> {
  const executablePath = findChromium()
  if (executablePath === undefined) return console.error('There is no Chromium here, so the board is not measured beside a booking.')
  const temporary = temporaryFolder()
  const directory = join(temporary.path, 'sample')
  mkdirSync(directory)
  const { backend } = await sampleBackend(directory)
  await backend.close()
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  const host = await startWebHost(directory)
  try {
    yield* await measure(browser, host)
  } finally {
    await host.stop()
    await browser.close()
    temporary.remove()
  }
}
