import { createHash } from 'node:crypto'
import { derivedId } from '../../../shared/base/id.ts'
import { foldText } from '../../../shared/base/text.ts'
import { type Instant, MINUTE } from '../../../shared/base/time.ts'
import { formatWindow, instantOf } from '../../../shared/base/zone.ts'
import type { JobColumn } from '../../../shared/contract/methods/jobFile.ts'
import type { ArrivalWindow } from '../../../shared/domain/dispatch/arrivalWindow.ts'
import { PLAN_STEP } from '../../../shared/domain/dispatch/visit.ts'
import { type Job, type JobType, PAYMENT_FORMS, type Priority } from '../../../shared/domain/jobs/tables.ts'
import type { Technician } from '../../../shared/domain/people/tables.ts'
import { type ClockSpan, joinSpan, readClockSpan, readDay, readDuration, timeWithin } from './fileTimes.ts'
import { customerColumns } from './jobColumns.ts'
import { type BadRow, type ClientRow, readClient } from './readClient.ts'

/** What every row of a file of jobs is read against. */
export interface JobContext {
  readonly columns: readonly JobColumn[]
  readonly scope: string
  /** Ids of jobs are derived from it and what the file says, so that the same job never comes in twice. */
  readonly companyId: string
  readonly zone: string
  readonly taxZoneId: string | null
  readonly jobTypes: readonly JobType[]
  readonly priorities: readonly Priority[]
  readonly technicians: readonly Person[]
}

type Person = Pick<Technician, 'id' | 'name'>

/** A booked job as a row of a file tells it. */
export interface FileJob {
  readonly kind: 'job'
  readonly rowNumber: number
  readonly jobId: string
  /** The customer, with the one place of this job. */
  readonly client: ClientRow
  readonly jobType: JobType
  readonly priorityId: string
  readonly summary: string
  readonly notes: string
  /** Null where the file does not say. */
  readonly payment: Job['plannedPayment'] | null
  readonly window: ArrivalWindow
  readonly durationMinutes: number
  /** Who goes when; null where nobody has it. */
  readonly planned: { readonly technicianId: string; readonly name: string; readonly startsAt: Instant; readonly endsAt: Instant } | null
  /** Who goes along with whoever has it. */
  readonly crew: readonly Person[]
  /** What was said about who is home; empty where the file does not say. */
  readonly home: string
  readonly warnings: readonly string[]
}

type Cells = Readonly<Partial<Record<JobColumn, string>>>

function cellsOf(columns: readonly JobColumn[], record: readonly string[]): Cells {
  const cells: Partial<Record<JobColumn, string>> = {}
  columns.forEach((column, index) => {
    const value = (record[index] ?? '').trim()
    if (value !== '' && column !== 'none') cells[column] ??= value
  })
  return cells
}

const named = <T extends { readonly name: string }>(rows: readonly T[], text: string): T | undefined => rows.find(({ name }) => foldText(name) === foldText(text))

/** `Al Marsh`, `Marsh, Al`, or several of them in one cell: the first has the visit. */
function readTechnicians(text: string, technicians: readonly Person[]): { readonly known: readonly Person[]; readonly unknown: readonly string[] } {
  const reversed = /^([^,]+),\s*([^,]+)$/.exec(text)
  const one = named(technicians, text) ?? (reversed ? named(technicians, `${reversed[2] ?? ''} ${reversed[1] ?? ''}`) : undefined)
  if (one) return { known: [one], unknown: [] }
  const names = text.split(/[,;/|&+\n]|\band\b/i).map((name) => name.trim()).filter(Boolean)
  const found = names.map((name) => ({ name, person: named(technicians, name) }))
  return { known: [...new Set(found.flatMap(({ person }) => person ?? []))], unknown: found.filter(({ person }) => !person).map(({ name }) => name) }
}

