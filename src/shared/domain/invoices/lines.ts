import { z } from 'zod'
import { lineAmount, MAX_CENTS, sumCents } from '../../base/money.ts'
import { ITEM_KINDS, priceItemTable } from '../jobs/tables.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { centsInput, idInput, lineInput, optionalLine, quantityInput } from '../kernel/inputs.ts'
import { get, getIf } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { type LineToBe, loadInvoice, resum, unchanged } from './sums.ts'
import { type Invoice, type InvoiceLine, invoiceLineTable } from './tables.ts'

const MAX_LINES = 200

/** A final invoice is never edited: what was printed stays true (B5). */
function notADraft(invoice: Invoice): Refused | undefined {
  if (invoice.state === 'draft') return undefined
  return refuse('invoice.final', `Invoice ${invoice.number ?? ''} is final and stays as it was printed.`, { subject: { kind: 'invoice', id: invoice.id } })
}

type LineInput = Pick<InvoiceLine, 'kind' | 'quantity' | 'unitPriceCents' | 'reason'>

/** A discount takes off and says why; everything else costs nothing or more. */
function wrongAmount(input: LineInput): Refused | undefined {
  if (input.kind === 'discount') {
    if (input.unitPriceCents >= 0) return refuse('invoice.discountSign', 'A discount is an amount below zero, such as \u221225.00.', { field: 'unitPriceCents' })
    if (input.reason === '') return refuse('invoice.discountReason', 'Say why the discount is given.', { field: 'reason' })
  } else if (input.unitPriceCents < 0) {
    return refuse('invoice.negativePrice', 'A price can\u2019t be negative. Choose the kind \u201cdiscount\u201d to take something off.', { field: 'unitPriceCents' })
  }
  if (Math.abs(lineAmount(input.unitPriceCents, input.quantity)) > MAX_CENTS) return refuse('invoice.tooLarge', 'This amount is too large.', { field: 'quantity' })
  return undefined
}

function belowZero(lines: readonly LineToBe[], field: string): Refused | undefined {
  return sumCents(lines.map((line) => line.amountCents)) < 0 ? refuse('invoice.belowZero', 'The discounts are more than what is charged.', { field }) : undefined
}

export const saveInvoiceLine = defineIntention({
  name: 'invoice.saveLine',
  version: 1,
  summary: 'Add or change a line of a draft invoice.',
  permission: 'invoice.edit',
  input: z.strictObject({
    invoiceId: idInput,
    lineId: idInput,
    priceItemId: idInput.nullable(),
    kind: z.enum(ITEM_KINDS),
    description: lineInput('The description', 400),
    quantity: quantityInput,
    unitPriceCents: centsInput,
    taxable: z.boolean(),
    reason: optionalLine('The reason', 200),
  }),
  *load(input) {
    return {
      open: yield* loadInvoice(input.invoiceId),
      line: yield* get(invoiceLineTable, input.lineId),
      item: yield* getIf(priceItemTable, input.priceItemId),
    }
  },
  decide(input, { open, line, item }) {
    if (!open) return refuse('invoice.unknown', 'This invoice is not there.')
    const refusal = notADraft(open.invoice) ?? wrongAmount(input)
    if (refusal) return refusal
    if (line && line.invoiceId !== input.invoiceId) return refuse('invoice.otherLine', 'This line is on another invoice.')
    if (input.priceItemId !== null && !item) return refuse('invoice.unknownItem', 'This item is not in the price book.', { field: 'priceItemId' })
    if (!line && open.lines.length >= MAX_LINES) return refuse('invoice.tooManyLines', `An invoice has at most ${MAX_LINES} lines.`)

    const { invoiceId, lineId, ...given } = input
    const values = { ...given, reason: given.kind === 'discount' ? given.reason : '', amountCents: lineAmount(given.unitPriceCents, given.quantity) }
    const toBe: LineToBe = { amountCents: values.amountCents, taxable: values.taxable, stored: line ?? null }
    const kept = unchanged(open.lines)
    const lines = line ? kept.map((other) => (other.stored?.id === lineId ? toBe : other)) : [...kept, toBe]
    const refused = belowZero(lines, 'unitPriceCents')
    if (refused) return refused
    const { totals, changes } = resum(open, lines)
    if (line) return accept(update(invoiceLineTable, line, values), changes)
    const position = Math.max(-1, ...open.lines.map((other) => other.position)) + 1
    return accept(insert(invoiceLineTable, { id: lineId, invoiceId, position, taxCents: totals.lineTaxCents.at(-1) ?? 0, ...values }), changes)
  },
})

export const removeInvoiceLine = defineIntention({
  name: 'invoice.removeLine',
  version: 1,
  summary: 'Take a line off a draft invoice; the last one stays.',
  permission: 'invoice.edit',
  input: z.strictObject({ invoiceId: idInput, lineId: idInput }),
  *load(input) {
    return yield* loadInvoice(input.invoiceId)
  },
  decide(input, open) {
    if (!open) return refuse('invoice.unknown', 'This invoice is not there.')
    const refusal = notADraft(open.invoice)
    if (refusal) return refusal
    const line = open.lines.find((candidate) => candidate.id === input.lineId)
    if (!line) return refuse('invoice.unknownLine', 'This line is not on the invoice any more.')
    if (open.lines.length === 1) return refuse('invoice.lastLine', 'An invoice keeps at least one line, even at $0.00. Change this one instead.')
    const lines = unchanged(open.lines.filter((other) => other.id !== line.id))
    return belowZero(lines, 'lineId') ?? accept(remove(invoiceLineTable, line), resum(open, lines).changes)
  },
})
