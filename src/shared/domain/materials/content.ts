import { compareText } from '../../base/text.ts'
import type { Instant, IsoDay } from '../../base/time.ts'
import { type Appointment, appointmentTable } from '../dispatch/tables.ts'
import { jobLineTable, type JobLine } from '../jobs/tables.ts'
import { type Loading, range } from '../kernel/load.ts'
import type { VisitMaterials } from './tables.ts'

/** What has to lie ready for a day. */
export interface DayMaterials {
  readonly visits: readonly VisitMaterials[]
  /** When the first window begins that takes something along; null where none does. */
  readonly firstAt: Instant | null
  /** The visits of the day at whose door somebody has been: what they take along they have fetched. */
  readonly begun: ReadonlySet<string>
  /** One of those took something along: a van is out. */
  readonly isBegun: boolean
}

const TO_COME: ReadonlySet<Appointment['state']> = new Set(['scheduled', 'confirmed', 'dispatched'])

const isMaterial = ({ kind }: Pick<JobLine, 'kind'>): boolean => kind === 'material' || kind === 'equipment'

/** The id that a visit’s awaited parts have among its lines: they are on no job line. */
const partsLine = (visitId: string): string => `parts:${visitId}`

function linesOf(visit: Pick<Appointment, 'id' | 'partsState' | 'partsWhat'>, lines: readonly JobLine[]): VisitMaterials['lines'] {
  const fetched = visit.partsState === 'received' && visit.partsWhat !== null ? [{ lineId: partsLine(visit.id), description: visit.partsWhat, quantity: 1000 }] : []
  return [...lines.filter(isMaterial).map(({ id, description, quantity }) => ({ lineId: id, description, quantity })), ...fetched]
}

/** A day’s materials from its visits and their jobs’ lines; in the order of the visits’ ids, so that the same is the same text. */
function toComeOf(visits: readonly (Pick<Appointment, 'id' | 'technicianId' | 'windowStartsAt' | 'state' | 'practice' | 'partsState' | 'partsWhat'> & { readonly lines: readonly JobLine[] })[]): Pick<DayMaterials, 'visits' | 'firstAt'> {
  const taking = visits
    .filter(({ state, practice }) => TO_COME.has(state) && !practice)
    .map((visit) => ({ visit, lines: linesOf(visit, visit.lines) }))
    .filter(({ lines }) => lines.length > 0)
    .toSorted((left, right) => compareText(left.visit.id, right.visit.id))
  return {
    visits: taking.map(({ visit, lines }) => ({ appointmentId: visit.id, technicianId: visit.technicianId, lines })),
    firstAt: taking.reduce<Instant | null>((first, { visit }) => Math.min(first ?? visit.windowStartsAt, visit.windowStartsAt), null),
  }
}

/**
 * A job’s lines that nobody has taken along yet. What was on it when somebody came to the last visit that is done is used; what
 * was written down while they were there is for whoever comes again: rather one too many lies ready than none.
 */
function* loadUnused(jobId: string): Loading<readonly JobLine[]> {
  const visits = yield* range(appointmentTable, 'byJob', [jobId])
  const usedUntil = visits.reduce((latest, { doneAt, arrivedAt }) => (doneAt === null ? latest : Math.max(latest, arrivedAt ?? doneAt)), 0)
  return (yield* range(jobLineTable, 'byJob', [jobId])).filter(({ createdAt }) => createdAt > usedUntil)
}

/** The visits of a day that somebody has come to, and until when what was written down for its job was fetched by one of them. */
function* loadBegun(day: IsoDay): Loading<{ readonly begun: ReadonlySet<string>; readonly isBegun: boolean; readonly fetchedUntil: ReadonlyMap<string, Instant> }> {
  const begun = new Set<string>()
  const fetchedUntil = new Map<string, Instant>()
  let isBegun = false
  for (const visit of yield* range(appointmentTable, 'byDay', [day])) {
    const { id, jobId, state, arrivedAt, practice } = visit
    if (arrivedAt === null || practice || TO_COME.has(state)) continue
    begun.add(id)
    fetchedUntil.set(jobId, Math.max(fetchedUntil.get(jobId) ?? 0, arrivedAt))
    const lines = (yield* range(jobLineTable, 'byJob', [jobId])).filter(({ createdAt }) => createdAt <= arrivedAt)
    isBegun ||= linesOf(visit, lines).length > 0
  }
  return { begun, isBegun, fetchedUntil }
}

/** Reads what has to lie ready for the visits promised for a day. */
export function* loadMaterials(day: IsoDay): Loading<DayMaterials> {
  const { begun, isBegun, fetchedUntil } = yield* loadBegun(day)
  const visits = []
  const jobs = new Set<string>()
  for (const visit of yield* range(appointmentTable, 'byDay', [day])) {
    if (!TO_COME.has(visit.state)) continue
    const fetched = fetchedUntil.get(visit.jobId) ?? 0
    // Of several visits of one job on the day, one fetches what it needs.
    const lines = jobs.has(visit.jobId) ? [] : (yield* loadUnused(visit.jobId)).filter(({ createdAt }) => createdAt > fetched)
    jobs.add(visit.jobId)
    visits.push({ ...visit, lines })
  }
  return { ...toComeOf(visits), begun, isBegun }
}

/** True where the warehouse would be given the same again. */
export function sameMaterials(left: readonly VisitMaterials[], right: readonly VisitMaterials[]): boolean {
  const key = (visits: readonly VisitMaterials[]): string => JSON.stringify(visits.map(({ appointmentId, technicianId, lines }) => [appointmentId, technicianId, lines.map(({ lineId, description, quantity }) => [lineId, description, quantity])]))
  return key(left) === key(right)
}
