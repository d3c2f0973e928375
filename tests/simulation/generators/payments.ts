import { addDays } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { customerTable } from '../../../src/shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { paymentTable } from '../../../src/shared/domain/payments/tables.ts'
import type { Generator } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const record: Generator = {
  command: 'payment.record',
  propose: (world) => {
    const { random } = world
    const invoices = world.rows(invoiceTable)
    const owed = invoices.filter((invoice) => invoice.state === 'finalized' && invoice.balanceCents > 0)
    // Mostly what is owed; sometimes on account, for a draft, or for an invoice that is paid.
    const invoice = random.chance(0.15) ? undefined : random.chance(0.15) ? random.pick(invoices) : random.pick(owed)
    const customerId = random.chance(WRONG / 3) ? random.pick(world.rows(customerTable))?.id : (invoice?.customerId ?? random.pick(world.rows(customerTable))?.id)
    if (customerId === undefined) return undefined
    const balance = Math.max(1, invoice?.balanceCents ?? 10_000)
    const form = random.pick(['check', 'cash'] as const) ?? 'cash'
    const share = random.below(10)
    const amountCents = random.chance(WRONG / 3) ? balance * 100 + 1 : share < 6 ? balance : share < 8 ? Math.max(1, Math.floor(balance / 3)) : balance + random.below(balance) + 1
    const day = wallTimeOf(world.at, world.zone).day
    return {
      input: {
        paymentId: random.chance(WRONG / 6) ? (random.pick(world.rows(paymentTable))?.id ?? random.id()) : random.id(),
        customerId,
        invoiceId: invoice?.id ?? null,
        form,
        amountCents,
        checkNumber: form === 'check' && !random.chance(WRONG / 3) ? String(random.below(9000) + 1000) : null,
        memo: random.chance(0.3) ? 'Handed over at the door' : '',
        day: random.chance(WRONG / 3) ? addDays(day, 30) : day,
        ...(random.chance(0.1) ? { amountConfirmed: true } : {}),
      },
    }
  },
}

const takeBack: Generator = {
  command: 'payment.void',
  propose: (world) => {
    const { random } = world
    const payments = world.rows(paymentTable)
    const free = payments.filter((payment) => payment.state === 'taken' && payment.batchId === null)
    const payment = random.chance(WRONG) ? random.pick(payments) : random.pick(free)
    return payment && { input: { paymentId: payment.id, reason: 'The check bounced' } }
  },
}

export const paymentsGenerators: readonly Generator[] = [record, takeBack]
