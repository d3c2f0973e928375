import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** Who pays. The person or company goes on when they move; what was done stays with the location. */
export const customerTable = defineTable(
  'customer',
  {
    number: col.text(),
    kind: col.oneOf(['residential', 'commercial']),
    /** What the office calls them: derived from the names below. */
    name: col.text(),
    firstName: col.text(),
    lastName: col.text(),
    companyName: col.text(),
    billingLine1: col.text(),
    billingLine2: col.text(),
    billingCity: col.text(),
    billingState: col.text(),
    billingPostalCode: col.text(),
    leadSource: col.text(),
    taxExempt: col.boolean(),
    doNotService: col.boolean(),
    creditHold: col.boolean(),
    archived: col.boolean(),
    importRunId: nullable(col.ref('import_run')),
  },
  { indexes: { byImportRun: ['importRunId'] } },
)

/** Where work happens. */
export const locationTable = defineTable(
  'location',
  {
    customerId: col.ref('customer'),
    name: col.text(),
    kind: col.oneOf(['home', 'business', 'rental']),
    line1: col.text(),
    line2: col.text(),
    city: col.text(),
    state: col.text(),
    postalCode: col.text(),
    /** Millionths of a degree. */
    latitude: nullable(col.integer()),
    longitude: nullable(col.integer()),
    zone: col.text(),
    taxZoneId: nullable(col.ref('tax_zone')),
    accessNotes: col.text(),
    gateCode: col.text(),
    pets: col.text(),
    importRunId: nullable(col.ref('import_run')),
  },
  { indexes: { byCustomer: ['customerId'], byPostalCode: ['postalCode'], byImportRun: ['importRunId'] } },
)

/** A telephone number or email address; several customers may share one. */
export const contactMethodTable = defineTable(
  'contact_method',
  {
    customerId: col.ref('customer'),
    locationId: nullable(col.ref('location')),
    kind: col.oneOf(['phone', 'email']),
    /** E.164 for a phone, lower case for an email. */
    value: col.text(),
    label: col.text(),
    position: col.integer(),
    importRunId: nullable(col.ref('import_run')),
  },
  { indexes: { byCustomer: ['customerId'], byValue: ['kind', 'value'], byImportRun: ['importRunId'] } },
)

export const noteTable = defineTable(
  'note',
  {
    customerId: nullable(col.ref('customer')),
    subjectKind: col.oneOf(['customer', 'location', 'job', 'call', 'invoice']),
    subjectId: col.id(),
    body: col.text(),
    pinned: col.boolean(),
    /** Who wrote it; a note stands though the hub may not know the person. */
    authorId: col.id(),
    at: col.instant(),
  },
  { indexes: { bySubject: ['subjectKind', 'subjectId'], byCustomer: ['customerId', 'pinned'] } },
)

export type Customer = Row<typeof customerTable>
export type Location = Row<typeof locationTable>
export type ContactMethod = Row<typeof contactMethodTable>
export type Note = Row<typeof noteTable>
