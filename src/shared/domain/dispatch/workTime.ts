import { type Clock, instantShown, shownAt } from '../../base/clock.ts'
import { addDays, DAY, type Instant, type IsoDay, overlaps, weekdayOf } from '../../base/time.ts'
import { all, type Loading, range } from '../kernel/load.ts'
import { companyTable, type Shift, type Technician, zoneClockTable, type ZoneClock } from '../people/tables.ts'
import { clockIn, zoneOf } from '../people/zoneClocks.ts'
import type { Interval } from './availability.ts'
import { type ArrivalWindow, type DatedShift, datedShiftTable, dispatchSettingsTable, type OnCall, onCallTable, type TechnicianTime, technicianTimeTable } from './tables.ts'

/**
 * When technicians work, and what of it is taken by anything but visits. One place for every answer: the windows that are
 * offered, the claims of two workstations, the refusal of a double booking and the board.
 */

/** Nothing beside visits is entered longer than this in one piece; what is looked for reaches back as far. */
export const LONGEST_TIME = 31 * DAY

/** What is needed to say when anybody works. */
export interface WorkFacts {
  readonly companyZone: string
  readonly clocks: readonly ZoneClock[]
  /** The lunch of everybody who has no times of their own. */
  readonly lunch: ArrivalWindow | null
  readonly dated: readonly DatedShift[]
  readonly blocks: readonly TechnicianTime[]
  readonly onCall: readonly OnCall[]
}

export interface TimeBlock extends Interval {
  /** Null where it comes from the rule of the week. */
  readonly id: string | null
  /** Of its row; absent where it has none. */
  readonly version?: number
  readonly kind: TechnicianTime['kind']
  readonly note: string
}

export interface WorkTime {
  /** In order, uncut: one that crosses midnight belongs to the day it begins on. */
  readonly shifts: readonly Interval[]
  readonly blocks: readonly TimeBlock[]
  readonly onCall: readonly Interval[]
}

/** No zone is further from UTC than this, so days looked up by name reach as far around a span. */
const dayOf = (at: Instant): IsoDay => new Date(at).toISOString().slice(0, 10)

function* loadRules(): Loading<Pick<WorkFacts, 'companyZone' | 'clocks' | 'lunch'>> {
  const [company] = yield* all(companyTable)
  const [settings] = yield* all(dispatchSettingsTable)
  return { companyZone: company?.zone ?? 'UTC', clocks: yield* all(zoneClockTable), lunch: settings?.lunch ?? null }
}

/** A day more on either side: a lunch that was entered for the evening stands in place of the week's at noon. */
function reach({ startsAt, endsAt }: Interval) {
  return {
    around: { from: startsAt - LONGEST_TIME, to: endsAt + DAY },
    touches: (row: Interval): boolean => overlaps(row.startsAt, row.endsAt, startsAt - 2 * DAY, endsAt + DAY),
  }
}

/** Reads what everybody has beside visits in a span, by ranges that a workstation and the hub answer alike. */
export function* loadWork(span: Interval): Loading<WorkFacts> {
  const { around, touches } = reach(span)
  return {
    ...(yield* loadRules()),
    dated: yield* range(datedShiftTable, 'byDay', [], { from: addDays(dayOf(span.startsAt), -2), to: addDays(dayOf(span.endsAt), 2) }),
    blocks: (yield* range(technicianTimeTable, 'byStart', [], around)).filter(touches),
    onCall: (yield* range(onCallTable, 'byStart', [], around)).filter(touches),
  }
}

/** The same of one technician. */
export function* loadWorkOf(technicianId: string, span: Interval): Loading<WorkFacts> {
  const { around, touches } = reach(span)
  return {
    ...(yield* loadRules()),
    dated: yield* range(datedShiftTable, 'byTechnician', [technicianId], { from: addDays(dayOf(span.startsAt), -2), to: addDays(dayOf(span.endsAt), 2) }),
    blocks: (yield* range(technicianTimeTable, 'byTechnician', [technicianId], around)).filter(touches),
    onCall: (yield* range(onCallTable, 'byTechnician', [technicianId], around)).filter(touches),
  }
}

