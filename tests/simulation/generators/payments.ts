import { addDays } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { customerTable } from '../../../src/shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { suspensePaymentTable } from '../../../src/shared/domain/payments/suspense.ts'
import { paymentTable } from '../../../src/shared/domain/payments/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const record: Generator = {
  command: 'payment.record',
  propose: (world) => {
    const { random } = world
    if (random.chance(0.35)) return recordFromElsewhere(world)
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

/** Money that another workstation took for a customer, or an invoice, whom the hub does not know; now and then reported again. */
const recordFromElsewhere = (world: World): ReturnType<Generator['propose']> => {
  const { random } = world
  const known = random.pick(world.rows(customerTable))?.id
  const again = random.chance(0.1) ? random.pick(world.rows(suspensePaymentTable))?.id : undefined
  const form = random.pick(['check', 'cash'] as const) ?? 'cash'
  return {
    place: 'hub',
    input: {
      paymentId: again ?? random.id(),
      customerId: random.chance(0.85) ? random.id() : (known ?? random.id()),
      invoiceId: random.chance(0.5) ? null : random.chance(0.5) ? random.id() : (random.pick(world.rows(invoiceTable))?.id ?? null),
      form,
      amountCents: 1 + random.below(40_000),
      checkNumber: form === 'check' && random.chance(0.9) ? '5521' : null,
      memo: '',
      day: wallTimeOf(world.at, world.zone).day,
    },
  }
}

const place: Generator = {
  command: 'payment.place',
  propose: (world) => {
    const { random } = world
    const all = world.rows(suspensePaymentTable)
    const money = random.pick(random.chance(WRONG) ? all : all.filter(({ state }) => state === 'open'))
    const owed = world.rows(invoiceTable).filter((invoice) => invoice.state === 'finalized' && invoice.balanceCents > 0)
    const invoice = random.chance(0.6) ? random.pick(random.chance(0.2) ? world.rows(invoiceTable) : owed) : undefined
    const customerId = random.chance(WRONG / 3) ? random.id() : (invoice?.customerId ?? random.pick(world.rows(customerTable))?.id)
    return money && customerId !== undefined ? { input: { suspenseId: money.id, customerId, invoiceId: invoice?.id ?? null } } : undefined
  },
}

const giveBack: Generator = {
  command: 'payment.giveBack',
  propose: (world) => {
    const { random } = world
    const all = world.rows(suspensePaymentTable)
    const money = random.pick(random.chance(WRONG) ? all : all.filter(({ state }) => state === 'open'))
    return money && { input: { suspenseId: money.id, reason: random.chance(WRONG / 3) ? ' ' : 'Nobody here knows the name' } }
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

export const paymentsGenerators: readonly Generator[] = [record, takeBack, place, giveBack]
