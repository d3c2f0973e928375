import type { ReceivableCustomer } from '../../../shared/contract/methods/invoices.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { sumCents } from '../../../shared/base/money.ts'
import { DAY, type IsoDay } from '../../../shared/base/time.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { and, asc, eq, gt, inArray, schema, sum } from '../../store/schema.ts'
import { todayOf } from '../company.ts'
import { firstPhones } from '../customers/phones.ts'
import { readCustomers } from './facts.ts'

type Buckets = [number, number, number, number, number]

const none = (): Buckets => [0, 0, 0, 0, 0]

/** Whole days past due on a day; not due yet is 0. */
function daysOver(dueDay: IsoDay, asOf: IsoDay): number {
  return Math.max(0, Math.round((Date.parse(`${asOf}T00:00:00Z`) - Date.parse(`${dueDay}T00:00:00Z`)) / DAY))
}

/** Current, 1 to 30, 31 to 60, 61 to 90, over 90: every open invoice is in exactly one. */
function bucketOf(days: number): 0 | 1 | 2 | 3 | 4 {
  return days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4
}

function openInvoices({ store }: Asked) {
  const { invoice, job } = schema
  return store.db
    .select({ id: invoice.id, number: invoice.number, customerId: invoice.customerId, dueDay: invoice.dueDay, balanceCents: invoice.balanceCents, summary: job.summary })
    .from(invoice)
    .innerJoin(job, and(eq(job.companyId, invoice.companyId), eq(job.id, invoice.jobId)))
    .where(and(eq(invoice.companyId, store.companyId), eq(invoice.state, 'finalized'), eq(invoice.practice, false), gt(invoice.balanceCents, 0)))
    .orderBy(asc(invoice.dueDay), asc(invoice.id))
    .all()
}

/** The promise to collect that is due first, by customer. */
function promisesByCustomer({ store }: Asked): ReadonlyMap<string, NonNullable<ReceivableCustomer['promise']>> {
  const { promise } = schema
  const names = new Map(store.engine.run(all(userTable)).map((user) => [user.id, user.name]))
  const rows = store.db
    .select()
    .from(promise)
    .where(and(eq(promise.companyId, store.companyId), eq(promise.state, 'open'), eq(promise.subjectKind, 'invoice')))
    .orderBy(asc(promise.dueAt))
    .all()
  const found = new Map<string, NonNullable<ReceivableCustomer['promise']>>()
  for (const row of rows) {
    if (row.customerId === null || found.has(row.customerId)) continue
    const holder = (row.holderUserId === null ? undefined : names.get(row.holderUserId)) ?? ROLE_NAMES[row.holderRole]
    found.set(row.customerId, { id: row.id, dueAt: row.dueAt, openedAt: row.openedAt, nextStep: row.nextStep, holder })
  }
  return found
}

function creditByCustomer({ store }: Asked, customerIds: readonly string[]): ReadonlyMap<string, number> {
  const { payment } = schema
  if (customerIds.length === 0) return new Map()
  const rows = store.db
    .select({ customerId: payment.customerId, amount: sum(payment.amountCents), applied: sum(payment.appliedCents) })
    .from(payment)
    .where(and(eq(payment.companyId, store.companyId), inArray(payment.customerId, [...customerIds]), eq(payment.state, 'taken'), eq(payment.practice, false), gt(payment.amountCents, payment.appliedCents)))
    .groupBy(payment.customerId)
    .all()
  return new Map(rows.map((row) => [row.customerId, Number(row.amount ?? 0) - Number(row.applied ?? 0)]))
}

/** Answers `invoices.receivables`. */
export function readReceivables(asked: Asked) {
  const { db, companyId } = asked.store
  const { ledgerEntry } = schema
  const asOf = todayOf(asked)
  const open = openInvoices(asked).map((invoice) => ({ ...invoice, number: invoice.number ?? '', dueDay: invoice.dueDay ?? asOf, daysOver: daysOver(invoice.dueDay ?? asOf, asOf) }))
  const byCustomer = Map.groupBy(open, (invoice) => invoice.customerId)
  const ids = [...byCustomer.keys()]
  const [customers, phones, credits, promises] = [readCustomers(asked, ids), firstPhones(asked.store, ids), creditByCustomer(asked, ids), promisesByCustomer(asked)]
  const [buckets, counts] = [none(), none()]
  const list = ids.flatMap((customerId): ReceivableCustomer[] => {
    const customer = customers.get(customerId)
    if (!customer) return []
    const phone = phones.get(customerId)
    const own = none()
    const invoices = byCustomer.get(customerId) ?? []
    for (const invoice of invoices) {
      const bucket = bucketOf(invoice.daysOver)
      own[bucket] += invoice.balanceCents
      buckets[bucket] += invoice.balanceCents
      counts[bucket] += 1
    }
    return [
      {
        customerId,
        customerName: customer.name,
        phone: phone === undefined ? null : formatPhone(phone),
        buckets: own,
        totalCents: sumCents(own),
        creditCents: credits.get(customerId) ?? 0,
        creditHold: customer.creditHold,
        badDebt: customer.badDebtAt !== null,
        promise: promises.get(customerId) ?? null,
        invoices: invoices.map(({ id, number, dueDay, daysOver: over, summary, balanceCents }) => ({ id, number, dueDay, daysOver: over, summary, balanceCents })),
      },
    ]
  })
  const ledger = db.select({ cents: sum(ledgerEntry.amountCents) }).from(ledgerEntry).where(and(eq(ledgerEntry.companyId, companyId), eq(ledgerEntry.account, 'receivable'))).get()
  // Whose promise is due first stands on top; without one, who owes longest.
  const first = (customer: ReceivableCustomer): number => customer.promise?.dueAt ?? Date.parse(`${customer.invoices[0]?.dueDay ?? asOf}T00:00:00Z`)
  return {
    asOf,
    customers: list.sort((left, right) => first(left) - first(right) || right.totalCents - left.totalCents),
    buckets,
    counts,
    totalCents: sumCents(buckets),
    ledgerCents: Number(ledger?.cents ?? 0),
  }
}
