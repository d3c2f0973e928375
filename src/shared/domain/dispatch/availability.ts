import { MINUTE, overlaps, QUARTER_HOUR, type Instant, type IsoDay, type MinuteOfDay } from '../../base/time.ts'

/**
 * Which arrival windows can be promised: pure, over instants and minutes, so that it runs the same in the
 * booking screen's query, in tests and in a worker. Wall time is resolved before it is asked.
 */

/** [startsAt, endsAt) in epoch ms. */
export interface Interval {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export interface Candidate {
  readonly id: string
  readonly name: string
  readonly skills: readonly string[]
  /** Belongs to the job's business unit; others come second. */
  readonly ownUnit: boolean
  readonly shifts: readonly Interval[]
  /** The visits already planned. */
  readonly busy: readonly Interval[]
  /** Lunch, training, time off: taken like visits, but no visits. */
  readonly blocked?: readonly Interval[]
  /** When they can be called out: no window is promised on it, but it is said. */
  readonly onCall?: readonly Interval[]
}

/** An arrival window on one day. */
export interface WindowSlot extends Interval {
  readonly day: IsoDay
  readonly start: MinuteOfDay
  readonly end: MinuteOfDay
}

/** A visit that is promised for a window but has no technician yet. */
export interface PromisedVisit extends Interval {
  readonly durationMinutes: number
  readonly skills: readonly string[]
}

export interface AvailabilityQuestion {
  readonly slots: readonly WindowSlot[]
  readonly durationMinutes: number
  readonly skills: readonly string[]
  readonly technicians: readonly Candidate[]
  readonly promised: readonly PromisedVisit[]
  /** No visit starts before it. */
  readonly now: Instant
  /** Ask for this technician alone. */
  readonly technicianId: string | null
}

/** A technician who can come: the first quarter hour in the window from which the whole visit is free. */
export interface Fit {
  readonly technician: Candidate
  readonly startsAt: Instant
  /** The other visits of that shift. */
  readonly visits: number
}

export type Obstacle =
  | { readonly kind: 'skill'; readonly missing: readonly string[] }
  | { readonly kind: 'off' }
  /** Off, but to be called out. */
  | { readonly kind: 'onCall' }
  /** `until` is when the visit would fit later in the same shift, or null. */
  | { readonly kind: 'full'; readonly until: Instant | null }
  /** Free on paper, but needed for visits that are promised in this window already. */
  | { readonly kind: 'promised' }

export interface WindowAnswer {
  readonly slot: WindowSlot
  /** Best first; empty where the window must not be promised. */
  readonly fits: readonly Fit[]
  readonly whyNot: readonly { readonly technician: Candidate; readonly obstacle: Obstacle }[]
  /** How much of the skilled technicians' time in this window is taken, 0 to 100; 100 where none is on. */
  readonly fullness: number
  /** The skilled technicians who are on shift in this window. */
  readonly onShift: number
}

/** Visits are proposed to the quarter hour. */
function nextQuarter(at: Instant): Instant {
  return Math.ceil(at / QUARTER_HOUR) * QUARTER_HOUR
}

/** Sorted and disjoint, so that one binary search finds where a technician is next busy. */
function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((left, right) => left.startsAt - right.startsAt)
  const merged: Interval[] = []
  for (const interval of sorted) {
    const last = merged.at(-1)
    if (last && interval.startsAt <= last.endsAt) merged[merged.length - 1] = { startsAt: last.startsAt, endsAt: Math.max(last.endsAt, interval.endsAt) }
    else merged.push(interval)
  }
  return merged
}

