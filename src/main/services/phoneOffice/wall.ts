import { addDays, HOUR, type IsoDay } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { callsBetween, type CallOfDay, returnsOf, voicemailsOpen } from './callsOfDay.ts'
import { answeredInTime, counts, isInternal } from '../../../shared/domain/calls/rules.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { all, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { phoneLineTable, phoneOutageTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { ringLimits } from '../calls/log.ts'
import { asColleague, colleaguesOf } from './people.ts'

/** How many past weeks say what a weekday is like. */
const WEEKS = 6

/** Nobody waits longer in a ring than this: what is still noted so was left behind by a workstation that fell. */
const LONGEST_RING_MS = 10 * 60_000

const OTHER_LINES = 'Other numbers'

type Waiting = Wall['waiting'][number]

/** Who waits now: at this workstation's telephone as it says itself, elsewhere as the log has it. */
function waitingNow(services: Services, limitOf: (lineNumber: string) => number): readonly Waiting[] {
  const { store, liveCalls, now } = services
  const { engine } = store
  const at = now()
  const rows = engine.run(range(callTable, 'byState', ['ringing'])).filter((row) => row.direction === 'in' && !isInternal(row) && at - row.offeredAt < LONGEST_RING_MS)
  const own = new Map(liveCalls.all().map(({ callId, call }) => [callId, call]))
  const rings = rows.filter(({ id }) => {
    const call = own.get(id)
    return call === undefined || call.state === 'offered' || call.state === 'answering'
  })
  return rings
    .map((row): Waiting => {
      const name = engine.run(getIf(customerTable, row.customerId))?.name ?? (row.callerName === '' ? null : row.callerName)
      return { callId: row.id, name, number: row.fromNumber, lineName: row.lineName, since: row.offeredAt, limitSeconds: limitOf(row.lineNumber), practice: row.practice }
    })
    .sort((one, other) => one.since - other.since)
}

function linesToday(services: Services, calls: readonly CallOfDay[], waiting: readonly Waiting[], limitOf: (lineNumber: string) => number): Wall['lines'] {
  const lines = services.store.engine.run(all(phoneLineTable)).filter(({ active }) => active).toSorted((one, other) => one.position - other.position || one.name.localeCompare(other.name))
  const numbers = new Set(lines.map(({ number }) => number))
  const figures = (name: string, limitSeconds: number, own: readonly CallOfDay[], rings: number) => ({
    name,
    waiting: rings,
    incoming: own.length,
    answered: own.filter((call) => call.answeredAt !== null).length,
    inTime: own.filter((call) => answeredInTime(call, limitOf(call.lineNumber))).length,
    abandoned: own.filter((call) => call.answeredAt === null).length,
    limitSeconds,
  })
  const named = lines.map(({ name, number }) => figures(name, limitOf(number), calls.filter((call) => call.lineNumber === number), waiting.filter(({ lineName }) => lineName === name).length))
  const others = calls.filter((call) => !numbers.has(call.lineNumber))
  const ringing = waiting.filter(({ lineName }) => !lines.some(({ name }) => name === lineName)).length
  return others.length + ringing === 0 ? named : [...named, figures(OTHER_LINES, limitOf(''), others, ringing)]
}

interface PastWeeks {
  readonly today: IsoDay
  readonly readAt: number
  /** Of each week, the minute of the day at which every call came, by the office’s clock: a day on which it is set has no hour too many. */
  readonly weeks: readonly (readonly number[])[]
}

/** What is over hardly changes: it is read again after a while, for what other workstations bring late. */
const pastWeeks = new WeakMap<Services['store'], PastWeeks>()
const READ_AGAIN_MS = 10 * 60_000

