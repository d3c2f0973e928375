import { mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { openStore } from '../../../src/main/store/store.ts'
import { newId } from '../../../src/shared/base/id.ts'
import { addDays, MINUTE, type IsoDay } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../src/shared/contract/methods/dispatch.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../support/chromium.ts'
import { postgresMissing } from '../../support/postgres.ts'
import { startWebHost, temporaryFolder, type WebHost } from '../../support/webHost.ts'
import { FrontDoor } from '../../e2e/pages/frontDoor.ts'
import { SideWindows } from '../../e2e/pages/sideWindows.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { sampleBackend } from '../sampleBackend.ts'
import { asCompany, companyIn, cutTo, type CompanyRows } from '../sync/company.ts'
import { foundCompany, type HubUnderTest, startHubUnderTest } from '../sync/hubUnderTest.ts'
import { connectTo, signInAs } from '../typing/hostClient.ts'

const AREA = 'board'
const PIN = '1234'
const ROWS = 20_000
/** There and back. */
const MOVES = 60
const MOST_MS = 150
const BETWEEN_MS = 120
/** What is not on the other screen after this long is taken to have needed it. */
const LOST_MS = 10_000
const VIEW = { width: 1440, height: 900 } as const

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

declare global {
  interface Window {
    /** When the watched bar was painted anew, epoch milliseconds. */
    paintedAt: number[]
    /** When the keys were pressed, epoch milliseconds. */
    pressedAt: number[]
  }
}

/** A workstation of the company at the hub: a host of its own, as a person starts it. */
async function startWorkstation(hub: HubUnderTest, companyId: string, directory: string, name: string): Promise<WebHost> {
  mkdirSync(directory)
  const host = await startWebHost(directory)
  const setup = await connectTo(host.address)
  await setup.ask('hub.enrol', { code: await hub.code(companyId), name })
  for (;;) {
    const { link, progress } = await setup.ask<{ link: string; progress: unknown }>('hub.state', {})
    if (link === 'online' && progress === null) break
    await pause(100)
  }
  setup.close()
  return host
}

async function openBoard(browser: Browser, host: WebHost, name: string, day: IsoDay): Promise<Page> {
  const page = await (await browser.newContext({ viewport: VIEW, locale: 'en-US' })).newPage()
  await page.goto(host.address)
  await new FrontDoor(page).signIn(name, PIN)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.evaluate((hash) => (location.hash = hash), `#/board?day=${day}`)
  await page.getByRole('grid', { name: /^Board/ }).waitFor()
  return page
}

/** A day of the sample company with work on it, and a visit that has a quarter of an hour free behind it. */
async function findVisit(host: WebHost): Promise<{ readonly day: IsoDay; readonly visit: BoardVisit }> {
  const client = await connectTo(host.address)
  await signInAs(client, /^Dana/, PIN)
  try {
    for (let ahead = 1; ahead < 8; ahead++) {
      const day = addDays(wallTimeOf(Date.now(), 'America/Chicago').day, ahead)
      const board = await client.ask<BoardDay>('board.day', { day })
      const blocks = new Map(board.groups.flatMap(({ technicians }) => technicians.map((technician) => [technician.id, technician.blocks] as const)))
      const visit = board.planned.find(({ id, state, locked, technicianId, crewIds, startsAt, endsAt }) => {
        if ((state !== 'scheduled' && state !== 'confirmed') || locked || technicianId === null || crewIds.length > 0 || startsAt === null || endsAt === null) return false
        const isFree = (from: number | null, to: number | null): boolean => from === null || to === null || to <= startsAt || from >= endsAt + 15 * MINUTE
        return (blocks.get(technicianId) ?? []).every((block) => isFree(block.startsAt, block.endsAt)) && board.planned.every((other) => other.id === id || other.technicianId !== technicianId || other.state === 'canceled' || isFree(other.startsAt, other.endsAt))
      })
      if (visit && board.planned.length >= 10) return { day, visit }
    }
    throw new Error('The sample company has no visit that could be moved')
  } finally {
    client.close()
  }
}

/** In the page: notes when the bar's new place is painted. By the clock of the machine, which every page shares. */
async function watchBar(page: Page, visitId: string): Promise<void> {
  await page.locator(`[data-bar="${visitId}"]`).first().waitFor()
  await page.evaluate((id) => {
    window.paintedAt = []
    const place = (): string => document.querySelector<HTMLElement>(`[data-bar="${id}"]`)?.getAttribute('aria-label') ?? ''
    let last = place()
    new MutationObserver(() => {
      const next = place()
      if (next === last || next === '') return
      last = next
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.paintedAt.push(performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  }, visitId)
}

async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isNew = !('pressedAt' in window)
    window.pressedAt = []
    if (isNew) window.addEventListener('keydown', ({ key, timeStamp }) => (key.startsWith('Arrow') ? void window.pressedAt.push(performance.timeOrigin + timeStamp) : undefined), true)
  })
}

async function untilPainted(page: Page, count: number): Promise<number> {
  await page.waitForFunction((wanted) => window.paintedAt.length >= wanted, count, { timeout: LOST_MS }).catch(() => undefined)
  return (await page.evaluate((index) => window.paintedAt[index], count - 1)) ?? Number.NaN
}

/** Moves the visit to and fro in one window; milliseconds from each key to the frame in the other. */
async function moveToAndFro(page: Page, other: Page, visitId: string): Promise<readonly number[]> {
  await watchKeys(page)
  await watchBar(other, visitId)
  const took: number[] = []
  for (let move = 0; move < MOVES; move++) {
    await page.locator(`[data-bar="${visitId}"]`).first().focus()
    await page.keyboard.press(move % 2 === 0 ? 'Alt+ArrowRight' : 'Alt+ArrowLeft')
    const at = await untilPainted(other, move + 1)
    const pressed = (await page.evaluate((index) => window.pressedAt[index], move)) ?? Number.NaN
    if (Number.isNaN(at)) throw new Error(`Move ${move + 1} never came to the other board: ${await page.locator('[role=alert]').allInnerTexts().then((texts) => texts.join(' '))}`)
    took.push(at - pressed)
    await pause(BETWEEN_MS)
  }
  return took
}

async function measure(browser: Browser, hub: HubUnderTest, company: CompanyRows, folder: (name: string) => string): Promise<readonly Figure[]> {
  await foundCompany(hub.admin, company)
  const hosts = [await startWorkstation(hub, company.companyId, folder('first'), 'Dispatch 1'), await startWorkstation(hub, company.companyId, folder('second'), 'Dispatch 2')] as const
  try {
    const { day, visit } = await findVisit(hosts[0])
    const page = await openBoard(browser, hosts[0], 'Dana', day)
    const window = await new SideWindows(page).open('Board')
    await window.setViewportSize(VIEW)
    await window.locator(`[data-bar="${visit.id}"]`).first().waitFor()
    const inWindow = await moveToAndFro(page, window, visit.id)
    // One after the other: a board on a machine of its own doesn't share its processor with this one's windows.
    await window.close()
    const elsewhere = await openBoard(browser, hosts[1], 'Sean', day)
    const throughHub = await moveToAndFro(page, elsewhere, visit.id)
    return [
      ['a change in one window to paint in another', inWindow] as const,
      ['a change through the hub to paint at another workstation', throughHub] as const,
    ].flatMap(([name, took]) => [
      figure(AREA, `${name}, p50`, quantile(took, 0.5), 'ms', { n: took.length }),
      figure(AREA, `${name}, p95`, quantile(took, 0.95), 'ms', { target: MOST_MS, n: took.length }),
    ])
  } finally {
    for (const host of hosts) await host.stop()
  }
}

/**
 * From the key that moves a visit in one window to the frame that shows it: in another window of the same person, and at another
 * workstation of the same hub. Real hosts, a real hub on PostgreSQL, the sample company on their boards.
 */
export async function* benchInStep(): AsyncGenerator<Figure> {
  const executablePath = findChromium()
  const missing = executablePath === undefined ? 'There is no Chromium here' : postgresMissing()
  if (missing !== undefined) return console.error(`${missing}, so it is not measured how soon a change is on another board.`)
  console.error(`Load average of the last minute ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} processors: what else this machine does is in these figures.`)
  const temporary = temporaryFolder()
  const folder = (name: string): string => join(temporary.path, name)
  mkdirSync(folder('sample'))
  const { backend } = await sampleBackend(folder('sample'))
  await backend.close()
  const store = openStore(folder('sample'))
  const company = asCompany(cutTo(companyIn(store), ROWS), newId())
  store.close()
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: [...CHROMIUM_FLAGS] })
  const hub = await startHubUnderTest()
  try {
    yield* await measure(browser, hub, company, folder)
  } finally {
    await hub.stop()
    await browser.close()
    temporary.remove()
  }
}
