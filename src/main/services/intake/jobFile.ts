import { derivedId, newId } from '../../../shared/base/id.ts'
import type { jobFileMethods } from '../../../shared/contract/methods/jobFile.ts'
import { customerName } from '../../../shared/domain/customers/naming.ts'
import { ChunkBuilder } from '../../../shared/domain/intake/chunks.ts'
import type { FurtherLocation, ImportedCustomer, KeptAside } from '../../../shared/domain/intake/rows.ts'
import { taxZoneTable } from '../../../shared/domain/invoices/tables.ts'
import type { Job } from '../../../shared/domain/jobs/tables.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { discardUpload, uploadedFile } from './intake.ts'
import { type JobsToCome, type JobToCome, readJobsToCome } from './jobsToCome.ts'

/** A ring that comes in between waits so long as these take. */
const CUSTOMERS_A_COMMAND = 25
const FURTHER_A_COMMAND = 25
const ASIDE_A_COMMAND = 50

/** Of jobs that came in without their technician so many are named. */
const NAMED = 20

/** Jobs come in as they were agreed elsewhere; who answered for it there is not known here. */
const AGREED_ELSEWHERE = 'As agreed where it was booked'

/** Imports under way, so that a second key does not bring the same in twice. */
const underWay = new Set<string>()

function read(uploadId: string, columns: Parameters<typeof readJobsToCome>[3], asked: Asked): Promise<JobsToCome> {
  const file = uploadedFile(uploadId, asked.actorId)
  const taxZones = asked.store.engine.run(all(taxZoneTable)).filter(({ active }) => active)
  return readJobsToCome(file.path, derivedId('importJobs', file.sha256, uploadId), taxZones.length === 1 ? (taxZones[0]?.id ?? null) : null, columns, asked)
}

interface Booked {
  readonly refused: string | null
  /** Why the technician of the file does not have it; null where they do, or the file named nobody. */
  readonly unplanned: string | null
  /** Who of the file does not go along with them, and why. */
  readonly withoutCrew?: string
}

/** Books one job as a person would, and gives it to the technician of the file where that can be. */
function bookOne({ job, customerId, locationId }: JobToCome, plannedPayment: Job['plannedPayment'], operationId: string, asked: Asked): Booked {
  const run = (name: string, input: object) => asked.run({ name, input, actorId: asked.actorId, operationId })
  const appointmentId = derivedId(job.jobId, 'visit')
  const { window, jobType, planned } = job
  const booked = run('job.book', {
    jobId: job.jobId,
    customerId,
    locationId,
    businessUnitId: jobType.businessUnitId,
    jobTypeId: jobType.id,
    priorityId: job.priorityId,
    summary: job.summary,
    notes: job.notes,
    plannedPayment: job.payment ?? plannedPayment,
    lines: [{ id: derivedId(job.jobId, 'line'), priceItemId: jobType.defaultItemId, kind: 'service', description: jobType.defaultItemId === null ? job.summary.slice(0, 1000) : '', quantity: 1000 }],
    appointment: { id: appointmentId, ...window, zone: companyOf(asked).zone, durationMinutes: job.durationMinutes },
    callId: null,
    readBack: true,
    confirmation: false,
    handOff: [
      ...['phone', 'address'].map((item) => ({ item, said: AGREED_ELSEWHERE })),
      ...(job.home === '' ? [] : [{ item: 'home', said: job.home }]),
    ],
  })
  if (booked.kind === 'refused') return { refused: booked.refusal.message, unplanned: null }
  if (!planned) return { refused: null, unplanned: null }
  const { technicianId, startsAt, endsAt } = planned
  const given = run('appointment.assign', { appointmentId, technicianId, startsAt, endsAt, overbookAccepted: false })
  if (given.kind === 'refused') return { refused: null, unplanned: given.refusal.message }
  // One by one: who is elsewhere at the time keeps nobody else from going along.
  const [along, why]: [string[], string[]] = [[], []]
  for (const { id, name } of job.crew) {
    const joined = run('appointment.setCrew', { appointmentId, crewIds: [...along, id], overbookAccepted: false })
    if (joined.kind === 'refused') why.push(`${name} does not go along: ${joined.refusal.message}`)
    else along.push(id)
  }
  return { refused: null, unplanned: null, ...(why.length > 0 ? { withoutCrew: why.join(' ') } : {}) }
}

