import pg from 'pg'
import { FILLS } from '../store/migrations/domainTables.ts'
import { HUB_MIGRATIONS } from '../store/migrations/list.ts'
import { SCHEMA } from '../store/migrations/migrate.ts'
import { type BackupHead, type BackupSummary, quoted, readBackup, tablesOf } from './backup.ts'
import { Sentence } from './sentence.ts'

/** Rows that are put back in one statement. */
const AT_ONCE_ROWS = 1_000
const AT_ONCE_CHARACTERS = 8 * 1024 * 1024

interface Target {
  readonly names: readonly string[]
  /** Where each column's value comes from: the backup, or, for a column that is younger than it, what a migration gives. */
  readonly values: readonly string[]
}

/** How the rows of each table in the backup go into the tables as they are now. */
function targets(head: BackupHead, tables: Awaited<ReturnType<typeof tablesOf>>): ReadonlyMap<string, Target> {
  const saved = new Map(head.tables.map(({ name, columns }) => [name, new Set(columns)]))
  return new Map(
    tables.map(({ name, columns }) => {
      const had = saved.get(name) ?? new Set()
      const pairs = columns.flatMap((column) => {
        const fill = FILLS[`${name}.${column}`]
        if (had.has(column)) return [[quoted(column), quoted(column)] as const]
        return fill === undefined ? [] : [[quoted(column), fill] as const]
      })
      return [name, { names: pairs.map(([column]) => column), values: pairs.map(([, value]) => value) }]
    }),
  )
}

/** Puts a table's rows back, many at a time. */
class Loader {
  readonly #client: pg.ClientBase
  readonly #targets: ReadonlyMap<string, Target>
  #statement = ''
  #rows: string[] = []
  #length = 0

  constructor(client: pg.ClientBase, into: ReadonlyMap<string, Target>) {
    this.#client = client
    this.#targets = into
  }

  async table(name: string): Promise<void> {
    await this.flush()
    const target = this.#targets.get(name)
    if (!target) throw new Sentence(`The backup has rows of \u201c${name}\u201d, which this version of Baton does not know. Nothing was changed. Restore it with the Baton that wrote it, or a newer one.`)
    this.#statement = `INSERT INTO ${quoted(name)} (${target.names.join(', ')}) SELECT ${target.values.join(', ')} FROM json_populate_recordset(NULL::${quoted(name)}, $1::json)`
  }

  row(json: string): Promise<void> | undefined {
    this.#rows.push(json)
    this.#length += json.length
    return this.#rows.length >= AT_ONCE_ROWS || this.#length >= AT_ONCE_CHARACTERS ? this.flush() : undefined
  }

  async flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    this.#length = 0
    await this.#client.query(this.#statement, [`[${rows.join(',')}]`])
  }
}

/**
 * Puts a backup in place of all that the database holds, in one transaction: it is restored whole or not at all. The
 * tables must be those of this version already.
 * @throws Sentence
 */
export async function loadBackup(url: string, file: string): Promise<BackupSummary> {
  // Read once for nothing: a damaged file must be found before anything is removed.
  const { head } = await readBackup(file)
  refuseNewer(head, file)
  const client = new pg.Client({ connectionString: url, application_name: 'baton-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN')
    const tables = await tablesOf(client)
    if (tables.length > 0) await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`)
    // Rows come in any order, and are what they are.
    await client.query("SET CONSTRAINTS ALL DEFERRED; SET LOCAL baton.whole = 'on'")
    const loader = new Loader(client, targets(head, tables))
    const summary = await readBackup(file, () => (marked) => (marked.kind === 'table' ? loader.table(marked.name) : loader.row(marked.json)))
    await loader.flush()
    await client.query('COMMIT')
    return summary
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    if (error instanceof Sentence) throw error
    throw new Sentence(`The backup could not be restored (${error instanceof Error ? error.message : String(error)}). The database is as it was.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function refuseNewer(head: BackupHead, file: string): void {
  if (head.written.schema <= SCHEMA && head.written.version <= HUB_MIGRATIONS.length) return
  throw new Sentence(`${file} was written by a newer Baton (${head.hubVersion}). Nothing was changed. Update Baton here, then run this again.`)
}
