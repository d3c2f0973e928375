import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Loading } from '../../shared/domain/kernel/load.ts'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import type { Permission } from '../../shared/domain/people/permissions.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { CodeOffer, Compacted, CompactionLimits, CompanySummary, DeviceSighting, EnrolledDevice, Enrolment, FoundingEnd, HubAdmin, LeaseRequest, MadeCode, NewCode, NewDevice, SnapshotReading } from '../core/hubAdmin.ts'
import { compactAll, feedSize } from './admin/compaction.ts'
import { findCode, makeCode } from './admin/codes.ts'
import { actorMay, findDevice, listDevices, renameDevice, revokeDevice, sawDevices } from './admin/devices.ts'
import { enrol } from './admin/enrol.ts'
import { endFounding, keepFoundingRows } from './admin/founding.ts'
import { heldLeases, leaseOf } from './admin/leases.ts'
import { openSnapshot } from './admin/snapshot.ts'
import { COMPANY_COLUMNS, type CompanyRow, hubCompany } from './hubRows.ts'
import { HUB_MIGRATIONS } from './migrations/list.ts'
import { SCHEMA } from './migrations/migrate.ts'
import { PgBlobs } from './pgBlobs.ts'
import { PgIntake } from './pgIntake.ts'
import { arraysOf, fromTransaction, inTransaction, rowsOf } from './pool.ts'
import { canMatch, sqlOf } from './tableSql.ts'

interface SummaryRow extends CompanyRow {
  readonly company_id: string
  readonly name: string
  readonly min_schema: number
}

/** The name is that of the company's own row, which people change in Settings. */
const SUMMARY = `SELECT ${COMPANY_COLUMNS}, c.company_id, coalesce(o.name, c.name) AS name, c.min_schema FROM hub_company c LEFT JOIN company o ON o.company_id = c.company_id AND o.id = c.company_id`

function summary(row: SummaryRow): CompanySummary {
  return { ...hubCompany(row), id: row.company_id, name: row.name, minSchema: row.min_schema, state: row.state === 'founding' ? 'founding' : 'active' }
}

const SECRET_BYTES = 32

/** The hub's own tables in PostgreSQL. */
export class PgHubAdmin implements HubAdmin {
  readonly #pool: pg.Pool
  readonly blobs: PgBlobs
  readonly intake: PgIntake

  /** @param pool from `openPool`; `close` ends it */
  constructor(pool: pg.Pool) {
    this.#pool = pool
    this.blobs = new PgBlobs(pool)
    this.intake = new PgIntake(pool)
  }

  /** Runs with the pool; whatever the database throws is said in the words of the port. */
  async #with<T>(body: (pool: pg.Pool) => Promise<T>): Promise<T> {
    try {
      return await body(this.#pool)
    } catch (error) {
      throw fromTransaction(error)
    }
  }

  ready(): Promise<boolean> {
    return this.#with(async (pool) => {
      const [row] = await rowsOf<{ version: number; schema: number }>(pool, 'SELECT version, schema FROM hub_version')
      return row?.version === HUB_MIGRATIONS.length && row.schema === SCHEMA
    })
  }

  companies(): Promise<readonly CompanySummary[]> {
    return this.#with(async (pool) => (await rowsOf<SummaryRow>(pool, `${SUMMARY} ORDER BY c.company_id`)).map(summary))
  }

  company(companyId: string): Promise<CompanySummary | undefined> {
    return this.#with(async (pool) => {
      const [row] = await rowsOf<SummaryRow>(pool, `${SUMMARY} WHERE c.company_id = $1`, [companyId])
      return row && summary(row)
    })
  }

  actorMay(companyId: string, actorId: string, permission: Permission): Promise<boolean> {
    return this.#with((pool) => actorMay(pool, companyId, actorId, permission))
  }

  read<T>(companyId: string, body: Loading<T>): Promise<T> {
    return inTransaction(
      this.#pool,
      async (client) => {
        let step = body.next([])
        while (!step.done) {
          const request = step.value
          const sql = sqlOf(request.table)
          step = body.next(canMatch(request) ? (await arraysOf(client, sql.read(companyId, request))).map((stored) => sql.decode(stored)) : [])
        }
        return step.value
      },
      'ISOLATION LEVEL REPEATABLE READ READ ONLY',
    )
  }

  makeCode(code: NewCode): Promise<MadeCode> {
    return this.#with((pool) => makeCode(pool, code))
  }

  lookAt(secret: string): Promise<CodeOffer | undefined> {
    return this.#with((pool) => findCode(pool, secret))
  }

  enrol(device: NewDevice): Promise<Enrolment> {
    return this.#with((pool) => enrol(pool, device))
  }

  devices(companyId: string): Promise<readonly EnrolledDevice[]> {
    return this.#with((pool) => listDevices(pool, companyId))
  }

  device(companyId: string, deviceId: string): Promise<EnrolledDevice | undefined> {
    return this.#with((pool) => findDevice(pool, companyId, deviceId))
  }

  renameDevice(companyId: string, deviceId: string, name: string): Promise<boolean> {
    return this.#with((pool) => renameDevice(pool, companyId, deviceId, name))
  }

  revokeDevice(companyId: string, deviceId: string): Promise<boolean> {
    return this.#with((pool) => revokeDevice(pool, companyId, deviceId))
  }

  sawDevices(companyId: string, sightings: readonly DeviceSighting[]): Promise<void> {
    return this.#with((pool) => sawDevices(pool, companyId, sightings))
  }

  secret(name: string): Promise<Uint8Array> {
    return this.#with(async (pool) => {
      await rowsOf(pool, 'INSERT INTO hub_secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [name, randomBytes(SECRET_BYTES)])
      const [row] = await rowsOf<{ value: Uint8Array }>(pool, 'SELECT value FROM hub_secret WHERE name = $1', [name])
      if (!row) throw new Error(`The hub has no secret named ${name}`)
      return row.value
    })
  }

  foundRows(companyId: string, chunk: number, rows: readonly FeedRow[]): Promise<void> {
    return this.#with((pool) => keepFoundingRows(pool, companyId, chunk, rows))
  }

  foundingDone(companyId: string, deviceId: string, end: { readonly lastWsSeq: number; readonly rows: number }): Promise<FoundingEnd> {
    return this.#with((pool) => endFounding(pool, companyId, deviceId, end))
  }

  lease(companyId: string, deviceId: string, request: LeaseRequest) {
    return this.#with((pool) => leaseOf(pool, companyId, deviceId, request))
  }

  leases(companyId: string) {
    return this.#with((pool) => heldLeases(pool, companyId))
  }

  snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<SnapshotReading> {
    return this.#with((pool) => openSnapshot(pool, companyId, held))
  }

  compact(limits: CompactionLimits): Promise<readonly Compacted[]> {
    return this.#with((pool) => compactAll(pool, limits))
  }

  feedSize(companyId: string) {
    return this.#with((pool) => feedSize(pool, companyId))
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
