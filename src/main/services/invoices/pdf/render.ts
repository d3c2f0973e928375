import { fontCoverage, printable } from './fontCoverage.ts'
import { invoiceDocument, type InvoicePaper } from './paper.ts'

type Printer = { readonly print: (paper: InvoicePaper) => Promise<Uint8Array> }

const bytesOf = (dataUrl: string): Uint8Array => Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')

let loading: Promise<Printer> | undefined

/** Every text of a paper as the font can print it. */
function drawable<T>(value: T, covers: (codePoint: number) => boolean): T {
  if (typeof value === 'string') return printable(value, covers) as T
  if (Array.isArray(value)) return value.map((each: unknown) => drawable(each, covers)) as T
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, drawable(each as unknown, covers)])) as T
  return value
}

/** The printer and its fonts are only loaded for the first invoice: most starts never print. */
async function load(): Promise<Printer> {
  const [{ default: pdfmake }, { default: regular }, { default: medium }] = await Promise.all([
    import('pdfmake'),
    import('pdfmake/fonts/Roboto/Roboto-Regular.ttf?inline'),
    import('pdfmake/fonts/Roboto/Roboto-Medium.ttf?inline'),
  ])
  const font = bytesOf(regular)
  pdfmake.virtualfs.writeFileSync('regular.ttf', font)
  pdfmake.virtualfs.writeFileSync('medium.ttf', bytesOf(medium))
  pdfmake.setFonts({ Roboto: { normal: 'regular.ttf', bold: 'medium.ttf', italics: 'regular.ttf', bolditalics: 'medium.ttf' } })
  // An invoice is made of its own words only: nothing is fetched, nothing is read.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  const covers = fontCoverage(font)
  return { print: (paper) => pdfmake.createPdf(invoiceDocument(drawable(paper, covers))).getBuffer() }
}

/** The invoice as a PDF file. */
export async function printInvoice(paper: InvoicePaper): Promise<Uint8Array> {
  loading ??= load()
  return (await loading).print(paper)
}

/** Pages of a PDF that pdfmake wrote. */
export function pageCount(pdf: Uint8Array): number {
  return Buffer.from(pdf).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
}
