import { z } from 'zod'
import { DAY, HOUR, type IsoDay } from '../../base/time.ts'
import { lateTasksOver, loadLateTasks } from '../field/lateTasks.ts'
import { dispatchRules } from '../dispatch/settings.ts'
import { ALERT_KINDS, type LatenessRules } from '../dispatch/lateness.ts'
import { appointmentTable, dispatchSettingsTable } from '../dispatch/tables.ts'
import { historyNote, loadVisit, refuseSettled, refuseUnknownVisit } from '../dispatch/visit.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { isNow, rowsSeenInput, stillAsSeen } from '../kernel/clockWord.ts'
import { accept, type Command, type DecisionContext, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, instantInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { all, get, type Loading } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { companyTable } from '../people/tables.ts'
import { type DispatchDay, loadDispatchDay, technicianDays, truthVisit } from './day.ts'
import { lookAhead } from './lookAhead.ts'
import { leaveOver } from './leftOver.ts'
import { alertSeenId, alertSeenTable, truthHourId, truthHourTable } from './tables.ts'
import { classify, isRemaining, type TruthStanding } from './truth.ts'
import { updateCalls } from './updateCalls.ts'

/** An alert is never put to sleep for longer than a shift. */
const LONGEST_QUIET = 12 * HOUR

const see = defineIntention({
  name: 'visitAlert.see',
  version: 1,
  summary: 'Say that you have seen an alert about a visit, what you do about it, and when to look again.',
  permission: 'visit.progress',
  input: z.strictObject({ appointmentId: idInput, kind: z.enum(ALERT_KINDS), cause: lineInput('The cause', 200), doing: lineInput('What you do about it', 200), lookAgainAt: instantInput }),
  *load(input) {
    return { visit: yield* loadVisit(input.appointmentId), known: yield* get(alertSeenTable, alertSeenId(input.appointmentId, input.kind)) }
  },
  decide(input, { visit, known }, context) {
    if (!visit) return refuseUnknownVisit()
    const { state } = visit.appointment
    if (state === 'done' || state === 'canceled') return refuse('visitAlert.over', 'This visit is over, and its alerts are gone with it.')
    if (input.lookAgainAt <= context.at) return refuse('visitAlert.past', 'Look again later than now.', { field: 'lookAgainAt' })
    if (input.lookAgainAt > context.at + LONGEST_QUIET) return refuse('visitAlert.tooFar', 'Look again within twelve hours: an alert is not forgotten overnight.', { field: 'lookAgainAt' })
    const values = { ...input, seenBy: context.actorId, seenAt: context.at }
    return accept(known ? update(alertSeenTable, known, values) : insert(alertSeenTable, { id: alertSeenId(input.appointmentId, input.kind), ...values }))
  },
})

const dayFields = { day: dayInput, zeroAt: instantInput, at: instantInput, saw: rowsSeenInput } as const

/** What the hour looks at: every visit promised for the day at whose door nobody has been yet. On hold since somebody was, it waits for something else. */
export function hourBegins({ day, visits }: Pick<DispatchDay, 'day' | 'visits'>): readonly Change[] {
  return visits.flatMap(({ appointment }) => (appointment.windowDay === day && isRemaining(appointment) && appointment.arrivedAt === null ? [update(appointmentTable, appointment, { truthDay: day, truthState: 'open' })] : []))
}

/** What a clock says is about the day it says it on, wherever it is decided. */
function isToday({ at, zeroAt }: { readonly at: number; readonly zeroAt: number }, context: Pick<DecisionContext, 'at'>): boolean {
  return isNow(at, context) && at >= zeroAt - HOUR && at < zeroAt + DAY + HOUR
}

function* loadToday(input: { readonly day: IsoDay; readonly zeroAt: number }): Loading<DispatchDay> {
  return yield* loadDispatchDay(input.day, input.zeroAt)
}

// No fact: a clock that sees nothing to say leaves no trace, and what it saw of another day is about nothing any more.
const lookAround = defineIntention({
  name: 'dispatch.lookAround',
  version: 1,
  summary: 'What the clock sees on the day: whom we will keep waiting, who is owed a call with the new time, and who is not any more.',
  permission: 'dispatch.watch',
  input: z.strictObject(dayFields),
  *load(input) {
    return { today: yield* loadToday(input), late: yield* loadLateTasks(), rules: dispatchRules(yield* all(dispatchSettingsTable)) }
  },
  decide(input, { today, late, rules }, context) {
    // At the hub it is looked at again with its own rows, with the time at which it was seen, and about what it saw.
    return isToday(input, context) ? accept(stillAsSeen([...updateCalls(today, input.at, rules), ...lateTasksOver(late, context.at)], input.saw)) : accept()
  },
})

const begin = defineIntention({
  name: 'truthHour.begin',
  version: 1,
  summary: 'The Truth Comes Home Hour begins: every remaining visit of the day is looked at.',
  permission: 'dispatch.watch',
  input: z.strictObject(dayFields),
  *load(input) {
    const [company] = yield* all(companyTable)
    return { today: yield* loadToday(input), hour: company && (yield* get(truthHourTable, truthHourId(company.id, input.day))) }
  },
  decide(input, { today, hour }, context) {
    if (hour || !isToday(input, context)) return accept()
    const remaining = stillAsSeen(hourBegins(today), input.saw)
    if (remaining.length === 0) return accept()
    return accept(insert(truthHourTable, { id: truthHourId(context.companyId, input.day), day: input.day, begunAt: context.at, visits: remaining.length }), remaining)
  },
})

/** Where a visit stands in the hour, as of now. */
function standingIn(today: DispatchDay, visitId: string, at: number, rules: LatenessRules): TruthStanding | undefined {
  return classify(today.visits.map(truthVisit), technicianDays(today).map(({ truth }) => truth), at, rules).find((standing) => standing.visitId === visitId)
}

const settle = defineIntention({
  name: 'truthHour.settle',
  version: 1,
  summary: 'Settle a visit in the Truth Comes Home Hour: stand by the promise, or say what time the customer was told.',
  permission: 'visit.progress',
  input: z.strictObject({
    appointmentId: idInput,
    zeroAt: instantInput,
    how: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('standsBy') }), z.strictObject({ kind: z.literal('told'), expectedAt: instantInput })]),
    said: optionalLine('What was said', 300),
  }),
  *load(input) {
    const visit = yield* loadVisit(input.appointmentId)
    return { visit, today: visit ? yield* loadDispatchDay(visit.appointment.windowDay, input.zeroAt) : null, rules: dispatchRules(yield* all(dispatchSettingsTable)) }
  },
  decide(input, { visit, today, rules }, context) {
    if (!visit || !today) return refuseUnknownVisit()
    const refused = refuseSettled(visit)
    if (refused) return refused
    const { appointment } = visit
    if (appointment.truthState !== 'open' || appointment.truthDay !== appointment.windowDay || !isRemaining(appointment)) return refuse('truthHour.settled', 'This visit has left the hour already. Take the next one.')
    const standing = standingIn(today, appointment.id, context.at, rules)
    if (standing?.list === 'mustMove') return refuse('truthHour.mustMove', 'Nobody can keep this promise as it is planned. Give it to another technician or promise another window.')
    const settled = update(appointmentTable, appointment, { truthState: 'settled' })
    if (input.how.kind === 'standsBy') {
      if (standing?.list !== 'kept') return refuse('truthHour.late', 'We will not be there as promised. Call the customer with the new time.')
      return accept(settled, input.said === '' ? [] : historyNote(visit, 'truthHour', `Truth Comes Home Hour, promise kept: ${input.said}`, context))
    }
    if (input.said === '') return refuse('truthHour.said', 'Write down what the customer said to the new time.', { field: 'said' })
    if (input.how.expectedAt <= context.at) return refuse('truthHour.past', 'The new time must be later than now.', { field: 'expectedAt' })
    return accept(
      settled,
      update(appointmentTable, appointment, { updateCall: 'told', expectedAt: input.how.expectedAt, expectedWith: appointment.technicianId, toldAt: context.at }),
      historyNote(visit, 'truthHour', `Truth Comes Home Hour, told the new time: ${input.said}`, context),
    )
  },
})

export const watchCommands = [see, lookAround, lookAhead, leaveOver, begin, settle] as const satisfies readonly Command[]
