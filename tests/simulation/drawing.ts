import { batchTable } from '../../src/shared/domain/accounting/tables.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { customerTable } from '../../src/shared/domain/customers/tables.ts'
import { appointmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { effectTable } from '../../src/shared/domain/effects/tables.ts'
import { invoiceTable } from '../../src/shared/domain/invoices/tables.ts'
import { mailSettingsTable } from '../../src/shared/domain/mail/tables.ts'
import { suspensePaymentTable } from '../../src/shared/domain/payments/suspense.ts'
import { rolesMay, SYSTEM_ACTOR, SYSTEM_PERMISSIONS } from '../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../src/shared/domain/people/tables.ts'
import { GENERATORS } from './generators.ts'
import type { Tally } from './tally.ts'
import type { Generator, Proposal, World } from './world.ts'

/** Final, and nobody has asked for it to be emailed. */
function hasUnsentInvoice(rows: World['rows']): boolean {
  const asked = new Set(rows(effectTable).map((effect) => effect.subjectId))
  return rows(invoiceTable).some((invoice) => invoice.state === 'finalized' && !asked.has(invoice.id))
}

/**
 * What carries a call on towards the accountant, each with the moment at which it can: chance alone
 * would take thousands of commands to post its first batch.
 */
const CARRIES_ON: readonly { readonly command: string; readonly when: (world: World) => boolean }[] = [
  { command: 'effect.settle', when: ({ rows }) => rows(effectTable).some((effect) => effect.state === 'uncertain' || effect.state === 'failed') },
  { command: 'effect.doubt', when: ({ rows }) => rows(effectTable).some((effect) => effect.state === 'running') },
  { command: 'effect.fail', when: ({ rows }) => rows(effectTable).some((effect) => effect.state === 'running') },
  { command: 'effect.finish', when: ({ rows }) => rows(effectTable).some((effect) => effect.state === 'running') },
  { command: 'effect.begin', when: ({ rows }) => rows(effectTable).some((effect) => effect.state === 'waiting') },
  { command: 'invoice.email', when: ({ rows }) => rows(mailSettingsTable).length > 0 && hasUnsentInvoice(rows) },
  { command: 'mail.configure', when: ({ rows }) => rows(mailSettingsTable).length === 0 && hasUnsentInvoice(rows) },
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

/** What most other kinds of an area are done to; where none of those can be done, this is what is missing. */
const BEGINS: Readonly<Record<string, string>> = { task: 'task.create', script: 'script.save', manual: 'manual.save', import: 'import.start', attachment: 'attachment.add', number: 'number.remember', alert: 'alert.raise', serviceArea: 'serviceArea.save', draft: 'draft.handOver', waitList: 'waitList.add', phoneLine: 'phoneLine.save', phone: 'phone.down', lead: 'lead.receive', technicianLink: 'technicianLink.issue', field: 'technicianLink.issue' }

/** What only ever follows another kind, which is soon seen often enough and then no longer looked for itself. */
const FOLLOWS: Readonly<Record<string, string>> = { 'effect.doubt': 'effect.begin', 'effect.fail': 'effect.begin', 'effect.finish': 'effect.begin', 'effect.begin': 'invoice.email', 'task.signOff': 'task.finish', 'task.sendBack': 'task.finish', 'truthHour.settle': 'truthHour.begin', 'field.photo': 'field.issue', 'field.issue': 'technicianLink.issue', 'field.report': 'technicianLink.issue', 'payment.place': 'payment.record', 'payment.giveBack': 'payment.record', 'batch.discard': 'batch.prepare', 'batch.removeItem': 'batch.prepare', 'waitList.expire': 'waitList.offer', 'appointment.join': 'appointment.split', 'waitList.moveUp': 'waitList.offer', 'lead.reopen': 'lead.dismiss', 'lead.answerChat': 'lead.receive', 'lead.closeChat': 'lead.receive', 'waitList.offer': 'waitList.add' }

const NAMED = new Map(GENERATORS.map((generator) => [generator.command, generator]))
const STARTS_A_COMPANY = new Set(['company.create'])
const OTHERS = GENERATORS.filter((generator) => !STARTS_A_COMPANY.has(generator.command))

/** Of so many of the kinds accepted least one is looked for whose moment is now. */
const NEEDIEST = 20

/** Mostly the one accepted least of those whose moment is now; or what the moment of most others waits for. */
function drawNeedy(world: World, tally: Tally, enough: number): Generator | undefined {
  const wanted = OTHERS.filter(({ command }) => tally.accepted(command) < enough && tally.tried(command) < enough * 6)
  // From another one each time: those whose moment never comes must not stand before all the others.
  const first = world.random.below(Math.max(1, wanted.length))
  const needy = [...wanted.slice(first), ...wanted.slice(0, first)]
    .toSorted((one, other) => tally.accepted(one.command) - tally.accepted(other.command))
    .slice(0, NEEDIEST)
  const possible = (generator: Generator | undefined): boolean => generator?.propose(world) !== undefined
  for (const generator of needy) {
    if (!world.random.chance(0.7)) continue
    if (possible(generator)) return generator
    for (let before = NAMED.get(FOLLOWS[generator.command] ?? ''); before; before = NAMED.get(FOLLOWS[before.command] ?? '')) {
      if (possible(before)) return before
    }
  }
  const begins = NAMED.get(BEGINS[world.random.pick(needy)?.command.split('.')[0] ?? ''] ?? '')
  return possible(begins) ? begins : undefined
}

/**
 * What is done next in an office that looks like this: a kind of which little was seen yet, or the next step towards the
 * accountant, or the kind accepted less often of two. Undefined where chance finds nothing.
 * @param wanted how often a kind must be accepted until it is no longer looked for, and how much of the day is for looking
 */
export function drawGenerator(world: World, tally: Tally, { enough, share }: { readonly enough: number; readonly share: number }): Generator | undefined {
  const { random } = world
  if (random.chance(share)) {
    const needy = drawNeedy(world, tally, enough)
    if (needy) return needy
  }
  if (random.chance(0.6)) {
    const possible = CARRIES_ON.filter(({ when }) => when(world))
    // The one nearest to the accountant first, but not always.
    const next = possible.find(() => random.chance(0.5)) ?? random.pick(possible)
    return NAMED.get(next?.command ?? '')
  }
  const [one, other] = [random.pick(OTHERS), random.pick(OTHERS)]
  if (!one || !other) return one
  return tally.accepted(one.command) <= tally.accepted(other.command) ? one : other
}

/** Who does it: somebody who may, or now and then somebody who may not. */
export function drawActor({ rows, random }: World, command: string, proposal: Proposal): string {
  if (proposal.actorId !== undefined) return proposal.actorId
  const permission = COMMANDS.get(command)?.permission
  if (permission === undefined || (SYSTEM_PERMISSIONS.has(permission) && permission !== 'office.view')) return SYSTEM_ACTOR
  const people = rows(userTable)
  const allowed = people.filter((user) => user.presence !== 'left' && rolesMay(user.roles, permission))
  return random.pick(random.chance(0.03) ? people : allowed)?.id ?? SYSTEM_ACTOR
}
