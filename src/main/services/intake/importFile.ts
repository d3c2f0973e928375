import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImportPreview } from '../../../shared/contract/methods/intake.ts'
import { placeName, customerName } from '../../../shared/domain/customers/naming.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import { ChunkBuilder } from '../../../shared/domain/intake/chunks.ts'
import type { FurtherLocation, ImportedCustomer, KeptAside } from '../../../shared/domain/intake/rows.ts'
import { Breath } from '../../core/pace.ts'
import type { Store } from '../../store/store.ts'
import { detectEncoding, type Encoding, isBreak, readCsv } from './csvFile.ts'
import { type Column, FIELD_LABELS, mapColumns, missingColumns, rawOf } from './jobberColumns.ts'
import { KnownCustomers, SeenInFile } from './known.ts'
import { type ClientRow, mergeClients, readClient, type ReadingContext } from './readClient.ts'

/** How much of each kind of finding is listed; the counts cover the rest. */
const MAX_FINDINGS = 150
const SAMPLE_CUSTOMERS = 12

/** Locations that are added to customers who are here, in one command. */
const FURTHER_A_CHUNK = 25

/** The most locations one client may bring (see `importedCustomer`). */
const MAX_LOCATIONS = 300

type Place = Omit<ReadingContext, 'columns'>

export interface Survey {
  readonly encoding: Encoding
  readonly preview: Pick<ImportPreview, 'encoding' | 'unusable' | 'columns' | 'rows' | 'customers' | 'locations' | 'badRows' | 'warnings' | 'alreadyHere' | 'further' | 'sample' | 'findings'>
  /** The last row of each client, so that the import knows when it has all of them. */
  readonly lastRows: ReadonlyMap<string, number>
  /** Why a client is left out where known customers are. */
  readonly known: ReadonlyMap<string, string>
  /** By row: whose further location it is. */
  readonly further: ReadonlyMap<number, string>
}

function becomes({ target }: Column): string | null {
  if (target.kind === 'field') return FIELD_LABELS[target.field]
  return target.kind === 'note' ? `Note, ${target.label}` : null
}

/** Reads the whole file once without changing anything. */
class Surveyor {
  readonly #place: Place
  readonly #here: KnownCustomers
  readonly #seen = new SeenInFile()
  readonly #sample = new Map<string, { readonly rowNumber: number; customer: ImportedCustomer }>()
  readonly lastRows = new Map<string, number>()
  readonly known = new Map<string, string>()
  readonly further = new Map<number, string>()
  readonly #owners = new Map<string, { readonly customerId: string; readonly name: string }>()
  readonly findings: ImportPreview['findings'] = []
  readonly counts = { rows: 0, customers: 0, locations: 0, badRows: 0, warnings: 0, alreadyHere: 0, further: 0 }
  columns: readonly Column[] = []
  unusable: string | null = null

  constructor(here: KnownCustomers, place: Place) {
    this.#here = here
    this.#place = place
  }

  #find(finding: ImportPreview['findings'][number]): void {
    if (this.findings.filter(({ kind }) => kind === finding.kind).length < MAX_FINDINGS) this.findings.push(finding)
  }

  head(record: readonly string[]): void {
    this.columns = mapColumns(record)
    this.unusable = missingColumns(this.columns)
  }

  bad(rowNumber: number, text: string, who = ''): void {
    this.counts.badRows += 1
    this.#find({ rowNumber, kind: 'bad', who, text })
  }

  row(record: readonly string[], rowNumber: number): void {
    this.counts.rows += 1
    const read = readClient(record, rowNumber, { ...this.#place, columns: this.columns })
    if (read.kind === 'bad') return this.bad(rowNumber, read.reason, record.find((cell, index) => cell !== '' && this.columns[index]?.target.kind === 'field') ?? '')
    const who = customerName(read.customer)
    if (!this.lastRows.has(read.key)) this.#client(read, who)
    this.#ofOwner(read, who)
    this.lastRows.set(read.key, rowNumber)
    this.counts.locations += 1
    if (read.warnings.length > 0) {
      this.counts.warnings += 1
      this.#find({ rowNumber, kind: 'warning', who, text: `${read.warnings.join('. ')}.` })
    }
    const shown = this.#sample.get(read.key)
    if (shown && shown.rowNumber !== rowNumber) shown.customer = mergeClients(shown.customer, read.customer)
  }

  /** A row of a client who is here: a new address joins theirs, whatever else is left out. */
  #ofOwner(read: ClientRow, who: string): void {
    const owner = this.#owners.get(read.key)
    const [location] = read.customer.locations
    if (!owner || !location || this.#here.has(owner.customerId, location)) return
    this.further.set(read.rowNumber, owner.customerId)
    this.counts.further += 1
    this.#find({ rowNumber: read.rowNumber, kind: 'warning', who, text: `Adds a location to ${owner.name}, who is here already.` })
  }

  #client(read: ClientRow, who: string): void {
    this.counts.customers += 1
    if (this.#sample.size < SAMPLE_CUSTOMERS) this.#sample.set(read.key, { rowNumber: read.rowNumber, customer: read.customer })
    const { rowNumber } = read
    const like = this.#here.find(read.customer)
    if (like?.degree === 'same') {
      const text = `${like.name} is here already (${like.by}).`
      this.counts.alreadyHere += 1
      this.known.set(read.key, text)
      if (like.sameClient !== null) this.#owners.set(read.key, { customerId: like.sameClient, name: like.name })
      this.#find({ rowNumber, kind: 'here', who, text })
    } else if (like) {
      this.counts.warnings += 1
      this.#find({ rowNumber, kind: 'warning', who, text: `${like.name}, who is here already, has ${like.by}.` })
    }
    const twin = this.#seen.find(read)
    if (twin !== null) {
      this.counts.warnings += 1
      this.#find({ rowNumber, kind: 'warning', who, text: `Row ${twin} looks like the same customer.` })
    }
  }

  sample(): ImportPreview['sample'] {
    return [...this.#sample.values()].map(({ rowNumber, customer }) => ({
      rowNumber,
      name: customerName(customer),
      kind: customer.kind,
      phones: customer.phones.map(({ value }) => formatPhone(value)),
      emails: customer.emails.map(({ value }) => value),
      places: customer.locations.map(placeName),
    }))
  }
}