/** The same job in another row of the file: whoever that row names goes along, and what it notes beside is kept. */
export function joinRows(first: FileJob, next: FileJob): FileJob {
  const people = [...(next.planned ? [{ id: next.planned.technicianId, name: next.planned.name }] : []), ...next.crew]
  const planned = first.planned ?? next.planned
  const crew = [...first.crew, ...people].filter(({ id }, index, all) => id !== planned?.technicianId && all.findIndex((other) => other.id === id) === index)
  const known = new Set(first.notes.split('\n'))
  return {
    ...first,
    planned,
    crew,
    notes: [first.notes, ...next.notes.split('\n').filter((line) => !known.has(line))].filter(Boolean).join('\n').slice(0, 4000),
    home: first.home || next.home,
  }
}

interface Times {
  readonly day: string
  readonly window: ClockSpan & { readonly to: number }
  readonly planned: { readonly from: number; readonly to: number }
  readonly durationMinutes: number
  /** What was taken for something that the file does not say outright. */
  readonly warnings: readonly string[]
}

const WHEN = 'as in 11/24/2026 and 8:00 AM'

/** A cell of a time, which may have the day before it: spreadsheets write that by a clock of 24 hours. */
function spanIn(text: string | undefined): ClockSpan | undefined {
  if (text === undefined) return undefined
  const withDay = readDay(text)
  const span = readClockSpan(withDay ? withDay.rest : text)
  return withDay && span?.half === 'open' ? { ...span, half: 'said' } : span
}

/** How long the file says that it takes; null where it does not, or not so that it can be read. */
function readLength({ minutes }: Cells, usual: number): { readonly length: number | null; readonly warnings: readonly string[] } {
  if (minutes === undefined || /^[0:.]+$/.test(minutes)) return { length: null, warnings: [] }
  const said = readDuration(minutes)
  if (said === undefined) return { length: null, warnings: [`\u201c${minutes}\u201d is no duration that can be read; it takes ${usual} minutes unless start and end say otherwise`] }
  return { length: said.minutes, warnings: said.guessed ? [`A duration of \u201c${minutes}\u201d is taken for hours`] : [] }
}

/** When the visit is, or why that can't be told. A visit without a window was promised to begin when it is planned. */
function readTimes(cells: Cells, usual: number): Times | string {
  const day = [cells.day, cells.start, cells.windowStart].flatMap((text) => (text === undefined ? [] : [readDay(text)?.day]))[0]
  if (day === undefined) return `The day can\u2019t be read; write it ${WHEN}.`
  const [first, last, start, end] = [spanIn(cells.windowStart), spanIn(cells.windowEnd), spanIn(cells.start), spanIn(cells.end)]
  const window = first && last && first.to === null ? joinSpan(first, last) : first
  const begun = start && (start.to === null ? timeWithin(start, window ?? null) : start.from)
  const from = window?.to === null ? timeWithin(window, null) : (window?.from ?? begun)
  if (from === undefined) return `The arrival window can\u2019t be read; write it ${WHEN}.`
  const begins = begun ?? from
  const { length: said, warnings } = readLength(cells, usual)
  const ends = end ? timeWithin(end, { from: begins, to: 24 * 60 }) : (start?.to ?? null)
  const length = said ?? (ends !== null && ends > begins ? ends - begins : usual)
  const to = window?.to ?? (last && timeWithin(last, { from: from + 1, to: 24 * 60 })) ?? Math.min(24 * 60, Math.max(from + 60, begins + length))
  if (to <= from) return 'The arrival window ends before it begins.'
  const durationMinutes = Math.min(24 * 60, Math.max(15, length))
  const isGuessed = window?.half === 'guessed' || start?.half === 'guessed' || (window?.half === 'open' && window.from !== from) || (start?.half === 'open' && window === undefined && start.from !== begins)
  return {
    day,
    window: { from, to, half: 'said' },
    planned: { from: begins, to: begins + durationMinutes },
    durationMinutes,
    warnings: [...(isGuessed ? [`The time says neither AM nor PM; it is taken for ${formatWindow(from, to)}`] : []), ...warnings],
  }
}

/** Degrees as millionths; null where they are none, or 0, which programs write for a place that they did not find. */
function microDegrees(text: string | undefined, limit: number): number | null {
  const degrees = Number(text ?? '')
  return text === undefined || !Number.isFinite(degrees) || degrees === 0 || Math.abs(degrees) > limit ? null : Math.round(degrees * 1_000_000)
}

