import { assertNever } from '../../shared/base/assertNever.ts'
import { foldText } from '../../shared/base/text.ts'
import { type ContactMethod, type Customer, customerTable, type Location, locationTable } from '../../shared/domain/customers/tables.ts'
import { type Invoice, invoiceTable } from '../../shared/domain/invoices/tables.ts'
import { type Job, jobTable } from '../../shared/domain/jobs/tables.ts'
import { type Lead, type LeadEntry, leadTable } from '../../shared/domain/leads/tables.ts'

/** What a record can be found by, as text. One record or thousands: the text is the same. */

export const SEARCH_TABLES = { customer: customerTable, location: locationTable, job: jobTable, invoice: invoiceTable, lead: leadTable } as const

export type SearchKind = keyof typeof SEARCH_TABLES

export interface SearchEntry {
  readonly words: string
  readonly digits: string
  readonly customerId: string | null
}

const folded = (parts: readonly string[]): string => parts.map(foldText).join(' ')

/** @param methods in the order of their ids */
export function customerEntry(customer: Customer, methods: readonly Pick<ContactMethod, 'kind' | 'value'>[]): SearchEntry {
  const emails = methods.filter((method) => method.kind === 'email').map((method) => method.value)
  const phones = methods.filter((method) => method.kind === 'phone').map((method) => method.value.replace(/\D/g, ''))
  return {
    words: folded([customer.name, customer.firstName, customer.lastName, customer.companyName, customer.number, ...emails]),
    digits: phones.join(' '),
    customerId: customer.id,
  }
}

/** A record that is found by its customer's name as well. */
export type OwnedRecord =
  | { readonly kind: 'location'; readonly row: Location }
  | { readonly kind: 'job'; readonly row: Job }
  | { readonly kind: 'invoice'; readonly row: Invoice }

function partsOf(record: OwnedRecord): readonly string[] {
  switch (record.kind) {
    case 'location': {
      const { name, line1, line2, city, state, postalCode } = record.row
      return [name, line1, line2, city, state, postalCode]
    }
    case 'job':
      return [record.row.number, record.row.summary]
    case 'invoice':
      return [record.row.number ?? '']
    default:
      return assertNever(record, 'record that can be found')
  }
}

/** @param customerName empty where the customer is not here */
export function ownedEntry(record: OwnedRecord, customerName: string): SearchEntry {
  return { words: folded([...partsOf(record), customerName]), digits: '', customerId: record.row.customerId }
}

/** What of somebody's words a lead is found by: a letter's beginning says what it is about. */
const LEAD_WORDS = 2000

/** @param entries what happened with it, in the order of their ids: what they said in a chat is found as well */
export function leadEntry(lead: Lead, entries: readonly Pick<LeadEntry, 'kind' | 'body'>[]): SearchEntry {
  const { name, email, line1, city, postalCode, wish, subject, words } = lead
  const said = entries.filter(({ kind }) => kind === 'said').map(({ body }) => body)
  return {
    words: folded([name, email, line1, city, postalCode, wish, subject, [words, ...said].join(' ').slice(0, LEAD_WORDS)]),
    digits: lead.phones.map((phone) => (phone.number ?? phone.said).replace(/\D/g, '')).join(' '),
    customerId: lead.customerId,
  }
}
