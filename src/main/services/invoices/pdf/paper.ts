import type { Content, DocumentDefinition } from 'pdfmake'
import { formatAmount, formatMoney, formatQuantity } from '../../../../shared/base/money.ts'
import type { IsoDay } from '../../../../shared/base/time.ts'
import type { BillTo, InvoiceLine, TaxShare } from '../../../../shared/domain/invoices/tables.ts'
import { taxName } from '../../../../shared/domain/invoices/tax.ts'
import type { Payment } from '../../../../shared/domain/payments/tables.ts'

/** What an invoice on paper says, whatever it is printed with. */
export interface InvoicePaper {
  readonly company: { readonly name: string; readonly lines: readonly string[]; readonly contact: readonly string[] }
  /** `null` for a draft. */
  readonly number: string | null
  readonly day: IsoDay | null
  readonly dueDay: IsoDay | null
  readonly terms: string
  readonly jobNumber: string
  readonly billTo: BillTo
  readonly serviceAt: BillTo
  readonly summary: string
  readonly lines: readonly Pick<InvoiceLine, 'kind' | 'description' | 'quantity' | 'unitPriceCents' | 'amountCents' | 'taxable' | 'reason'>[]
  readonly subtotalCents: number
  readonly taxShares: readonly TaxShare[]
  readonly totalCents: number
  readonly payments: readonly Pick<Payment, 'day' | 'form' | 'checkNumber' | 'appliedCents'>[]
  readonly balanceCents: number
  readonly footer: string
  /** Why this is no real invoice, where it is none. */
  readonly notReal: string | null
}

const INK = '#191A17'
const TEXT2 = '#4C4F46'
const TEXT3 = '#62655B'
const LINE = '#DFDFD8'
const LINE_STRONG = '#BFC0B7'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

