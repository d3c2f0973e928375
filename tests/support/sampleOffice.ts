import { type Browser, expect, type Page } from '@playwright/test'
import { test as base } from './driver.ts'
import { OFFICE_ZONE, officeClockEnv, officeClockScript } from './officeClock.ts'
import { startWebHost, temporaryFolder } from './webHost.ts'

/** The sample company on a July morning, with one page that all tests of a file share. */
export interface SampleOffice {
  readonly page: Page
  /** A page of somebody who has not signed in. */
  openAnotherPage(): Promise<Page>
}

async function withSampleOffice(browser: Browser, use: (office: SampleOffice) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const clock = officeClockScript()
  const host = await startWebHost(folder.path, ['--sample'], officeClockEnv(clock))
  const openAnotherPage = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: OFFICE_ZONE, reducedMotion: 'reduce' })
    await context.addInitScript(clock)
    const page = await context.newPage()
    await page.goto(host.address)
    return page
  }
  try {
    const page = await openAnotherPage()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: 120_000 })
    await use({ page, openAnotherPage })
    await page.context().close()
  } finally {
    await host.stop()
    folder.remove()
  }
}

/** Playwright's `test` with one sample company for each worker: it takes half a minute to make, and looking changes little. */
export const test = base.extend<{ readonly page: Page }, { readonly office: SampleOffice }>({
  office: [
    async ({ ownBrowser }, use) => {
      if (!ownBrowser) throw new Error('The sample office is looked at in a browser')
      await withSampleOffice(ownBrowser, use)
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  page: async ({ office }, use) => use(office.page),
})

export { expect } from '@playwright/test'