function* inParts<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

/** Customers in parts that one command may carry. */
function* customersInParts(customers: readonly ImportedCustomer[]): Generator<readonly ImportedCustomer[]> {
  const builder = new ChunkBuilder(() => CUSTOMERS_A_COMMAND)
  for (const customer of customers) {
    const full = builder.add(customer)
    if (full) yield full
  }
  const rest = builder.rest()
  if (rest.length > 0) yield rest
}

interface BringIn {
  readonly uploadId: string
  readonly fileName: string
  readonly fileHash: string
  readonly operationId: string
  readonly plannedPayment: Job['plannedPayment']
}

async function bringIn({ fileName, fileHash, operationId, plannedPayment }: BringIn, coming: JobsToCome, asked: Asked) {
  const runId = newId(asked.now())
  const run = (name: string, input: object) => mustRun(asked, { name, input: { runId, ...input }, actorId: asked.actorId, operationId })
  const came = { jobs: 0, planned: 0, unplannedCount: 0, unplanned: [] as { name: string; why: string }[] }
  const aside: KeptAside[] = [...coming.aside]
  const total = coming.customers.length + coming.jobs.length + 1
  let done = 0
  const advance = (by: number): void => {
    done += by
    asked.emit('progress', { operationId, label: `Importing ${fileName}`, done, total })
  }
  const addRows = (rows: readonly ImportedCustomer[], further: readonly FurtherLocation[]): Promise<unknown> => asked.background.run(() => run('import.addRows', { rows, further }))
  run('import.start', { source: 'jobs', fileName, fileHash })
  try {
    for (const rows of customersInParts(coming.customers)) {
      await addRows(rows, [])
      advance(rows.length)
    }
    for (const further of inParts(coming.further, FURTHER_A_COMMAND)) await addRows([], further)
    for (const { locationId, set } of coming.places) await asked.background.run(() => mustRun(asked, { name: 'location.change', input: { locationId, set }, actorId: asked.actorId, operationId }))
    for (const next of coming.jobs) {
      const { refused, unplanned, withoutCrew } = await asked.background.run(() => bookOne(next, plannedPayment, operationId, asked))
      const { job, raw } = next
      if (refused !== null) aside.push({ rowNumber: job.rowNumber, reason: refused.slice(0, 500), raw })
      else came.jobs += 1
      if (refused === null && job.planned && unplanned === null) came.planned += 1
      const why = unplanned ?? withoutCrew
      if (why !== undefined) {
        came.unplannedCount += 1
        if (came.unplanned.length < NAMED) came.unplanned.push({ name: customerName(job.client.customer), why })
      }
      advance(1)
    }
    for (const rows of inParts(aside, ASIDE_A_COMMAND)) await asked.background.run(() => run('import.reject', { rows }))
  } finally {
    run('import.finish', {})
  }
  return { runId, ...came, customers: coming.customers.length, known: coming.preview.known, keptAside: aside.length }
}

export const jobFileService: Implementation<typeof jobFileMethods> = {
  'jobFile.preview': async ({ uploadId, columns }, asked) => ({ fileName: uploadedFile(uploadId, asked.actorId).fileName, ...(await read(uploadId, columns, asked)).preview }),

  'jobFile.bringIn': async ({ uploadId, columns, operationId, plannedPayment }, asked) => {
    const file = uploadedFile(uploadId, asked.actorId)
    if (underWay.has(uploadId)) throw new ServiceError('import.underWay', 'This import is under way already.')
    underWay.add(uploadId)
    try {
      const coming = await read(uploadId, columns, asked)
      if (coming.preview.unusable !== null) throw new ServiceError('import.unusable', coming.preview.unusable)
      const came = await bringIn({ uploadId, fileName: file.fileName, fileHash: file.sha256, operationId, plannedPayment }, coming, asked)
      discardUpload(uploadId, asked.actorId)
      return came
    } finally {
      underWay.delete(uploadId)
    }
  },
}
