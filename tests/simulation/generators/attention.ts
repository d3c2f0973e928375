import { refusedChangeTable } from '../../../src/shared/domain/attention/tables.ts'
import { appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import { SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import { technicianTable, userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

interface Lost {
  readonly commandName: string
  readonly input: unknown
  readonly kind: 'refused' | 'parked' | 'flagged'
  readonly code: string
  readonly message: string
  readonly subject: { readonly kind: string; readonly id: string } | null
  readonly amountCents: number | null
}

/** A visit that somebody else has planned meanwhile. */
function lostSlot({ random, rows }: World): Lost | undefined {
  const visit = random.pick(rows(appointmentTable))
  const technician = random.pick(rows(technicianTable))
  if (!visit || !technician) return undefined
  return {
    commandName: 'appointment.assign',
    input: { appointmentId: visit.id, technicianId: technician.id, startsAt: visit.windowStartsAt, endsAt: visit.windowEndsAt, overbookAccepted: false },
    kind: 'refused',
    code: 'dispatch.doubleBooked',
    message: `${technician.name} is with another visit at that time.`,
    subject: { kind: 'appointment', id: visit.id },
    amountCents: null,
  }
}

/** A booking on a customer whom the hub does not know, or not any more; its number stays used. */
function lostBooking({ random, rows }: World): Lost | undefined {
  const job = random.pick(rows(jobTable))
  const customerId = random.chance(0.3) ? random.id() : job?.customerId
  if (customerId === undefined) return undefined
  return { commandName: 'job.book', input: { jobId: random.id(), customerId, lines: [] }, kind: 'refused', code: 'job.unknownCustomer', message: 'Choose a customer.', subject: null, amountCents: null }
}

/** Money by somebody who may not take any more: it stands, and a person looks at it. */
function flaggedMoney({ random, rows }: World): Lost | undefined {
  const invoice = random.pick(rows(invoiceTable))
  const amountCents = 1 + random.below(50_000)
  return {
    commandName: 'payment.record',
    input: { paymentId: random.id(), invoiceId: invoice?.id ?? null, amountCents },
    kind: random.chance(0.7) ? 'flagged' : 'parked',
    code: 'people.notAllowed',
    message: 'This needs the right \u201cpayment.take\u201d.',
    subject: invoice ? { kind: 'invoice', id: invoice.id } : null,
    amountCents,
  }
}

const changeRefused: Generator = {
  command: 'change.refused',
  propose: (world) => {
    const { random, rows, at } = world
    const lost = random.pick([lostSlot, lostBooking, flaggedMoney])?.(world)
    if (!lost) return undefined
    const earlier = random.chance(0.4) ? random.pick(rows(refusedChangeTable)) : undefined
    const report = {
      ...lost,
      // Reported again, after the answer was lost on its way.
      commandId: earlier && random.chance(0.3) ? earlier.commandId : random.id(),
      commandVersion: 1,
      // Of another workstation's series, which nobody counts here.
      numbers: lost.commandName === 'job.book' ? { job: `W-${9000 + random.below(1000)}` } : {},
      at: at - random.below(86_400_000),
      deviceId: random.id(),
      actorId: random.chance(0.9) ? (random.pick(rows(userTable))?.id ?? random.id()) : random.id(),
      causeId: earlier?.id ?? (random.chance(0.1) ? random.id() : null),
    }
    return { actorId: SYSTEM_ACTOR, input: random.chance(WRONG) ? { ...report, kind: 'forgotten' } : report }
  },
}

export const attentionGenerators: readonly Generator[] = [changeRefused]
