import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { z } from 'zod'
import { readVersion } from '../store/migrations/migrate.ts'
import { Sentence } from './sentence.ts'

/**
 * A backup is one compressed file of lines: a head, then for each table its name and a row a line, as PostgreSQL writes
 * it in JSON, and at the end how many rows there are and the SHA-256 of all that went before. It is of one moment, and
 * any PostgreSQL from 15 on can take it back, whichever one wrote it.
 */

const FORMAT = 'baton-hub-backup'
const FETCH_ROWS = 2_000

const headShape = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(1),
  hubVersion: z.string(),
  /** What the database was brought up to: the hub's own tables, and the companies'. */
  written: z.object({ version: z.int(), schema: z.int() }),
  at: z.string(),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
})

const endShape = z.object({ rows: z.int(), sha256: z.string() })

export type BackupHead = z.output<typeof headShape>

export interface BackupSummary {
  readonly head: BackupHead
  readonly rows: number
}

/** Where a line belongs: the head, the name of the table that follows, one of its rows, or the end. */
type Marked = { readonly kind: 'table'; readonly name: string } | { readonly kind: 'row'; readonly json: string }

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** What migrations were run belongs to the database, not to what is in it. */
export const BOOKKEEPING = 'hub_version'

/** The hub's tables with the columns that can be written, in an order in which rows can be put back. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly { readonly name: string; readonly columns: readonly string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1
     GROUP BY c.oid, c.relname ORDER BY c.relname`,
    [BOOKKEEPING],
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT f.relname AS from, t.relname AS to FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND NOT k.condeferrable AND f.oid <> t.oid AND f.relnamespace = current_schema()::regnamespace`,
  )
  const ordered: typeof rows = []
  const place = (table: (typeof rows)[number]): void => {
    if (ordered.includes(table)) return
    for (const { from, to } of references) {
      const needed = from === table.name ? rows.find(({ name }) => name === to) : undefined
      if (needed) place(needed)
    }
    ordered.push(table)
  }
  for (const table of rows) place(table)
  return ordered
}

async function* linesOf(client: pg.ClientBase, head: BackupHead, hash: Hash): AsyncGenerator<string> {
  let rows = 0
  const counted = (text: string): string => {
    hash.update(text)
    return text
  }
  yield counted(`${JSON.stringify(head)}\n`)
  for (const { name } of head.tables) {
    yield counted(`#table ${JSON.stringify(name)}\n`)
    await client.query(`DECLARE backup NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS json FROM ${quoted(name)} t`)
    for (;;) {
      const { rows: fetched } = await client.query<{ json: string }>(`FETCH ${FETCH_ROWS} FROM backup`)
      if (fetched.length === 0) break
      rows += fetched.length
      yield counted(fetched.map(({ json }) => `${json}\n`).join(''))
    }
    await client.query('CLOSE backup')
  }
  yield `#end ${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`
}

export interface BackupOf {
  readonly url: string
  readonly hubVersion: string
  readonly now: Date
}

/** Writes everything into a file, from one moment, beside a hub that goes on working; checks what was written. @throws Sentence */
export async function writeBackup({ url, hubVersion, now }: BackupOf, file: string): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-backup' })
  client.on('error', () => undefined)
  const partial = `${file}.part`
  try {
    await mkdir(dirname(file), { recursive: true })
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const written = await readVersion(client)
    if (!written) throw new Sentence('There is no hub in this database. Nothing was written.')
    const tables = (await tablesOf(client)).map(({ name, columns }) => ({ name, columns: [...columns] }))
    const head: BackupHead = { format: FORMAT, formatVersion: 1, hubVersion, written, at: now.toISOString(), tables }
    await pipeline(linesOf(client, head, createHash('sha256')), createGzip({ level: 6 }), createWriteStream(partial, { mode: 0o600 }))
    const summary = await readBackup(partial)
    const handle = await open(partial, 'r+')
    await handle.sync()
    await handle.close()
    await rename(partial, file)
    return summary
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    if (error instanceof Sentence) throw error
    throw new Sentence(`The backup could not be written to ${file} (${error instanceof Error ? error.message : String(error)}). Nothing was left there; the hub\u2019s data is untouched.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const broken = (file: string, why: string): Sentence => new Sentence(`${file} can\u2019t be used: ${why}. Nothing was changed. Take another backup file.`)

function parseLine<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw broken(file, 'it is not a backup of a hub, or a newer Baton wrote it')
  }
}

/**
 * Reads a backup from its beginning to its end.
 * @param hear is given the head, and returns what hears the rest; its promise is waited for
 * @throws Sentence where the file is no backup, or not whole
 */
export async function readBackup(file: string, hear: (head: BackupHead) => (marked: Marked) => Promise<void> | undefined = () => () => undefined): Promise<BackupSummary> {
  const hash = createHash('sha256')
  let [head, listener, end, rows] = [undefined as BackupHead | undefined, undefined as ReturnType<typeof hear> | undefined, undefined as z.output<typeof endShape> | undefined, 0]
  const source = createReadStream(file)
  const unzipped = source.on('error', (error) => unzipped.destroy(error)).pipe(createGunzip())
  try {
    for await (const line of createInterface({ input: unzipped, crlfDelay: Infinity })) {
      if (end) throw broken(file, 'there is something after its end')
      if (line.startsWith('#end ')) {
        end = parseLine(endShape, line.slice(5), file)
        continue
      }
      hash.update(line).update('\n')
      if (!head || !listener) {
        head = parseLine(headShape, line, file)
        listener = hear(head)
      } else if (line.startsWith('#table ')) {
        await listener({ kind: 'table', name: parseLine(z.string(), line.slice(7), file) })
      } else {
        rows += 1
        await listener({ kind: 'row', json: line })
      }
    }
  } catch (error) {
    if (error instanceof Sentence) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw broken(file, 'there is no such file')
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw broken(file, 'it is damaged or not whole')
    throw error
  }
  if (!head || !end || end.rows !== rows || end.sha256 !== hash.digest('hex')) throw broken(file, 'it is damaged or not whole')
  return { head, rows }
}

/** A file in the folder with the moment in its name, so that the names' order is that of time. */
export function datedName(now: Date): string {
  return `baton-hub-${now.toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '')}.backup`
}

/** Where the backup goes: the file, or a new one in the folder. */
export async function backupFile(place: string, now: Date): Promise<string> {
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() ?? /[\\/]$/.test(place)
  return isFolder ? join(place, datedName(now)) : place
}

/** Removes the oldest dated backups of the folder beyond the newest few. @returns the names of those removed */
export async function keepNewest(file: string, keep: number): Promise<readonly string[]> {
  const names = (await readdir(dirname(file))).filter((name) => /^baton-hub-[\dTZ-]+\.backup$/.test(name)).sort()
  const old = names.slice(0, -keep).filter((name) => name !== basename(file))
  for (const name of old) await rm(join(dirname(file), name), { force: true })
  return old
}
