/** The office's numbering plan, as conf/kamailio.cfg carries it out. Short forms (5550100) are dialled as well. */
export const LINES = {
  /** The main number: rings the front desk. */
  main: '+13125550100',
  /** The second brand's number: rings the front desk too, and says so in X-Dialed-Number. */
  secondBrand: '+13125550150',
  /** Rings those who sell, and nobody else. */
  sales: '+13125550175',
} as const

/** Everybody of a group rings at once. Extensions 111 to 119 are in neither, 201 to 209 are desk phones. */
export const GROUPS = {
  frontdesk: ['101', '102', '103', '104', '105', '106', '107', '108', '109'],
  sales: ['121', '122', '123', '124', '125', '126', '127', '128', '129'],
} as const

/** Dialled to hear one's messages. */
export const VOICEMAIL_CODE = '*97'

/** A caller of the public network: the number comes from here unless a test says otherwise. */
export const CALLER = { name: 'Jane Homeowner', number: '+15125550142' } as const

export const REALM = 'sip.local'

/** Every extension's password. */
export function passwordOf(extension: string): string {
  return `secret-${extension}`
}
