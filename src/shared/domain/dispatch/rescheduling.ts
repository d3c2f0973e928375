import { z } from 'zod'
import { assertNever } from '../../base/assertNever.ts'
import { type Change, update } from '../kernel/changes.ts'
import { accept, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine, versionInput } from '../kernel/inputs.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { arrivalWindowFields, isSameWindow, refusedWindow } from './arrivalWindow.ts'
import { asksCapacity, capacityInput, overbookedWords, refusedFull } from './capacity.ts'
import { mayClaim } from './claim.ts'
import { cancelChanges, claimOf, loadMove, moveChanges, type MoveFacts } from './moving.ts'
import { WAITING_STATES } from './states.ts'
import { type Appointment, appointmentTable } from './tables.ts'
import { historyNote, loadVisit, refuseMovedOn, refuseSettled, refuseUnknownVisit, type Visit } from './visit.ts'

/** Nobody has been at the door yet. */
const notBegun = ({ state }: Pick<Appointment, 'state'>): boolean => WAITING_STATES.includes(state) || state === 'dispatched' || state === 'hold'

function refuseBegun({ state }: Appointment): Refused {
  return state === 'canceled' ? refuse('reschedule.canceled', 'This visit is canceled. Promise it another window, or book a new one.') : refuse('reschedule.begun', 'Somebody has been there already. Promise a return trip instead.')
}

export const askReschedule = defineIntention({
  name: 'reschedule.ask',
  version: 1,
  summary: 'Write down that a visit needs another time, and why: somebody calls three days ahead and saves it, moves it or cancels it.',
  permission: 'job.book',
  input: z.strictObject({ appointmentId: idInput, why: lineInput('The reason', 300), expectedVersion: versionInput.optional() }),
  *load(input) {
    return yield* loadVisit(input.appointmentId)
  },
  decide(input, visit, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, input.expectedVersion) ?? refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (!notBegun(appointment)) return refuseBegun(appointment)
    if (appointment.reschedule === 'asked' && appointment.rescheduleWhy === input.why) return refuse('reschedule.asked', 'This is written down already. It is worked in the queue \u201cReschedules\u201d.')
    return accept(update(appointmentTable, appointment, { reschedule: 'asked', rescheduleWhy: input.why, objection: null }), historyNote(visit, 'reschedule', `Needs another time: ${input.why}`, context))
  },
})

const settlement = z.discriminatedUnion('kind', [
  /** The customer keeps the time. */
  z.strictObject({ kind: z.literal('saved') }),
  z.strictObject({
    kind: z.literal('moved'),
    ...arrivalWindowFields,
    /** Whether the window was promised as one with somebody free in it, or knowing that nobody is. */
    capacity: capacityInput.optional(),
    /** Had the window a free skilled technician when it was promised? Filled in where it is asked: on a hub, or with `capacity`. */
    claimed: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('canceled') }),
  /** Nobody could be reached: it comes off the board, and they are called until rebooked or declined. */
  z.strictObject({ kind: z.literal('unreached') }),
])

type Settlement = z.output<typeof settlement>

const claimedWindow = (how: Settlement) => (how.kind === 'moved' && how.claimed ? how : null)

const SAID: Readonly<Record<Settlement['kind'], string>> = { saved: 'Reschedule saved', moved: 'Reschedule moved', canceled: 'Reschedule canceled', unreached: 'Could not be reached, taken off the board' }

/** Why this cannot be what came of it, if it cannot. */
function refusedSettlement({ appointment }: Visit, how: Settlement, objection: string, at: number): Refused | undefined {
  const toRebook = how.kind === 'moved' && appointment.state === 'canceled' && appointment.rebooking === 'owed'
  if (!notBegun(appointment) && !toRebook) return refuseBegun(appointment)
  if (how.kind !== 'unreached' && objection === '') return refuse('reschedule.objection', 'Say what the customer had against the time.', { field: 'objection' })
  if (how.kind !== 'moved') return undefined
  if (isSameWindow(how, appointment) && appointment.state !== 'canceled') {
    return refuse('reschedule.sameWindow', 'This is the window they have. Choose another, or say that it is saved.', { field: 'windowDay' })
  }
  return refusedWindow(how, at, '') ?? refusedFull(how.capacity, how.claimed, how, '')
}

function settlementChanges(visit: Visit, how: Settlement, reason: string, move: MoveFacts, context: DecisionContext): readonly Change[] {
  const { appointment, job } = visit
  switch (how.kind) {
    case 'saved':
      return [update(appointmentTable, appointment, { reschedule: 'saved' })]
    case 'moved':
      return [...moveChanges(visit, how, move, context.at), update(appointmentTable, appointment, { reschedule: 'moved' })]
    case 'canceled':
      return [...cancelChanges(visit, reason, move, context.at), update(appointmentTable, appointment, { reschedule: 'canceled' })]
    case 'unreached':
      // Whatever else the job has: this customer does not know that we do not come.
      return [...cancelChanges(visit, reason, move, context.at), update(appointmentTable, appointment, { reschedule: 'unreached', ...(job.state === 'open' ? { rebooking: 'owed' as const } : {}) })]
    default:
      return assertNever(how, 'settlement')
  }
}

export const settleReschedule = defineIntention({
  name: 'reschedule.settle',
  version: 1,
  summary: 'Say what came of a reschedule: saved, moved, canceled or not reached, and what the customer had against the time.',
  permission: 'job.book',
  input: z.strictObject({
    appointmentId: idInput,
    how: settlement,
    /** By the office’s list; not asked where nobody was reached. */
    objection: optionalLine('The objection', 80),
    said: optionalLine('What was said', 300),
    expectedVersion: versionInput.optional(),
  }),
  *prepare(input, by) {
    if (input.how.kind !== 'moved') return input
    const visit = asksCapacity(input.how.capacity, by.shared) ? yield* loadVisit(input.appointmentId) : undefined
    return { ...input, how: { ...input.how, claimed: visit !== undefined && (yield* mayClaim(claimOf(input.how, visit))) } }
  },
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, move: yield* loadMove(visit, claimedWindow(input.how)) }
  },
  decide({ how, objection, said, expectedVersion }, { visit, move }, context) {
    if (!visit) return refuseUnknownVisit()
    const refused = refuseMovedOn(visit, expectedVersion) ?? refuseSettled(visit) ?? refusedSettlement(visit, how, objection, context.at)
    if (refused) return refused
    const words = [objection, said].filter((part) => part !== '').join(': ')
    const overbooked = how.kind === 'moved' ? overbookedWords(how.capacity, how) : ''
    const told = how.kind === 'moved' ? ` from ${visit.appointment.windowDay} to ${how.windowDay}` : ''
    return accept(
      settlementChanges(visit, how, words === '' ? 'Could not be reached' : words, move, context),
      update(appointmentTable, visit.appointment, { objection: objection === '' ? visit.appointment.objection : objection }),
      historyNote(visit, 'reschedule', [`${SAID[how.kind]}${told}`, words].filter((part) => part !== '').join(': '), context),
      overbooked === '' ? [] : historyNote(visit, 'overbooked', overbooked, context),
    )
  },
})
