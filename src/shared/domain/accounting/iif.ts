import { formatQuantity, plainAmount } from '../../base/money.ts'
import { DAY, type IsoDay } from '../../base/time.ts'
import type { Invoice, InvoiceLine } from '../invoices/tables.ts'
import { taxName } from '../invoices/tax.ts'
import type { LedgerAccount } from './accounts.ts'
import { plainName } from './bookNames.ts'
import { incomeAccount } from './ledger.ts'
import { invoiceKey, nameOf, paymentKey, type PostedBatch, type PostedInvoice, type PostedPayment } from './postedBatch.ts'
import { narrow } from './windows1252.ts'

/**
 * QuickBooks Desktop's interchange file: tab-separated, CRLF, Windows-1252, columns in exactly this order
 * (design section 10; Intuit's import reference for TRNS and SPL).
 */
export const TRNS_COLUMNS = [
  'TRNSID', 'TRNSTYPE', 'DATE', 'ACCNT', 'NAME', 'CLASS', 'AMOUNT', 'DOCNUM', 'MEMO', 'CLEAR', 'TOPRINT', 'NAMEISTAXABLE',
  'ADDR1', 'ADDR2', 'ADDR3', 'ADDR4', 'ADDR5', 'DUEDATE', 'TERMS', 'PAID', 'PAYMETH', 'SHIPVIA', 'SHIPDATE', 'OTHER1',
] as const

export const SPL_COLUMNS = [
  'SPLID', 'TRNSTYPE', 'DATE', 'ACCNT', 'NAME', 'CLASS', 'AMOUNT', 'DOCNUM', 'MEMO', 'CLEAR', 'QNTY', 'PRICE', 'INVITEM', 'TAXABLE',
  'OTHER2', 'YEARTODATE', 'WAGEBASE',
] as const

type Trns = Partial<Record<(typeof TRNS_COLUMNS)[number], string>>
type Spl = Partial<Record<(typeof SPL_COLUMNS)[number], string>>

export const IIF_HEADER: readonly string[] = [`!TRNS\t${TRNS_COLUMNS.join('\t')}`, `!SPL\t${SPL_COLUMNS.join('\t')}`, '!ENDTRNS']

/** The four items that must exist in QuickBooks; a line's own words travel in MEMO. */
const ITEM_NAMES: Readonly<Record<InvoiceLine['kind'], string>> = { service: 'Service', material: 'Material', equipment: 'Equipment', discount: 'Discount' }

/**
 * Free text as IIF can carry it. A double quote would open a quoted field, so inches become two apostrophes; tabs and
 * line ends become spaces.
 */
