import { setImmediate as nextTurn } from 'node:timers/promises'
import { placeName, customerName } from '../../../shared/domain/customers/naming.ts'
import { formatTime, formatWeekday, formatWindow } from '../../../shared/base/zone.ts'
import type { JobColumn, JobFilePreview } from '../../../shared/contract/methods/jobFile.ts'
import type { FurtherLocation, ImportedCustomer, KeptAside } from '../../../shared/domain/intake/rows.ts'
import { jobTable, jobTypeTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../shared/domain/people/tables.ts'
import { Breath } from '../../core/pace.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { detectEncoding, isBreak, readCsv } from './csvFile.ts'
import { guessJobColumns, unusableJobColumns } from './jobColumns.ts'
import { addressKey, KnownCustomers } from './known.ts'
import { mergeClients } from './readClient.ts'
import { type FileJob, type JobContext, joinRows, readJob } from './readJob.ts'
import { meetPlace, type PlaceFacts, placeFactsOf } from './placesOfFile.ts'

/** A file of jobs is read whole: a year ahead of the largest contractor is less. */
const MOST_JOBS = 20_000
const MOST_FINDINGS = 150
const SAMPLE = 12
const MOST_NOTES = 4000

/** A job with where it is and whose. */
export interface JobToCome {
  readonly job: FileJob
  readonly customerId: string
  readonly locationId: string
  readonly raw: KeptAside['raw']
}

/** Everything that a file of jobs would bring. */
export interface JobsToCome {
  readonly preview: Omit<JobFilePreview, 'fileName'>
  readonly customers: readonly ImportedCustomer[]
  readonly further: readonly FurtherLocation[]
  /** What the file adds to places that are here already. */
  readonly places: readonly { readonly locationId: string; readonly set: Partial<PlaceFacts> }[]
  readonly jobs: readonly JobToCome[]
  readonly aside: readonly KeptAside[]
}

interface Owner {
  readonly customerId: string
  readonly isHere: boolean
  /** By address: the location. */
  readonly places: Map<string, string>
}

/** Whose each job is: somebody who is here, or a customer of the file who comes with the first of theirs. */
class Owners {
  readonly #here: KnownCustomers
  readonly #byKey = new Map<string, Owner>()
  readonly #customers = new Map<string, ImportedCustomer>()
  readonly #further: FurtherLocation[] = []
  /** By location, what is known of it by now. */
  readonly #facts = new Map<string, PlaceFacts>()
  /** By location, what the file has added to it. */
  readonly #gained = new Map<string, Partial<PlaceFacts>>()
  /** Locations that come in with the file. */
  readonly #coming = new Set<string>()

  constructor(here: KnownCustomers) {
    this.#here = here
  }

  get customers(): readonly ImportedCustomer[] {
    return [...this.#customers.values()].map((customer) => ({ ...customer, locations: customer.locations.map((location) => this.#whole(location)) }))
  }

  get further(): readonly FurtherLocation[] {
    return this.#further.map(({ customerId, location }) => ({ customerId, location: this.#whole(location) }))
  }

  /** What the file adds to places that are here already. */
  get places(): JobsToCome['places'] {
    return [...this.#gained].flatMap(([locationId, set]) => (this.#coming.has(locationId) ? [] : [{ locationId, set }]))
  }

  #whole<L extends { readonly id: string }>(location: L): L {
    return { ...location, ...this.#gained.get(location.id) }
  }

  /** @returns whose the job is and where, with what the file says otherwise than it is known there: a line each */
  of({ client }: FileJob): { readonly customerId: string; readonly locationId: string; readonly differs: readonly string[] } | null {
    const { key, customer } = client
    const [location] = customer.locations
    if (!location) return null
    const owner = this.#byKey.get(key) ?? this.#found(key, customer)
    const { customerId } = owner
    // What had no field of its own is kept with the customer where that comes in, else with the visit.
    const notes = owner.isHere && customer.note !== '' ? customer.note.split('\n') : []
    const address = addressKey(location)
    const known = owner.places.get(address) ?? this.#placeHere(owner, location)
    if (known !== null) {
      owner.places.set(address, known)
      if (!owner.isHere) this.#add(customerId, { ...customer, locations: [] })
      return { customerId, locationId: known, differs: [...notes, ...this.#meet(known, location)] }
    }
    owner.places.set(address, location.id)
    this.#coming.add(location.id)
    this.#facts.set(location.id, placeFactsOf(location))
    if (owner.isHere) this.#further.push({ customerId, location })
    else this.#add(customerId, customer)
    return { customerId, locationId: location.id, differs: notes }
  }

  #placeHere({ customerId, isHere }: Owner, location: ImportedCustomer['locations'][number]): string | null {
    const place = isHere ? this.#here.place(customerId, location) : undefined
    if (!place) return null
    this.#facts.set(place.id, placeFactsOf(place))
    return place.id
  }

  #meet(locationId: string, said: PlaceFacts): readonly string[] {
    const facts = this.#facts.get(locationId)
    if (!facts) return []
    const { gained, differs } = meetPlace(facts, said)
    if (Object.keys(gained).length > 0) {
      this.#facts.set(locationId, { ...facts, ...gained })
      this.#gained.set(locationId, { ...this.#gained.get(locationId), ...gained })
    }
    return differs
  }

  #add(customerId: string, customer: ImportedCustomer): void {
    const before = this.#customers.get(customerId)
    this.#customers.set(customerId, before ? mergeClients(before, customer) : customer)
  }

  #found(key: string, customer: ImportedCustomer): Owner {
    const like = this.#here.find(customer)
    const owner: Owner = like?.degree === 'same' ? { customerId: like.customerId, isHere: true, places: new Map() } : { customerId: customer.customerId, isHere: false, places: new Map() }
    this.#byKey.set(key, owner)
    return owner
  }
}

const rawOf = (headings: readonly string[], record: readonly string[]): KeptAside['raw'] =>
  Array.from({ length: Math.min(Math.max(headings.length, record.length), 500) }, (_, index) => [(headings[index] ?? '').slice(0, 200), (record[index] ?? '').slice(0, 10_000)])

function whenOf({ window, planned }: FileJob, zone: string): string {
  const promised = `${formatWeekday(window.windowDay)}, ${formatWindow(window.windowStart, window.windowEnd)}`
  return planned ? `${promised}, at ${formatTime(planned.startsAt, zone)}` : promised
}

class JobSurvey {
  readonly #context: Omit<JobContext, 'columns'>
  readonly #owners: Owners
  readonly #isHere: (jobId: string) => boolean
  readonly #jobs = new Map<string, JobToCome>()
  readonly #aside: KeptAside[] = []
  readonly #findings: JobFilePreview['findings'] = []
  readonly #counts = { rows: 0, known: 0, bad: 0 }
  #columns: { heading: string; becomes: JobColumn; example: string }[] = []
  unusable: string | null = 'This file is empty.'

  constructor(context: Omit<JobContext, 'columns'>, here: KnownCustomers, isHere: (jobId: string) => boolean) {
    this.#context = context
    this.#owners = new Owners(here)
    this.#isHere = isHere
  }

  head(headings: readonly string[], wanted: readonly JobColumn[] | null): void {
    const columns = wanted ?? guessJobColumns(headings)
    this.#columns = headings.map((heading, index) => ({ heading, becomes: columns[index] ?? 'none', example: '' }))
    this.unusable = unusableJobColumns(columns)
  }

  #find(finding: JobFilePreview['findings'][number]): void {
    if (this.#findings.filter(({ kind }) => kind === finding.kind).length < MOST_FINDINGS) this.#findings.push(finding)
  }

  bad(rowNumber: number, reason: string, record: readonly string[]): void {
    this.#counts.bad += 1
    const raw = rawOf(this.#columns.map(({ heading }) => heading), record)
    this.#aside.push({ rowNumber, reason, raw })
    this.#find({ rowNumber, kind: 'bad', who: record.find((cell) => cell.trim() !== '') ?? '', text: reason })
  }

  row(record: readonly string[], rowNumber: number): void {
    this.#counts.rows += 1
    if (this.#counts.rows > MOST_JOBS) {
      this.unusable = 'A file can bring 20,000 jobs at most. Export fewer weeks at a time.'
      return
    }
    this.#columns.forEach((column, index) => {
      if (column.example === '') column.example = (record[index] ?? '').trim().slice(0, 80)
    })
    if (this.unusable !== null) return
    const job = readJob(record, rowNumber, { ...this.#context, columns: this.#columns.map(({ becomes }) => becomes) })
    if (job.kind === 'bad') return this.bad(rowNumber, job.reason, record)
    const before = this.#jobs.get(job.jobId)
    if (before) return this.#join(before, job)
    if (this.#isHere(job.jobId)) {
      this.#counts.known += 1
      return
    }
    const owner = this.#owners.of(job)
    if (!owner) return this.bad(rowNumber, 'There is no address.', record)
    const { differs, ...whose } = owner
    const notes = [job.notes, ...differs].filter(Boolean).join('\n').slice(0, MOST_NOTES)
    this.#jobs.set(job.jobId, { job: { ...job, notes }, ...whose, raw: rawOf(this.#columns.map(({ heading }) => heading), record) })
    this.#warn(job)
  }

  /** Programs list a visit once for each technician on it. */
  #join(before: JobToCome, job: FileJob): void {
    const joined = joinRows(before.job, job)
    if (joined.crew.length === before.job.crew.length && joined.planned === before.job.planned) this.#counts.known += 1
    this.#jobs.set(job.jobId, { ...before, job: joined })
    this.#warn(job)
  }

  #warn(job: FileJob): void {
    const { rowNumber } = job
    if (job.warnings.length > 0) this.#find({ rowNumber, kind: 'warning', who: customerName(job.client.customer), text: `${job.warnings.join('. ')}.` })
  }

  result(): JobsToCome {
    const jobs = [...this.#jobs.values()]
    const { customers, further, places } = this.#owners
    const usable = this.unusable === null
    return {
      customers,
      further,
      places,
      jobs,
      aside: this.#aside,
      preview: {
        unusable: this.unusable,
        columns: this.#columns,
        ...this.#counts,
        planned: jobs.filter(({ job }) => job.planned !== null).length,
        jobs: usable ? jobs.length : 0,
        customers: usable ? customers.length : 0,
        findings: this.#findings,
        sample: jobs.slice(0, SAMPLE).map(({ job }) => ({
          rowNumber: job.rowNumber,
          name: customerName(job.client.customer),
          place: job.client.customer.locations.map(placeName).join('; '),
          jobType: job.jobType.name,
          when: whenOf(job, this.#context.zone),
          technician: [job.planned, ...job.crew].flatMap((person) => person?.name ?? []).join(', '),
        })),
      },
    }
  }
}

/** What a file of jobs would bring, read whole without changing anything. @param scope ids of what comes in are derived from it */
export async function readJobsToCome(path: string, scope: string, taxZoneId: string | null, wanted: readonly JobColumn[] | null, { store }: Pick<Asked, 'store'>): Promise<JobsToCome> {
  const { engine } = store
  const active = <T extends { readonly active: boolean }>(rows: readonly T[]): readonly T[] => rows.filter((row) => row.active)
  const context: Omit<JobContext, 'columns'> = {
    scope,
    companyId: store.companyId,
    zone: companyOf({ store }).zone,
    taxZoneId,
    jobTypes: active(engine.run(all(jobTypeTable))),
    priorities: active(engine.run(all(priorityTable))),
    technicians: active(engine.run(all(technicianTable))),
  }
  const survey = new JobSurvey(context, await KnownCustomers.in(store), (jobId) => engine.run(get(jobTable, jobId)) !== undefined)
  const breath = new Breath(() => performance.now())
  for await (const row of readCsv(path, await detectEncoding(path))) {
    if (isBreak(row)) survey.bad(row.rowNumber, row.reason, [])
    else if (row.rowNumber === 1) survey.head(row.record, wanted)
    else survey.row(row.record, row.rowNumber)
    if (breath.isDue) {
      await nextTurn()
      breath.taken()
    }
  }
  return survey.result()
}
