import { col, defineTable, type Row } from '../kernel/table.ts'

/**
 * How the line to the mail server is kept from being read. `tls`: from the first byte (port 465). `startTls`: after a
 * greeting, and not at all without (587). `none`: readable; for a server on this machine or in this house.
 */
export const MAIL_SECURITIES = ['tls', 'startTls', 'none'] as const

/** The company's mail server, one row with the company's id. The password is with each workstation, never in a row. */
export const mailSettingsTable = defineTable(
  'mail_settings',
  {
    host: col.text(),
    port: col.integer(),
    security: col.oneOf(MAIL_SECURITIES),
    /** Empty: the server asks nobody who they are. */
    userName: col.text(),
    fromName: col.text(),
    fromAddress: col.text(),
  },
  { resident: true },
)

export type MailSettings = Row<typeof mailSettingsTable>
