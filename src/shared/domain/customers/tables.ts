import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** How a customer is reached. */
export const CHANNELS = ['phone', 'text', 'email'] as const

export type Channel = (typeof CHANNELS)[number]

/** What a customer is written or called for: their own visits and invoices, or what the company would like to sell. */
export const CONTACT_PURPOSES = ['service', 'marketing'] as const

export type ContactPurpose = (typeof CONTACT_PURPOSES)[number]

/** How the company came to know what a customer wants. */
export const CONSENT_WAYS = ['call', 'inPerson', 'writing', 'reply', 'website'] as const

export type ConsentWay = (typeof CONSENT_WAYS)[number]

/** What stops or warns whoever is about to work for a customer. */
export const CUSTOMER_FLAGS = ['doNotService', 'badDebt', 'creditHold'] as const

export type CustomerFlag = (typeof CUSTOMER_FLAGS)[number]

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
    /** Since when what they owe is given up as bad debt; null where it is not. */
    badDebtAt: nullable(col.instant()),
    /** The language they are spoken to in (BCP 47); null where nobody has asked. */
    language: nullable(col.text()),
    /** When they are best reached, in their own words. */
    bestTime: nullable(col.text()),
    preferredChannel: nullable(col.oneOf(CHANNELS)),
    /** The technician they ask for. */
    askedForId: nullable(col.id()),
    /** Technicians who are not to come to them again; null for nobody. */
    notWantedIds: nullable(col.json<readonly string[]>()),
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
    /** Where the technician parks; null where nobody has asked. */
    parking: nullable(col.text()),
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

/** Who set or lifted a flag, when and why. Rows are only ever added; what holds now stands on the customer. */
export const flagChangeTable = defineTable(
  'flag_change',
  {
    customerId: col.ref('customer'),
    flag: col.oneOf(CUSTOMER_FLAGS),
    /** Set, or lifted. */
    raised: col.boolean(),
    /** Empty where an older Baton did not ask for one. */
    reason: col.text(),
    byId: col.id(),
    at: col.instant(),
  },
  { indexes: { byCustomer: ['customerId', 'at'] } },
)

/**
 * What a customer answered when they were asked whether they may be reached: one row an answer, none is ever changed, so
 * that it can be shown who was told what and when. The newest of a channel and purpose holds.
 */
export const consentTable = defineTable(
  'consent',
  {
    /** Whose answer it is; it stands though the hub may not know the customer any more. */
    customerId: col.id(),
    channel: col.oneOf(CHANNELS),
    purpose: col.oneOf(CONTACT_PURPOSES),
    granted: col.boolean(),
    way: col.oneOf(CONSENT_WAYS),
    /** The customer's words, where they matter. */
    words: col.text(),
    byId: col.id(),
    at: col.instant(),
  },
  { indexes: { byCustomer: ['customerId', 'at'] } },
)

/** Whether the company works where a ZIP code begins so, and which city and state it is. */
export const serviceAreaTable = defineTable('service_area', {
  /** Three to five digits; the longest that fits a ZIP code decides. The row’s id follows from it. */
  prefix: col.text(),
  city: col.text(),
  state: col.text(),
  inside: col.boolean(),
  /** What is said about it: a trip charge, whom to call instead. */
  note: col.text(),
})

export type Customer = Row<typeof customerTable>
export type Location = Row<typeof locationTable>
export type ContactMethod = Row<typeof contactMethodTable>
export type Note = Row<typeof noteTable>
export type FlagChange = Row<typeof flagChangeTable>
export type Consent = Row<typeof consentTable>
export type ServiceArea = Row<typeof serviceAreaTable>
