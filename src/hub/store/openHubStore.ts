import pg from 'pg'
import type { HubAdmin } from '../core/hubAdmin.ts'
import type { HubStore } from '../core/hubStore.ts'
import { migrateHub } from './migrations/migrate.ts'
import { openPool, type PoolOptions } from './pool.ts'
import { PgHubAdmin } from './pgHubAdmin.ts'
import { PgHubStore } from './pgHubStore.ts'

export interface OpenHubStore {
  readonly store: HubStore
  readonly admin: HubAdmin
  /** Ends every connection; what is under way is finished first. */
  close(): Promise<void>
}

/** Brings the database at an address up to date. @throws NewerHubError */
export async function migrateDatabase(url: string): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-hub-migration' })
  // Whatever breaks the connection fails the statement that runs; there is nothing more to say about it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await migrateHub(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Opens the hub's database, brought up to date.
 * @throws NewerHubError where a newer hub has written it
 */
export async function openHubStore(url: string, options: PoolOptions = {}): Promise<OpenHubStore> {
  await migrateDatabase(url)
  const pool = openPool(url, options)
  const admin = new PgHubAdmin(pool)
  return { store: new PgHubStore(pool), admin, close: () => admin.close() }
}