/** The position of the first disjoint interval that ends after `at`. */
function firstEndingAfter(intervals: readonly Interval[], at: Instant): number {
  let [low, high] = [0, intervals.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((intervals[middle]?.endsAt ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * The first quarter hour in [from, before) from which `duration` ms are free inside one shift, or undefined.
 * `busy` must be sorted and disjoint.
 */
export function earliestStart(shifts: readonly Interval[], busy: readonly Interval[], from: Instant, before: Instant, duration: number): Instant | undefined {
  for (const shift of shifts) {
    if (shift.endsAt <= from || shift.startsAt >= before) continue
    let start = nextQuarter(Math.max(from, shift.startsAt))
    let next = firstEndingAfter(busy, start)
    while (start < before && start + duration <= shift.endsAt) {
      const obstacle = busy[next]
      if (!obstacle || obstacle.startsAt >= start + duration) return start
      start = nextQuarter(obstacle.endsAt)
      next += 1
    }
  }
  return undefined
}

function takenWithin(busy: readonly Interval[], span: Interval): number {
  let taken = 0
  for (let index = firstEndingAfter(busy, span.startsAt); index < busy.length; index++) {
    const interval = busy[index]
    if (!interval || interval.startsAt >= span.endsAt) break
    taken += Math.min(interval.endsAt, span.endsAt) - Math.max(interval.startsAt, span.startsAt)
  }
  return taken
}

interface Day {
  readonly technician: Candidate
  readonly skills: ReadonlySet<string>
  /** What is planned, sorted and disjoint. */
  readonly planned: readonly Interval[]
  /** What is planned and what must be kept for visits promised without a technician. */
  kept: Interval[]
}

const missingSkills = (day: Day, skills: readonly string[]): readonly string[] => skills.filter((skill) => !day.skills.has(skill))

/**
 * Lays every visit that is promised without a technician on somebody who could take it, those with the
 * fewest choices first and on whom can do least else: what is left over can be promised again.
 */
function keepPromises(days: readonly Day[], promised: readonly PromisedVisit[], now: Instant): void {
  const withChoices = promised.map((visit) => ({ visit, able: days.filter((day) => missingSkills(day, visit.skills).length === 0) }))
  withChoices.sort((left, right) => left.visit.endsAt - right.visit.endsAt || left.able.length - right.able.length || left.visit.startsAt - right.visit.startsAt)
  for (const { visit, able } of withChoices) {
    const duration = visit.durationMinutes * MINUTE
    let best: { readonly day: Day; readonly startsAt: Instant } | undefined
    for (const day of able) {
      const startsAt = earliestStart(day.technician.shifts, day.kept, Math.max(visit.startsAt, now), visit.endsAt, duration)
      if (startsAt === undefined) continue
      if (!best || day.skills.size < best.day.skills.size) best = { day, startsAt }
    }
    if (best) best.day.kept = mergeIntervals([...best.day.kept, { startsAt: best.startsAt, endsAt: best.startsAt + duration }])
  }
}

function visitsOfShift(technician: Candidate, at: Instant): number {
  const shift = technician.shifts.find((candidate) => candidate.startsAt <= at && at < candidate.endsAt)
  return shift ? technician.busy.filter((visit) => overlaps(visit.startsAt, visit.endsAt, shift.startsAt, shift.endsAt)).length : 0
}

function obstacleFor(day: Day, slot: WindowSlot, from: Instant, duration: number): Obstacle {
  const { shifts } = day.technician
  const today = shifts.filter((shift) => overlaps(shift.startsAt, shift.endsAt, slot.startsAt, slot.endsAt))
  if (today.length === 0) {
    const called = (day.technician.onCall ?? []).some((span) => overlaps(span.startsAt, span.endsAt, slot.startsAt, slot.endsAt))
    return called ? { kind: 'onCall' } : { kind: 'off' }
  }
  if (earliestStart(shifts, day.planned, from, slot.endsAt, duration) !== undefined) return { kind: 'promised' }
  const shiftEnd = Math.max(...today.map((shift) => shift.endsAt))
  return { kind: 'full', until: earliestStart(today, day.kept, from, shiftEnd, duration) ?? null }
}

function byPreference(left: Fit, right: Fit): number {
  return Number(right.technician.ownUnit) - Number(left.technician.ownUnit) || left.visits - right.visits || left.startsAt - right.startsAt || (left.technician.name < right.technician.name ? -1 : 1)
}

function answerFor(slot: WindowSlot, days: readonly Day[], question: AvailabilityQuestion): WindowAnswer {
  const duration = question.durationMinutes * MINUTE
  const from = Math.max(slot.startsAt, question.now)
  const fits: Fit[] = []
  const whyNot: { readonly technician: Candidate; readonly obstacle: Obstacle }[] = []
  let [shiftTime, takenTime, onShift] = [0, 0, 0]
  for (const day of days) {
    const { technician } = day
    if (question.technicianId !== null && technician.id !== question.technicianId) continue
    const missing = missingSkills(day, question.skills)
    if (missing.length > 0) {
      whyNot.push({ technician, obstacle: { kind: 'skill', missing } })
      continue
    }
    let on = false
    for (const shift of technician.shifts) {
      if (!overlaps(shift.startsAt, shift.endsAt, slot.startsAt, slot.endsAt)) continue
      on = true
      const span = { startsAt: Math.max(shift.startsAt, slot.startsAt), endsAt: Math.min(shift.endsAt, slot.endsAt) }
      shiftTime += span.endsAt - span.startsAt
      takenTime += takenWithin(day.kept, span)
    }
    if (on) onShift += 1
    const startsAt = earliestStart(technician.shifts, day.kept, from, slot.endsAt, duration)
    if (startsAt === undefined) whyNot.push({ technician, obstacle: obstacleFor(day, slot, from, duration) })
    else fits.push({ technician, startsAt, visits: visitsOfShift(technician, startsAt) })
  }
  fits.sort(byPreference)
  return { slot, fits, whyNot, fullness: shiftTime === 0 ? 100 : Math.round((100 * takenTime) / shiftTime), onShift }
}

/** Nobody drives anywhere for less. */
const SHORTEST_GAP = 2 * QUARTER_HOUR

/** What is left of a technician’s shift. */
export interface Gap extends Interval {
  readonly technician: Candidate
}

/** The parts of a shift that nothing lies on; `busy` must be sorted and disjoint. */
function between(shift: Interval, busy: readonly Interval[], from: Instant): readonly Interval[] {
  const gaps: Interval[] = []
  let free = nextQuarter(Math.max(shift.startsAt, from))
  for (const taken of busy) {
    if (taken.endsAt <= free || taken.startsAt >= shift.endsAt) continue
    gaps.push({ startsAt: free, endsAt: taken.startsAt })
    free = nextQuarter(taken.endsAt)
  }
  return [...gaps, { startsAt: free, endsAt: shift.endsAt }].filter(({ startsAt, endsAt }) => endsAt - startsAt >= SHORTEST_GAP)
}

/**
 * Lays what is planned and what is promised on the technicians: what they have left can be promised again. The dearest part of
 * an answer: who asks for windows and gaps at once lays them once, and gives them to both.
 */
export function keptDays({ technicians, promised, now }: AvailabilityQuestion): readonly Day[] {
  const days = technicians.map((technician): Day => {
    const planned = mergeIntervals([...technician.busy, ...(technician.blocked ?? [])])
    return { technician, skills: new Set(technician.skills), planned, kept: planned }
  })
  keepPromises(days, promised, now)
  return days
}

/**
 * What skilled technicians have left within a span, half an hour or more, the first first: for a caller who wants to come
 * today where nothing fits, so that dispatch is asked about a time and a name.
 */
export function gapsWithin(question: AvailabilityQuestion, span: Interval, days = keptDays(question)): readonly Gap[] {
  return days
    .filter((day) => missingSkills(day, question.skills).length === 0 && (question.technicianId === null || day.technician.id === question.technicianId))
    .flatMap((day) => {
      const shifts = day.technician.shifts.filter((shift) => overlaps(shift.startsAt, shift.endsAt, span.startsAt, span.endsAt))
      return shifts.flatMap((shift) => between(shift, day.kept, question.now).map((gap): Gap => ({ ...gap, technician: day.technician })))
    })
    .toSorted((left, right) => left.startsAt - right.startsAt || right.endsAt - left.endsAt || (left.technician.name < right.technician.name ? -1 : 1))
}

/**
 * The windows that have not passed, best first: those with a free skilled technician by day, then the
 * emptier, then the earlier; after them those that are full, which only an overbooking could promise.
 */
export function rankWindows(question: AvailabilityQuestion, days = keptDays(question)): readonly WindowAnswer[] {
  return question.slots
    .filter((slot) => slot.endsAt > question.now)
    .map((slot) => answerFor(slot, days, question))
    .sort(
      (left, right) =>
        Number(left.fits.length === 0) - Number(right.fits.length === 0) ||
        (left.slot.day < right.slot.day ? -1 : left.slot.day > right.slot.day ? 1 : 0) ||
        left.fullness - right.fullness ||
        left.slot.startsAt - right.slot.startsAt,
    )
}