/** A ring is answered while a file is read. */
async function breathe(breath: Breath): Promise<void> {
  await nextTurn()
  breath.taken()
}

/** What would come in, what would not, and why. */
export async function surveyFile(path: string, store: Store, place: Place): Promise<Survey> {
  const encoding = await detectEncoding(path)
  const surveyor = new Surveyor(await KnownCustomers.in(store), place)
  const breath = new Breath(() => performance.now())
  for await (const row of readCsv(path, encoding)) {
    if (isBreak(row)) surveyor.bad(row.rowNumber, row.reason)
    else if (row.rowNumber === 1) surveyor.head(row.record)
    else surveyor.row(row.record, row.rowNumber)
    if (surveyor.unusable !== null) break
    if (breath.isDue) await breathe(breath)
  }
  const { columns, counts, findings, lastRows, known, further } = surveyor
  const empty = columns.length === 0 ? 'This file is empty.' : counts.rows === 0 ? 'This file has a heading row and nothing below it.' : null
  return {
    encoding,
    lastRows,
    known,
    further,
    preview: {
      encoding,
      unusable: surveyor.unusable ?? empty,
      columns: columns.map((column) => ({ heading: column.heading, becomes: becomes(column) })),
      ...counts,
      sample: surveyor.sample(),
      findings,
    },
  }
}

export type Piece = { readonly upTo: number } & (
  | { readonly kind: 'customers'; readonly rows: readonly ImportedCustomer[]; readonly further: readonly FurtherLocation[] }
  | { readonly kind: 'aside'; readonly rows: readonly KeptAside[] }
)

/** Kept-aside rows carry their whole text; this many fit a command with room to spare. */
const ASIDE_ROWS = 50

/**
 * The file again, as commands will take it: whole customers in chunks, and the rows that stay out.
 * @param customers in the chunk that is being filled, at most
 */
export async function* piecesOf(path: string, survey: Survey, place: Place, leaveOutKnown: boolean, customers: () => number): AsyncGenerator<Piece> {
  const builder = new ChunkBuilder(customers)
  const breath = new Breath(() => performance.now())
  const open = new Map<string, ImportedCustomer>()
  let aside: KeptAside[] = []
  let further: FurtherLocation[] = []
  let columns: readonly Column[] = []
  for await (const row of readCsv(path, survey.encoding)) {
    const { rowNumber } = row
    if (rowNumber === 1 && !isBreak(row)) {
      columns = mapColumns(row.record)
      continue
    }
    const raw = isBreak(row) ? [] : rawOf(columns, row.record)
    const read = isBreak(row) ? { kind: 'bad' as const, reason: row.reason } : readClient(row.record, rowNumber, { ...place, columns })
    const owner = leaveOutKnown ? survey.further.get(rowNumber) : undefined
    const reason = read.kind === 'bad' ? read.reason : (leaveOutKnown && survey.known.get(read.key)) || null
    if (read.kind === 'client' && owner !== undefined) further.push(...read.customer.locations.map((location) => ({ customerId: owner, location })))
    else if (reason !== null) aside.push({ rowNumber, reason, raw })
    else if (read.kind === 'client') {
      const before = open.get(read.key)
      if (before && before.locations.length >= MAX_LOCATIONS) aside.push({ rowNumber, reason: `This client has more than ${MAX_LOCATIONS} addresses. Add this one by hand.`, raw })
      else open.set(read.key, before ? mergeClients(before, read.customer) : read.customer)
    }
    if (read.kind === 'client' && survey.lastRows.get(read.key) === rowNumber) {
      const whole = open.get(read.key)
      open.delete(read.key)
      const full = whole ? builder.add(whole) : null
      if (full) yield { kind: 'customers', rows: full, further: [], upTo: rowNumber }
    }
    if (further.length >= FURTHER_A_CHUNK) {
      yield { kind: 'customers', rows: [], further, upTo: rowNumber }
      further = []
    }
    if (aside.length >= ASIDE_ROWS) {
      yield { kind: 'aside', rows: aside, upTo: rowNumber }
      aside = []
    }
    if (breath.isDue) await breathe(breath)
  }
  const rest = builder.rest()
  const upTo = survey.preview.rows + 1
  if (rest.length > 0) yield { kind: 'customers', rows: rest, further: [], upTo }
  if (further.length > 0) yield { kind: 'customers', rows: [], further, upTo }
  if (aside.length > 0) yield { kind: 'aside', rows: aside, upTo }
}