function weeksBefore(services: Services, today: IsoDay, zone: string): PastWeeks['weeks'] {
  const now = services.now()
  const known = pastWeeks.get(services.store)
  if (known && known.today === today && now - known.readAt < READ_AGAIN_MS && now >= known.readAt) return known.weeks
  const weeks = Array.from({ length: WEEKS }, (_, index) => addDays(today, -7 * (index + 1)))
    .map((day) => {
      const start = instantOf(day, 0, zone)
      return callsBetween(services, start, instantOf(addDays(day, 1), 0, zone)).filter(counts).map(({ offeredAt }) => wallTimeOf(offeredAt, zone).minute)
    })
    .filter((calls) => calls.length > 0)
  pastWeeks.set(services.store, { today, readAt: now, weeks })
  return weeks
}

/** The same weekday of past weeks, hour by hour. A day without any call was a holiday, or before Baton. */
function expectedOf(services: Services, today: IsoDay, zone: string, soFar: readonly CallOfDay[]): Wall['expected'] {
  const elapsed = wallTimeOf(services.now(), zone).minute
  const weeks = weeksBefore(services, today, zone)
  if (weeks.length === 0) return null
  const hourOf = (minute: number): number => Math.floor(minute / 60)
  const all24 = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    usual: weeks.reduce((sum, calls) => sum + calls.filter((minute) => hourOf(minute) === hour).length, 0) / weeks.length,
    today: soFar.filter(({ offeredAt }) => hourOf(wallTimeOf(offeredAt, zone).minute) === hour).length,
  }))
  const average = (which: (minute: number) => boolean): number => Math.round(weeks.reduce((sum, calls) => sum + calls.filter(which).length, 0) / weeks.length)
  const busy = all24.filter(({ usual, today: count }) => usual > 0 || count > 0).map(({ hour }) => hour)
  const [first, last] = [Math.min(...busy), Math.max(...busy)]
  return {
    weeks: weeks.length,
    usualSoFar: average((minute) => minute < elapsed),
    usualRest: average((minute) => minute >= elapsed),
    hours: all24.filter(({ hour }) => hour >= first && hour <= last),
  }
}

/** What has gone on for longer is no outage any more but a telephone that was given up. */
const LONGEST_OUTAGE = 30 * 24 * HOUR

function outagesOf({ store, hub }: Services, from: number, to: number): Wall['outages'] {
  return store.engine
    .run(range(phoneOutageTable, 'byDown', [], { from: from - LONGEST_OUTAGE, to }))
    .filter(({ upAt }) => upAt === null || upAt >= from)
    .map(({ id, deviceId, account, reason, downAt, upAt }) => ({ outageId: id, deviceName: hub.nameOf(deviceId) ?? (deviceId === store.deviceId ? 'This workstation' : 'A workstation'), account, reason, downAt, upAt }))
    .sort((one, other) => other.downAt - one.downAt)
}

/** The office's telephone now and today. */
export function wallOf(services: Services): Wall {
  const { zone } = companyOf(services)
  const at = services.now()
  const { day } = wallTimeOf(at, zone)
  const [from, to] = [instantOf(day, 0, zone), instantOf(addDays(day, 1), 0, zone)]
  const limitOf = ringLimits(services)
  const real = callsBetween(services, from, to).filter(counts)
  const waiting = waitingNow(services, limitOf)
  const answered = real.filter((call) => call.answeredAt !== null)
  const hub = services.hub.state()
  return {
    day,
    zone,
    at,
    waiting: [...waiting],
    people: colleaguesOf(services).map(asColleague),
    today: {
      incoming: real.length,
      answered: answered.length,
      measured: answered.filter((call) => call.ringMs !== null).length,
      inTime: real.filter((call) => answeredInTime(call, limitOf(call.lineNumber))).length,
      abandoned: real.length - answered.length,
    },
    missed: returnsOf(services, real, at),
    voicemails: [...voicemailsOpen(services)],
    lines: linesToday(services, real, waiting, limitOf),
    expected: expectedOf(services, day, zone, real),
    outages: outagesOf(services, from, to),
    staleSince: hub.link === 'offline' || hub.link === 'stopped' ? hub.since : null,
  }
}

