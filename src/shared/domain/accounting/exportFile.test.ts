import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MoneyDesk } from '../../../../tests/support/moneyDesk.ts'
import { parseMoney } from '../../base/money.ts'
import { invoiceLineTable, invoiceTable } from '../invoices/tables.ts'
import { paymentTable } from '../payments/tables.ts'
import { csvCell, JOURNAL_COLUMNS } from './csvJournal.ts'
import { exportFile } from './exportFile.ts'
import { IIF_HEADER, plainMemo } from './iif.ts'
import { checkIif, type IifTransaction, parseIif } from './iifCheck.ts'
import type { PostedBatch } from './postedBatch.ts'
import { batchTable, bookNameTable, ledgerEntryTable } from './tables.ts'
import { decodeWindows1252, encodeWindows1252, narrow } from './windows1252.ts'

const LINES = [
  { description: 'Dispatch and diagnosis', unitPriceCents: 8900, taxable: false },
  { kind: 'material', description: 'Copper pipe 3/4"\tType L', quantity: 2500, unitPriceCents: 1140 },
  { kind: 'discount', description: 'Second visit', unitPriceCents: 2000 },
] as const

function postedBatch(desk: MoneyDesk, batchId: string): PostedBatch {
  const { engine } = desk.office
  const batch = engine.row(batchTable, batchId)
  if (!batch?.books) throw new Error('The batch is not posted')
  const entriesOf = (documentId: string) => engine.rows(ledgerEntryTable).filter((entry) => entry.documentId === documentId)
  return {
    batch,
    books: batch.books,
    names: new Map(engine.rows(bookNameTable).map((row) => [row.id, row.name])),
    invoices: engine
      .rows(invoiceTable)
      .filter((invoice) => invoice.batchId === batchId)
      .map((invoice) => ({ invoice, lines: engine.rows(invoiceLineTable).filter((line) => line.invoiceId === invoice.id), entries: entriesOf(invoice.id) })),
    payments: engine
      .rows(paymentTable)
      .filter((payment) => payment.batchId === batchId)
      .map((payment) => ({ payment, invoiceNumber: payment.invoiceId === null ? null : (engine.row(invoiceTable, payment.invoiceId)?.number ?? null), entries: entriesOf(payment.id) })),
  }
}

/** Two invoices, a check, cash that is more than owed: posted. */
function posted(): { readonly desk: MoneyDesk; readonly batch: PostedBatch } {
  const desk = new MoneyDesk()
  const first = desk.final(LINES, desk.addCustomer('Zo\u00eb', 'O\u2019Neil \u{1F9CA}'))
  const second = desk.final([{ unitPriceCents: 0, description: '=cmd|\'/c calc\'!A1' }])
  const check = desk.pay(first, first.totalCents, { form: 'check', checkNumber: '5521' }).paymentId
  const cash = desk.pay(second, 5000).paymentId
  const batchId = desk.batch([second.id, first.id], [cash, check])
  desk.post(batchId)
  return { desk, batch: postedBatch(desk, batchId) }
}

function readIif(bytes: Uint8Array): readonly IifTransaction[] {
  const reading = parseIif(decodeWindows1252(bytes))
  if (reading.kind === 'refused') throw new Error(`${reading.line}: ${reading.reason}`)
  return reading.transactions
}

