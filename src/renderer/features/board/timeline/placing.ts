import { HOUR, MINUTE, QUARTER_HOUR, type Instant } from '../../../../shared/base/time.ts'
import type { BoardVisit, TimeBlock } from '../../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES } from '../../../../shared/domain/dispatch/states.ts'
import { TIME_KIND_NAMES, type TimeKind } from '../../../../shared/domain/dispatch/timeKinds.ts'
import { timeKey } from '../boardCells.ts'
import type { BarModel, TechnicianRow } from '../boardLayout.ts'
import { alertWords, hoursLeftWords, isUrgent, promisedWords } from '../boardWords.ts'
import { type Axis, type WallClock, xOf } from './axis.ts'
import { type Lane, lanesOf } from './lanes.ts'

/** Where and how a row's things are drawn, in px within the row; pure, so that it is tried without a browser. */
export interface Scale {
  readonly axis: Axis
  readonly clock: WallClock
  readonly hourWidth: number
  readonly rowHeight: number
  /** Rows of a large screen have a second line on their bars. */
  readonly large: boolean
}

/** A bar narrower than this, in px, shows the name alone. */
export const NARROW = 84
/** Narrower than this it shows only its sign. */
const TINY = 30
/** A bar narrower than this, in px, has the short word. */
const SHORT_WORD = 150
/** However short a visit, its bar can be seen and grasped. */
export const NARROWEST_BAR = 12
/** The gap that keeps one bar from the next. */
const GAP = 2

export const MARKS = ['crew', 'locked', 'priority', 'flag', 'alert'] as const
export type Mark = (typeof MARKS)[number]

export interface PlacedBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const TOP = 2
/** Under a bar: what truly happened, and the bracket of the promised window. */
const UNDER = 6
/** What stays free above and below bars that share a row. */
const SHARED_EDGES = 4

/** What the narrowest bar takes of a row at that scale, in ms. */
const leastSpan = ({ hourWidth }: Scale): number => ((NARROWEST_BAR + GAP) * HOUR) / hourWidth

/**
 * The bars of a row. Where hours are so narrow that bars of their least width would cover each other, they share the row as those do
 * that overlap in time: in a week a sign that is half covered says nothing.
 */
export function placeBars({ bars }: TechnicianRow, scale: Scale): readonly PlacedBar[] {
  const least = leastSpan(scale)
  if (least <= QUARTER_HOUR) return bars.map((bar) => placeBar(bar, scale))
  const lanes = lanesOf(bars.map(({ visit }) => visit), least)
  return bars.map((bar, index) => placeBar(bar, scale, lanes[index]))
}

export function placeBar({ visit, lane: own }: BarModel, scale: Scale, lane: Lane = own): PlacedBar {
  const x = xOf(scale.axis, scale.hourWidth, visit.startsAt)
  const width = Math.max(NARROWEST_BAR, xOf(scale.axis, scale.hourWidth, visit.endsAt) - x - GAP)
  if (lane.lanes === 1) return { x: px(x), y: TOP, width: px(width), height: scale.rowHeight - TOP - UNDER }
  // Bars that share the row take the room of the brackets too: names come first.
  const height = Math.floor((scale.rowHeight - SHARED_EDGES - (lane.lanes - 1)) / lane.lanes)
  return { x: px(x), y: 1 + lane.lane * (height + 1), width: px(width), height }
}

const px = (value: number): number => Math.round(value * 10) / 10

export type BarSize = 'wide' | 'narrow' | 'tiny'

export const sizeOf = (width: number): BarSize => (width < TINY ? 'tiny' : width < NARROW ? 'narrow' : 'wide')

/**
 * Booked or moved here while the hub does not hear of it: said in a word beside the broken edge, and never cut off. Where
 * even the name hardly fits, a question mark; a screen reader hears the word in any case.
 */
export function tentativeWord(width: number): string {
  return width < NARROW ? '?' : width < SHORT_WORD ? 'tent.' : 'tentative'
}

/** The signs at a bar's right end, the gravest last; on a narrow bar only that one. */
export function marksOf({ visit, role, alerts }: BarModel, size: BarSize): readonly Mark[] {
  const marks: Mark[] = []
  if (visit.crewIds.length > 0 || role === 'crew') marks.push('crew')
  if (visit.locked) marks.push('locked')
  if (visit.priorityRank <= 1 && visit.state !== 'done' && visit.state !== 'canceled') marks.push('priority')
  if (visit.customerFlag !== '' || visit.flags.length > 0) marks.push('flag')
  if (alerts.some(isUrgent) || alerts.some(({ kind }) => kind === 'overbooked' || kind === 'skillMissing' || kind === 'overtime')) marks.push('alert')
  return size === 'wide' ? marks : size === 'narrow' ? marks.slice(-1) : marks.filter((mark) => mark === 'alert')
}

