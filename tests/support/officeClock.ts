/** 10:24 in the morning of a Tuesday in July in Chicago: a board has visits behind and before it. */
const OFFICE_MOMENT = Date.UTC(2026, 6, 14, 15, 24)

/** The sample company's zone on a machine outside the Americas. */
export const OFFICE_ZONE = 'America/Chicago'

/**
 * A script that moves a program's clock to the office's morning, from where it runs on. The host's and the
 * page's must agree, or everything is overdue or nothing is. As text, because both get it before their own code.
 */
export function officeClockScript(): string {
  const offset = OFFICE_MOMENT - Date.now()
  return `{ const Real = Date; globalThis.Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(Real.now() + ${offset}); else super(...parts) } static now() { return Real.now() + ${offset} } } }`
}

/** The environment of a host with the office's clock; its worker threads take it over. */
export function officeClockEnv(script: string): Readonly<Record<string, string>> {
  return { TZ: OFFICE_ZONE, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}
