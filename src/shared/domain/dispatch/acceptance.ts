import { z } from 'zod'
import { formatWindow } from '../../base/minutes.ts'
import type { Instant } from '../../base/time.ts'
import type { Customer } from '../customers/tables.ts'
import { insert, type Patch, update, type Change } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import { lineInput, optionalLine } from '../kernel/inputs.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import type { Technician } from '../people/tables.ts'
import { acceptedMoveTable, type Appointment, appointmentTable, type BrokenPromise } from './tables.ts'
import { historyNote, type Visit } from './visit.ts'

/**
 * What a customer was promised of a visit does not move silently. The window is promised to everybody; some were promised a
 * certain technician or the very time as well, which makes their visit locked. To move it anyway somebody has to have
 * accepted it, and the customer is told or will be called: the call is a promise in the ledger.
 */

export const acceptanceInput = z
  .strictObject({
    acceptedBy: lineInput('Who accepted it', 80),
    /** `told`: they know, in these words. `toCall`: somebody owes them a call. */
    customer: z.enum(['told', 'toCall']),
    words: optionalLine('What the customer was told', 300).default(''),
  })
  .refine(({ customer, words }) => customer === 'toCall' || words !== '', { message: 'Write what the customer was told.', path: ['words'] })

export type Acceptance = z.output<typeof acceptanceInput>

/** Where a visit is to stand; null: with nobody. */
export type Stand = { readonly technicianId: string; readonly startsAt: Instant } | null

type Promised = Pick<Appointment, 'state' | 'technicianId' | 'startsAt' | 'promisedTechnicianId' | 'promisedAt' | 'windowStartsAt' | 'windowEndsAt'>

/** Promised more than a window: it moves only with a recorded acceptance. */
export function isLocked({ promisedTechnicianId, promisedAt }: Pick<Appointment, 'promisedTechnicianId' | 'promisedAt'>): boolean {
  return promisedTechnicianId !== null || promisedAt !== null
}

/** True where a start lies in the promised window, or is the one that was agreed instead. */
export function keepsWindow({ windowStartsAt, windowEndsAt, promisedAt }: Pick<Appointment, 'windowStartsAt' | 'windowEndsAt' | 'promisedAt'>, startsAt: Instant): boolean {
  return startsAt === promisedAt || (startsAt >= windowStartsAt && startsAt < windowEndsAt)
}

/** The promise that a move would break, the gravest first; undefined where it breaks none. What stays where it is breaks nothing anew. */
export function brokenBy(visit: Promised, to: Stand): BrokenPromise | undefined {
  // The technician is there, or was: what is changed now is what is written down of it.
  if (visit.state === 'working' || visit.state === 'done' || visit.state === 'canceled') return undefined
  const [otherHands, otherTime] = [(to?.technicianId ?? null) !== visit.technicianId, (to?.startsAt ?? null) !== visit.startsAt]
  if (visit.promisedTechnicianId !== null && otherHands && to?.technicianId !== visit.promisedTechnicianId) return 'technician'
  if (visit.promisedAt !== null && otherTime && to?.startsAt !== visit.promisedAt) return 'time'
  if (to === null || !otherTime) return undefined
  return keepsWindow(visit, to.startsAt) ? undefined : 'window'
}

interface Names {
  readonly customer: Customer | undefined
  readonly promisedTechnician: Technician | undefined
}

/** What stands against it, and what to do. */
export function refuseBroken(broke: BrokenPromise, { windowStart, windowEnd }: Pick<Appointment, 'windowStart' | 'windowEnd'>, { customer, promisedTechnician }: Names): Refused {
  const who = customer?.name ?? 'The customer'
  const what = {
    technician: `${who} was promised ${promisedTechnician?.name ?? 'a certain technician'}.`,
    time: `${who} was promised another time, to the minute.`,
    window: `${who} was promised ${formatWindow(windowStart, windowEnd)}.`,
  }
  return refuse('dispatch.acceptance', `${what[broke]} Say who accepted the change and how the customer hears of it.`, { field: 'acceptance' })
}

/** What the visit promises from now on: the customer was or will be told the new technician, or the new time. */
function promiseAfter(appointment: Appointment, to: Stand, broke: BrokenPromise): Patch<typeof appointmentTable> {
  if (to === null) return { promisedTechnicianId: null, promisedAt: null }
  return {
    promisedTechnicianId: appointment.promisedTechnicianId === null ? null : to.technicianId,
    promisedAt: broke === 'technician' && appointment.promisedAt === null ? (keepsWindow(appointment, to.startsAt) ? null : to.startsAt) : to.startsAt,
  }
}

/** Records the acceptance, owes the call where the customer is not told yet, and says so in the history. */
export function acceptedChanges(visit: Visit, to: Stand, broke: BrokenPromise, acceptance: Acceptance, context: DecisionContext): readonly Change[] {
  const { appointment } = visit
  const { acceptedBy, customer, words } = acceptance
  return [
    insert(acceptedMoveTable, {
      id: context.id('acceptedMove'),
      appointmentId: appointment.id,
      broke,
      fromTechnicianId: appointment.technicianId,
      fromStartsAt: appointment.startsAt,
      toTechnicianId: to?.technicianId ?? null,
      toStartsAt: to?.startsAt ?? null,
      acceptedBy,
      customer,
      words,
      byId: context.actorId,
      at: context.at,
    }),
    update(appointmentTable, appointment, { ...promiseAfter(appointment, to, broke), newTime: customer === 'toCall' ? 'owed' : 'told' }),
    historyNote(visit, 'accepted', `Moved though promised, accepted by ${acceptedBy}. ${customer === 'told' ? `The customer was told: ${words}` : `The customer will be called${words === '' ? '.' : `: ${words}`}`}`, context),
  ]
}
