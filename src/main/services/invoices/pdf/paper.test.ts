import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { InvoicePaper } from './paper.ts'
import { pageCount } from '../../../pdf/fonts.ts'
import { printInvoice } from './render.ts'

const paper: InvoicePaper = {
  company: { name: 'Copper Ridge Home Services', lines: ['1450 Foundry Road', 'Fairhollow, IL 60601'], contact: ['(555) 014-2000', 'office@copperridge.example'] },
  number: '20437',
  day: '2026-07-13',
  dueDay: '2026-07-28',
  terms: 'Net 15',
  jobNumber: '48190',
  billTo: { name: 'Omar Castellan', lines: ['61 Saltbrook Lane', 'Fairhollow, IL 60601'] },
  serviceAt: { name: 'Omar Castellan', lines: ['61 Saltbrook Lane', 'Fairhollow, IL 60601'] },
  summary: 'Upstairs not cooling since last night.',
  lines: [
    { kind: 'service', description: 'Dispatch and diagnosis', quantity: 1000, unitPriceCents: 8900, amountCents: 8900, taxable: false, reason: '' },
    { kind: 'material', description: 'Fan motor, 1/4 hp', quantity: 1000, unitPriceCents: 21_400, amountCents: 21_400, taxable: true, reason: '' },
    { kind: 'material', description: 'Capacitor 45/5', quantity: 1000, unitPriceCents: 3850, amountCents: 3850, taxable: true, reason: '' },
    { kind: 'service', description: 'Labor, hours', quantity: 1250, unitPriceCents: 9600, amountCents: 12_000, taxable: false, reason: '' },
    { kind: 'discount', description: 'Discount 20%', quantity: 1000, unitPriceCents: -9230, amountCents: -9230, taxable: false, reason: 'Second visit within a week' },
  ],
  subtotalCents: 36_920,
  taxShares: [
    { jurisdiction: 'Illinois', rate: 62_500, taxableCents: 25_250, taxCents: 1578 },
    { jurisdiction: 'Fairhollow', rate: 18_750, taxableCents: 25_250, taxCents: 473 },
  ],
  totalCents: 38_971,
  payments: [{ day: '2026-07-13', form: 'check', checkNumber: '5521', appliedCents: 20_000 }],
  balanceCents: 18_971,
  footer: 'Labor is guaranteed for one year, parts by their makers. Questions: call the office, Monday to Friday, 7 AM to 6 PM. Thank you for your business.',
  notReal: null,
}

const save = async (name: string, changed: Partial<InvoicePaper>): Promise<Uint8Array> => {
  const bytes = await printInvoice({ ...paper, ...changed })
  if (process.env['BATON_PDF_DIR']) writeFileSync(`${process.env['BATON_PDF_DIR']}/${name}.pdf`, bytes)
  return bytes
}

it('prints an invoice on one page', async () => {
  const pdf = await save('plain', {})
  expect(Buffer.from(pdf).toString('latin1', 0, 8)).toBe('%PDF-1.3')
  expect(pageCount(pdf)).toBe(1)
})

it('prints as many pages as the lines take', async () => {
  const line = paper.lines[1] ?? { kind: 'service' as const, description: '', quantity: 0, unitPriceCents: 0, amountCents: 0, taxable: true, reason: '' }
  const lines = Array.from({ length: 70 }, (_, index) => ({ ...line, description: `${index + 1}. ${line.description}${index % 9 === 0 ? ', with a description so long that it takes two lines of the column because somebody copied the whole of the price book\u2019s text' : ''}` }))
  expect(pageCount(await save('long', { lines, payments: [], balanceCents: 38_971 }))).toBeGreaterThan(2)
})

it('prints what people type: emoji, other scripts, a name of 400 characters', async () => {
  const name = `Ann \u{1F9CA} O\u2019Neil \u0160\u0115 \u05E9\u05DC\u05D5\u05DD ${'Bartholomew '.repeat(32)}`
  const pdf = await save('odd', { billTo: { name, lines: ['1 \u{1F3E0} Lane'] }, notReal: 'sample company', payments: [], balanceCents: 38_971 })
  expect(pageCount(pdf)).toBeGreaterThan(0)
})

it('says that a draft is a draft', async () => {
  expect(pageCount(await save('draft', { number: null, day: null, dueDay: null, payments: [] }))).toBe(1)
})