function warningsOf(visit: BoardVisit): readonly string[] {
  if (visit.flags.length > 0) return visit.flags
  return visit.customerFlag === '' ? [] : [visit.customerFlag]
}

function happenedWords(visit: BoardVisit, clock: WallClock): readonly string[] {
  return [
    ...(visit.dispatchedAt === null ? [] : [`dispatched ${clock.time(visit.dispatchedAt)}`]),
    ...(visit.arrivedAt === null ? [] : [`arrived ${clock.time(visit.arrivedAt)}`]),
    ...(visit.doneAt === null ? [] : [`done ${clock.time(visit.doneAt)}`]),
  ]
}

/** All that a screen reader says of a bar. */
export function barLabel({ visit, role, alerts }: BarModel, clock: WallClock, now: Instant): string {
  return [
    visit.customerName,
    visit.jobTypeName,
    STATE_NAMES[visit.state],
    clock.span(visit.startsAt, visit.endsAt),
    promisedWords(visit),
    ...(role === 'crew' ? ['goes along'] : visit.crewIds.length > 0 ? [`crew of ${visit.crewIds.length + 1}`] : []),
    ...(visit.locked ? ['promised as it is'] : []),
    ...(visit.tentative ? ['tentative'] : []),
    ...(visit.priorityRank <= 1 ? [visit.priorityName] : []),
    ...warningsOf(visit),
    ...happenedWords(visit, clock),
    ...alerts.map((alert) => alertWords(alert, clock, now)),
  ].join(', ')
}

/** What a pointer that rests on a bar's signs is told. */
export function marksTitle({ visit, role, alerts }: BarModel, clock: WallClock, now: Instant): string {
  return [
    ...(role === 'crew' || visit.crewIds.length > 0 ? [`Crew of ${visit.crewIds.length + 1}`] : []),
    ...(visit.locked ? ['Promised as it is: moving it needs a word with the customer'] : []),
    ...(visit.priorityRank <= 1 ? [visit.priorityName] : []),
    ...warningsOf(visit),
    ...alerts.map((alert) => alertWords(alert, clock, now)),
  ].join('. ')
}

/** The promise is not kept by this plan, or will not be: the bracket is red. */
function isBroken({ broken, alerts }: BarModel): boolean {
  return broken || alerts.some(({ kind }) => kind === 'windowMissed' || kind === 'atRisk')
}

export interface PlacedBlock {
  readonly key: string
  readonly kind: TimeKind
  readonly words: string
  /** All that a screen reader says of it. */
  readonly spoken: string
  readonly x: number
  readonly width: number
}

export function placeBlock(technicianId: string, block: TimeBlock, scale: Scale): PlacedBlock {
  const { id, kind, note, startsAt, endsAt } = block
  const x = xOf(scale.axis, scale.hourWidth, startsAt)
  const name = TIME_KIND_NAMES[kind]
  return {
    key: timeKey(technicianId, block),
    kind,
    words: kind === 'lunch' || note === '' ? name : `${name} \u00B7 ${note}`,
    spoken: [name, scale.clock.span(startsAt, endsAt), id === null ? 'every week' : note].filter(Boolean).join(', '),
    x: px(x),
    width: Math.max(NARROWEST_BAR, px(xOf(scale.axis, scale.hourWidth, endsAt) - x - GAP)),
  }
}

/** What is drawn behind and under a row's bars, each kind as one path. Empty where there is nothing of a kind. */
export interface RowPaths {
  /** Outside every shift. */
  readonly off: string
  readonly onCall: string
  /** The drive to each visit. */
  readonly legs: string
  /** Promised windows that the plan keeps, and those that it does not. */
  readonly kept: string
  readonly broken: string
  /** From arriving to done, or to now, and when the technician was sent. */
  readonly actual: string
  /** Beyond the end of the shift. */
  readonly overtime: string
}

export const PATH_KINDS = ['off', 'onCall', 'legs', 'kept', 'broken', 'actual', 'overtime'] as const satisfies readonly (keyof RowPaths)[]

const box = (x: number, y: number, width: number, height: number): string => `M${px(x)} ${y}h${px(width)}v${height}H${px(x)}z`

/** A bracket open to the top: 2 px high with caps. */
function bracket(from: number, to: number, bottom: number): string {
  const [left, right] = [px(from), px(Math.max(from + 4, to - 1))]
  return `M${left} ${bottom - 4}h1v2H${px(right - 1)}v-2h1v4H${left}z`
}

/** A small arrowhead at the moment the technician was sent, and a hair's line from there to the arrival. */
function sent(x: number, arrived: number | null, middle: number): string {
  const way = arrived === null || arrived <= x + 4 ? '' : box(x + 4, middle - 0.5, arrived - x - 4, 1)
  return `M${px(x)} ${middle - 2.5}l4 2.5l-4 2.5z${way}`
}

