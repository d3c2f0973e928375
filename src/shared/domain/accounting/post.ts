import { z } from 'zod'
import { type Customer, customerTable } from '../customers/tables.ts'
import { type Invoice, invoiceLineTable, invoiceTable, taxZoneTable } from '../invoices/tables.ts'
import { update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput } from '../kernel/inputs.ts'
import { all, getMany, type Loading, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { paymentTable } from '../payments/tables.ts'
import { businessUnitTable, companyTable, technicianTable, userTable } from '../people/tables.ts'
import { foldName, loadNameFacts, nameForBooks, type NameFacts, plainName } from './bookNames.ts'
import { type Books, type InvoiceFacts, lintInvoice, lintPayment, type PaymentFacts } from './lint.ts'
import { loadBatch, notOpen } from './prepare.ts'
import { batchTable, ledgerEntryTable, type PostedBooks } from './tables.ts'

function* loadInvoiceFacts(invoice: Invoice, customers: ReadonlyMap<string, Customer>): Loading<readonly InvoiceFacts[]> {
  const customer = customers.get(invoice.customerId)
  if (!customer) return []
  return [
    {
      invoice,
      customer,
      lines: yield* range(invoiceLineTable, 'byInvoice', [invoice.id]),
      entries: yield* range(ledgerEntryTable, 'byDocument', [invoice.id]),
      sameNumber: (yield* range(invoiceTable, 'byNumber', [invoice.number])).length,
    },
  ]
}

/** Folded names that stand in QuickBooks' other lists: people work there as employees, tax goes to agencies, which are vendors. */
function* loadReservedNames(): Loading<ReadonlySet<string>> {
  const names = [
    ...(yield* all(userTable)).map((user) => user.name),
    ...(yield* all(technicianTable)).map((technician) => technician.name),
    ...(yield* all(taxZoneTable)).flatMap((zone) => zone.jurisdictions.map((jurisdiction) => jurisdiction.name)),
  ]
  return new Set(names.map((name) => foldName(plainName(name))))
}

export const postBatch = defineIntention({
  name: 'batch.post',
  version: 1,
  summary: 'Post a batch as a second person: it is locked, and ready to export.',
  permission: 'batch.post',
  online: true,
  input: z.strictObject({ batchId: idInput }),
  *load(input) {
    const contents = yield* loadBatch(input.batchId)
    const customerIds = new Set([...contents.invoices, ...contents.payments].map((document) => document.customerId))
    const customers = new Map((yield* getMany(customerTable, customerIds)).map((customer) => [customer.id, customer]))
    const invoices: InvoiceFacts[] = []
    for (const invoice of contents.invoices) invoices.push(...(yield* loadInvoiceFacts(invoice, customers)))
    const payments: PaymentFacts[] = []
    for (const payment of contents.payments) {
      const customer = customers.get(payment.customerId)
      if (customer) payments.push({ payment, customer, entries: yield* range(ledgerEntryTable, 'byDocument', [payment.id]) })
    }
    const names: NameFacts[] = []
    for (const customer of customers.values()) names.push(yield* loadNameFacts(customer))
    return {
      batch: contents.batch,
      invoices,
      payments,
      names,
      reserved: yield* loadReservedNames(),
      company: (yield* all(companyTable))[0],
      units: yield* all(businessUnitTable),
    }
  },
  decide(_input, { batch, invoices, payments, names, reserved, company, units }, context) {
    const refusal = notOpen(batch)
    if (refusal || !batch || !company) return refusal ?? refuse('batch.unknown', 'This batch is not there.')
    if (batch.preparedBy === context.actorId) return refuse('batch.samePerson', `You prepared batch ${batch.number}. Ask somebody else to post it.`)
    if (batch.reviewedAt === null) return refuse('batch.notReviewed', `Batch ${batch.number} was not reviewed since it last changed. Review it first.`)
    if (invoices.length + payments.length === 0) return refuse('batch.empty', 'This batch is empty. Discard it.')
    const books: Books = { company, units: new Map(units.map((unit) => [unit.id, unit])) }
    for (const facts of invoices) {
      const finding = lintInvoice(facts, books)[0]
      if (finding) return refuse('batch.stopped', `Invoice ${facts.invoice.number ?? ''}: ${finding.reason}.`, { subject: finding.link })
    }
    for (const facts of payments) {
      const finding = lintPayment(facts, books)[0]
      if (finding) return refuse('batch.stopped', `Payment of ${facts.customer.name}: ${finding.reason}.`, { subject: finding.link })
    }
    const frozen: PostedBooks = { accounts: company.accounts, classes: Object.fromEntries(units.map((unit) => [unit.id, unit.accountClass])) }
    return accept(
      update(batchTable, batch, { state: 'posted', postedBy: context.actorId, postedAt: context.at, books: frozen, unpostReason: null }),
      invoices.map(({ invoice }) => update(invoiceTable, invoice, { posted: true })),
      payments.map(({ payment }) => update(paymentTable, payment, { posted: true })),
      nameForBooks(names, reserved).changes,
    )
  },
})

export const unpostBatch = defineIntention({
  name: 'batch.unpost',
  version: 1,
  summary: 'Open a posted batch again with a reason, as long as it was not exported.',
  permission: 'batch.post',
  online: true,
  input: z.strictObject({ batchId: idInput, reason: lineInput('The reason', 200) }),
  *load(input) {
    return yield* loadBatch(input.batchId)
  },
  decide(input, { batch, invoices, payments }) {
    if (!batch) return refuse('batch.unknown', 'This batch is not there.')
    if (batch.state !== 'posted') return refuse('batch.notPosted', `Batch ${batch.number} is not posted.`)
    if (batch.exported) return refuse('batch.exported', `Batch ${batch.number} went to the accountant and stays as it is. Correct it with a new invoice or payment.`)
    return accept(
      update(batchTable, batch, { state: 'open', postedBy: null, postedAt: null, reviewedBy: null, reviewedAt: null, books: null, unpostReason: input.reason }),
      invoices.map((invoice) => update(invoiceTable, invoice, { posted: false })),
      payments.map((payment) => update(paymentTable, payment, { posted: false })),
    )
  },
})
