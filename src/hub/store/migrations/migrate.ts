import type pg from 'pg'
import { MIGRATIONS } from '../../../../migrations/list.ts'
import { growConstraints, growDomainTables } from './domainTables.ts'
import { HUB_MIGRATIONS } from './list.ts'
import type { HubMigration } from './migration.ts'

/** The store version that the companies' tables have: the workstation's own numbering. */
export const SCHEMA = MIGRATIONS.length

/**
 * The oldest workstations' store that can go on with this hub. Migrations add, and older workstations pass over what they
 * do not know; it is raised with the first one that changes what is there.
 */
const OLDEST_SCHEMA = 1

/** The database was written by a newer hub; it was not touched. */
export class NewerHubError extends Error {
  override readonly name = 'NewerHubError'
}

/** Any number; the same for every hub, so that two that start at once take turns. */
const MIGRATION_LOCK = 7_246_601

export interface HubVersion {
  /** The last hub migration. */
  readonly version: number
  /** The store version of the companies' tables. */
  readonly schema: number
}

/** Null where there is no hub in the database. */
export async function readVersion(client: pg.ClientBase): Promise<HubVersion | null> {
  const { rows: found } = await client.query<{ there: boolean }>("SELECT to_regclass('hub_version') IS NOT NULL AS there")
  if (found[0]?.there !== true) return null
  const { rows } = await client.query<HubVersion>('SELECT version, schema FROM hub_version')
  return rows[0] ?? null
}

/** @throws NewerHubError */
function refuseFuture(found: HubVersion, migrations: readonly HubMigration[], schema: number): void {
  if (found.version <= migrations.length && found.schema <= schema) return
  throw new NewerHubError(
    `This database was written by a newer version of Baton\u2019s hub (hub version ${found.version}, store version ${found.schema}; this one knows ${migrations.length} and ${schema}). Nothing was changed. Install the newer version, or restore a backup that this one has made.`,
  )
}

async function recordVersion(client: pg.ClientBase, version: number): Promise<void> {
  await client.query('CREATE TABLE IF NOT EXISTS hub_version (single boolean PRIMARY KEY DEFAULT true CHECK (single), version integer NOT NULL, schema integer NOT NULL)')
  await client.query('INSERT INTO hub_version (version, schema) VALUES ($1, 0) ON CONFLICT (single) DO UPDATE SET version = $1', [version])
}

/** All tables of this version, empty and without what holds rows together, inside the caller's transaction: for a restore. */
export async function layTables(client: pg.ClientBase): Promise<void> {
  for (const { sql, version } of HUB_MIGRATIONS) {
    await client.query(sql)
    await recordVersion(client, version)
  }
  await growDomainTables(client)
}

/** References, indexes and the record of the version, once the rows are there. */
export async function settleTables(client: pg.ClientBase, schema = SCHEMA): Promise<void> {
  await growConstraints(client)
  await client.query('UPDATE hub_version SET schema = $1 WHERE schema <> $1', [schema])
}

async function step(client: pg.ClientBase, body: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  try {
    await body()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function migrateLocked(client: pg.ClientBase, migrations: readonly HubMigration[], schema: number, oldest: number): Promise<readonly number[]> {
  const found = (await readVersion(client)) ?? { version: 0, schema: 0 }
  refuseFuture(found, migrations, schema)
  const due = migrations.slice(found.version)
  for (const migration of due) {
    await step(client, async () => {
      await client.query(migration.sql)
      await recordVersion(client, migration.version)
    })
  }
  await step(client, async () => {
    await growDomainTables(client)
    await settleTables(client, schema)
    await client.query('UPDATE hub_company SET min_schema = $1 WHERE min_schema < $1', [oldest])
  })
  return due.map(({ version }) => version)
}

/**
 * Brings a database up to date: refuses one from the future untouched, runs each step in a transaction of its own while it
 * holds a lock that other hubs wait for, and adds what the companies' tables lack.
 * @param oldest workstations with an older store than this are told to update before they go on with the hub
 * @returns the hub migrations applied
 * @throws NewerHubError
 */
export async function migrateHub(client: pg.ClientBase, migrations: readonly HubMigration[] = HUB_MIGRATIONS, schema = SCHEMA, oldest = OLDEST_SCHEMA): Promise<readonly number[]> {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`Hub migration ${migration.name} has version ${migration.version}, expected ${index + 1}`)
  })
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
  try {
    return await migrateLocked(client, migrations, schema, oldest)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
  }
}
