import { newId } from '../../../shared/base/id.ts'
import type { InvoiceLineDetail, ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { receiveFile } from '../../api/receiveFile.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { batchTarget, invoiceTarget, isReady, plural } from './words.ts'

/** Starts the invoice of a finished job and opens it. */
export async function draftFromJob(jobId: string): Promise<void> {
  const invoiceId = newId()
  await api.command('invoice.draft', { invoiceId, jobId })
  navigate(invoiceTarget(invoiceId))
}

export async function takePdf(invoiceId: string): Promise<void> {
  const { delivery } = await api.action('invoice.pdf', { invoiceId })
  const where = receiveFile(delivery, 'The PDF')
  if (where !== null) toast(where)
}

/** Takes a line off; Undo puts the same line back. */
export async function removeLine(invoiceId: string, line: InvoiceLineDetail): Promise<void> {
  await api.command('invoice.removeLine', { invoiceId, lineId: line.id })
  toast(`\u201c${line.description}\u201d is off the invoice.`, () => {
    api.command('invoice.saveLine', lineInput(invoiceId, line)).catch((thrown: unknown) => toast(asContractError(thrown).message))
  })
}

export function lineInput(invoiceId: string, line: Omit<InvoiceLineDetail, 'amountCents' | 'taxCents'>) {
  const { id: lineId, priceItemId, kind, description, quantity, unitPriceCents, taxable, reason } = line
  return { invoiceId, lineId, priceItemId, kind, description, quantity, unitPriceCents, taxable, reason }
}

/** Puts everything that is ready into a batch and opens it. */
export async function prepareBatch(rows: readonly ReviewRow[]): Promise<void> {
  const ready = rows.filter(isReady)
  const days = ready.flatMap((row) => row.day ?? []).toSorted()
  const [fromDay = '', toDay = fromDay] = [days[0], days.at(-1)]
  const batchId = newId()
  const idsOf = (kind: ReviewRow['kind']): string[] => ready.filter((row) => row.kind === kind).map((row) => row.id)
  await api.command('batch.prepare', { batchId, fromDay, toDay, invoiceIds: idsOf('invoice'), paymentIds: idsOf('payment') })
  navigate(batchTarget(batchId))
}

/** Writes a posted batch to a file and says so, the first time or again. */
export async function exportBatch(batchId: string, format: 'iif' | 'csv'): Promise<void> {
  const { delivery, name, records, exportedBefore } = await api.action('batch.export', { batchId, format })
  const where = receiveFile(delivery, name)
  if (where !== null) toast(exportedBefore === null ? `${plural(records, 'record')} exported. ${where}` : `The same file as before, ${plural(records, 'record')}. ${where}`)
}
