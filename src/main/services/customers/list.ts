import type { CustomerRow } from '../../../shared/contract/methods/customers.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { contactMethodTable, type Customer, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { getMany, range } from '../../../shared/domain/kernel/load.ts'
import { and, asc, count, desc, eq, schema } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { findRecords } from '../search/find.ts'

/** As many matches as anybody pages through before typing another letter. */
const MOST_MATCHES = 200

/** One customer as a row of a list: the first number, the first place, what is open. */
function customerRow(customer: Customer, { engine }: Store): CustomerRow {
  const [phone] = engine
    .run(range(contactMethodTable, 'byCustomer', [customer.id]))
    .filter(({ kind }) => kind === 'phone')
    .toSorted((left, right) => left.position - right.position)
  const locations = engine.run(range(locationTable, 'byCustomer', [customer.id]))
  const invoices = engine.run(range(invoiceTable, 'byCustomer', [customer.id]))
  const { id, number, name, kind, doNotService, creditHold, badDebtAt, archived, updatedAt } = customer
  return {
    id,
    number,
    name,
    kind,
    phone: phone?.value ?? null,
    place: locations[0] ? placeName(locations[0]) : '',
    locationCount: locations.length,
    openJobs: engine.run(range(jobTable, 'byCustomer', [id])).filter(({ state }) => state === 'open').length,
    balanceCents: invoices.reduce((total, { state, practice, balanceCents }) => total + (state === 'finalized' && !practice ? balanceCents : 0), 0),
    doNotService,
    creditHold,
    badDebt: badDebtAt !== null,
    archived,
    changedAt: updatedAt,
  }
}

function matching(text: string, store: Store): readonly Customer[] {
  const hits = findRecords(text, MOST_MATCHES, store).filter(({ kind }) => kind === 'customer' || kind === 'location')
  return store.engine.run(getMany(customerTable, new Set(hits.flatMap(({ customerId }) => customerId ?? []))))
}

export function customerList(
  { text, order, offset, limit }: { readonly text: string; readonly order: 'recent' | 'name'; readonly offset: number; readonly limit: number },
  store: Store,
): { rows: CustomerRow[]; total: number } {
  if (text !== '') {
    const found = matching(text, store)
    return { rows: found.slice(offset, offset + limit).map((customer) => customerRow(customer, store)), total: found.length }
  }
  const { customer } = schema
  const shown = and(eq(customer.companyId, store.companyId), eq(customer.archived, false))
  const page = store.db
    .select()
    .from(customer)
    .where(shown)
    .orderBy(order === 'recent' ? desc(customer.updatedAt) : asc(customer.name), asc(customer.id))
    .limit(limit)
    .offset(offset)
    .all()
  const total = store.db.select({ total: count() }).from(customer).where(shown).get()?.total ?? 0
  return { rows: page.map((row) => customerRow(row, store)), total }
}