describe('the IIF file', () => {
  it('has the header in QuickBooks\u2019 order, tabs, CRLF, and reads back', () => {
    const { batch } = posted()
    const file = exportFile(batch, 'iif')
    const text = decodeWindows1252(file.bytes)
    expect(file).toMatchObject({ name: 'baton-batch-1001.iif', problems: [] })
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      '!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tCLASS\tAMOUNT\tDOCNUM\tMEMO\tCLEAR\tTOPRINT\tNAMEISTAXABLE\tADDR1\tADDR2\tADDR3\tADDR4\tADDR5\tDUEDATE\tTERMS\tPAID\tPAYMETH\tSHIPVIA\tSHIPDATE\tOTHER1',
      '!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tCLASS\tAMOUNT\tDOCNUM\tMEMO\tCLEAR\tQNTY\tPRICE\tINVITEM\tTAXABLE\tOTHER2\tYEARTODATE\tWAGEBASE',
      '!ENDTRNS',
    ])
    expect(text.endsWith('ENDTRNS\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(readIif(file.bytes).map(({ trns, splits }) => [trns['TRNSTYPE'], trns['DOCNUM'], splits.length])).toEqual([['INVOICE', '1001', 5], ['INVOICE', '1002', 1], ['PAYMENT', '5521', 1], ['PAYMENT', expect.stringMatching(/^PMT-[0-9a-f]{12}$/), 1]])
  })

  it('writes an invoice as receivables against items and tax, each transaction zero', () => {
    const { batch } = posted()
    const [invoice] = readIif(exportFile(batch, 'iif').bytes)
    expect(invoice?.trns).toMatchObject({ DATE: '07/14/2026', ACCNT: 'Accounts Receivable', NAME: 'Zo\u00eb O\u2019Neil', CLASS: 'HVAC', AMOUNT: '98.19', DUEDATE: '07/29/2026', TERMS: 'Net 15', ADDR1: 'Zo\u00eb O\u2019Neil', ADDR2: '27 Larkspur Court', NAMEISTAXABLE: 'Y' })
    expect(invoice?.splits.map((split) => [split['ACCNT'], split['AMOUNT'], split['QNTY'], split['PRICE'], split['INVITEM']])).toEqual([
      ['Service Income', '-89.00', '-1', '89.00', 'Service'],
      ['Materials Income', '-28.50', '-2.5', '11.40', 'Material'],
      ['Discounts Given', '20.00', '-1', '-20.00', 'Discount'],
      ['Sales Tax Payable', '-0.53', '', '6.25%', 'Illinois'],
      ['Sales Tax Payable', '-0.16', '', '1.875%', 'Fairhollow'],
    ])
    expect(invoice?.splits[1]?.['MEMO']).toBe("Copper pipe 3/4'' Type L")
  })

  it('is the same to the byte every time, in whatever order the rows come', () => {
    const { batch } = posted()
    const shuffled = { ...batch, invoices: batch.invoices.toReversed().map((each) => ({ ...each, lines: each.lines.toReversed() })), payments: batch.payments.toReversed() }
    for (const format of ['iif', 'csv'] as const) {
      const [once, again] = [exportFile(batch, format), exportFile(shuffled, format)]
      expect(Buffer.from(again.bytes).equals(Buffer.from(once.bytes))).toBe(true)
      expect(again.records).toEqual(once.records)
      expect(new Set(once.records.map((record) => record.key)).size).toBe(4)
    }
  })

  it('is refused by the reader when anything in the frame is off', () => {
    const good = `${IIF_HEADER.join('\r\n')}\r\n`
    const refusal = (text: string) => parseIif(text)
    expect(refusal(good)).toEqual({ kind: 'read', transactions: [] })
    expect(refusal(good.replaceAll('\r\n', '\n'))).toMatchObject({ kind: 'refused' })
    expect(refusal(good.replace('TRNSTYPE\tDATE', 'DATE\tTRNSTYPE'))).toMatchObject({ kind: 'refused', line: 1 })
    expect(refusal(`${good}TRNS\tx\r\n`)).toMatchObject({ kind: 'refused', line: 4 })
    expect(refusal(`${good}TRNS${'\t'.repeat(24)}\r\nENDTRNS\r\n`)).toMatchObject({ kind: 'refused', line: 5 })
    expect(refusal(`${good}\r\n`)).toMatchObject({ kind: 'refused', reason: 'An empty line is not expected here' })
  })

  it('is not handed out when QuickBooks would refuse it', () => {
    const row = { TRNSTYPE: 'INVOICE', DATE: '07/14/2026', ACCNT: 'AR', NAME: 'N', DOCNUM: '123456789012', AMOUNT: '10.00' }
    const problems = checkIif([{ trns: row, splits: [{ ...row, NAME: 'x'.repeat(42), AMOUNT: '-9.00', MEMO: 'a "b"', ACCNT: '' }] }])
    expect(problems).toEqual([
      'INVOICE 123456789012: debits and credits differ',
      'INVOICE 123456789012: the number is too long',
      'INVOICE 123456789012: an account is missing',
      'INVOICE 123456789012: NAME is longer than 41 characters',
      'INVOICE 123456789012: MEMO holds a quotation mark',
    ])
  })
})

describe('characters', () => {
  it('go through Windows-1252 and back, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const narrowed = narrow(text.toWellFormed()).text
        expect(decodeWindows1252(encodeWindows1252(narrowed))).toBe(narrowed)
        expect(plainMemo(text)).not.toMatch(/[\t\r\n"]/)
      }),
      { numRuns: 1000 },
    )
  })

  it('keep their letters where they can, and say which they could not', () => {
    expect(narrow('Mi\u0142osz \u010capek, caf\u00e9 \u20ac5 \u{1F600}')).toEqual({ text: 'Milosz Capek, caf\u00e9 \u20ac5 ', lost: [] })
    expect(narrow('\u0418\u0432\u0430\u043d Smith').lost).toHaveLength(4)
  })
})

describe('the CSV journal', () => {
  it('is RFC 4180 with a mark for Excel, balanced, one row an entry', () => {
    const { batch } = posted()
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(exportFile(batch, 'csv').bytes)
    expect(text.startsWith('\ufeffDate,Type,')).toBe(true)
    const rows = parse(text, { bom: true, columns: true, record_delimiter: '\r\n' }) as Record<string, string>[]
    expect(Object.keys(rows[0] ?? {})).toEqual([...JOURNAL_COLUMNS])
    const sum = (column: string) => rows.reduce((total, row) => total + (parseMoney(row[column] || '0') ?? Number.NaN), 0)
    expect(sum('Debit')).toBe(sum('Credit'))
    expect(rows).toHaveLength(5 + 2 + 2)
    expect(rows[0]).toMatchObject({ Date: '2026-07-14', Type: 'Invoice', Number: '1001', Key: 'INV-1001', Account: 'Accounts Receivable', Class: 'HVAC', Debit: '98.19', Credit: '' })
  })

  it('never hands a spreadsheet a formula', () => {
    expect(csvCell('=1+1')).toBe('"\'=1+1"')
    expect(csvCell("@SUM(A1)")).toBe('"\'@SUM(A1)"')
    expect(csvCell('a,"b"\r\nc')).toBe('"a,""b"" c"')
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [[cell]] = parse(csvCell(text) || '""', { relax_column_count: true }) as [[string]]
        expect(cell ?? '').not.toMatch(/^[=+\-@\t\r]/)
      }),
      { numRuns: 1000 },
    )
  })
})