export function plainMemo(text: string, max = 4095): string {
  return narrow(text)
    .text.replace(/["\u201c\u201d]/g, "''")
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
}

/** `07/14/2026`. */
function date(day: IsoDay | null): string {
  return day === null ? '' : `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}`
}

/** The terms in the words of QuickBooks' starting list, by the days the customer really has. */
export function termsName({ day, dueDay, termsDays }: Pick<Invoice, 'day' | 'dueDay' | 'termsDays'>): string {
  const days = day === null || dueDay === null ? termsDays : daysBetween(day, dueDay)
  return days === 0 ? 'Due on receipt' : `Net ${days}`
}

const daysBetween = (from: IsoDay, to: IsoDay): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** `8.125%` for 81250 parts per million. */
const percent = (ratePpm: number): string => `${ratePpm / 10_000}%`

const row = (keyword: string, columns: readonly string[], cells: Readonly<Record<string, string | undefined>>): string =>
  [keyword, ...columns.map((column) => cells[column] ?? '')].join('\t')

function transaction(trns: Trns, splits: readonly Spl[]): string {
  const { TRNSTYPE = '', DATE = '', DOCNUM = '' } = trns
  return [
    row('TRNS', TRNS_COLUMNS, { CLEAR: 'N', TOPRINT: 'N', ...trns }),
    ...splits.map((split) => row('SPL', SPL_COLUMNS, { TRNSTYPE, DATE, DOCNUM, CLEAR: 'N', ...split })),
    'ENDTRNS',
  ].join('\r\n')
}

export interface IifRecord {
  readonly documentKind: 'invoice' | 'payment'
  readonly documentId: string
  readonly key: string
  /** The lines of this transaction, TRNS to ENDTRNS. */
  readonly text: string
}

/** QuickBooks writes what is sold as negative amounts and quantities; a discount, being negative, turns positive. */
function invoiceRecord({ invoice, lines }: PostedInvoice, batch: PostedBatch): IifRecord {
  const { accounts, classes } = batch.books
  const unitClass = plainName(classes[invoice.businessUnitId] ?? '')
  const account = (key: LedgerAccount): string => plainMemo(accounts[key])
  const key = invoiceKey(invoice)
  const address = [invoice.billTo.name, ...invoice.billTo.lines].map((line) => plainMemo(line, 41))
  const text = transaction(
    {
      TRNSTYPE: 'INVOICE',
      DATE: date(invoice.day),
      ACCNT: account('receivable'),
      NAME: nameOf(batch, invoice.customerId),
      CLASS: unitClass,
      AMOUNT: plainAmount(invoice.totalCents),
      DOCNUM: plainMemo(invoice.number ?? ''),
      MEMO: plainMemo(`${key} ${invoice.memo}`),
      NAMEISTAXABLE: invoice.taxCents === 0 ? 'N' : 'Y',
      ADDR1: address[0] ?? '',
      ADDR2: address[1] ?? '',
      ADDR3: address[2] ?? '',
      ADDR4: address[3] ?? '',
      ADDR5: address[4] ?? '',
      DUEDATE: date(invoice.dueDay),
      TERMS: termsName(invoice),
      PAID: 'N',
    },
    [
      ...lines.map((line): Spl => ({
        ACCNT: account(incomeAccount(line.kind)),
        CLASS: unitClass,
        AMOUNT: plainAmount(-line.amountCents),
        MEMO: plainMemo(line.description),
        QNTY: formatQuantity(-line.quantity),
        PRICE: plainAmount(line.unitPriceCents),
        INVITEM: ITEM_NAMES[line.kind],
        TAXABLE: line.taxable ? 'Y' : 'N',
      })),
      ...invoice.taxShares
        .filter((share) => share.taxCents !== 0)
        .map((share): Spl => ({
          ACCNT: account('salesTax'),
          NAME: plainName(share.jurisdiction),
          CLASS: unitClass,
          AMOUNT: plainAmount(-share.taxCents),
          MEMO: plainMemo(taxName(share.jurisdiction)),
          PRICE: percent(share.rate),
          INVITEM: plainName(share.jurisdiction).slice(0, 31),
          TAXABLE: 'N',
        })),
    ],
  )
  return { documentKind: 'invoice', documentId: invoice.id, key, text }
}

/** Money goes to undeposited funds against the receivables, whole: QuickBooks keeps what exceeds an invoice there as credit. */
function paymentRecord({ payment, invoiceNumber }: PostedPayment, batch: PostedBatch): IifRecord {
  const { accounts } = batch.books
  const key = paymentKey(payment)
  const name = nameOf(batch, payment.customerId)
  const memo = plainMemo([key, invoiceNumber === null ? 'on account' : `invoice ${invoiceNumber}`, payment.memo].join(' '))
  const text = transaction(
    {
      TRNSTYPE: 'PAYMENT',
      DATE: date(payment.day),
      ACCNT: plainMemo(accounts.undeposited),
      NAME: name,
      AMOUNT: plainAmount(payment.amountCents),
      DOCNUM: plainMemo(payment.checkNumber ?? key, 20),
      MEMO: memo,
      PAYMETH: payment.form === 'check' ? 'Check' : 'Cash',
    },
    [{ ACCNT: plainMemo(accounts.receivable), NAME: name, AMOUNT: plainAmount(-payment.amountCents), MEMO: memo }],
  )
  return { documentKind: 'payment', documentId: payment.id, key, text }
}

/** Every record of a sorted batch, in the order of the file. */
export function iifRecords(batch: PostedBatch): readonly IifRecord[] {
  return [...batch.invoices.map((posted) => invoiceRecord(posted, batch)), ...batch.payments.map((posted) => paymentRecord(posted, batch))]
}

/** The whole file as text; `encodeWindows1252` makes it bytes. */
export function iifText(records: readonly IifRecord[]): string {
  return [...IIF_HEADER, ...records.map((record) => record.text), ''].join('\r\n')
}
