/**
 * The office's lines, as conf/kamailio.cfg carries them out; short forms (5550100) are dialled as well. Extensions 101 to
 * 109 are the front desk, 121 to 129 sales, 111 to 119 in no group, 2xx desk phones. docs/phone-lab.md has the whole plan.
 */
export const LINES = {
  /** The main number: rings the front desk. */
  main: '+13125550100',
  /** The second brand's number: rings the front desk too, and says so in X-Dialed-Number. */
  secondBrand: '+13125550150',
  /** Rings those who sell, and nobody else. */
  sales: '+13125550175',
} as const

/** A caller of the public network: the number comes from here unless a test says otherwise. */
export const CALLER = { name: 'Jane Homeowner', number: '+15125550142' } as const

export const REALM = 'sip.local'

/** Every extension's password. */
export function passwordOf(extension: string): string {
  return `secret-${extension}`
}
