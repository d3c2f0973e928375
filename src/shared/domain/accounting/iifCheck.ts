import { type Cents, parseMoney, sumCents } from '../../base/money.ts'
import { IIF_HEADER, SPL_COLUMNS, TRNS_COLUMNS } from './iif.ts'

/** Reads an IIF file back: the tests do, and so does the export before it hands a file out. */

export type IifRow = Readonly<Record<string, string>>

export interface IifTransaction {
  readonly trns: IifRow
  readonly splits: readonly IifRow[]
}

export type IifReading =
  | { readonly kind: 'read'; readonly transactions: readonly IifTransaction[] }
  | { readonly kind: 'refused'; readonly line: number; readonly reason: string }

const refused = (line: number, reason: string): IifReading => ({ kind: 'refused', line, reason })

function cells(columns: readonly string[], values: readonly string[]): IifRow {
  return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']))
}

/** Splits a file into transactions; anything but the exact frame QuickBooks expects is refused with its line. */
export function parseIif(text: string): IifReading {
  if (/[^\r]\n|\r(?!\n)/.test(text)) return refused(1, 'Every line must end with CR and LF')
  if (!text.endsWith('\r\n')) return refused(1, 'The last line has no end')
  const lines = text.slice(0, -2).split('\r\n')
  for (const [index, header] of IIF_HEADER.entries()) {
    if (lines[index] !== header) return refused(index + 1, `The header must be ${header.split('\t', 1)[0]} with its columns in order`)
  }
  const transactions: IifTransaction[] = []
  let open: { trns: IifRow; splits: IifRow[] } | undefined
  for (const [index, line] of lines.entries()) {
    if (index < IIF_HEADER.length) continue
    const [keyword = '', ...values] = line.split('\t')
    const at = index + 1
    if (keyword === 'ENDTRNS' && values.length === 0 && open && open.splits.length > 0) {
      transactions.push(open)
      open = undefined
    } else if (keyword === 'TRNS' && !open) {
      if (values.length !== TRNS_COLUMNS.length) return refused(at, `TRNS has ${values.length} columns, not ${TRNS_COLUMNS.length}`)
      open = { trns: cells(TRNS_COLUMNS, values), splits: [] }
    } else if (keyword === 'SPL' && open) {
      if (values.length !== SPL_COLUMNS.length) return refused(at, `SPL has ${values.length} columns, not ${SPL_COLUMNS.length}`)
      open.splits.push(cells(SPL_COLUMNS, values))
    } else return refused(at, `${keyword || 'An empty line'} is not expected here`)
  }
  return open ? refused(lines.length, 'The last transaction has no ENDTRNS') : { kind: 'read', transactions }
}

/** The longest value QuickBooks takes in each column (design section 10); a DOCNUM of an invoice is shorter than that of a payment. */
const MAX_LENGTHS: Readonly<Record<string, number>> = { NAME: 41, ACCNT: 159, CLASS: 31, MEMO: 4095, INVITEM: 31, ADDR1: 41, ADDR2: 41, ADDR3: 41, ADDR4: 41, ADDR5: 41 }
const MAX_DOCNUM: Readonly<Record<string, number>> = { INVOICE: 11, PAYMENT: 20 }

/** What QuickBooks would refuse, as sentences that name the document. An empty list means the file may go out. */
export function checkIif(transactions: readonly IifTransaction[]): readonly string[] {
  return transactions.flatMap(({ trns, splits }) => {
    const label = `${trns['TRNSTYPE']} ${trns['DOCNUM']}`
    const problems: string[] = []
    const amounts = [trns, ...splits].map((part) => parseMoney(part['AMOUNT'] ?? ''))
    if (amounts.some((amount) => amount === undefined)) problems.push(`${label}: an amount can\u2019t be read`)
    else if (sumCents(amounts as readonly Cents[]) !== 0) problems.push(`${label}: debits and credits differ`)
    if ((trns['DOCNUM'] ?? '').length > (MAX_DOCNUM[trns['TRNSTYPE'] ?? ''] ?? 0)) problems.push(`${label}: the number is too long`)
    for (const part of [trns, ...splits]) {
      if (part['ACCNT'] === '') problems.push(`${label}: an account is missing`)
      if (!/^\d{2}\/\d{2}\/\d{4}$/.test(part['DATE'] ?? '')) problems.push(`${label}: the date can\u2019t be read`)
      for (const [column, value] of Object.entries(part)) {
        if (value.includes('"')) problems.push(`${label}: ${column} holds a quotation mark`)
        if (value.length > (MAX_LENGTHS[column] ?? Number.POSITIVE_INFINITY)) problems.push(`${label}: ${column} is longer than ${MAX_LENGTHS[column]} characters`)
      }
    }
    if (trns['NAME'] === '') problems.push(`${label}: the customer has no name`)
    return problems
  })
}
