import { randomUUID } from 'node:crypto'
import { type Browser, type BrowserContextOptions, chromium, type Page, test as base, type TestInfo } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { freePort, type HubProcess, startHubProcess } from './hubProcess.ts'
import { postgresFolder, postgresMissing } from './postgres.ts'
import { startWebHost, temporaryFolder, type WebHost } from './webHost.ts'

/** A workstation as a person has it: its own process, data folder and browser page. */
export interface WorkstationUnderTest {
  readonly host: WebHost
  readonly page: Page
}

/** An office with a hub: real processes, real PostgreSQL, a page for each workstation. */
export interface HubOffice {
  hub: HubProcess
  /** Pulls the cable from everybody: the hub is killed. */
  pullTheCable(): Promise<void>
  /** The hub starts again on the same data and address. */
  plugIn(): Promise<void>
  /** @param fill puts data into the folder before Baton starts */
  workstation(fill?: (dataDir: string) => Promise<void>): Promise<WorkstationUnderTest>
}

async function openPage(browser: Browser, host: WebHost, view: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-US', ...view })
  const page = await context.newPage()
  await page.goto(host.address)
  return page
}

async function attach(info: TestInfo, hub: HubProcess, workstations: readonly WorkstationUnderTest[]): Promise<void> {
  if (info.status === info.expectedStatus) return
  await info.attach('printed by the hub', { body: hub.output(), contentType: 'text/plain' })
  for (const { page, host } of workstations) {
    await info.attach(`screenshot ${randomUUID()}`, { body: await page.screenshot(), contentType: 'image/png' })
    await info.attach('printed by a workstation', { body: host.output(), contentType: 'text/plain' })
  }
}

/** Playwright's `test` with an office around a hub. */
export const test = base.extend<{ readonly view: BrowserContextOptions; readonly office: HubOffice }>({
  view: [{ viewport: { width: 1440, height: 900 } }, { option: true }],

  office: async ({ view }, use, info) => {
    const missing = postgresMissing()
    base.skip(missing !== undefined, missing ?? '')
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('There is no Chromium here. Install it (on Debian: apt-get install chromium) or name one with BATON_CHROMIUM.')
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
    const hubFolder = postgresFolder()
    const port = await freePort()
    const folders: ReturnType<typeof temporaryFolder>[] = []
    const workstations: WorkstationUnderTest[] = []
    const office: HubOffice = {
      hub: await startHubProcess(hubFolder.path, port),
      async pullTheCable() {
        await office.hub.kill()
      },
      async plugIn() {
        office.hub = await startHubProcess(hubFolder.path, port)
      },
      async workstation(fill) {
        const folder = temporaryFolder()
        folders.push(folder)
        await fill?.(folder.path)
        const host = await startWebHost(folder.path)
        const made = { host, page: await openPage(browser, host, view) }
        workstations.push(made)
        return made
      },
    }
    try {
      await use(office)
      await attach(info, office.hub, workstations)
    } finally {
      await browser.close()
      for (const { host } of workstations) await host.stop()
      await office.hub.stop()
      for (const folder of [...folders, hubFolder]) folder.remove()
    }
  },
})

export { expect } from '@playwright/test'