function withPlace(client: ClientRow, cells: Cells): ClientRow {
  const [latitude, longitude] = [microDegrees(cells.latitude, 90), microDegrees(cells.longitude, 180)]
  const known = latitude === null || longitude === null ? { latitude: null, longitude: null } : { latitude, longitude }
  const locations = client.customer.locations.map((location) => ({ ...location, ...known, gateCode: (cells.gateCode ?? '').slice(0, 40), accessNotes: (cells.access ?? '').slice(0, 500) }))
  return { ...client, customer: { ...client.customer, locations } }
}

/** To the five minutes that visits are planned to. */
const toStep = (at: Instant, round: (steps: number) => number): Instant => round(at / PLAN_STEP) * PLAN_STEP

/** One row of the file as a booked job, or why it stays out. */
export function readJob(record: readonly string[], rowNumber: number, context: JobContext): FileJob | BadRow {
  const bad = (reason: string): BadRow => ({ kind: 'bad', rowNumber, reason })
  const { columns, scope, companyId, zone, taxZoneId } = context
  const client = readClient(record, rowNumber, { columns: customerColumns(columns), scope, zone, taxZoneId })
  if (client.kind === 'bad') return client
  const cells = cellsOf(columns, record)
  if (cells.jobType === undefined) return bad('There is no job type.')
  const jobType = named(context.jobTypes, cells.jobType)
  if (!jobType) return bad(`There is no job type \u201c${cells.jobType}\u201d here. Add it in Settings, or write one that is here.`)
  const times = readTimes(cells, jobType.durationMinutes)
  if (typeof times === 'string') return bad(times)
  const warnings = [...client.warnings, ...times.warnings]
  const priority = cells.priority === undefined ? undefined : named(context.priorities, cells.priority)
  if (cells.priority !== undefined && !priority) warnings.push(`There is no priority \u201c${cells.priority}\u201d; it gets the usual one of ${jobType.name}`)
  const { known: [lead, ...crew], unknown } = readTechnicians(cells.technician ?? '', context.technicians)
  if (unknown.length > 0) warnings.push(`No technician is called \u201c${unknown.join('\u201d or \u201c')}\u201d; ${lead ? 'the others have it' : 'nobody has it yet'}`)
  const payment = PAYMENT_FORMS.find((form) => foldText(form) === foldText((cells.payment ?? '').replaceAll(/\s+/g, ''))) ?? null
  const at = (minute: number): Instant => instantOf(times.day, minute, zone)
  const startsAt = toStep(at(times.planned.from), Math.floor)
  // The same row is the same job, whoever is to go: a file that is brought in twice brings nothing twice.
  const what = record.map((cell, index) => (columns[index] === 'technician' ? '' : cell.trim()))
  const own = cells.number === undefined ? createHash('sha256').update(JSON.stringify(what)).digest('hex') : `${cells.number} ${times.day} ${times.window.from}`
  const number = cells.number === undefined ? '' : `Job ${cells.number} where it was booked.`
  return {
    kind: 'job',
    rowNumber,
    jobId: derivedId('jobOfFile', companyId, own),
    client: withPlace(client, cells),
    jobType,
    priorityId: (priority ?? { id: jobType.defaultPriorityId }).id,
    summary: (cells.summary ?? jobType.name).replaceAll(/\s+/g, ' ').slice(0, 2000),
    notes: [cells.notes ?? '', number].filter(Boolean).join('\n').slice(0, 4000),
    payment,
    window: { windowDay: times.day, windowStart: times.window.from, windowEnd: times.window.to, windowStartsAt: at(times.window.from), windowEndsAt: at(times.window.to) },
    durationMinutes: times.durationMinutes,
    planned: lead ? { technicianId: lead.id, name: lead.name, startsAt, endsAt: toStep(startsAt + times.durationMinutes * MINUTE, Math.ceil) } : null,
    crew,
    home: (cells.home ?? '').slice(0, 200),
    warnings,
  }
}
