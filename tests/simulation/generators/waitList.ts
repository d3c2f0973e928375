import { addDays, DAY, HOUR, isPastDay } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { jobTable, jobTypeTable } from '../../../src/shared/domain/jobs/tables.ts'
import { DAY_PARTS, type WaitEntry, waitEntryTable } from '../../../src/shared/domain/waitlist/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const ZONE = 'America/Chicago'

const isOpen = ({ state }: WaitEntry): boolean => state === 'waiting' || state === 'offered'

/** Mostly one that is open; now and then one that has ended. */
function someEntry({ random, rows }: World, wanted: (entry: WaitEntry) => boolean = isOpen): WaitEntry | undefined {
  const wrong = random.chance(WRONG / 2)
  return random.pick(rows(waitEntryTable).filter((entry) => wanted(entry) !== wrong))
}

const someCallBack = ({ random, at }: World): number => at + (random.chance(WRONG / 2) ? -HOUR : HOUR + random.below(random.chance(WRONG / 2) ? 30 : 13) * DAY)

const add: Generator = {
  command: 'waitList.add',
  propose: (world) => {
    const { random, rows, at } = world
    const customer = random.pick(rows(customerTable))
    const jobType = random.pick(rows(jobTypeTable))
    if (!customer || !jobType) return undefined
    // Who wants to come today has their days behind them by the next morning.
    const fromDay = addDays(wallTimeOf(at, ZONE).day, random.chance(0.5) ? 0 : random.below(3))
    const kept = random.chance(0.4) ? random.pick(rows(appointmentTable).filter((visit) => ['scheduled', 'confirmed'].includes(visit.state) && visit.windowStartsAt > at && !visit.practice)) : undefined
    if (kept) {
      const today = wallTimeOf(at, ZONE).day
      return { input: { entryId: random.id(), customerId: random.chance(WRONG / 4) ? customer.id : kept.customerId, locationId: kept.locationId, jobTypeId: jobType.id, callId: null, summary: '', phone: null, fromDay: today, toDay: kept.windowDay, part: 'any', callBackBy: someCallBack(world), visitId: kept.id } }
    }
    const location = random.pick(rows(locationTable).filter((place) => place.customerId === customer.id || random.chance(WRONG / 4)))
    return {
      input: {
        entryId: random.chance(WRONG / 4) ? (random.pick(rows(waitEntryTable))?.id ?? random.id()) : random.id(),
        customerId: random.chance(WRONG / 4) ? random.id() : customer.id,
        locationId: random.chance(0.7) ? (location?.id ?? null) : null,
        jobTypeId: jobType.id,
        callId: random.chance(0.3) ? (random.pick(rows(callTable))?.id ?? null) : null,
        summary: 'No cooling, two small children',
        phone: random.chance(0.3) ? '+15550142210' : null,
        fromDay,
        toDay: addDays(fromDay, random.chance(WRONG / 2) ? -1 : random.chance(0.7) ? 0 : random.below(20)),
        part: random.pick(DAY_PARTS) ?? 'any',
        callBackBy: someCallBack(world),
      },
    }
  },
}

const offer: Generator = {
  command: 'waitList.offer',
  propose: (world) => {
    const { random, rows, at } = world
    // Mostly one that keeps a visit meanwhile, where there is one: only such a visit can move up.
    const entry = random.chance(0.5) ? ((random.chance(0.6) ? random.pick(rows(waitEntryTable).filter(({ state, visitId }) => state === 'waiting' && visitId !== null)) : undefined) ?? someEntry(world)) : undefined
    if (!entry) return undefined
    const windowDay = addDays(wallTimeOf(at, ZONE).day, random.chance(WRONG) ? -1 : 1)
    const windowStart = 480 + random.below(4) * 120
    const windowEnd = windowStart + (random.chance(WRONG / 3) ? 0 : 120)
    return { input: { entryId: entry.id, windowDay, windowStart, windowEnd, windowStartsAt: instantOf(windowDay, windowStart, ZONE), windowEndsAt: instantOf(windowDay, windowEnd, ZONE), zone: ZONE } }
  },
}

const acceptOffer: Generator = {
  command: 'waitList.accept',
  propose: (world) => {
    const { random, rows } = world
    const booked = new Set(rows(jobTable).map(({ customerId }) => customerId))
    const entry = someEntry(world, (candidate) => isOpen(candidate) && booked.has(candidate.customerId))
    if (!entry) return undefined
    const job = random.pick(rows(jobTable).filter(({ customerId }) => customerId === entry.customerId || random.chance(WRONG / 4)))
    return { input: { entryId: entry.id, jobId: random.chance(WRONG / 3) ? random.id() : (job?.id ?? random.id()) } }
  },
}

const decline: Generator = {
  command: 'waitList.decline',
  propose: (world) => {
    const { random } = world
    const entry = random.chance(0.5) ? someEntry(world) : undefined
    return entry && { input: { entryId: entry.id, callBackBy: random.chance(0.6) ? someCallBack(world) : null, reason: random.chance(WRONG) ? '' : 'Works that day.' } }
  },
}

const expire: Generator = {
  command: 'waitList.expire',
  propose: (world) => {
    const { random, rows, at } = world
    const over = rows(waitEntryTable).filter((candidate) => isOpen(candidate) && isPastDay(candidate.toDay, at))
    const entry = over.length > 0 && random.chance(WRONG / 2) ? someEntry(world) : random.pick(over)
    return entry && { input: { entryId: entry.id, reason: 'Told that nothing came free.' } }
  },
}

const moveUp: Generator = {
  command: 'waitList.moveUp',
  propose: (world) => {
    const entry = someEntry(world, ({ state, visitId }) => state === 'offered' && visitId !== null)
    return entry && { input: { entryId: entry.id } }
  },
}

const lookOver: Generator = {
  command: 'waitList.lookOver',
  propose: ({ random, at }) => ({ input: { day: addDays(wallTimeOf(at, ZONE).day, random.chance(0.2) ? 3 : 0), at: random.chance(WRONG) ? at - 3 * HOUR : at } }),
}

export const waitListGenerators: readonly Generator[] = [add, offer, acceptOffer, moveUp, decline, expire, lookOver]