/** `July 14, 2026`. */
function longDay(day: IsoDay): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8, 10))}, ${day.slice(0, 4)}`
}

const rate = (ppm: number): string => `${ppm / 10_000}%`

/** US Letter with 0.75 in at the sides, in points. */
const [WIDTH, SIDE] = [612, 54]

const caption = (text: string): Content => ({ text, fontSize: 8, color: TEXT3, margin: [0, 0, 0, 3] })

function block(title: string, { name, lines }: BillTo): Content {
  return { stack: [caption(title), { text: name, bold: true }, ...lines.map((line) => ({ text: line, color: TEXT2 }))], width: '*' }
}

function head(paper: InvoicePaper): Content {
  const facts: readonly (readonly [string, string])[] = [
    ['Date', paper.day === null ? '' : longDay(paper.day)],
    ['Job', paper.jobNumber],
    ['Terms', paper.terms],
    ['Due', paper.dueDay === null ? '' : longDay(paper.dueDay)],
  ]
  return {
    columns: [
      {
        width: '*',
        stack: [
          { text: paper.company.name, fontSize: 17, bold: true, margin: [0, 0, 0, 4] },
          ...paper.company.lines.map((line) => ({ text: line, color: TEXT2 })),
          ...(paper.company.contact.length > 0 ? [{ text: paper.company.contact.join('  \u00b7  '), color: TEXT2 }] : []),
        ],
      },
      {
        width: 190,
        stack: [
          { text: paper.number === null ? 'Draft' : `Invoice ${paper.number}`, fontSize: 17, bold: true, alignment: 'right', margin: [0, 0, 0, 4] },
          {
            layout: 'noBorders',
            table: { widths: ['*', 'auto'], body: facts.filter(([, value]) => value !== '').map(([name, value]) => [{ text: name, color: TEXT3, alignment: 'right', margin: [0, -1] }, { text: value, alignment: 'right', margin: [0, -1] }]) },
          },
        ],
      },
    ],
    columnGap: 24,
  }
}

function lineTable(paper: InvoicePaper): Content {
  const header = (text: string, alignment = 'left'): Content => ({ text, alignment, fontSize: 8, color: TEXT3, margin: [0, 2] })
  return {
    margin: [0, 22, 0, 0],
    layout: {
      hLineWidth: (index: number, node: { readonly table: { readonly body: readonly unknown[] } }) => (index === 0 ? 0 : index === 1 || index === node.table.body.length ? 0.8 : 0.5),
      hLineColor: (index: number) => (index === 1 ? LINE_STRONG : LINE),
      vLineWidth: () => 0,
      paddingLeft: (column: number) => (column === 0 ? 0 : 8),
      paddingRight: (column: number, node: { readonly table: { readonly widths: readonly unknown[] } }) => (column === node.table.widths.length - 1 ? 0 : 8),
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 44, 64, 72],
      body: [
        [header('Description'), header('Quantity', 'right'), header('Price', 'right'), header('Amount', 'right')],
        ...paper.lines.map((line) => [
          { stack: [{ text: line.description }, ...(line.kind === 'discount' && line.reason !== '' && line.reason !== line.description ? [{ text: line.reason, color: TEXT3, fontSize: 8 }] : [])] },
          { text: line.kind === 'discount' ? '' : formatQuantity(line.quantity), alignment: 'right', color: TEXT2 },
          { text: line.kind === 'discount' ? '' : formatAmount(line.unitPriceCents), alignment: 'right', color: TEXT2 },
          { text: formatAmount(line.amountCents), alignment: 'right' },
        ]),
      ],
    },
  }
}

type SumRow = readonly [words: string, cents: string, strong?: 'total' | 'due']

function sums(paper: InvoicePaper): Content {
  const rows: readonly SumRow[] = [
    ['Subtotal', formatAmount(paper.subtotalCents)],
    ...paper.taxShares.filter((share) => share.taxableCents > 0).map((share): SumRow => [`${taxName(share.jurisdiction)} ${rate(share.rate)} on ${formatAmount(share.taxableCents)}`, formatAmount(share.taxCents)]),
    ['Total', formatMoney(paper.totalCents), 'total'],
    ...paper.payments.map((payment): SumRow => [
      `Paid ${longDay(payment.day)}, ${payment.form === 'check' ? `check ${payment.checkNumber ?? ''}` : 'cash'}`,
      formatAmount(-payment.appliedCents),
    ]),
    [paper.balanceCents === 0 && paper.payments.length > 0 ? 'Paid in full' : 'Balance due', formatMoney(paper.balanceCents), 'due'],
  ]
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width: 280,
        layout: {
          hLineWidth: (index: number) => (rows[index]?.[2] === 'due' || index === rows.length ? 1 : rows[index]?.[2] === 'total' ? 0.8 : 0),
          hLineColor: (index: number) => (rows[index]?.[2] === 'due' || index === rows.length ? INK : LINE_STRONG),
          vLineWidth: () => 0,
          paddingLeft: () => 0,
          paddingRight: () => 0,
          paddingTop: (index: number) => (rows[index]?.[2] === undefined ? 2 : 5),
          paddingBottom: (index: number) => (rows[index]?.[2] === undefined ? 2 : 5),
        },
        table: {
          widths: ['*', 'auto'],
          body: rows.map(([words, cents, strong]) => [
            { text: words, bold: strong !== undefined, fontSize: strong === undefined ? 9.5 : 11, color: strong === undefined ? TEXT2 : INK },
            { text: cents, alignment: 'right', bold: strong !== undefined, fontSize: strong === undefined ? 9.5 : 11, },
          ]),
        },
      },
    ],
  }
}

function howToPay(paper: InvoicePaper): Content {
  const pays = paper.balanceCents > 0 && paper.number !== null && paper.dueDay !== null
  return {
    unbreakable: true,
    margin: [0, 26, 0, 0],
    stack: [
      ...(pays ? [{ text: `Please pay ${formatMoney(paper.balanceCents)} by ${longDay(paper.dueDay)}. Make checks out to ${paper.company.name} and write ${paper.number} on them.`, bold: true }] : []),
      ...(paper.footer === '' ? [] : [{ text: paper.footer, color: TEXT2, margin: [0, 6, 0, 0] }]),
    ],
  }
}

/** A bar across the top of every page and words across it: nobody takes it for a bill. */
const notRealBar = (words: string): Content => ({
  margin: [SIDE, 20, SIDE, 0],
  table: { widths: ['*'], body: [[{ text: `Not a real invoice: ${words}`, bold: true, fontSize: 9, alignment: 'center', color: '#86140B', fillColor: '#FDE6E3', margin: [0, 2] }]] },
  layout: 'noBorders',
})

/** The whole document for pdfmake: as many pages as it takes, the column heads on each, the sums never torn apart. */
export function invoiceDocument(paper: InvoicePaper): DocumentDefinition {
  const title = paper.number === null ? `Draft for job ${paper.jobNumber}` : `Invoice ${paper.number}`
  return {
    info: { title: `${title}, ${paper.company.name}`, author: paper.company.name, subject: paper.billTo.name },
    pageSize: 'LETTER',
    pageMargins: [SIDE, 54, SIDE, 60],
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.2, color: INK },
    ...(paper.notReal === null ? {} : { header: () => notRealBar(paper.notReal ?? ''), watermark: { text: 'Not a real invoice', color: '#BF2419', opacity: 0.08, bold: true, angle: -38 } }),
    ...(paper.notReal === null && paper.number === null ? { watermark: { text: 'Draft', color: TEXT3, opacity: 0.1, bold: true, angle: -38 } } : {}),
    footer: (page: number, pages: number) => ({
      margin: [SIDE, 18, SIDE, 0],
      columns: [
        { text: `${paper.company.name}  \u00b7  ${title}`, color: TEXT3, fontSize: 8, width: '*' },
        { text: pages > 1 ? `Page ${page} of ${pages}` : '', color: TEXT3, fontSize: 8, alignment: 'right', width: 80 },
      ],
    }),
    content: [
      head(paper),
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH - 2 * SIDE, y2: 0, lineWidth: 1, lineColor: INK }], margin: [0, 16, 0, 16] },
      { columns: [block('Bill to', paper.billTo), block('Service at', paper.serviceAt), { width: '*', stack: paper.summary === '' ? [] : [caption('Work'), { text: paper.summary, color: TEXT2 }] }], columnGap: 20 },
      lineTable(paper),
      sums(paper),
      howToPay(paper),
    ],
  }
}
