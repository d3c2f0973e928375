import { describe, expect, it } from 'vitest'
import { consequence, type CustomerInvoice, invoiceOption, likelyInvoice, ON_ACCOUNT, payable } from './place.ts'

function invoice(id: string, changed: Partial<CustomerInvoice> = {}): CustomerInvoice {
  return { id, number: '1004', state: 'finalized', day: '2026-07-01', dueDay: '2026-07-31', jobNumber: '48190', totalCents: null, balanceCents: 10_000, practice: false, ...changed }
}

describe('where money can go', () => {
  it('offers what is owed, the first due on top, then drafts; nothing that is paid or for practice', () => {
    const rows = [invoice('draft', { state: 'draft', number: null, dueDay: null, balanceCents: null }), invoice('late'), invoice('early', { dueDay: '2026-07-10' }), invoice('paid', { balanceCents: 0 }), invoice('practice', { practice: true })]
    expect(payable(rows).map(({ id }) => id)).toEqual(['early', 'late', 'draft'])
    expect(invoiceOption(invoice('x'))).toEqual({ value: 'x', label: 'Invoice 1004', detail: '$100.00 open, due Jul 31' })
    expect(invoiceOption(invoice('x', { state: 'draft', number: null, balanceCents: null })).label).toBe('Draft, job 48190')
  })

  it('proposes what it was taken for, else the one invoice of exactly this amount, else the account', () => {
    const [first, second] = [invoice('first'), invoice('second', { balanceCents: 12_500 })]
    expect(likelyInvoice([first, second], 12_500, 'first')).toBe('first')
    expect(likelyInvoice([first, second], 12_500, 'another customer\u2019s')).toBe('second')
    expect(likelyInvoice([first, second], 99, null)).toBe(ON_ACCOUNT)
    expect(likelyInvoice([second, { ...second, id: 'third' }], 12_500, null)).toBe(ON_ACCOUNT)
  })

  it('says what comes of it', () => {
    expect(consequence(undefined, 10_000)).toBe('$100.00 waits on the account for the next invoice.')
    expect(consequence(invoice('x'), 10_000)).toBe('Pays it in full.')
    expect(consequence(invoice('x'), 4_000)).toBe('$60.00 stays due.')
    expect(consequence(invoice('x'), 12_500)).toBe('Pays it in full; $25.00 stays on the account.')
    expect(consequence(invoice('x', { state: 'draft', balanceCents: null }), 4_000)).toContain('once that is final')
  })
})
