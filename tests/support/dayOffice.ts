import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Instant } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { test as base } from './driver.ts'
import { MovedClock } from './movedClock.ts'
import { nextOfficeMorning, OFFICE_ZONE } from './officeClock.ts'
import { startWebHost, temporaryFolder } from './webHost.ts'
import { companyBeforeItsDay } from './wholeDay.ts'

/** An office whose whole day is lived through: the test moves its clock. */
export interface DayOffice {
  readonly page: Page
  /** Calendar day, as `2026-11-24`. */
  readonly day: string
  /** When that is, as `14:00`. */
  instantOf(time: string): Instant
  /** Moves the clock to a wall time of the day, as `14:00`. */
  at(time: string): Promise<void>
  moveTo(at: Instant): Promise<void>
  /** A screen of somebody else in the same office. */
  openAnotherPage(): Promise<Page>
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

/** Playwright's `test` in an office of its own that begins its day at 6:40 on a Tuesday. */
export const test = base.extend<{ readonly office: DayOffice }>({
  office: async ({ ownBrowser, view }, use, info) => {
    if (!ownBrowser) throw new Error('The day is lived through in a browser')
    const folder = temporaryFolder()
    // The company is set up by the machine's own clock: before the day.
    await companyBeforeItsDay(folder.path)
    const day = wallTimeOf(nextOfficeMorning(), OFFICE_ZONE).day
    const clock = new MovedClock(join(folder.path, 'clock.txt'), instantOf(day, minuteOf('06:40'), OFFICE_ZONE))
    const host = await startWebHost(folder.path, [], clock.env)
    const mistakes: string[] = []
    const open = async (): Promise<Page> => {
      const context = await ownBrowser.newContext({ acceptDownloads: true, locale: 'en-US', timezoneId: OFFICE_ZONE, reducedMotion: 'reduce', ...view })
      await clock.into(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => mistakes.push(`page error: ${error.message}`))
      await page.goto(host.address)
      clock.shows(page)
      return page
    }
    try {
      const page = await open()
      const whenIs = (time: string): Instant => instantOf(day, minuteOf(time), OFFICE_ZONE)
      await use({ page, day, instantOf: whenIs, at: (time) => clock.moveTo(whenIs(time)), moveTo: (at) => clock.moveTo(at), openAnotherPage: open })
      for (const context of ownBrowser.contexts()) await context.close()
    } finally {
      if (info.status !== info.expectedStatus) await info.attach('printed by the host', { body: [host.output(), ...mistakes].join('\n'), contentType: 'text/plain' })
      await host.stop()
      folder.remove()
    }
  },
})

export { expect } from '@playwright/test'
