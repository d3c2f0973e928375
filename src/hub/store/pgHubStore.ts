import type pg from 'pg'
import { type FeedSlice, type HubDevice, HubStoreFailure, type HubStore, type HubTransaction, UnknownCompany } from '../core/hubStore.ts'
import { CompanyCaches } from './companyCache.ts'
import { COMPANY_COLUMNS, type CompanyRow, DEVICE_COLUMNS, type DeviceRow, FEED_COLUMNS, feedEntry, type FeedEntryRow, hubCompany, hubDevice } from './hubRows.ts'
import { fromTransaction, rollBack, rowsOf, storeError } from './pool.ts'
import { PgTransaction } from './pgTransaction.ts'

const FEED = `SELECT ${COMPANY_COLUMNS}, ${FEED_COLUMNS} FROM hub_company c
LEFT JOIN LATERAL (SELECT * FROM change_feed g WHERE g.company_id = c.company_id AND g.seq > $2 ORDER BY g.seq LIMIT $3) f ON true
WHERE c.company_id = $1 ORDER BY f.seq`
const DEVICE = `SELECT ${DEVICE_COLUMNS} FROM hub_device WHERE company_id = $1 AND device_id = $2`

/** Companies in PostgreSQL. Any number of hub processes may work on one database: the company's row is their only lock. */
export class PgHubStore implements HubStore {
  readonly #pool: pg.Pool
  readonly #caches = new CompanyCaches()

  /** @param pool from `openPool`; the caller ends it */
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async change<T>(companyId: string, body: (transaction: HubTransaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw storeError(error)
    })
    try {
      const begun = client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      begun.catch(() => undefined)
      const transaction = await PgTransaction.begin(client, companyId, this.#caches.of(companyId))
      const result = await body(transaction)
      // The end is sent behind the writes without waiting for them: it commits if all of them stood and takes them back if not.
      const ended = client.query('COMMIT')
      ended.catch(() => undefined)
      await transaction.finish()
      const { command } = await ended
      if (command !== 'COMMIT') throw new HubStoreFailure('The hub\u2019s database took a transaction back')
      transaction.committed()
      client.release()
      return result
    } catch (error) {
      await rollBack(client)
      throw fromTransaction(error)
    }
  }

  async feed(companyId: string, after: number, limit: number): Promise<FeedSlice> {
    const rows = await this.#rows<CompanyRow & (FeedEntryRow | { readonly entry_seq: null })>(FEED, [companyId, after, limit])
    const [first] = rows
    if (!first || first.state !== 'active') throw new UnknownCompany(companyId)
    return { company: hubCompany(first), entries: rows.flatMap((row) => (row.entry_seq === null ? [] : [feedEntry(row)])) }
  }

  async device(companyId: string, deviceId: string): Promise<HubDevice | undefined> {
    const [row] = await this.#rows<DeviceRow>(DEVICE, [companyId, deviceId])
    return row && hubDevice(row)
  }

  #rows<T extends object>(text: string, values: readonly unknown[]): Promise<readonly T[]> {
    return rowsOf<T>(this.#pool, text, values).catch((error: unknown) => {
      throw storeError(error)
    })
  }
}
