import type { Page } from '@playwright/test'
import { addDays, type Instant, weekdayOf } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'

/** 10:24 in the morning of a Tuesday in July in Chicago: a board has visits behind and before it. */
const OFFICE_MOMENT = Date.UTC(2026, 6, 14, 15, 24)
const MORNING = 10 * 60 + 24
const TUESDAY = 2

/** The sample company's zone on a machine outside the Americas. */
export const OFFICE_ZONE = 'America/Chicago'

/**
 * The next Tuesday at 10:24 in the morning: which windows are left of the day and which trades work on it must not
 * depend on the hour at which the tests run. Later than now, so that what was put into the folder before is past.
 */
export function nextOfficeMorning(): Instant {
  const now = Date.now()
  const today = wallTimeOf(now, OFFICE_ZONE).day
  for (let days = 0; ; days += 1) {
    const day = addDays(today, days)
    const morning = instantOf(day, MORNING, OFFICE_ZONE)
    if (weekdayOf(day) === TUESDAY && morning > now) return morning
  }
}

/**
 * A script that moves a program's clock to the office's morning, from where it runs on. The host's and the
 * page's must agree, or everything is overdue or nothing is. As text, because both get it before their own code.
 */
export function officeClockScript(moment: Instant = OFFICE_MOMENT): string {
  const offset = moment - Date.now()
  return `{ const Real = Date; globalThis.Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(Real.now() + ${offset}); else super(...parts) } static now() { return Real.now() + ${offset} } } }`
}

/** The environment of a host with the office's clock; its worker threads take it over. */
export function officeClockEnv(script: string): Readonly<Record<string, string>> {
  return { TZ: OFFICE_ZONE, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

/** What time it is where the page is shown, epoch milliseconds. */
export function clockOf(page: Page): Promise<Instant> {
  return page.evaluate(() => Date.now())
}