/** The clock of a technician: as written down, or else the one given (an arrival window carries its own offset). */
export function clockFor(technician: Pick<Technician, 'zone'>, { clocks, companyZone }: Pick<WorkFacts, 'clocks' | 'companyZone'>, otherwise: Clock): Clock {
  return clockIn(clocks, zoneOf(technician, companyZone)) ?? otherwise
}

const resolved = (clock: Clock, day: IsoDay, { start, end }: ArrivalWindow): Interval => ({ startsAt: instantShown(clock, day, start), endsAt: instantShown(clock, day, end) })

function shiftsOf(technician: Pick<Technician, 'shifts'>, day: IsoDay, dated: readonly DatedShift[], clock: Clock): readonly Interval[] {
  const own = dated.filter((row) => row.day === day)
  if (own.length > 0) return own.flatMap(({ startsAt, endsAt }) => (startsAt === null || endsAt === null ? [] : [{ startsAt, endsAt }]))
  return technician.shifts.filter(({ weekday }) => weekday === weekdayOf(day)).map((shift) => resolved(clock, day, shift))
}

/** A lunch that was entered for the day stands in place of the week's. */
function lunchesOf(lunches: readonly Shift[] | null, everybody: ArrivalWindow | null, day: IsoDay, shifts: readonly Interval[], blocks: readonly TechnicianTime[], clock: Clock): readonly TimeBlock[] {
  const rule = lunches === null ? (everybody ? [everybody] : []) : lunches.filter(({ weekday }) => weekday === weekdayOf(day))
  if (rule.length === 0 || blocks.some(({ kind, startsAt }) => kind === 'lunch' && shownAt(clock, startsAt).day === day)) return []
  return rule
    .map((lunch): TimeBlock => ({ id: null, kind: 'lunch', note: '', ...resolved(clock, day, lunch) }))
    .filter((lunch) => shifts.some((shift) => shift.startsAt <= lunch.startsAt && lunch.endsAt <= shift.endsAt))
}

const byStart = (left: Interval, right: Interval): number => left.startsAt - right.startsAt || left.endsAt - right.endsAt

const lists = new WeakMap<readonly object[], ReadonlyMap<string, readonly object[]>>()

/** One technician's of everybody's rows: sorted out once, however many ask. */
function ownOf<T extends { readonly technicianId: string }>(rows: readonly T[], technicianId: string): readonly T[] {
  let byTechnician = lists.get(rows) as ReadonlyMap<string, readonly T[]> | undefined
  if (!byTechnician) lists.set(rows, (byTechnician = Map.groupBy(rows, (row) => row.technicianId)))
  return byTechnician.get(technicianId) ?? []
}

/**
 * When a technician works within a span, what takes time of it beside visits, and when they can be called out. Whole shifts
 * and blocks that touch it, uncut. Somebody who left has none.
 */
export function workWithin(technician: Pick<Technician, 'id' | 'shifts' | 'lunches' | 'active'>, facts: WorkFacts, clock: Clock, span: Interval): WorkTime {
  if (!technician.active) return { shifts: [], blocks: [], onCall: [] }
  const [dated, own] = [ownOf(facts.dated, technician.id), ownOf(facts.blocks, technician.id)]
  const shifts: Interval[] = []
  const blocks: TimeBlock[] = own.map(({ id, version, kind, startsAt, endsAt, note }) => ({ id, version, kind, startsAt, endsAt, note }))
  const last = shownAt(clock, span.endsAt).day
  // One day earlier, for the shift whose night reaches in.
  for (let day = addDays(shownAt(clock, span.startsAt).day, -1); day <= last; day = addDays(day, 1)) {
    const today = shiftsOf(technician, day, dated, clock)
    shifts.push(...today)
    blocks.push(...lunchesOf(technician.lunches, facts.lunch, day, today, own, clock))
  }
  const within = ({ startsAt, endsAt }: Interval): boolean => overlaps(startsAt, endsAt, span.startsAt, span.endsAt)
  return {
    shifts: shifts.filter(within).sort(byStart),
    blocks: blocks.filter(within).sort(byStart),
    onCall: ownOf(facts.onCall, technician.id).filter(within).map(({ startsAt, endsAt }) => ({ startsAt, endsAt })).sort(byStart),
  }
}
