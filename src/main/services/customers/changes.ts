import { formatPhone } from '../../../shared/base/phone.ts'
import type { TimelineEntry } from '../../../shared/contract/methods/customers.ts'
import { languageName } from '../../../shared/domain/customers/languages.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { contactMethodTable, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import type { AnyRow } from '../../../shared/domain/kernel/table.ts'
import type { Store } from '../../store/store.ts'
import type { Names } from './names.ts'

/** As many changes of one record as a page can use; the journal keeps all. */
const MOST_CHANGES = 50

/** What people call the fields whose changes are worth a line; `name` follows from the others. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  companyName: 'Company name',
  kind: 'Kind',
  billingLine1: 'Billing street',
  billingLine2: 'Billing street, second line',
  billingCity: 'Billing city',
  billingState: 'Billing state',
  billingPostalCode: 'Billing ZIP',
  leadSource: 'Lead source',
  taxExempt: 'Tax exempt',
  doNotService: 'Do not service',
  creditHold: 'Credit hold',
  badDebtAt: 'Bad debt',
  language: 'Language',
  bestTime: 'Best time',
  preferredChannel: 'Reached best by',
  askedForId: 'Technician asked for',
  notWantedIds: 'Technicians not wanted again',
  archived: 'Archived',
  line1: 'Street',
  line2: 'Street, second line',
  city: 'City',
  state: 'State',
  postalCode: 'ZIP',
  accessNotes: 'Access',
  gateCode: 'Gate code',
  pets: 'Pets',
  parking: 'Parking',
  value: 'Contact',
  label: 'Label',
}

function shown(value: unknown): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (value === null || value === undefined || value === '') return 'nothing'
  const text = String(value)
  return text.startsWith('+') ? formatPhone(text) : text
}

/** Bad debt is kept as the moment it was given up, and read as yes or no. */
const idsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : typeof value === 'string' && value !== '' ? [value] : [])

function shownIn(field: string, value: unknown, names: Names): string {
  if (field === 'askedForId' || field === 'notWantedIds') return shown(idsIn(value).map((id) => names.technician(id) ?? 'somebody who left').join(', '))
  if (field === 'badDebtAt') return shown(typeof value === 'number')
  return field === 'language' && typeof value === 'string' ? languageName(value) : shown(value)
}

/** The journal keeps what was before; what came after is the next change's before, or the row as it is. */
function describeChange(before: AnyRow, after: AnyRow, names: Names): { readonly title: string; readonly detail: string } | undefined {
  const fields = Object.keys(FIELD_WORDS).filter((field) => field in before && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const [field, ...others] = fields
  if (field === undefined) return undefined
  const from = (name: string): string => `${shownIn(name, before[name], names)} to ${shownIn(name, after[name], names)}`
  if (others.length === 0) return { title: `${FIELD_WORDS[field]} changed`, detail: `From ${from(field)}` }
  return { title: `${fields.length} details changed`, detail: fields.map((name) => `${FIELD_WORDS[name]} from ${from(name)}`).join(', ') }
}

function changesOfRow(store: Store, table: string, current: AnyRow, added: string, names: Names): readonly TimelineEntry[] {
  let after = current
  return store.journal.changesOf(table, current.id, MOST_CHANGES).flatMap((change): readonly TimelineEntry[] => {
    const described = change.before === null ? { title: added, detail: '' } : describeChange(change.before, after, names)
    if (change.before) after = change.before
    if (!described) return []
    return [
      {
        id: `change/${change.seq}/${current.id}`,
        kind: 'change',
        at: change.at,
        ...described,
        who: names.person(change.actorId),
        amountCents: null,
        opens: null,
        practice: false,
      },
    ]
  })
}

const asRow = (row: object): AnyRow => row as AnyRow

/** What was changed in a customer's own records, when and by whom, from the journal of commands. */
export function changeEntries(customerId: string, store: Store, names: Names): readonly TimelineEntry[] {
  const { engine } = store
  const customer = engine.run(get(customerTable, customerId))
  const started = customer?.createdAt
  const later = (entry: TimelineEntry): boolean => entry.at !== started
  const locations = engine.run(range(locationTable, 'byCustomer', [customerId])).flatMap((location) => changesOfRow(store, locationTable.name, asRow(location), `Location ${placeName(location)} added`, names))
  const methods = engine
    .run(range(contactMethodTable, 'byCustomer', [customerId]))
    .flatMap((method) => changesOfRow(store, contactMethodTable.name, asRow(method), `${method.kind === 'phone' ? formatPhone(method.value) : method.value} added`, names))
  return [
    ...(customer ? changesOfRow(store, customerTable.name, asRow(customer), 'Customer added', names) : []),
    // What came with the customer is not news of its own.
    ...locations.filter(later),
    ...methods.filter(later),
  ]
}
