import { z } from 'zod'
import { shownAt } from '../../base/clock.ts'
import { DAY, type Instant, type IsoDay, overlaps } from '../../base/time.ts'
import { customerTable } from '../customers/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, optionalLine } from '../kernel/inputs.ts'
import { get, getIf, type Loading, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { type Technician, technicianTable } from '../people/tables.ts'
import { planInstant } from './assign.ts'
import type { Interval } from './availability.ts'
import { windowClock } from './claim.ts'
import { appointmentTable, assignmentTable, datedShiftTable, onCallTable } from './tables.ts'
import { clockFor, loadWorkOf, workWithin } from './workTime.ts'

const LONGEST_ON_CALL = 31 * DAY

const span = z.strictObject({ startsAt: planInstant, endsAt: planInstant }).refine(({ startsAt, endsAt }) => startsAt < endsAt, { message: 'A shift must start before it ends.', path: ['endsAt'] })

/** A visit of the day with the names to say it by. */
interface Left {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly name: string
  /** It lies within the hours that the week gives the technician. */
  readonly inUsual: boolean
}

const isWithin = ({ startsAt, endsAt }: Interval, shifts: readonly Interval[]): boolean => shifts.some((shift) => shift.startsAt <= startsAt && endsAt <= shift.endsAt)

/** The visits that begin on the day by the technician's own clock, done ones left out. */
function* loadVisitsOn(technician: Technician, day: IsoDay): Loading<readonly Left[]> {
  const around = { startsAt: Date.parse(`${day}T00:00:00Z`) - DAY, endsAt: Date.parse(`${day}T00:00:00Z`) + 2 * DAY }
  const work = yield* loadWorkOf(technician.id, around)
  const usual = { ...work, dated: work.dated.filter((row) => row.day !== day) }
  const left: Left[] = []
  for (const { appointmentId, startsAt, endsAt } of yield* range(assignmentTable, 'byTechnician', [technician.id], { from: around.startsAt, to: around.endsAt })) {
    const appointment = yield* get(appointmentTable, appointmentId)
    if (!appointment || appointment.state === 'done') continue
    const clock = clockFor(technician, work, windowClock(appointment))
    if (shownAt(clock, startsAt).day !== day) continue
    const [job, customer] = [yield* getIf(jobTable, appointment.jobId), yield* getIf(customerTable, appointment.customerId)]
    left.push({ startsAt, endsAt, name: `${customer?.name ?? 'A visit'}${job ? `, job ${job.number}` : ''}`, inUsual: isWithin({ startsAt, endsAt }, workWithin(technician, usual, clock, { startsAt, endsAt }).shifts) })
  }
  return left.sort((one, other) => one.startsAt - other.startsAt)
}

/** More would not be read. */
const NAMED = 3

/** Visits that would be left outside the hours are somebody's work to give away: they are named before it is too late. */
function refuseLeft(technician: Technician, left: readonly Left[], hours: string, field: string): Refused | undefined {
  if (left.length === 0) return undefined
  const more = left.length > NAMED ? `; and ${left.length - NAMED} more` : ''
  const names = left.slice(0, NAMED).map(({ name }) => name).join('; ')
  return refuse('dispatch.visitsThen', `${technician.name} has ${left.length === 1 ? 'a visit' : `${left.length} visits`} outside ${hours}: ${names}${more}. Give ${left.length === 1 ? 'it' : 'them'} to somebody else, or set the hours all the same.`, { field })
}

/** A day's shift begins on that day, in whatever zone: a day and the widest offsets around it. */
const beginsOn = (day: string, at: number): boolean => Math.abs(at - (Date.parse(`${day}T00:00:00Z`) + DAY / 2)) <= DAY + DAY / 12

export const setShift = defineIntention({
  name: 'shift.set',
  version: 1,
  summary: 'Give a technician another shift on one day, or the day off.',
  permission: 'technician.plan',
  input: z.strictObject({
    technicianId: idInput,
    day: dayInput,
    /** In place of the week's; none: a day off. */
    spans: z.array(span).max(4, 'A day has at most four shifts.'),
    note: optionalLine('The note', 200).default(''),
    /** Also where visits are left outside these hours. */
    visitsAccepted: z.boolean().optional(),
  }),
  *load(input) {
    const technician = yield* get(technicianTable, input.technicianId)
    return { technician, visits: technician && !input.visitsAccepted ? yield* loadVisitsOn(technician, input.day) : [], before: yield* range(datedShiftTable, 'byTechnician', [input.technicianId], { from: input.day, to: `${input.day}~` }) }
  },
  decide({ technicianId, day, spans, note }, { technician, visits, before }, context) {
    if (!technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    if (spans.some(({ startsAt }) => !beginsOn(day, startsAt))) return refuse('dispatch.shiftDay', 'The shift does not begin on that day. Choose it again.', { field: 'day' })
    if (spans.some(({ startsAt, endsAt }) => endsAt - startsAt > DAY)) return refuse('dispatch.shiftLong', 'A shift lasts at most a day.', { field: 'spans' })
    if (spans.some((one, index) => spans.slice(index + 1).some((other) => overlaps(one.startsAt, one.endsAt, other.startsAt, other.endsAt)))) {
      return refuse('dispatch.shiftsOverlap', 'These shifts lie on each other.', { field: 'spans' })
    }
    const left = refuseLeft(technician, visits.filter((visit) => !isWithin(visit, spans)), 'these hours', 'spans')
    if (left) return left
    const rows = spans.length === 0 ? [{ startsAt: null, endsAt: null }] : spans
    return accept(
      before.map((row) => remove(datedShiftTable, row)),
      rows.map((row, index) => insert(datedShiftTable, { id: context.id(`shift/${index}`), technicianId, day, note, ...row })),
    )
  },
})

export const clearShift = defineIntention({
  name: 'shift.clear',
  version: 1,
  summary: 'Give a technician the usual shift of the week again on one day.',
  permission: 'technician.plan',
  input: z.strictObject({
    technicianId: idInput,
    day: dayInput,
    /** Also where visits are left outside the usual hours. */
    visitsAccepted: z.boolean().optional(),
  }),
  *load({ technicianId, day, visitsAccepted }) {
    const technician = yield* get(technicianTable, technicianId)
    const rows = yield* range(datedShiftTable, 'byTechnician', [technicianId], { from: day, to: `${day}~` })
    // Whoever left works on no day: nothing is taken from their visits by it.
    return { technician, rows, visits: technician?.active && !visitsAccepted && rows.length > 0 ? yield* loadVisitsOn(technician, day) : [] }
  },
  decide(_input, { technician, rows, visits }) {
    if (rows.length === 0) return refuse('dispatch.usualShift', 'That day has the usual shift of the week already.')
    const left = technician && refuseLeft(technician, visits.filter(({ inUsual }) => !inUsual), 'the usual hours', 'day')
    if (left) return left
    return accept(rows.map((row) => remove(datedShiftTable, row)))
  },
})

export const saveOnCall = defineIntention({
  name: 'onCall.save',
  version: 1,
  summary: 'Say from when to when a technician is on call.',
  permission: 'technician.plan',
  input: z
    .strictObject({ id: idInput, technicianId: idInput, startsAt: planInstant, endsAt: planInstant, note: optionalLine('The note', 200).default('') })
    .refine(({ startsAt, endsAt }) => startsAt < endsAt, { message: 'It must end after it starts.', path: ['endsAt'] })
    .refine(({ startsAt, endsAt }) => endsAt - startsAt <= LONGEST_ON_CALL, { message: 'Enter more than a month as several.', path: ['endsAt'] }),
  *load(input) {
    return { existing: yield* get(onCallTable, input.id), technician: yield* get(technicianTable, input.technicianId) }
  },
  decide({ id, ...values }, { existing, technician }) {
    if (!technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    return accept(existing ? update(onCallTable, existing, values) : insert(onCallTable, { id, ...values }))
  },
})

export const removeOnCall = defineIntention({
  name: 'onCall.remove',
  version: 1,
  summary: 'Take a technician\u2019s on-call time back.',
  permission: 'technician.plan',
  input: z.strictObject({ id: idInput }),
  *load(input) {
    return yield* get(onCallTable, input.id)
  },
  decide(_input, row) {
    return row ? accept(remove(onCallTable, row)) : refuse('dispatch.unknownOnCall', 'This on-call time is no longer there. Look at the board again.')
  },
})
