import { z } from 'zod'
import { type Cents, lineAmount, MAX_CENTS, sumCents } from '../../base/money.ts'
import { centsInput, idInput, priceInput, quantityInput, textInput } from '../kernel/inputs.ts'
import { get, getIf, type Loading } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { rolesMay } from '../people/permissions.ts'
import { userTable } from '../people/tables.ts'
import { ITEM_KINDS, type JobLine, type PriceItem, priceItemTable } from './tables.ts'

export const newLine = z.strictObject({
  id: idInput,
  priceItemId: idInput.nullable(),
  kind: z.enum(ITEM_KINDS),
  description: textInput('The description', 1000),
  /** Thousandths. */
  quantity: quantityInput,
  unitPriceCents: centsInput.optional(),
  unitCostCents: priceInput.optional(),
  taxable: z.boolean().optional(),
})

export type NewLine = z.output<typeof newLine>

/** A discount takes off, whatever sign it was typed with, so that an amount is always price times quantity. */
function signed(kind: JobLine['kind'], price: Cents): Cents {
  return kind === 'discount' ? -Math.abs(price) || 0 : price
}

/** May this person name prices, or does the price book speak for them? */
export function* namesPrices(actorId: string): Loading<boolean> {
  const user = yield* get(userTable, actorId)
  return user !== undefined && rolesMay(user.roles, 'price.see')
}

/**
 * Fills in kind, price, cost and tax from the price book where the command originates. A price that was
 * typed stays only where the person may see prices.
 */
export function* pricedLine(line: NewLine, mayName: boolean): Loading<NewLine> {
  const item = yield* getIf(priceItemTable, line.priceItemId)
  const kind = item?.kind ?? line.kind
  const typed = mayName ? line.unitPriceCents : undefined
  return {
    ...line,
    kind,
    description: line.description || (item?.name ?? ''),
    unitPriceCents: signed(kind, typed ?? item?.priceCents ?? 0),
    unitCostCents: (mayName ? line.unitCostCents : undefined) ?? item?.costCents ?? 0,
    taxable: item?.taxable ?? line.taxable ?? true,
  }
}

/**
 * Why a new line's price book item cannot be taken, if it cannot.
 * @param changed whether an item is another than it was when it was offered: then it may be taken though it is gone
 */
export function refusedItem(line: NewLine, item: PriceItem | undefined, field: string, changed: (item: PriceItem) => boolean = () => false): Refused | undefined {
  if (line.priceItemId !== null && !item) return refuse('job.unknownItem', 'Choose an item from the price book.', { field: `${field}.priceItemId` })
  if (item && !item.active && !changed(item)) return refuse('job.inactiveItem', `\u201c${item.name}\u201d is no longer in the price book. Choose another item.`, { field: `${field}.priceItemId` })
  return undefined
}

type LineContent = Pick<JobLine, 'kind' | 'description' | 'quantity'> & { readonly unitPriceCents?: Cents | undefined }

/** Why a line cannot be on a job, if it cannot. */
export function refusedLine(line: LineContent, field: string): Refused | undefined {
  if (line.description === '') return refuse('job.namelessLine', 'Say what this line is for.', { field: `${field}.description` })
  if (line.kind !== 'discount' && (line.unitPriceCents ?? 0) < 0) return refuse('job.negativePrice', 'A price can\u2019t be negative. Use a discount line.', { field: `${field}.unitPriceCents` })
  if (Math.abs(lineAmount(line.unitPriceCents ?? 0, line.quantity)) > MAX_CENTS) return refuse('job.tooLarge', 'This amount is too large.', { field: `${field}.quantity` })
  return undefined
}

/** A line's stored values; the amount is in cents, the quantity in thousandths. */
export function lineValues(line: NewLine, jobId: string, position: number) {
  const unitPriceCents = signed(line.kind, line.unitPriceCents ?? 0)
  return {
    id: line.id,
    jobId,
    priceItemId: line.priceItemId,
    position,
    kind: line.kind,
    description: line.description,
    quantity: line.quantity,
    unitPriceCents,
    unitCostCents: line.unitCostCents ?? 0,
    amountCents: lineAmount(unitPriceCents, line.quantity),
    taxable: line.taxable ?? true,
  }
}

type Amount = Pick<JobLine, 'amountCents'>

/** Cents. */
export function jobTotal(lines: readonly Amount[]): Cents {
  return sumCents(lines.map(({ amountCents }) => amountCents))
}

/** Discounts may bring a job to nothing, not below. */
export function refusedTotal(lines: readonly Amount[]): Refused | undefined {
  const total = jobTotal(lines)
  if (total < 0) return refuse('job.negativeTotal', 'The discounts are larger than the work. Lower them.', { field: 'lines' })
  if (total > MAX_CENTS) return refuse('job.tooLarge', 'The job\u2019s total is too large.', { field: 'lines' })
  return undefined
}
