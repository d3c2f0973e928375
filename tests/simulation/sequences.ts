import { batchTable } from '../../src/shared/domain/accounting/tables.ts'
import { customerTable } from '../../src/shared/domain/customers/tables.ts'
import { appointmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { importRunTable } from '../../src/shared/domain/intake/tables.ts'
import { invoiceTable } from '../../src/shared/domain/invoices/tables.ts'
import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import { suspensePaymentTable } from '../../src/shared/domain/payments/suspense.ts'
import { openOffice } from './openingDay.ts'
import { GENERATORS } from './generators.ts'
import { Simulator } from './simulator.ts'
import type { Generator, World } from './world.ts'

/** How often each kind was tried and accepted, over all sequences. */
export class Tally {
  readonly accepted = new Map<string, number>()
  readonly refused = new Map<string, number>()

  add(simulator: Simulator): void {
    for (const { command, accepted } of simulator.tried) {
      const counts = accepted ? this.accepted : this.refused
      counts.set(command, (counts.get(command) ?? 0) + 1)
    }
  }

  tried(command: string): number {
    return (this.accepted.get(command) ?? 0) + (this.refused.get(command) ?? 0)
  }

  get total(): number {
    return [...this.accepted.values(), ...this.refused.values()].reduce((sum, count) => sum + count, 0)
  }

  get acceptedTotal(): number {
    return [...this.accepted.values()].reduce((sum, count) => sum + count, 0)
  }

  /** One line a command, for the test's output. */
  table(): string {
    const names = [...new Set([...this.accepted.keys(), ...this.refused.keys()])].sort()
    return names.map((name) => `${name.padEnd(28)} ${String(this.accepted.get(name) ?? 0).padStart(7)} accepted ${String(this.refused.get(name) ?? 0).padStart(7)} refused`).join('\n')
  }
}

/**
 * What carries a call on towards the accountant, each with the moment at which it can: chance alone
 * would take thousands of commands to post its first batch.
 */
const CARRIES_ON: readonly { readonly command: string; readonly when: (world: World) => boolean }[] = [
  { command: 'batch.post', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'open' && batch.reviewedAt !== null) },
  { command: 'batch.review', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'open' && batch.reviewedAt === null) },
  { command: 'batch.prepare', when: ({ rows }) => rows(invoiceTable).some((invoice) => invoice.state === 'finalized' && invoice.batchId === null) },
  { command: 'payment.place', when: ({ rows }) => rows(suspensePaymentTable).some((money) => money.state === 'open') },
  { command: 'payment.record', when: ({ rows }) => rows(invoiceTable).some((invoice) => invoice.state === 'finalized' && invoice.balanceCents > 0) },
  { command: 'invoice.finalize', when: ({ rows }) => rows(invoiceTable).some((invoice) => invoice.state === 'draft') },
  { command: 'invoice.draft', when: ({ rows }) => rows(appointmentTable).some((visit) => visit.closedOutAt !== null && !visit.invoiced) },
  { command: 'appointment.closeOut', when: ({ rows }) => rows(appointmentTable).some((visit) => visit.state === 'done' && visit.closedOutAt === null) },
  { command: 'appointment.changeState', when: ({ rows }) => rows(appointmentTable).some((visit) => visit.technicianId !== null && visit.state !== 'done' && visit.state !== 'canceled') },
  { command: 'appointment.assign', when: ({ rows }) => rows(appointmentTable).some((visit) => visit.technicianId === null && visit.state === 'scheduled') },
  { command: 'job.book', when: ({ rows }) => rows(customerTable).length > 0 },
  { command: 'customer.create', when: ({ rows }) => rows(customerTable).length < 3 },
  { command: 'call.offered', when: () => true },
]

/** What can only be done at a passing moment; taken there until it has been tried enough. */
const PASSING: typeof CARRIES_ON = [
  { command: 'invoice.saveLine', when: ({ rows }) => rows(invoiceTable).some((invoice) => invoice.state === 'draft') },
  { command: 'invoice.removeLine', when: ({ rows }) => rows(invoiceTable).some((invoice) => invoice.state === 'draft') },
  { command: 'batch.removeItem', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'open') },
  { command: 'batch.discard', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'open') },
  { command: 'batch.unpost', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'posted' && !batch.exported) },
  { command: 'batch.recordExport', when: ({ rows }) => rows(batchTable).some((batch) => batch.state === 'posted') },
  { command: 'payment.giveBack', when: ({ rows }) => rows(suspensePaymentTable).some((money) => money.state === 'open') },
  { command: 'import.addRows', when: ({ rows }) => rows(importRunTable).some((run) => run.state === 'running') },
  { command: 'import.reject', when: ({ rows }) => rows(importRunTable).some((run) => run.state === 'running') },
  { command: 'import.finish', when: ({ rows }) => rows(importRunTable).some((run) => run.state === 'running') },
]
const ENOUGH = 200

const STARTS_A_COMPANY = new Set(['company.create'])

/**
 * One seeded sequence: an opening day, then `steps` proposals. The kinds accepted least so far are drawn
 * more often, so that none stays untried.
 */
export function playSequence(seed: number, steps: number, tally: Tally, watch: (simulator: Simulator, changes: readonly NetChange[]) => void = () => undefined): Simulator {
  const simulator = new Simulator(seed)
  openOffice(simulator)
  const { random } = simulator
  const named = new Map(GENERATORS.map((generator) => [generator.command, generator]))
  const others = GENERATORS.filter((generator) => !STARTS_A_COMPANY.has(generator.command))
  const draw = (): Generator | undefined => {
    if (random.chance(0.25)) {
      const passing = PASSING.filter(({ command, when }) => tally.tried(command) < ENOUGH * 6 && (tally.accepted.get(command) ?? 0) < ENOUGH && when(simulator.world))
      const next = random.pick(passing)
      if (next) return named.get(next.command)
    }
    if (random.chance(0.6)) {
      const possible = CARRIES_ON.filter(({ when }) => when(simulator.world))
      // The one nearest to the accountant first, but not always.
      const next = possible.find(() => random.chance(0.5)) ?? random.pick(possible)
      return named.get(next?.command ?? '')
    }
    const [one, other] = [random.pick(others), random.pick(others)]
    if (!one || !other) return one
    return (tally.accepted.get(one.command) ?? 0) <= (tally.accepted.get(other.command) ?? 0) ? one : other
  }
  let done = 0
  for (let attempt = 0; done < steps && attempt < steps * 20; attempt++) {
    const generator = draw()
    const changes = generator && simulator.step(generator)
    if (!changes) continue
    done++
    watch(simulator, changes)
  }
  tally.add(simulator)
  return simulator
}
