import { addDays, DAY, MINUTE, overlaps, QUARTER_HOUR } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { brokenBy } from '../../../src/shared/domain/dispatch/acceptance.ts'
import { DEFAULT_DISPATCH_SETTINGS } from '../../../src/shared/domain/dispatch/settings.ts'
import { needsReason, needsTechnician, OPEN_STATES, transitionsFrom } from '../../../src/shared/domain/dispatch/states.ts'
import { type Appointment, APPOINTMENT_STATES, assignmentTable, technicianTimeTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { technicianTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'
import { accepting, boardGenerators, livingVisits } from './board.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const REASONS = ['Waiting for parts', 'Customer asked', 'Clicked wrongly'] as const

const CAUSES = ['Part was not on the van', 'Workmanship']

/** A time near the visit's window at which the technician has nothing else, if one of a few tries finds it. */
function freeSpan({ random, rows }: World, visit: Appointment, technicianId: string): { readonly startsAt: number; readonly endsAt: number } | undefined {
  const others = [technicianId, ...(visit.crewIds ?? [])]
  const taken = [...rows(assignmentTable).filter((assignment) => assignment.appointmentId !== visit.id), ...rows(technicianTimeTable)].filter((span) => others.includes(span.technicianId))
  const from = Math.ceil(visit.windowStartsAt / QUARTER_HOUR) * QUARTER_HOUR
  for (let attempt = 0; attempt < 8; attempt++) {
    const startsAt = from + random.below(24 + attempt * 24) * QUARTER_HOUR
    const endsAt = startsAt + Math.ceil(visit.durationMinutes / 15) * QUARTER_HOUR
    if (!taken.some((other) => overlaps(other.startsAt, other.endsAt, startsAt, endsAt))) return { startsAt, endsAt }
  }
  return undefined
}

const assign: Generator = {
  command: 'appointment.assign',
  propose: (world) => {
    const { random, rows } = world
    const movable = livingVisits(world).filter((visit) => visit.state !== 'done' && visit.state !== 'canceled' && visit.state !== 'working')
    const visit = random.pick(movable.filter((candidate) => candidate.technicianId === null)) ?? random.pick(movable)
    const technician = random.pick(rows(technicianTable).filter((candidate) => candidate.active))
    if (!visit || !technician) return undefined
    const base = { appointmentId: visit.id, technicianId: technician.id, overbookAccepted: random.chance(0.1) }
    if (random.chance(WRONG)) {
      const busy = random.pick(rows(assignmentTable).filter((assignment) => assignment.appointmentId !== visit.id))
      const startsAt = Math.ceil(world.at / QUARTER_HOUR) * QUARTER_HOUR
      return {
        input: random.pick([
          { ...base, overbookAccepted: false, technicianId: busy?.technicianId ?? random.id(), startsAt: busy?.startsAt ?? startsAt, endsAt: busy?.endsAt ?? startsAt },
          { ...base, startsAt: startsAt + MINUTE, endsAt: startsAt + 60 * MINUTE },
          { ...base, startsAt, endsAt: startsAt },
          { ...base, startsAt, endsAt: startsAt + 60 * MINUTE, expectedVersion: visit.version + 7 },
        ]),
      }
    }
    const span = freeSpan(world, visit, technician.id)
    return span && { input: { ...base, ...span, ...accepting(world, brokenBy(visit, { technicianId: technician.id, ...span }) !== undefined) } }
  },
}

const unassign: Generator = {
  command: 'appointment.unassign',
  propose: (world) => {
    const { random } = world
    const wrong = random.chance(WRONG)
    const visit = random.pick(
      livingVisits(world).filter((candidate) => (candidate.technicianId !== null && ['scheduled', 'confirmed', 'dispatched', 'hold'].includes(candidate.state)) !== wrong),
    )
    return visit && { input: { appointmentId: visit.id, ...accepting(world, brokenBy(visit, null) !== undefined) } }
  },
}

const reschedule: Generator = {
  command: 'appointment.reschedule',
  propose: (world) => {
    const { random, zone, at } = world
    const visit = random.pick(livingVisits(world).filter((candidate) => ['scheduled', 'confirmed', 'dispatched', 'hold'].includes(candidate.state)))
    const window = random.pick(DEFAULT_DISPATCH_SETTINGS.windows)
    if (!visit || !window) return undefined
    const windowDay = addDays(wallTimeOf(at, zone).day, 1 + random.below(9))
    const [windowStartsAt, windowEndsAt] = [instantOf(windowDay, window.start, zone), instantOf(windowDay, window.end, zone)]
    const input = { appointmentId: visit.id, windowDay, windowStart: window.start, windowEnd: window.end, windowStartsAt, windowEndsAt, reason: 'Asked for another day' }
    // Promised at another workstation, which saw the window free; half of them in hours that nobody works any more.
    if (random.chance(0.12)) {
      const evening = { windowStart: 1140, windowEnd: 1260, windowStartsAt: instantOf(windowDay, 1140, zone), windowEndsAt: instantOf(windowDay, 1260, zone) }
      return { place: 'hub', input: { ...input, ...(random.chance(0.5) ? evening : {}), claimed: true } }
    }
    if (!random.chance(WRONG)) return { input }
    return { input: random.pick([{ ...input, reason: ' ' }, { ...input, windowDay: '1900-01-01' }, { ...input, windowEndsAt: windowStartsAt }, { ...input, appointmentId: random.id() }]) }
  },
}

const changeState: Generator = {
  command: 'appointment.changeState',
  propose: (world) => {
    const { random } = world
    const visit = random.pick(livingVisits(world).filter((candidate) => OPEN_STATES.includes(candidate.state) || random.chance(0.2)))
    if (!visit) return undefined
    if (random.chance(WRONG)) {
      const impossible = APPOINTMENT_STATES.filter((to) => !transitionsFrom(visit.state).some((transition) => transition.to === to))
      const unexplained = transitionsFrom(visit.state).filter(needsReason)
      return {
        input: random.pick([
          { appointmentId: visit.id, to: random.pick(impossible), reason: null },
          { appointmentId: visit.id, to: random.pick(unexplained)?.to ?? visit.state, reason: '' },
          { appointmentId: random.id(), to: 'confirmed', reason: null },
        ]),
      }
    }
    const possible = transitionsFrom(visit.state).filter(({ to }) => visit.technicianId !== null || !needsTechnician(to))
    // Mostly onward, so that days end with work done and invoiced.
    const onward = possible.filter(({ kind }) => kind === 'forward' || kind === 'resume')
    const transition = random.chance(0.8) ? (random.pick(onward) ?? random.pick(possible)) : random.pick(possible)
    return transition && { input: { appointmentId: visit.id, to: transition.to, reason: needsReason(transition) ? random.pick(REASONS) : null } }
  },
}

const closeOut: Generator = {
  command: 'appointment.closeOut',
  propose: (world) => {
    const { random } = world
    const wrong = random.chance(WRONG)
    const visits = livingVisits(world)
    const visit = random.pick(visits.filter((candidate) => (candidate.state === 'done') !== wrong))
    return visit && { input: { appointmentId: visit.id, notes: wrong && random.chance(0.5) ? '' : 'Replaced the capacitor, ran it for 20 minutes.', equipment: random.chance(0.5) ? 'Heat pump, 2019' : '', causeCode: random.chance(0.8) ? random.pick(CAUSES) : null, afterVisit: random.chance(0.3) ? 'A quote for the duct' : null } }
  },
}

const awaitParts: Generator = {
  command: 'appointment.awaitParts',
  propose: (world) => {
    const { random, at } = world
    const wrong = random.chance(WRONG)
    const visit = random.pick(livingVisits(world).filter(({ state }) => ['scheduled', 'confirmed', 'dispatched', 'working', 'hold'].includes(state) !== wrong))
    return visit && { input: { appointmentId: visit.id, what: 'Blower motor', from: random.pick(['Hale Supply', 'Pell & Sons']), expectedAt: at + (wrong && random.chance(0.5) ? -1 : 1 + random.below(9)) * DAY, reason: 'Waiting for parts: blower motor' } }
  },
}

const returnTrip: Generator = {
  command: 'appointment.returnTrip',
  propose: (world) => {
    const { random, zone, at } = world
    const wrong = random.chance(WRONG)
    const visit = random.pick(livingVisits(world).filter(({ state }) => ['working', 'hold', 'done'].includes(state) !== wrong))
    const window = random.pick(DEFAULT_DISPATCH_SETTINGS.windows)
    if (!visit || !window) return undefined
    const windowDay = addDays(wallTimeOf(at, zone).day, 1 + random.below(9))
    const [windowStartsAt, windowEndsAt] = [instantOf(windowDay, window.start, zone), instantOf(windowDay, window.end, zone)]
    const input = { appointmentId: visit.id, returnId: random.id(), windowDay, windowStart: window.start, windowEnd: window.end, windowStartsAt, windowEndsAt, durationMinutes: 90, work: 'Replace the blower motor' }
    // Approved at another workstation, which saw the window free.
    return random.chance(0.12) ? { place: 'hub', input: { ...input, claimed: true } } : { input }
  },
}

const configure: Generator = {
  command: 'dispatch.configure',
  propose: ({ random }) => {
    if (random.chance(WRONG)) return { input: { set: random.pick([{ windows: [] }, { windows: [{ start: 600, end: 540 }] }, { holdReasons: [''] }]) } }
    return {
      input: {
        set: random.pick([
          { windows: DEFAULT_DISPATCH_SETTINGS.windows },
          { windows: [{ start: 480, end: 720 }, { start: 720, end: 1020 }] },
          { holdReasons: ['Waiting for parts', 'Weather'] },
          { causeCodes: CAUSES },
          { cancelReasons: ['Customer canceled', 'Nobody home'] },
          { lunch: { start: 720, end: 750 } },
          { lunch: null, travelSpeed: 40 },
        ]),
      },
    }
  },
}

export const dispatchGenerators: readonly Generator[] = [assign, unassign, reschedule, changeState, closeOut, awaitParts, returnTrip, configure, ...boardGenerators]
