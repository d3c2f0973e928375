import { addDays, HOUR, MINUTE, overlaps, QUARTER_HOUR } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { clockOf } from '../../../src/shared/base/zoneClock.ts'
import { minutesOf } from '../../../src/shared/domain/dispatch/split.ts'
import { standingOf } from '../../../src/shared/domain/dispatch/standing.ts'
import { type Appointment, appointmentTable, assignmentTable, datedShiftTable, onCallTable, technicianTimeTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { TIME_KINDS } from '../../../src/shared/domain/dispatch/timeKinds.ts'
import { jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import { type Technician, technicianTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const WAITS = ['scheduled', 'confirmed', 'dispatched', 'hold'] as const

/** The visits that may still be planned: not invoiced, not practice, of a job that stands. */
export function livingVisits({ rows }: World): readonly Appointment[] {
  const canceled = new Set(rows(jobTable).filter((job) => job.state === 'canceled').map((job) => job.id))
  return rows(appointmentTable).filter((visit) => !visit.invoiced && !visit.practice && !canceled.has(visit.jobId))
}

/** Who accepted that a promise is moved, where one is; now and then it is forgotten, and must be refused. */
export function accepting({ random }: World, needed: boolean) {
  if (!needed || random.chance(WRONG)) return {}
  return { acceptance: random.chance(0.5) ? { acceptedBy: 'The customer', customer: 'told', words: 'We come at another time.' } : { acceptedBy: 'The dispatcher', customer: 'toCall', words: '' } }
}

const waiting = (world: World): readonly Appointment[] => livingVisits(world).filter(({ state }) => (WAITS as readonly string[]).includes(state))

const working = ({ rows, random }: World): Technician | undefined => random.pick(rows(technicianTable).filter(({ active }) => active))

/** A time on one of the next days; mostly one at which the technician has nothing. */
function someSpan({ random, rows, at }: World, technicianId: string, exceptId?: string) {
  const taken = [...rows(assignmentTable), ...rows(technicianTimeTable).filter(({ id }) => id !== exceptId)].filter((span) => span.technicianId === technicianId)
  const free = (startsAt: number, endsAt: number): boolean => !taken.some((span) => overlaps(span.startsAt, span.endsAt, startsAt, endsAt))
  let span = { startsAt: 0, endsAt: 0 }
  for (let attempt = 0; attempt < 5; attempt++) {
    const startsAt = Math.ceil(at / QUARTER_HOUR) * QUARTER_HOUR + random.below(400) * QUARTER_HOUR
    span = { startsAt, endsAt: startsAt + (1 + random.below(8)) * QUARTER_HOUR }
    if (free(span.startsAt, span.endsAt)) break
  }
  return span
}

const someDay = ({ random, at, zone }: World): string => addDays(wallTimeOf(at, zone).day, random.below(10))

const setCrew: Generator = {
  command: 'appointment.setCrew',
  propose: (world) => {
    const { random, rows } = world
    const wrong = random.chance(WRONG)
    const visit = random.pick(waiting(world).filter(({ technicianId }) => (technicianId === null) === wrong))
    const along = working(world)
    if (!visit || !along) return undefined
    const free = visit.startsAt === null || !rows(assignmentTable).some((other) => other.technicianId === along.id && other.appointmentId !== visit.id && overlaps(other.startsAt, other.endsAt, visit.startsAt ?? 0, visit.endsAt ?? 0))
    return { input: { appointmentId: visit.id, crewIds: random.chance(0.2) ? [] : [wrong && random.chance(0.3) ? random.id() : along.id], overbookAccepted: !free || random.chance(0.1) } }
  },
}

const split: Generator = {
  command: 'appointment.split',
  propose: (world) => {
    const { random } = world
    const visit = random.pick(waiting(world).filter((candidate) => minutesOf(candidate) >= 30))
    if (!visit) return undefined
    return { input: { appointmentId: visit.id, restId: random.id(), firstMinutes: random.chance(WRONG) ? minutesOf(visit) + 60 : Math.floor(minutesOf(visit) / 10) * 5 } }
  },
}

const join: Generator = {
  command: 'appointment.join',
  propose: (world) => {
    const { random } = world
    const visits = waiting(world)
    // What was split off is promised for the same window; now and then a return trip is tried, which must stay.
    const anyOther = random.chance(WRONG / 3)
    const goesWith = (rest: Appointment, other: Appointment): boolean => other.jobId === rest.jobId && other.id !== rest.id && (anyOther || (other.windowStartsAt === rest.windowStartsAt && other.updatedBy === rest.updatedBy))
    const rest = random.pick(visits.filter((one) => one.version === 1 && one.state === 'scheduled' && one.technicianId === null && visits.some((other) => goesWith(one, other))))
    const visit = rest && visits.find((other) => goesWith(rest, other))
    if (!rest || !visit) return undefined
    return {
      // Only whoever split it may.
      actorId: rest.updatedBy,
      input: {
        appointmentId: visit.id,
        restId: rest.id,
        durationMinutes: visit.durationMinutes + rest.durationMinutes,
        overbookAccepted: true,
        expectedVersion: visit.version,
        restVersion: random.chance(WRONG) ? 7 : 1,
      },
    }
  },
}

const promise: Generator = {
  command: 'appointment.promise',
  propose: (world) => {
    const { random } = world
    const visit = random.pick(waiting(world).filter(({ promisedTechnicianId, promisedAt }) => promisedTechnicianId === null && promisedAt === null))
    if (!visit) return undefined
    const wrong = random.chance(WRONG)
    return {
      input: {
        appointmentId: visit.id,
        technicianId: random.chance(0.5) ? (visit.technicianId ?? working(world)?.id ?? null) : null,
        startsAt: wrong ? visit.windowEndsAt + HOUR : random.chance(0.5) ? visit.windowStartsAt + random.below(4) * QUARTER_HOUR : null,
      },
    }
  },
}

/** The last act on a visit was somebody's hold or move; they set it back by a minute of its crew or take it off altogether. */
const putBack: Generator = {
  command: 'appointment.putBack',
  propose: (world) => {
    const { random, rows } = world
    const visit = random.pick(waiting(world).filter(({ state }) => state === 'scheduled' || state === 'confirmed'))
    if (!visit) return undefined
    const standing = standingOf(visit, rows(assignmentTable).filter(({ appointmentId }) => appointmentId === visit.id))
    const before = random.pick([
      { ...standing, technicianId: null, crewIds: null, startsAt: null, endsAt: null, overbookedIds: [] },
      { ...standing, crewIds: null },
      { ...standing, confirmation: 'none', confirmationSentAt: null },
    ])
    return { actorId: visit.updatedBy, input: { appointmentId: visit.id, standing: random.chance(WRONG) ? { ...before, state: 'done' } : before, expectedVersion: visit.version } }
  },
}

const addTime: Generator = {
  command: 'technicianTime.add',
  propose: (world) => {
    const { random } = world
    const technician = working(world)
    if (!technician) return undefined
    const span = someSpan(world, technician.id)
    const series = random.chance(0.3)
    const spans = (series ? [0, 1, 2] : [0]).map((week) => ({ id: random.id(), startsAt: span.startsAt + week * 168 * HOUR, endsAt: span.endsAt + week * 168 * HOUR }))
    const input = { technicianId: technician.id, kind: random.pick(TIME_KINDS), spans, note: random.chance(0.5) ? 'At the supply house' : '', seriesId: series ? random.id() : null, overbookAccepted: random.chance(0.2) }
    if (!random.chance(WRONG)) return { input }
    return { input: random.pick([{ ...input, spans: [] }, { ...input, technicianId: random.id() }, { ...input, spans: [...spans, ...spans.slice(0, 1).map((one) => ({ ...one, id: random.id() }))] }]) }
  },
}

const changeTime: Generator = {
  command: 'technicianTime.change',
  propose: (world) => {
    const { random, rows } = world
    const row = random.pick(rows(technicianTimeTable))
    const technician = working(world)
    if (!row || !technician) return undefined
    return {
      input: {
        id: random.chance(WRONG) ? random.id() : row.id,
        technicianId: technician.id,
        kind: random.pick(TIME_KINDS),
        ...someSpan(world, technician.id, row.id),
        note: '',
        overbookAccepted: random.chance(0.2),
        ...(random.chance(0.1) ? { expectedVersion: row.version + 3 } : {}),
      },
    }
  },
}

const removeTime: Generator = {
  command: 'technicianTime.remove',
  propose: ({ random, rows }) => {
    const row = random.pick(rows(technicianTimeTable))
    return row && { input: { ids: [random.chance(WRONG) ? random.id() : row.id] } }
  },
}

/** The last act on kept time was somebody's change, or it is gone. */
const putTimeBack: Generator = {
  command: 'technicianTime.putBack',
  propose: (world) => {
    const { random, rows } = world
    const row = random.chance(0.7) ? random.pick(rows(technicianTimeTable)) : undefined
    const technician = working(world)
    if (!technician) return undefined
    const time = { id: row?.id ?? random.id(), technicianId: technician.id, kind: random.pick(TIME_KINDS), ...someSpan(world, technician.id, row?.id), note: '', seriesId: row?.seriesId ?? null, overbookAccepted: random.chance(0.2), expectedVersion: row?.version ?? null }
    const input = { time: random.chance(WRONG) ? { ...time, expectedVersion: (row?.version ?? 0) + 3 } : time }
    return row ? { actorId: row.updatedBy, input } : { input }
  },
}

const setShift: Generator = {
  command: 'shift.set',
  propose: (world) => {
    const { random, zone } = world
    const technician = working(world)
    if (!technician) return undefined
    const day = someDay(world)
    const from = 300 + random.below(60) * 15
    const spans = random.chance(0.3) ? [] : [{ startsAt: instantOf(day, from, zone), endsAt: instantOf(day, from + 240 + random.below(20) * 15, zone) }]
    return { input: { technicianId: technician.id, day: random.chance(WRONG) ? addDays(day, 4) : day, spans, note: '', ...(random.chance(0.5) ? { visitsAccepted: true } : {}) } }
  },
}

const clearShift: Generator = {
  command: 'shift.clear',
  propose: ({ random, rows }) => {
    const row = random.pick(rows(datedShiftTable))
    return row && { input: { technicianId: row.technicianId, day: random.chance(WRONG) ? '2031-01-01' : row.day } }
  },
}

const saveOnCall: Generator = {
  command: 'onCall.save',
  propose: (world) => {
    const { random, rows } = world
    const technician = working(world)
    if (!technician) return undefined
    const span = someSpan(world, technician.id)
    const input = { id: (random.chance(0.3) ? random.pick(rows(onCallTable))?.id : undefined) ?? random.id(), technicianId: technician.id, startsAt: span.startsAt, endsAt: span.startsAt + (1 + random.below(60)) * HOUR, note: '' }
    return { input: random.chance(WRONG) ? { ...input, endsAt: input.startsAt - 5 * MINUTE } : input }
  },
}

const removeOnCall: Generator = {
  command: 'onCall.remove',
  propose: ({ random, rows }) => {
    const row = random.pick(rows(onCallTable))
    return row && { input: { id: random.chance(WRONG) ? random.id() : row.id } }
  },
}

const learnClocks: Generator = {
  command: 'clock.learn',
  propose: ({ random, zone, at }) => {
    const name = random.chance(0.6) ? zone : 'America/Denver'
    const { clock, until } = clockOf(name, at)
    return { input: { clocks: [{ zone: name, changes: random.chance(WRONG) ? [] : [...clock], until: until + random.below(20) * 24 * HOUR }] } }
  },
}

export const boardGenerators: readonly Generator[] = [setCrew, split, join, promise, putBack, addTime, changeTime, removeTime, putTimeBack, setShift, clearShift, saveOnCall, removeOnCall, learnClocks]
