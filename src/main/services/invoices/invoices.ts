import type { invoicesMethods } from '../../../shared/contract/methods/invoices.ts'
import type { Implementation } from '../../core/service.ts'
import { readInvoice } from './detail.ts'
import { handOutPdf } from './invoicePdf.ts'
import { readReceivables } from './receivables.ts'
import { readReview } from './review.ts'

export const invoicesService: Implementation<typeof invoicesMethods> = {
  'invoices.review': (_input, asked) => readReview(asked),
  'invoice.get': ({ invoiceId }, asked) => readInvoice(invoiceId, asked),
  'invoices.receivables': (_input, asked) => readReceivables(asked),
  'invoice.pdf': ({ invoiceId }, asked) => handOutPdf(invoiceId, asked),
}
