import { addDays, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { ALERT_KINDS } from '../../../src/shared/domain/dispatch/lateness.ts'
import { OPEN_STATES } from '../../../src/shared/domain/dispatch/states.ts'
import { appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { causeOf } from '../../../src/shared/domain/watch/alerts.ts'
import type { Generator, World } from '../world.ts'

const WRONG = 0.15

/** Today as a clock sees it. Bookings lie ahead and the simulator's days are short: mostly its calendar is some days off. */
function seenDay({ random, rows, zone, at }: World): { readonly day: string; readonly zeroAt: number; readonly at: number } {
  const { day } = wallTimeOf(at, zone)
  const promised = random.pick(rows(appointmentTable).filter(({ state, practice }) => !practice && OPEN_STATES.includes(state)))
  return { day: random.chance(0.8) ? (promised?.windowDay ?? day) : day, zeroAt: instantOf(day, 0, zone), at: random.chance(WRONG) ? at - 3 * HOUR : at }
}

const lookAround: Generator = { command: 'dispatch.lookAround', propose: (world) => ({ input: seenDay(world) }) }

const begin: Generator = { command: 'truthHour.begin', propose: (world) => ({ input: seenDay(world) }) }

const settle: Generator = {
  command: 'truthHour.settle',
  propose: ({ random, rows, zone, at }) => {
    const visits = rows(appointmentTable)
    // What nobody has must move; the others are kept or at risk, if they have not left the hour meanwhile.
    const open = visits.filter(({ truthState, truthDay, windowDay, technicianId, state, practice }) => truthState === 'open' && truthDay === windowDay && technicianId !== null && ['scheduled', 'confirmed', 'dispatched'].includes(state) && !practice)
    const visit = open.length === 0 ? undefined : random.pick(random.chance(WRONG) ? visits : open)
    if (!visit) return undefined
    const how = random.chance(0.5) ? { kind: 'standsBy' } : { kind: 'told', expectedAt: at + (1 + random.below(6)) * HOUR }
    return { input: { appointmentId: visit.id, zeroAt: instantOf(visit.windowDay, 0, zone), how, said: random.chance(WRONG) ? '' : 'Fine with them' } }
  },
}

const see: Generator = {
  command: 'visitAlert.see',
  propose: ({ random, rows, at }) => {
    const visit = random.pick(rows(appointmentTable).filter(({ technicianId }) => technicianId !== null))
    const kind = random.pick(ALERT_KINDS) ?? 'notDispatched'
    if (!visit) return undefined
    const cause = causeOf({ technicianId: visit.technicianId ?? '', startsAt: visit.startsAt ?? 0, state: visit.state }, kind)
    return { input: { appointmentId: visit.id, kind, cause, doing: random.pick(['Calling the customer', 'Calling the technician']), lookAgainAt: at + (random.chance(WRONG) ? -1 : 1) * (1 + random.below(90)) * MINUTE } }
  },
}

const leaveOver: Generator = {
  command: 'dispatch.leaveOver',
  propose: ({ random, rows, zone, at }) => {
    const open = rows(appointmentTable).filter(({ state, practice }) => !practice && OPEN_STATES.includes(state))
    const visit = random.pick(open)
    if (!visit) return undefined
    // The simulator\u2019s days are short: mostly its calendar is some days on.
    const day = addDays(random.chance(0.8) ? visit.windowDay : wallTimeOf(at, zone).day, 1)
    return { input: { day, zeroAt: random.chance(0.5) ? at : instantOf(wallTimeOf(at, zone).day, 0, zone), at: random.chance(WRONG) ? at - 3 * HOUR : at, saw: [{ id: visit.id, version: random.chance(WRONG) ? visit.version + 1 : visit.version }] } }
  },
}

export const watchGenerators: readonly Generator[] = [lookAround, begin, settle, see, leaveOver]
