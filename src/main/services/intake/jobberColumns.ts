import type { KeptAside } from '../../../shared/domain/intake/rows.ts'

/**
 * The columns of a Jobber clients export (design section 10; one row for each property, J-ID `client_property`).
 * Headings are compared without case, spaces and signs, so that a file a person has saved again still fits.
 */

export const FIELD_LABELS = {
  jobberId: 'Jobber id',
  isCompany: 'Is it a company',
  displayName: 'Name',
  companyName: 'Company name',
  firstName: 'First name',
  lastName: 'Last name',
  emails: 'Email addresses',
  mainPhone: 'Main phone',
  mobilePhone: 'Mobile phone',
  workPhone: 'Work phone',
  homePhone: 'Home phone',
  otherPhone: 'Other phone',
  fax: 'Fax',
  propertyName: 'Name of the place',
  street1: 'Street',
  street2: 'Second address line',
  city: 'City',
  state: 'State',
  zip: 'ZIP code',
  billingStreet1: 'Billing street',
  billingStreet2: 'Second billing line',
  billingCity: 'Billing city',
  billingState: 'Billing state',
  billingZip: 'Billing ZIP code',
  leadSource: 'Lead source',
  tags: 'Tags',
  archived: 'Archived',
} as const

export type Field = keyof typeof FIELD_LABELS

const HEADINGS: Readonly<Record<string, Field>> = {
  jid: 'jobberId',
  iscompany: 'isCompany',
  displayname: 'displayName',
  name: 'displayName',
  clientname: 'displayName',
  customername: 'displayName',
  companyname: 'companyName',
  company: 'companyName',
  firstname: 'firstName',
  lastname: 'lastName',
  emails: 'emails',
  email: 'emails',
  emailaddress: 'emails',
  mainphones: 'mainPhone',
  mainphone: 'mainPhone',
  phone: 'mainPhone',
  phonenumber: 'mainPhone',
  mobilephones: 'mobilePhone',
  mobilephone: 'mobilePhone',
  mobile: 'mobilePhone',
  workphones: 'workPhone',
  workphone: 'workPhone',
  homephones: 'homePhone',
  homephone: 'homePhone',
  otherphones: 'otherPhone',
  otherphone: 'otherPhone',
  faxphones: 'fax',
  fax: 'fax',
  servicepropertyname: 'propertyName',
  propertyname: 'propertyName',
  servicestreet1: 'street1',
  street1: 'street1',
  street: 'street1',
  address: 'street1',
  addressline1: 'street1',
  servicestreet2: 'street2',
  street2: 'street2',
  addressline2: 'street2',
  servicecity: 'city',
  city: 'city',
  servicestate: 'state',
  serviceprovince: 'state',
  state: 'state',
  servicezipcode: 'zip',
  servicezip: 'zip',
  zipcode: 'zip',
  zip: 'zip',
  postalcode: 'zip',
  billingstreet1: 'billingStreet1',
  billingstreet: 'billingStreet1',
  billingstreet2: 'billingStreet2',
  billingcity: 'billingCity',
  billingstate: 'billingState',
  billingzipcode: 'billingZip',
  billingzip: 'billingZip',
  leadsource: 'leadSource',
  tags: 'tags',
  archived: 'archived',
}

/** Jobber's own custom fields of clients and properties: `CFT[Gate]`, `PFS[Alarm?]`. Their values go into the note. */
const CUSTOM = /^[CP]F[A-Z]\s*\[(.+)\]$/

export type Target = { readonly kind: 'field'; readonly field: Field } | { readonly kind: 'note'; readonly label: string } | { readonly kind: 'none' }

export interface Column {
  readonly heading: string
  readonly target: Target
}

const folded = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]+/g, '')

/** What each column of the file becomes; of two that mean the same field the first has it. */
export function mapColumns(headings: readonly string[]): readonly Column[] {
  const taken = new Set<Field>()
  return headings.map((heading): Column => {
    const custom = CUSTOM.exec(heading.trim())
    if (custom) return { heading, target: { kind: 'note', label: (custom[1] ?? '').trim() } }
    const field = HEADINGS[folded(heading)]
    if (field === undefined || taken.has(field)) return { heading, target: { kind: 'none' } }
    taken.add(field)
    return { heading, target: { kind: 'field', field } }
  })
}

/** Why no customer can come of a file with these columns, if none can. */
export function missingColumns(columns: readonly Column[]): string | null {
  const fields = new Set(columns.flatMap(({ target }) => (target.kind === 'field' ? [target.field] : [])))
  const hasName = ['displayName', 'firstName', 'lastName', 'companyName'].some((field) => fields.has(field as Field))
  if (!hasName && !fields.has('street1')) return 'No column of this file has a name or an address. Choose a clients export from Jobber, saved as CSV with its heading row.'
  if (!hasName) return 'No column of this file has a name. Add one headed \u201cDisplay Name\u201d, or \u201cFirst Name\u201d and \u201cLast Name\u201d.'
  if (!fields.has('street1') && !fields.has('billingStreet1')) return 'No column of this file has an address. Add one headed \u201cService Street 1\u201d.'
  return null
}

export type Cells = Readonly<Partial<Record<Field, string>>>

/** One row's cells by field, and what goes into the note. */
export function cellsOf(columns: readonly Column[], record: readonly string[]): { readonly cells: Cells; readonly extra: readonly string[] } {
  const cells: Partial<Record<Field, string>> = {}
  const extra: string[] = []
  columns.forEach(({ target }, index) => {
    const value = record[index]?.trim() ?? ''
    if (value === '' || target.kind === 'none') return
    if (target.kind === 'field') cells[target.field] = value
    else extra.push(`${target.label}: ${value}`)
  })
  return { cells, extra }
}

/** The row as it stood in the file, heading by heading; cells beyond the headings have none. */
export function rawOf(columns: readonly Column[], record: readonly string[]): KeptAside['raw'] {
  const count = Math.min(Math.max(columns.length, record.length), 500)
  return Array.from({ length: count }, (_, index) => [(columns[index]?.heading ?? '').slice(0, 200), (record[index] ?? '').slice(0, 10_000)])
}
