import { MINUTE, type Instant, type IsoDay } from '../../../../shared/base/time.ts'
import type { NetChange } from '../../../../shared/domain/kernel/changes.ts'
import type { Log } from '../../../core/log.ts'
import { errorDetails } from '../../../core/log.ts'
import type { BackgroundLane } from '../../../core/backgroundLane.ts'
import type { Store } from '../../../store/store.ts'
import type { PlannerThread } from './plannerThread.ts'
import { readDayFacts } from './readDay.ts'
import type { WindowsPort } from './windowsPort.ts'

export interface WindowBookParts {
  readonly store: Store
  readonly planner: Pick<PlannerThread, 'ask' | 'generation'>
  readonly background: BackgroundLane
  readonly log: Log
  readonly now: () => Instant
}

/** What the planner's thread knows of a day. */
interface Told {
  readonly startsAt: Instant
  /** When the last shift that begins on it ends. */
  readonly endsAt: Instant
  readonly visitIds: ReadonlySet<string>
}

/** Whatever of these changes, every day may look different. */
const OF_ALL_DAYS: ReadonlySet<string> = new Set(['technician', 'technician_time', 'dated_shift', 'on_call', 'zone_clock', 'dispatch_settings', 'job_type', 'priority', 'company'])

type Fields = Readonly<Record<string, unknown>>

const numberIn = (row: Fields, name: string): Instant | null => (typeof row[name] === 'number' ? row[name] : null)

/** The stretch of time that a visit's or an assignment's row speaks of; null where it says none. */
function spanOf(row: Fields | null): { readonly from: Instant; readonly to: Instant } | null {
  if (!row) return null
  const times = ['startsAt', 'endsAt', 'windowStartsAt', 'windowEndsAt'].flatMap((name) => numberIn(row, name) ?? [])
  return times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) }
}

const changedIn = ({ before, after }: { readonly before: Fields | null; readonly after: Fields | null }, names: readonly string[]): boolean => before !== null && after !== null && names.some((name) => before[name] !== after[name])

/** So long after the last question days are kept up in the background; later they are read when somebody asks. */
const KEPT_UP_MS = 15 * MINUTE

/** Days beyond which windows are asked by nobody for a while are not kept up. */
const KEPT_UP = 31

/**
 * Keeps the planner's thread in step with the days ahead. The store's thread reads a day when it has changed, and posts it;
 * a question then carries no rows at all. In the first days' reading every day is a turn of the event loop of its own, so
 * that a key waits for one day at most.
 */
export class WindowBook implements WindowsPort {
  readonly #parts: WindowBookParts
  readonly #told = new Map<IsoDay, Told>()
  #generation = 0
  #askedAt = Number.NEGATIVE_INFINITY
  #catchingUp = false
  #closed = false
  #stale = new Set<IsoDay>()

  constructor(parts: WindowBookParts) {
    this.#parts = parts
  }

  /** Rows were committed: days that they speak of are read again, in a while that nobody waits for. */
  touched(changes: readonly NetChange[]): void {
    if (this.#told.size === 0) return
    for (const { table, id, before, after } of changes) {
      const rows = { before: before as Fields | null, after: after as Fields | null }
      if (OF_ALL_DAYS.has(table.name)) return this.#staleAll()
      if (table.name === 'location' && changedIn(rows, ['latitude', 'longitude'])) return this.#staleAll()
      if (table.name === 'job' && changedIn(rows, ['jobTypeId', 'priorityId'])) return this.#staleAll()
      if (table.name === 'appointment' || table.name === 'assignment') this.#visitTouched(table.name === 'appointment' ? id : String((rows.after ?? rows.before)?.['appointmentId'] ?? ''), [spanOf(rows.before), spanOf(rows.after)])
    }
    if (this.#stale.size > 0) void this.#catchUp()
  }

  #staleAll(): void {
    this.#stale = new Set(this.#told.keys())
    void this.#catchUp()
  }

  #visitTouched(visitId: string, spans: readonly (ReturnType<typeof spanOf>)[]): void {
    for (const [day, told] of this.#told) {
      const concerned = told.visitIds.has(visitId) || spans.some((span) => span !== null && span.from < told.endsAt && span.to >= told.startsAt)
      if (concerned) this.#stale.add(day)
    }
  }

  /** The days as they are now are in the planner's thread when it is asked next. */
  async bring(days: readonly IsoDay[]): Promise<void> {
    this.#askedAt = this.#parts.now()
    this.#forgetLost()
    const missing = days.filter((day) => !this.#told.has(day) || this.#stale.has(day))
    for (const [index, day] of missing.entries()) {
      // Whatever came meanwhile goes first.
      if (index > 0) await new Promise((resolve) => setImmediate(resolve))
      this.#tell(day)
    }
    if (this.#told.size > KEPT_UP) for (const day of [...this.#told.keys()].sort().slice(0, this.#told.size - KEPT_UP)) if (!days.includes(day)) this.#told.delete(day)
  }

  /** Somebody begins to book: what they will ask is read before they ask it. */
  warm(days: readonly IsoDay[]): void {
    this.#askedAt = this.#parts.now()
    void this.#inTheBackground(days)
  }

  close(): void {
    this.#closed = true
  }

  /** The planner does not know them after all. */
  forget(): void {
    this.#told.clear()
    this.#stale.clear()
  }

  #forgetLost(): void {
    const { generation } = this.#parts.planner
    if (generation !== this.#generation) this.forget()
    this.#generation = generation
  }

  #tell(day: IsoDay): void {
    const facts = readDayFacts(day, this.#parts, { waiting: true })
    this.#stale.delete(day)
    const endsAt = Math.max(facts.endsAt, ...facts.technicians.flatMap(({ shifts }) => shifts.map((shift) => shift.endsAt)))
    this.#told.set(day, { startsAt: facts.startsAt, endsAt, visitIds: new Set(facts.visits.map(({ id }) => id)) })
    const [first = day] = [...this.#told.keys()].sort()
    this.#parts.planner.ask<'learn'>({ kind: 'learn', facts, from: first }).catch((error: unknown) => {
      this.forget()
      if (!this.#closed) this.#parts.log.error('planner.failed', { question: 'learn', ...errorDetails(error) })
    })
  }

  async #catchUp(): Promise<void> {
    const unused = this.#parts.now() - this.#askedAt > KEPT_UP_MS
    if (this.#catchingUp || unused) return
    this.#catchingUp = true
    try {
      await this.#inTheBackground([...this.#stale])
    } finally {
      this.#catchingUp = false
    }
  }

  async #inTheBackground(days: readonly IsoDay[]): Promise<void> {
    this.#forgetLost()
    for (const day of days) {
      await this.#parts.background
        .run(() => {
          if (!this.#closed && (!this.#told.has(day) || this.#stale.has(day))) this.#tell(day)
        })
        .catch((error: unknown) => this.#parts.log.error('windows.unread', errorDetails(error)))
    }
  }
}
