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

/** A sample company for as long as `use` takes. @param browser null in a project without one */
export async function withSampleOffice(browser: Browser | null, use: (office: SampleOffice) => Promise<void>): Promise<void> {
  if (!browser) throw new Error('The sample office is looked at in a browser')
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

/** It takes half a minute to make, on a busy machine longer. */
export const MAKING_MS = 180_000

/** Playwright's `test` with one sample company for each worker: it takes half a minute to make, and looking changes little. */
export const test = base.extend<{ readonly page: Page }, { readonly office: SampleOffice }>({
  office: [
    ({ ownBrowser }, use) => withSampleOffice(ownBrowser, use),
    { scope: 'worker', timeout: MAKING_MS },
  ],

  page: async ({ office }, use) => use(office.page),
})

export { expect } from '@playwright/test'
