import { derivedId } from '../../../shared/base/id.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import { cleanText, foldText } from '../../../shared/base/text.ts'
import { importedCustomer, type ImportedCustomer } from '../../../shared/domain/intake/rows.ts'
import { readInput } from '../../../shared/domain/kernel/readInput.ts'
import { type Cells, cellsOf, type Column } from './jobberColumns.ts'
import { readState, readStreet, readZip } from './usAddress.ts'

/** What every row of one file shares. */
export interface ReadingContext {
  readonly columns: readonly Column[]
  /** Ids are derived from it, so that the preview and the import speak of the same customers. */
  readonly scope: string
  readonly zone: string
  readonly taxZoneId: string | null
}

export interface ClientRow {
  readonly kind: 'client'
  readonly rowNumber: number
  /** Rows with the same key are one customer with several locations. */
  readonly key: string
  /** One customer with one location. */
  readonly customer: ImportedCustomer
  /** Sentences without a full stop. */
  readonly warnings: readonly string[]
}

export interface BadRow {
  readonly kind: 'bad'
  readonly rowNumber: number
  readonly reason: string
}

type ImportedLocation = ImportedCustomer['locations'][number]

const list = (text: string | undefined, separator: RegExp): readonly string[] => (text ?? '').split(separator).map(cleanText).filter(Boolean)

const PHONES = [
  ['mobilePhone', 'Mobile'],
  ['mainPhone', 'Main'],
  ['homePhone', 'Home'],
  ['workPhone', 'Work'],
  ['otherPhone', 'Other'],
] as const

const EXTENSION = /\b(?:x|ext\.?|extension)\s*(\d{1,6})\s*$/i

