import { z } from 'zod'
import { steadyClock } from '../../base/clock.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, optionalLine, versionInput } from '../kernel/inputs.ts'
import { get, getIf, getMany, type Loading } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { technicianTable, userTable, type User } from '../people/tables.ts'
import { planInstant } from './assign.ts'
import { type Asked, isUnaccepted, loadAsked, refuseDoubleBooking, refuseOverlap } from './conflicts.ts'
import { type TechnicianTime, technicianTimeTable } from './tables.ts'
import { TIME_KINDS } from './timeKinds.ts'
import type { Span } from './visit.ts'
import { LONGEST_TIME } from './workTime.ts'

/** “Every Tuesday until” makes its rows at once: a year of weeks, and no more than a person would look through. */
const LONGEST_SERIES = 60

const span = z
  .strictObject({ id: idInput, startsAt: planInstant, endsAt: planInstant })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { message: 'It must end after it starts.', path: ['endsAt'] })
  .refine(({ startsAt, endsAt }) => endsAt - startsAt <= LONGEST_TIME, { message: 'Enter more than a month as several.', path: ['endsAt'] })

/** Without a clock written down nothing is reckoned in wall time here but the week's lunch, which is in nobody's way. */
const UTC = steadyClock(0)

/** A block may lie on the lunch of the week: whoever has training at noon eats another time. */
const withoutWeeksLunch = (asked: Asked): Asked => ({ ...asked, conflicts: asked.conflicts.filter((conflict) => conflict.kind === 'visit' || conflict.block.id !== null) })

function* loadBlocked(technicianId: string, spans: readonly (Span & { readonly id?: string })[]): Loading<readonly Asked[]> {
  const asked: Asked[] = []
  for (const one of spans) asked.push(withoutWeeksLunch(yield* loadAsked(technicianId, one, UTC, one.id === undefined ? {} : { timeId: one.id })))
  return asked
}

/** Two of one series that lie on each other are a mistake, whoever accepts it. */
function refuseOwnOverlap(spans: readonly Span[]): Refused | undefined {
  const sorted = [...spans].sort((left, right) => left.startsAt - right.startsAt)
  return sorted.some((one, index) => one.startsAt < (sorted[index - 1]?.endsAt ?? 0)) ? refuse('dispatch.seriesOverlaps', 'These times lie on each other.', { field: 'spans' }) : undefined
}

function refuseTimeMovedOn(row: TechnicianTime, expectedVersion: number | undefined, changedBy: User | undefined): Refused | undefined {
  return expectedVersion === undefined || row.version === expectedVersion ? undefined : refuse('dispatch.timeMovedOn', `${changedBy?.name ?? 'Somebody'} has changed this time since. Look at it again before you change it.`)
}

export const addTime = defineIntention({
  name: 'technicianTime.add',
  version: 1,
  summary: 'Keep a technician\u2019s time for lunch, training, a meeting or time off, once or as a series.',
  permission: 'technician.plan',
  input: z.strictObject({
    technicianId: idInput,
    kind: z.enum(TIME_KINDS),
    /** Resolved where they were entered; several are a series. */
    spans: z
      .array(span)
      .min(1, 'Choose at least one day.')
      .max(LONGEST_SERIES, `A series has at most ${LONGEST_SERIES} days. End it earlier.`)
      .refine((spans) => new Set(spans.map(({ id }) => id)).size === spans.length, 'Each of these times needs an id of its own.'),
    note: optionalLine('The note', 200).default(''),
    seriesId: idInput.nullable().default(null),
    overbookAccepted: z.boolean(),
  }),
  *load(input) {
    return {
      technician: yield* get(technicianTable, input.technicianId),
      asked: yield* loadBlocked(input.technicianId, input.spans.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))),
      taken: yield* getMany(technicianTimeTable, input.spans.map(({ id }) => id)),
    }
  },
  decide(input, { technician, asked, taken }, context) {
    if (taken.length > 0) return refuse('dispatch.doubledTime', 'This time is kept already.')
    if (!technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    const refused = refuseOwnOverlap(input.spans) ?? refuseOverlap(asked, input.overbookAccepted, context)
    if (refused) return refused
    const { technicianId, kind, note, seriesId } = input
    return accept(input.spans.map((one, index) => insert(technicianTimeTable, { ...one, technicianId, kind, note, seriesId, overbookAccepted: (asked[index]?.conflicts.length ?? 0) > 0 })))
  },
})

