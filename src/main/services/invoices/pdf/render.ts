import { drawable, loadFonts } from '../../../pdf/fonts.ts'
import { invoiceDocument, type InvoicePaper } from './paper.ts'

/** The invoice as a PDF file. The printer is only loaded for the first one. */
export async function printInvoice(paper: InvoicePaper): Promise<Uint8Array> {
  const [fonts, { print }] = await Promise.all([loadFonts(), import('../../../pdf/printer.ts')])
  return print(invoiceDocument(drawable(paper, fonts)), fonts)
}