/** A number that can't be read stays in the note as it was, so that a person can. */
function readPhones(cells: Cells, notes: string[], warnings: string[]): ImportedCustomer['phones'] {
  const phones: ImportedCustomer['phones'] = []
  for (const [field, label] of PHONES) {
    for (const text of list(cells[field], /[,;\n]| or /)) {
      const value = normalizePhone(text)
      const extension = EXTENSION.exec(text)?.[1]
      if (value === undefined) {
        notes.push(`${label} phone as written in the file: ${text}`)
        warnings.push(`\u201c${text}\u201d is not a telephone number; it is kept in a note`)
      } else if (!phones.some((phone) => phone.value === value)) phones.push({ value, label: extension === undefined ? label : `${label}, ext. ${extension}` })
    }
  }
  return phones
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u

function readEmails(cells: Cells, notes: string[], warnings: string[]): ImportedCustomer['emails'] {
  const emails: ImportedCustomer['emails'] = []
  for (const text of list(cells.emails, /[,;\s]+/)) {
    const value = text.toLowerCase()
    if (!EMAIL.test(value)) {
      notes.push(`Email as written in the file: ${text}`)
      warnings.push(`\u201c${text}\u201d is not an email address; it is kept in a note`)
    } else if (!emails.some((email) => email.value === value)) emails.push({ value, label: '' })
  }
  return emails
}

const says = (text: string | undefined): boolean => /^(true|yes|y|1|x)$/i.test(text ?? '')

function readNames(cells: Cells): Pick<ImportedCustomer, 'kind' | 'firstName' | 'lastName' | 'companyName'> {
  const { firstName = '', lastName = '', companyName = '', displayName = '' } = cells
  if (firstName !== '' || lastName !== '' || companyName !== '') {
    const commercial = companyName !== '' && (says(cells.isCompany) || (firstName === '' && lastName === '') || displayName === companyName)
    return { kind: commercial ? 'commercial' : 'residential', firstName, lastName, companyName }
  }
  if (says(cells.isCompany)) return { kind: 'commercial', firstName: '', lastName: '', companyName: displayName }
  const words = displayName.split(/\s+/)
  return { kind: 'residential', firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '', companyName: '' }
}

interface Address {
  readonly line1: string
  readonly line2: string
  readonly city: string
  readonly state: string
  readonly zip: string
}

function serviceAddress(cells: Cells): Address {
  return { line1: readStreet(cells.street1 ?? ''), line2: cells.street2 ?? '', city: cells.city ?? '', state: readState(cells.state ?? ''), zip: cells.zip ?? '' }
}

function billingAddressOf(cells: Cells): Address {
  return {
    line1: readStreet(cells.billingStreet1 ?? ''),
    line2: cells.billingStreet2 ?? '',
    city: cells.billingCity ?? '',
    state: readState(cells.billingState ?? ''),
    zip: cells.billingZip ?? '',
  }
}

/** Where the work is, or why that can't be told. */
function readPlace(cells: Cells, warnings: string[]): Address | string {
  const service = serviceAddress(cells)
  if (service.line1 !== '') return service.city === '' ? 'There is no city.' : service
  const billing = billingAddressOf(cells)
  if (service.city === '' && service.zip === '' && billing.line1 !== '' && billing.city !== '') {
    warnings.push('There is no service address; the billing address is used')
    return billing
  }
  return service.city === '' && service.zip === '' && billing.line1 === '' ? 'There is no address.' : 'There is no street.'
}

/** Rows of one client, by Jobber's id where there is one, else by name with telephone or email, else each by itself. */
function keyOf(cells: Cells, names: ReturnType<typeof readNames>, customer: Pick<ImportedCustomer, 'phones' | 'emails'>, rowNumber: number): string {
  const client = cells.jobberId?.split('_')[0] ?? ''
  if (client !== '') return `id ${client}`
  const contact = customer.phones[0]?.value ?? customer.emails[0]?.value
  if (contact === undefined) return `row ${rowNumber}`
  return `name ${foldText(`${names.firstName} ${names.lastName} ${names.companyName}`)} ${contact}`
}

function numberOf(cells: Cells, scope: string, rowNumber: number): string {
  const client = cells.jobberId?.split('_')[0] ?? ''
  return client === '' ? `F${scope.slice(-4)}-${rowNumber}` : `J${client}`.slice(0, 20)
}

function readLocation(place: Address, cells: Cells, kind: ImportedCustomer['kind'], context: ReadingContext, rowNumber: number, warnings: string[]): ImportedLocation {
  const zip = readZip(place.zip, place.state)
  if (zip.warning !== null) warnings.push(zip.warning)
  return {
    id: derivedId(context.scope, 'location', String(rowNumber)),
    name: cells.propertyName ?? '',
    kind: kind === 'commercial' ? 'business' : 'home',
    line1: place.line1,
    line2: place.line2,
    city: place.city,
    state: place.state,
    postalCode: zip.value,
    latitude: null,
    longitude: null,
    zone: context.zone,
    taxZoneId: context.taxZoneId,
    accessNotes: '',
    gateCode: '',
    pets: '',
  }
}

/**
 * One row of the file as a customer with one location. A row without a name or an address is bad; a telephone number
 * or email address that can't be read is a warning, and what was written goes into the note.
 */
export function readClient(record: readonly string[], rowNumber: number, context: ReadingContext): ClientRow | BadRow {
  const bad = (reason: string): BadRow => ({ kind: 'bad', rowNumber, reason })
  if (record.length !== context.columns.length) {
    return bad(`The row has ${record.length} cells where the heading has ${context.columns.length}. A comma or a quotation mark is out of place.`)
  }
  const { cells, extra } = cellsOf(context.columns, record)
  const names = readNames(cells)
  if (names.firstName === '' && names.lastName === '' && names.companyName === '') return bad('There is no name.')
  const warnings: string[] = []
  const place = readPlace(cells, warnings)
  if (typeof place === 'string') return bad(place)
  const notes = [...(cells.tags === undefined ? [] : [`Tags in Jobber: ${cells.tags}`]), ...(cells.fax === undefined ? [] : [`Fax: ${cells.fax}`]), ...extra]
  const contacts = { phones: readPhones(cells, notes, warnings), emails: readEmails(cells, notes, warnings) }
  const key = keyOf(cells, names, contacts, rowNumber)
  const billing = billingAddressOf(cells)
  const read = readInput(importedCustomer, {
    customerId: derivedId(context.scope, 'customer', key),
    number: numberOf(cells, context.scope, rowNumber),
    ...names,
    billing: { line1: billing.line1, line2: billing.line2, city: billing.city, state: billing.state, postalCode: readZip(billing.zip, billing.state).value },
    leadSource: cells.leadSource ?? '',
    taxExempt: false,
    doNotService: false,
    creditHold: false,
    archived: says(cells.archived),
    ...contacts,
    locations: [readLocation(place, cells, names.kind, context, rowNumber, warnings)],
    note: notes.join('\n'),
  })
  if (read.kind === 'unreadable') return bad(read.message)
  return { kind: 'client', rowNumber, key, customer: read.value, warnings }
}

/** Adds a further row of the same client: its location, and whatever telephone numbers and emails it has beside. */
export function mergeClients(first: ImportedCustomer, next: ImportedCustomer): ImportedCustomer {
  const added = <T extends { readonly value: string }>(have: readonly T[], more: readonly T[]): T[] => [
    ...have,
    ...more.filter((one) => !have.some((other) => other.value === one.value)),
  ]
  const known = new Set(first.note.split('\n'))
  const note = [first.note, ...next.note.split('\n').filter((line) => !known.has(line))].filter(Boolean).join('\n')
  return {
    ...first,
    phones: added(first.phones, next.phones).slice(0, 12),
    emails: added(first.emails, next.emails).slice(0, 12),
    locations: [...first.locations, ...next.locations],
    note: note.slice(0, 4000),
  }
}
