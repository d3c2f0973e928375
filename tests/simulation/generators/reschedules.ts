import { addDays, DAY, HOUR } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { DEFAULT_DISPATCH_SETTINGS } from '../../../src/shared/domain/dispatch/settings.ts'
import { type Appointment, appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { jobLineTable } from '../../../src/shared/domain/jobs/tables.ts'
import type { Generator, World } from '../world.ts'
import { livingVisits } from './board.ts'

const WRONG = 0.15

const NOT_BEGUN: ReadonlySet<Appointment['state']> = new Set(['scheduled', 'confirmed', 'dispatched', 'hold'])

const ask: Generator = {
  command: 'reschedule.ask',
  propose: (world) => {
    const { random } = world
    const wrong = random.chance(WRONG)
    const visit = random.pick(livingVisits(world).filter(({ state }) => NOT_BEGUN.has(state) !== wrong))
    return visit && { input: { appointmentId: visit.id, why: random.pick(['At work then', 'Illness', '']) } }
  },
}

function someWindow({ random, zone, at }: World) {
  const window = random.pick(DEFAULT_DISPATCH_SETTINGS.windows)
  if (!window) return undefined
  const windowDay = addDays(wallTimeOf(at, zone).day, 1 + random.below(9))
  return { windowDay, windowStart: window.start, windowEnd: window.end, windowStartsAt: instantOf(windowDay, window.start, zone), windowEndsAt: instantOf(windowDay, window.end, zone) }
}

const settle: Generator = {
  command: 'reschedule.settle',
  propose: (world) => {
    const { random } = world
    const visits = livingVisits(world)
    const open = visits.filter(({ state, reschedule, rebooking }) => (NOT_BEGUN.has(state) && reschedule === 'asked') || (state === 'canceled' && rebooking === 'owed'))
    const visit = random.pick(random.chance(WRONG) || open.length === 0 ? visits : open)
    const window = someWindow(world)
    if (!visit || !window) return undefined
    const moved = { kind: 'moved', ...window }
    const how = visit.state === 'canceled' ? moved : random.pick([{ kind: 'saved' }, moved, moved, { kind: 'canceled' }, { kind: 'unreached' }])
    const input = { appointmentId: visit.id, how, objection: random.chance(WRONG) ? '' : 'At work then', said: random.pick(['', 'Her sister lets us in']) }
    // Promised at another workstation, which saw the window free.
    return how === moved && random.chance(0.12) ? { place: 'hub', input: { ...input, how: { ...moved, claimed: true } } } : { input }
  },
}

/** A day on which somebody has work as a clock sees it, rather one of the coming three. */
const lookAhead: Generator = {
  command: 'reschedule.lookAhead',
  propose: ({ random, rows, zone, at }) => {
    const planned = rows(appointmentTable).filter(({ startsAt, state, practice }) => startsAt !== null && !practice && NOT_BEGUN.has(state))
    const soon = planned.filter(({ startsAt }) => (startsAt ?? 0) > at && (startsAt ?? 0) < at + 4 * DAY)
    const visit = random.pick(soon.length > 0 && !random.chance(WRONG) ? soon : planned)
    const day = wallTimeOf(visit?.startsAt ?? at + DAY, zone).day
    return { input: { day, zeroAt: instantOf(day, 0, zone), at: random.chance(WRONG) ? at - 3 * HOUR : at } }
  },
}

const ofDay = ({ random, rows, zone, at }: World): string => {
  const taking = new Set(rows(jobLineTable).flatMap(({ kind, jobId }) => (kind === 'material' || kind === 'equipment' ? [jobId] : [])))
  const visit = random.pick(rows(appointmentTable).filter(({ jobId, state, practice }) => taking.has(jobId) && NOT_BEGUN.has(state) && !practice))
  return visit?.windowDay ?? addDays(wallTimeOf(at, zone).day, 1)
}

const lookOver: Generator = {
  command: 'materialList.lookOver',
  propose: (world) => ({ input: { day: ofDay(world), isTime: world.random.chance(0.7), at: world.random.chance(WRONG) ? world.at - 3 * HOUR : world.at } }),
}

const hand: Generator = {
  command: 'materialList.hand',
  propose: (world) => ({ input: { day: ofDay(world), said: world.random.pick(['', 'On the bench']) } }),
}

export const rescheduleGenerators: readonly Generator[] = [ask, settle, lookAhead, lookOver, hand]
