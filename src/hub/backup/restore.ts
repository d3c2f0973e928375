import pg from 'pg'
import { newId } from '../../shared/base/id.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import { RECOVERY_MS } from '../core/recovery.ts'
import { quotedName } from '../store/ddl.ts'
import { FILLS } from '../store/migrations/domainTables.ts'
import { HUB_MIGRATIONS } from '../store/migrations/list.ts'
import { layTables, readVersion, SCHEMA, settleTables } from '../store/migrations/migrate.ts'
import { copyIn } from './copyStreams.ts'
import { type BackupHead, BackupProblem, HUB_TABLES, type TableHead } from './format.ts'
import { readBackup } from './readBackup.ts'

export interface RestoreOptions {
  /** Puts it in the place of what is there. */
  readonly force?: boolean
}

export interface RestoreSummary {
  /** Epoch ms: when the backup was made. */
  readonly madeAt: number
  /** Until when the hub waits for workstations to give back what they did since; epoch ms. */
  readonly recoveringUntil: number
  readonly companies: BackupHead['companies']
}

/** Document prefixes that may have been given out since the backup: none of them is given again. */
const PREFIX_RESERVE = 26

/** How long a hub that is still at work may hold a restore up. */
const LOCK_LIMIT = '10s'

function refuseNewer({ version, schema }: BackupHead): void {
  if (version <= HUB_MIGRATIONS.length && schema <= SCHEMA) return
  throw new BackupProblem(`This backup was made by a newer version of Baton\u2019s hub (hub version ${version}, store version ${schema}; this one knows ${HUB_MIGRATIONS.length} and ${SCHEMA}). Nothing was changed. Install that version first.`)
}

/** Makes room. @throws BackupProblem where there is something that nobody said may go */
async function clear(client: pg.Client, force: boolean): Promise<void> {
  if ((await readVersion(client)) !== null) {
    const { rows } = await client.query<{ companies: number }>('SELECT count(*)::int AS companies FROM hub_company')
    const companies = rows[0]?.companies ?? 0
    if (companies > 0 && !force) {
      throw new BackupProblem(`This database already holds a hub with ${companies === 1 ? 'a company' : `${companies} companies`}. Nothing was changed. Restore into an empty database, or say --force to put the backup in its place.`)
    }
  }
  const own = [...HUB_TABLES, 'hub_intake_seen', 'lease', 'hub_snapshot', 'hub_version', ...TABLES.map(({ name }) => name)]
  await client.query(`DROP TABLE IF EXISTS ${own.map(quotedName).join(', ')} CASCADE`)
  await client.query('DROP FUNCTION IF EXISTS baton_one_place()')
}

/** Columns that came after the backup get what the migration that brought them gives to the rows that are there. */
async function fillMissing(client: pg.Client, { table, columns }: TableHead, undo: boolean): Promise<void> {
  const prefix = `${table}.`
  for (const [column, fill] of Object.entries(FILLS)) {
    const name = column.slice(prefix.length)
    if (!column.startsWith(prefix) || columns.includes(name)) continue
    await client.query(`ALTER TABLE ${quotedName(table)} ALTER COLUMN ${quotedName(name)} ${undo ? 'DROP DEFAULT' : `SET DEFAULT ${fill}`}`)
  }
}

const RENEW = `UPDATE hub_company SET epoch = $2, epoch_seq = least(coalesce(epoch_seq, seq), seq), roster = roster + 1,
  prefixes = prefixes + $3, recovering_until = CASE WHEN state = 'active' THEN to_timestamp($4::float8 / 1000) END WHERE company_id = $1`

/** Every company begins a new epoch: its workstations give back what came after the backup. */
async function beginEpochs(client: pg.Client, head: BackupHead): Promise<number> {
  const { rows } = await client.query<{ until: number }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 + $1 AS until', [RECOVERY_MS])
  const until = Math.round(Number(rows[0]?.until ?? 0))
  for (const { id } of head.companies) await client.query(RENEW, [id, newId(), PREFIX_RESERVE, until])
  return until
}

async function fill(client: pg.Client, file: string): Promise<BackupHead> {
  let copying: Awaited<ReturnType<typeof copyIn>> | undefined
  let table: TableHead | undefined
  return readBackup(file, {
    table: async (head) => {
      table = head
      await fillMissing(client, head, false)
      copying = await copyIn(client, `COPY ${quotedName(head.table)} (${head.columns.map(quotedName).join(', ')}) FROM STDIN`)
    },
    row: (line) => copying?.write(line),
    endTable: async () => {
      await copying?.finish()
      if (table) await fillMissing(client, table, true)
    },
  })
}

/**
 * Restores a hub from a backup, in one transaction: it is all there afterwards or nothing has changed. References and indexes
 * are made after the rows, which is quicker and checks every one of them.
 * @throws BackupProblem
 */
export async function restoreHub(url: string, file: string, { force = false }: RestoreOptions = {}): Promise<RestoreSummary> {
  refuseNewer(await readBackup(file))
  const client = new pg.Client({ connectionString: url, application_name: 'baton-hub-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SET LOCAL lock_timeout = '${LOCK_LIMIT}'`)
    await clear(client, force)
    await layTables(client)
    const head = await fill(client, file)
    await settleTables(client)
    const recoveringUntil = await beginEpochs(client, head)
    await client.query('COMMIT')
    await client.query('ANALYZE')
    return { madeAt: head.at, recoveringUntil, companies: head.companies }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    if (error instanceof pg.DatabaseError && error.code === '55P03') throw new BackupProblem('A hub is at work on this database. Nothing was changed. Stop it and try again.', { cause: error })
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
