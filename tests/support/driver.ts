import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type Browser, type BrowserContextOptions, chromium, type Page, test as base, type TestInfo } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium, SOUND_FLAGS } from './chromium.ts'
import { findElectron } from './electronProgram.ts'
import { nextOfficeMorning, OFFICE_ZONE, officeClockEnv, officeClockScript } from './officeClock.ts'
import { ROOT, startWebHost, temporaryFolder, type WebHost } from './webHost.ts'

export type HostKind = 'web' | 'electron'

/**
 * A running Baton with its page open. Page objects get `page` and don't know which host is behind it;
 * a spec that needs a second page or a restart asks here.
 */
export interface Baton {
  readonly host: HostKind
  readonly page: Page
  readonly dataDir: string
  /** One more page of the same office with cookies of its own, as on a second person's screen; the web host only. */
  openAnotherPage(options?: BrowserContextOptions): Promise<Page>
  /** Ends the host as `kill -9` would and starts it again on the same data; the web host only. */
  crashAndRestart(): Promise<void>
  /** The host stands still, as on a machine that sleeps, until it is woken; the web host only. */
  fallAsleep(): void
  wake(): void
  /** What the host has printed. */
  output(): string
}

export interface BatonOptions {
  /** Flags of `npm start`, such as `--sample`. */
  readonly flags: readonly string[]
  /** Puts data into the folder before Baton starts; in an object, because a bare function would be taken for a fixture. */
  readonly prepare: { readonly fill: (dataDir: string) => Promise<void> } | null
  /** How the page is shown: size, colour scheme. */
  readonly view: BrowserContextOptions
}

interface Fixtures extends BatonOptions {
  readonly baton: Baton
  readonly page: Page
}

async function attachLogs(dataDir: string, printed: string, info: TestInfo): Promise<void> {
  await info.attach('printed by the host', { body: printed, contentType: 'text/plain' })
  const folder = join(dataDir, 'logs')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) await info.attach(name, { path: join(folder, name), contentType: 'text/plain' })
}

async function attachScreenshot(page: Page, info: TestInfo): Promise<void> {
  try {
    await info.attach('screenshot', { body: await page.screenshot({ timeout: 5000 }), contentType: 'image/png' })
  } catch {
    // The page is gone, which is what the failure is about.
  }
}

const failed = (info: TestInfo): boolean => info.status !== info.expectedStatus

async function inBrowser(browser: Browser, dataDir: string, options: BatonOptions, info: TestInfo, use: (baton: Baton) => Promise<void>): Promise<void> {
  const clock = officeClockScript(nextOfficeMorning())
  const start = (): Promise<WebHost> => startWebHost(dataDir, options.flags, officeClockEnv(clock))
  let host: WebHost = await start()
  const pages: Page[] = []
  const mistakes: string[] = []
  const open = async (view: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ acceptDownloads: true, locale: 'en-US', timezoneId: OFFICE_ZONE, ...view })
    await context.addInitScript(clock)
    const page = await context.newPage()
    page.on('pageerror', (error) => mistakes.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') mistakes.push(`console: ${message.text()}`)
    })
    await page.goto(host.address)
    pages.push(page)
    return page
  }
  try {
    const page = await open(options.view)
    await use({
      host: 'web',
      page,
      dataDir,
      openAnotherPage: (view) => open({ ...options.view, ...view }),
      async crashAndRestart() {
        host.process.kill('SIGKILL')
        await host.stop()
        host = await start()
        await page.goto(host.address)
      },
      fallAsleep: () => void host.process.kill('SIGSTOP'),
      wake: () => void host.process.kill('SIGCONT'),
      output: () => host.output(),
    })
  } finally {
    // One that still sleeps can't be stopped.
    host.process.kill('SIGCONT')
    if (failed(info)) {
      for (const page of pages) await attachScreenshot(page, info)
      await attachLogs(dataDir, [host.output(), ...mistakes].join('\n'), info)
    }
    for (const page of pages) await page.context().close()
    await host.stop()
  }
}

async function inElectron(program: string, dataDir: string, options: BatonOptions, info: TestInfo, use: (baton: Baton) => Promise<void>): Promise<void> {
  const flags = process.platform === 'linux' ? ['--no-sandbox'] : []
  const application = await _electron.launch({ executablePath: program, args: [...flags, ROOT, '--data', dataDir, ...options.flags] })
  let printed = ''
  application.process().stdout?.on('data', (data) => (printed += String(data)))
  application.process().stderr?.on('data', (data) => (printed += String(data)))
  const page = await application.firstWindow()
  const webOnly = (): never => {
    throw new Error('Only the web host can do this')
  }
  try {
    await use({ host: 'electron', page, dataDir, openAnotherPage: webOnly, crashAndRestart: webOnly, fallAsleep: webOnly, wake: webOnly, output: () => printed })
  } finally {
    if (failed(info)) {
      await attachScreenshot(page, info)
      await attachLogs(dataDir, printed, info)
    }
    await application.close()
  }
}

/**
 * Playwright's `test` with a Baton of its own for every test: its own process, port and data folder.
 * The project says which host (see playwright.config.ts); `test.use({ flags: ['--sample'] })` says how it starts.
 */
export const test = base.extend<Fixtures, { readonly hostKind: HostKind; readonly ownBrowser: Browser | null }>({
  hostKind: ['web', { option: true, scope: 'worker' }],
  flags: [[], { option: true }],
  prepare: [null, { option: true }],
  view: [{ viewport: { width: 1440, height: 900 } }, { option: true }],

  ownBrowser: [
    async ({ hostKind }, use) => {
      if (hostKind === 'electron') return use(null)
      const executablePath = findChromium()
      if (executablePath === undefined) throw new Error('There is no Chromium here. Install it (on Debian: apt-get install chromium) or name one with BATON_CHROMIUM.')
      const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...(process.env['BATON_PHONE_TESTS'] === undefined ? [] : SOUND_FLAGS)] })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],

  baton: async ({ hostKind, ownBrowser, flags, prepare, view }, use, info) => {
    const electron = findElectron()
    const missing = hostKind === 'electron' && 'missing' in electron ? electron.missing : null
    base.skip(missing !== null, missing ?? '')
    const folder = temporaryFolder()
    try {
      await prepare?.fill(folder.path)
      const options: BatonOptions = { flags, prepare, view }
      if (ownBrowser) await inBrowser(ownBrowser, folder.path, options, info, use)
      else if ('path' in electron) await inElectron(electron.path, folder.path, options, info, use)
    } finally {
      folder.remove()
    }
  },

  page: async ({ baton }, use) => use(baton.page),
})

export { expect } from '@playwright/test'
