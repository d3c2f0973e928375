import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { TABLES } from '../../shared/domain/tables.ts'
import { readVersion } from '../store/migrations/migrate.ts'
import { quotedName } from '../store/ddl.ts'
import { copyOut } from './copyStreams.ts'
import { BACKUP_FORMAT, type BackupEnd, type BackupHead, BackupProblem, END_OF_ROWS, HUB_TABLES } from './format.ts'

export interface BackupSummary {
  readonly file: string
  readonly rows: number
  readonly companies: BackupHead['companies']
}

async function columnsOf(client: pg.Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
    [quotedName(table)],
  )
  return rows.map(({ name }) => name)
}

async function headOf(client: pg.Client): Promise<BackupHead> {
  const version = await readVersion(client)
  if (!version) throw new BackupProblem('There is no hub in this database: nothing was backed up. Check the address.')
  const { rows: companies } = await client.query<{ id: string; name: string; seq: string; epoch: string }>('SELECT company_id AS id, name, seq, epoch FROM hub_company ORDER BY company_id')
  const { rows } = await client.query<{ at: number }>('SELECT extract(epoch FROM now()) * 1000 AS at')
  return { baton: 'hub-backup', format: BACKUP_FORMAT, ...version, at: Math.round(Number(rows[0]?.at ?? 0)), companies: companies.map((company) => ({ ...company, seq: Number(company.seq) })) }
}

/** Lines into a file, compressed. */
class BackupWriter {
  readonly #gzip = createGzip({ level: 6 })
  readonly #file
  readonly #written: Promise<void>

  constructor(path: string) {
    this.#file = createWriteStream(path, { mode: 0o600, flags: 'wx' })
    this.#gzip.pipe(this.#file)
    this.#written = finished(this.#file)
    // Whoever writes hears of a full disk from what is written; nobody listens to the compressor.
    this.#gzip.on('error', () => undefined)
    this.#written.catch((error: Error) => this.#gzip.destroy(error))
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    if (!this.#gzip.write(chunk)) await Promise.race([once(this.#gzip, 'drain'), this.#written])
  }

  line(value: unknown): Promise<void> {
    return this.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`)
  }

  async end(): Promise<void> {
    this.#gzip.end()
    await this.#written
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy()
    this.#file.destroy()
    await this.#written.catch(() => undefined)
  }
}

async function writeTable(client: pg.Client, writer: BackupWriter, table: string): Promise<BackupEnd['end'][number]> {
  const columns = await columnsOf(client, table)
  await writer.line({ table, columns })
  const hash = createHash('sha256')
  let rows = 0
  for await (const chunk of copyOut(client, `COPY ${quotedName(table)} (${columns.map(quotedName).join(', ')}) TO STDOUT`)) {
    hash.update(chunk)
    await writer.write(chunk)
    rows += 1
  }
  await writer.line(END_OF_ROWS)
  return { table, rows, sha256: hash.digest('hex') }
}

async function writeAll(client: pg.Client, writer: BackupWriter): Promise<Omit<BackupSummary, 'file'>> {
  // Everything of one moment, while the office goes on working.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const head = await headOf(client)
  await writer.line(head)
  const end: BackupEnd['end'] = []
  for (const table of [...HUB_TABLES, ...TABLES.map(({ name }) => name)]) end.push(await writeTable(client, writer, table))
  await writer.line({ head: createHash('sha256').update(`${JSON.stringify(head)}\n`).digest('hex'), end })
  await client.query('COMMIT')
  return { rows: end.reduce((sum, { rows }) => sum + rows, 0), companies: head.companies }
}

/** The file and its name are on the disk before anybody is told so. */
async function settle(partial: string, file: string): Promise<void> {
  const handle = await open(partial, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(partial, file)
  const folder = await open(dirname(file), 'r').catch(() => undefined)
  // Windows has no folder to flush.
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/**
 * Backs a hub up while it works: all companies, of one moment, in one file. The file is there whole or not at all.
 * @throws BackupProblem
 */
export async function backupHub(url: string, file: string): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-hub-backup' })
  client.on('error', () => undefined)
  await client.connect()
  const partial = `${file}.partial`
  await rm(partial, { force: true })
  const writer = new BackupWriter(partial)
  try {
    const summary = await writeAll(client, writer)
    await writer.end()
    await settle(partial, file)
    return { file, ...summary }
  } catch (error) {
    await writer.abandon()
    await rm(partial, { force: true })
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
