import type pg from 'pg'
import { DAY } from '../../../shared/base/time.ts'
import type { Clearance, Table } from '../../../shared/domain/kernel/table.ts'
import { SUBJECT_KINDS } from '../../../shared/domain/promises/tables.ts'
import { TABLES } from '../../../shared/domain/tables.ts'
import { mayHold } from '../../../shared/sync/clearance.ts'
import type { SnapshotPart, SnapshotReading } from '../../core/hubAdmin.ts'
import { UnknownCompany } from '../../core/hubStore.ts'
import { quotedName } from '../ddl.ts'
import { COMPANY_COLUMNS, type CompanyRow, hubCompany } from '../hubRows.ts'
import { SCHEMA } from '../migrations/migrate.ts'
import { rollBack, rowsOf, storeError } from '../pool.ts'
import { sqlOf } from '../tableSql.ts'

/** Rows that are fetched and handed on at a time. */
const PART_ROWS = 2000

/** What today's board shows and can be paged to without waiting. */
const BACK = 2 * DAY
const AHEAD = 60 * DAY

/** Tables that come first whole: people, settings, queues, the price book, and whoever may call. */
const WHOLE_FIRST = new Set(['company', 'user', 'credential', 'business_unit', 'technician', 'priority', 'price_item', 'job_type', 'tax_zone', 'queue', 'dispatch_settings', 'customer', 'location', 'contact_method'])

/** The rows of a table that come first, by id; the others follow. */
type FirstRows = ReadonlyMap<string, readonly string[]>

interface Ids {
  readonly ids: readonly string[] | null
}

async function idsOf(client: pg.ClientBase, sql: string, values: readonly unknown[]): Promise<readonly string[]> {
  const [row] = await rowsOf<Ids>(client, `SELECT array_agg(DISTINCT id) AS ids FROM (${sql}) x`, values)
  return row?.ids ?? []
}

/** Everything that the visits around today and the open promises need to be shown. */
async function firstRows(client: pg.ClientBase, companyId: string): Promise<FirstRows> {
  const around = `company_id = $1 AND (windows.at BETWEEN extract(epoch FROM now()) * 1000 - $2 AND extract(epoch FROM now()) * 1000 + $3)`
  const planned = await idsOf(
    client,
    `SELECT id FROM appointment, LATERAL (VALUES (window_starts_at), (starts_at)) AS windows(at) WHERE ${around}`,
    [companyId, BACK, AHEAD],
  )
  const promises = await idsOf(client, `SELECT id FROM promise WHERE company_id = $1 AND state = 'open'`, [companyId])
  const subjects = new Map<string, readonly string[]>()
  for (const kind of SUBJECT_KINDS) {
    subjects.set(kind, await idsOf(client, `SELECT subject_id AS id FROM promise WHERE company_id = $1 AND state = 'open' AND subject_kind = $2`, [companyId, kind]))
  }
  const subject = (kind: string): readonly string[] => subjects.get(kind) ?? []
  const invoices = subject('invoice')
  const visits = [...planned, ...subject('appointment')]
  const ofVisits = await idsOf(client, 'SELECT job_id AS id FROM appointment WHERE company_id = $1 AND id = ANY($2)', [companyId, visits])
  const ofInvoices = await idsOf(client, 'SELECT job_id AS id FROM invoice WHERE company_id = $1 AND id = ANY($2)', [companyId, invoices])
  const jobs = [...ofVisits, ...ofInvoices, ...subject('job')]
  const of = (table: string, column: string, owners: readonly string[]): Promise<readonly string[]> => idsOf(client, `SELECT id FROM ${table} WHERE company_id = $1 AND ${column} = ANY($2)`, [companyId, owners])
  return new Map([
    ...subjects,
    ['appointment', visits],
    ['assignment', await of('assignment', 'appointment_id', visits)],
    ['job', jobs],
    ['job_line', await of('job_line', 'job_id', jobs)],
    ['call', [...(await of('call', 'job_id', jobs)), ...subject('call')]],
    ['invoice', invoices],
    ['invoice_line', await of('invoice_line', 'invoice_id', invoices)],
    ['promise', promises],
  ])
}

interface Reading {
  readonly table: Table
  readonly first: boolean
  readonly where: string
  readonly values: readonly unknown[]
}

/** What is read, in the order in which it is handed on. */
function plan(companyId: string, tables: readonly Table[], firsts: FirstRows): readonly Reading[] {
  const own = 't.company_id = $1'
  const first = tables.flatMap((table): readonly Reading[] => {
    if (WHOLE_FIRST.has(table.name)) return [{ table, first: true, where: own, values: [companyId] }]
    const ids = firsts.get(table.name) ?? []
    return ids.length === 0 ? [] : [{ table, first: true, where: `${own} AND t.id = ANY($2::text[])`, values: [companyId, ids] }]
  })
  const rest = tables
    .filter((table) => !WHOLE_FIRST.has(table.name))
    .map((table): Reading => ({ table, first: false, where: `${own} AND t.id <> ALL($2::text[])`, values: [companyId, firsts.get(table.name) ?? []] }))
  return [...first, ...rest]
}

async function* partsOf({ table, first, where, values }: Reading, client: pg.ClientBase): AsyncGenerator<SnapshotPart, void, void> {
  await client.query(`DECLARE part NO SCROLL CURSOR FOR ${sqlOf(table).lines(where)}`, [...values])
  for (;;) {
    const { rows } = await client.query<[string]>({ text: `FETCH ${PART_ROWS} FROM part`, rowMode: 'array' })
    if (rows.length > 0) yield { table: table.name, first, lines: rows.map(([line]) => line) }
    if (rows.length < PART_ROWS) break
  }
  await client.query('CLOSE part')
}

/** Hands the rows on and gives the connection back however the reader stops. */
async function* readAll(client: pg.PoolClient, readings: readonly Reading[]): AsyncGenerator<SnapshotPart, void, void> {
  try {
    for (const reading of readings) yield* partsOf(reading, client)
  } catch (error) {
    throw storeError(error)
  } finally {
    await rollBack(client)
  }
}

async function countRows(client: pg.ClientBase, companyId: string, tables: readonly Table[]): Promise<number> {
  const counts = tables.map((table) => `(SELECT count(*) FROM ${quotedName(table.name)} WHERE company_id = $1)`)
  const [row] = await rowsOf<{ rows: number }>(client, `SELECT ${counts.join(' + ')} AS rows`, [companyId])
  return row?.rows ?? 0
}

/**
 * Opens a snapshot: everything of it is of one moment, which is why a connection is held until it is read.
 * @throws UnknownCompany
 * @throws HubStoreFailure
 */
export async function openSnapshot(pool: pg.Pool, companyId: string, held: ReadonlySet<Clearance>): Promise<SnapshotReading> {
  const client = await pool.connect().catch((error: unknown) => {
    throw storeError(error)
  })
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const [row] = await rowsOf<CompanyRow>(client, `SELECT ${COMPANY_COLUMNS} FROM hub_company c WHERE c.company_id = $1`, [companyId])
    if (!row || row.state !== 'active') throw new UnknownCompany(companyId)
    const { epoch, seq, feedFloor, epochSeq } = hubCompany(row)
    const tables = TABLES.filter((table) => mayHold(table, held))
    const head = { epoch, seq, feedFloor, epochSeq, schema: SCHEMA, rows: await countRows(client, companyId, tables) }
    const readings = plan(companyId, tables, await firstRows(client, companyId))
    return { head, parts: readAll(client, readings) }
  } catch (error) {
    await rollBack(client)
    throw error instanceof UnknownCompany ? error : storeError(error)
  }
}