export const changeTime = defineIntention({
  name: 'technicianTime.change',
  version: 1,
  summary: 'Move or change a technician\u2019s kept time.',
  permission: 'technician.plan',
  input: z
    .strictObject({
      id: idInput,
      technicianId: idInput,
      kind: z.enum(TIME_KINDS),
      startsAt: planInstant,
      endsAt: planInstant,
      note: optionalLine('The note', 200),
      overbookAccepted: z.boolean(),
      expectedVersion: versionInput.optional(),
    })
    .refine(({ startsAt, endsAt }) => startsAt < endsAt, { message: 'It must end after it starts.', path: ['endsAt'] })
    .refine(({ startsAt, endsAt }) => endsAt - startsAt <= LONGEST_TIME, { message: 'Enter more than a month as several.', path: ['endsAt'] }),
  *load(input) {
    const row = yield* get(technicianTimeTable, input.id)
    const [asked] = yield* loadBlocked(input.technicianId, [input])
    return { row, asked, changedBy: yield* getIf(userTable, row?.updatedBy) }
  },
  decide(input, { row, asked, changedBy }, context) {
    if (!row) return refuse('dispatch.unknownTime', 'This time is no longer kept. Look at the board again.')
    const movedOn = refuseTimeMovedOn(row, input.expectedVersion, changedBy)
    if (movedOn) return movedOn
    if (!asked?.technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    const overlap = refuseOverlap([asked], input.overbookAccepted, context)
    if (overlap) return overlap
    const { technicianId, kind, startsAt, endsAt, note } = input
    return accept(update(technicianTimeTable, row, { technicianId, kind, startsAt, endsAt, note, overbookAccepted: asked.conflicts.length > 0 }))
  },
})

/** A time as it was kept before an act, and the version that the act left of it; null where it left none. */
const keptInput = z
  .strictObject({
    id: idInput,
    technicianId: idInput,
    kind: z.enum(TIME_KINDS),
    startsAt: planInstant,
    endsAt: planInstant,
    note: optionalLine('The note', 200),
    seriesId: idInput.nullable(),
    /** Kept knowingly over something else. */
    overbookAccepted: z.boolean(),
    expectedVersion: versionInput.nullable(),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt && endsAt - startsAt <= LONGEST_TIME, { message: 'It must end after it starts, and within a month.', path: ['endsAt'] })

export const putTimeBack = defineIntention({
  name: 'technicianTime.putBack',
  version: 1,
  summary: 'Undo your last act on a technician\u2019s kept time: it is kept as it was before.',
  permission: 'technician.plan',
  input: z.strictObject({ time: keptInput }),
  *load({ time }) {
    const row = yield* get(technicianTimeTable, time.id)
    const [asked] = yield* loadBlocked(time.technicianId, [time])
    return { row, asked, changedBy: yield* getIf(userTable, row?.updatedBy) }
  },
  decide({ time: { expectedVersion, ...time } }, { row, asked, changedBy }, context) {
    if (expectedVersion === null ? row : !row) return refuse('dispatch.timeMovedOn', 'This time has been changed since. Look at it again before you change it.')
    if (row) {
      const movedOn = refuseTimeMovedOn(row, expectedVersion ?? undefined, changedBy)
      if (movedOn) return movedOn
      if (row.updatedBy !== context.actorId) return refuse('dispatch.notYours', `${changedBy?.name ?? 'Somebody else'} changed this time last. Only your own last act can be undone.`)
    }
    if (!asked?.technician) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    const accepted = time.overbookAccepted && context.may('visit.overbook')
    if (!accepted && asked.conflicts.some(isUnaccepted)) return refuseDoubleBooking(asked)
    return accept(row ? update(technicianTimeTable, row, time) : insert(technicianTimeTable, time))
  },
})

export const removeTime = defineIntention({
  name: 'technicianTime.remove',
  version: 1,
  summary: 'Give a technician\u2019s kept time back, one or several of a series.',
  permission: 'technician.plan',
  input: z.strictObject({
    ids: z.array(idInput).min(1).max(LONGEST_SERIES),
    /** Of every one of them. */
    expectedVersion: versionInput.optional(),
    /** Somebody takes back that they kept this time: only their own. */
    undoing: z.boolean().optional(),
  }),
  *load(input, context) {
    const rows = yield* getMany(technicianTimeTable, new Set(input.ids))
    const stale = rows.find(({ version }) => version !== input.expectedVersion)
    const theirs = rows.find(({ updatedBy }) => updatedBy !== context.actorId)
    return { rows, theirs, changedBy: yield* getIf(userTable, stale?.updatedBy), keptBy: yield* getIf(userTable, theirs?.updatedBy) }
  },
  decide(input, { rows, theirs, changedBy, keptBy }) {
    if (rows.length === 0) return refuse('dispatch.unknownTime', 'This time is no longer kept. Look at the board again.')
    const stale = rows.find((row) => input.expectedVersion !== undefined && row.version !== input.expectedVersion)
    const movedOn = stale && refuseTimeMovedOn(stale, input.expectedVersion, changedBy)
    if (movedOn) return movedOn
    if (input.undoing === true && theirs) return refuse('dispatch.notYours', `${keptBy?.name ?? 'Somebody else'} changed this time last. Only your own last act can be undone.`)
    return accept(rows.map((row) => remove(technicianTimeTable, row)))
  },
})