function offSpans({ technician }: TechnicianRow, { axis }: Scale): readonly { readonly startsAt: Instant; readonly endsAt: Instant }[] {
  const gaps: { readonly startsAt: Instant; readonly endsAt: Instant }[] = []
  let from = axis.startsAt
  for (const shift of technician.shifts) {
    if (shift.startsAt > from) gaps.push({ startsAt: from, endsAt: Math.min(shift.startsAt, axis.endsAt) })
    from = Math.max(from, shift.endsAt)
  }
  if (from < axis.endsAt) gaps.push({ startsAt: from, endsAt: axis.endsAt })
  return gaps
}

export function rowPaths(row: TechnicianRow, scale: Scale, now: Instant): RowPaths {
  const { axis, hourWidth, rowHeight } = scale
  const x = (at: Instant): number => xOf(axis, hourWidth, at)
  const middle = TOP + (rowHeight - TOP - UNDER) / 2
  const spans = (list: readonly { readonly startsAt: Instant; readonly endsAt: Instant }[], y: number, height: number): string =>
    list.map(({ startsAt, endsAt }) => box(x(startsAt), y, x(endsAt) - x(startsAt), height)).join('')
  let [kept, broken, actual] = ['', '', '']
  for (const bar of row.bars) {
    const { visit } = bar
    const window = bracket(x(visit.windowStartsAt), x(visit.windowEndsAt), rowHeight - 1)
    if (isBroken(bar)) broken += window
    else kept += window
    if (visit.dispatchedAt !== null && visit.state !== 'canceled') actual += sent(x(visit.dispatchedAt), visit.arrivedAt === null ? null : x(visit.arrivedAt), rowHeight - UNDER + 1)
    if (visit.arrivedAt !== null && visit.state !== 'canceled') {
      const until = visit.doneAt ?? (visit.state === 'working' ? Math.max(now, visit.arrivedAt) : visit.arrivedAt + MINUTE)
      actual += box(x(visit.arrivedAt), rowHeight - UNDER, Math.max(2, x(until) - x(visit.arrivedAt)), 2)
    }
  }
  return {
    off: spans(offSpans(row, scale), 0, rowHeight - 1),
    onCall: row.technician.onCall.map(({ startsAt, endsAt }) => `M${px(x(startsAt))} 0.5H${px(x(endsAt))}`).join(''),
    legs: row.legs.map(({ startsAt, endsAt }) => `M${px(x(startsAt))} ${middle}H${px(Math.max(x(startsAt), x(endsAt) - GAP))}`).join(''),
    kept,
    broken,
    actual,
    overtime: spans(row.overtime, 0, TOP),
  }
}

const listOf = (words: readonly string[]): string => words.filter(Boolean).join(', ')

export interface HeadWords {
  readonly name: string
  readonly left: string
  readonly over: boolean
  readonly off: boolean
  readonly onCall: boolean
  /** The name and the hours, as a screen reader says them. */
  readonly spoken: string
  readonly description: string
}

/** `Denver` of `America/Denver`. */
const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** What a technician's head says, and all that a screen reader says of the row before its visits. */
export function headWords(row: TechnicianRow, { axis, clock }: Pick<Scale, 'axis' | 'clock'>): HeadWords {
  const { technician } = row
  const off = row.shiftMinutes === 0
  const left = !technician.active ? 'Left' : off ? 'Off' : hoursLeftWords(row.leftMinutes)
  const elsewhere = technician.zone !== axis.zone
  const over = technician.active && !off && row.leftMinutes < 0
  return {
    spoken: listOf([technician.name, off || !technician.active ? left : `${hoursLeftWords(Math.abs(row.leftMinutes))} ${over ? 'over' : 'left'}`]),
    name: elsewhere ? `${technician.name} \u00B7 ${cityOf(technician.zone)}` : technician.name,
    left,
    over,
    off: off || !technician.active,
    onCall: technician.onCall.length > 0,
    description: listOf([
      technician.active ? '' : 'no longer with the company: give the work to others',
      technician.shifts.length === 0 ? 'no shift' : `on ${technician.shifts.map(({ startsAt, endsAt }) => clock.span(startsAt, endsAt)).join(' and ')}`,
      ...technician.blocks.map(({ kind, note, startsAt, endsAt }) => `${TIME_KIND_NAMES[kind]}${note === '' ? '' : `: ${note}`} ${clock.span(startsAt, endsAt)}`),
      ...technician.onCall.map(({ startsAt, endsAt }) => `on call ${clock.span(startsAt, endsAt)}`),
      row.overtime.length === 0 ? '' : `overtime until ${clock.time(Math.max(...row.overtime.map(({ endsAt }) => endsAt)))}`,
      elsewhere ? `works by the clock of ${cityOf(technician.zone)}; times here are ${cityOf(axis.zone)}\u2019s` : '',
    ]),
  }
}
