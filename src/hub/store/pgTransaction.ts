import type pg from 'pg'
import type { LoadAnswer, LoadRequest } from '../../shared/domain/kernel/load.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import { tableIfKnown } from '../../shared/domain/tables.ts'
import type { PushedCommand } from '../../shared/sync/protocol.ts'
import { type HubBatch, type HubCompany, type HubDevice, type HubTransaction, type KnownCommand, type RecoveryChange, type StagedCommand, UnknownCompany } from '../core/hubStore.ts'
import type { CompanyCache } from './companyCache.ts'
import { type CommandRow, COMPANY_COLUMNS, type CompanyRow, DEVICE_COLUMNS, type DeviceRow, FEED_COLUMNS, feedEntry, type FeedEntryRow, hubCompany, hubDevice, knownCommand } from './hubRows.ts'
import { arraysOf, rowsOf, type Statement } from './pool.ts'
import { canMatch, sqlOf } from './tableSql.ts'
import { batchStatements } from './writeBatch.ts'

/** Feed entries of another process that are read to go on with the cache; beyond that it begins anew. */
const CATCH_UP_LIMIT = 200

const LOCK = `SELECT ${COMPANY_COLUMNS} FROM hub_company c WHERE c.company_id = $1 FOR UPDATE`
const ENTRIES = `SELECT ${FEED_COLUMNS} FROM change_feed f WHERE f.company_id = $1 AND f.seq > $2 ORDER BY f.seq`
const DEVICE = `SELECT ${DEVICE_COLUMNS} FROM hub_device WHERE company_id = $1 AND device_id = $2`
const KNOWN = 'SELECT command_id, hash, device_id, ws_seq, seq, outcome, refusal FROM hub_command WHERE company_id = $1 AND command_id = ANY($2)'
const STAGE = `INSERT INTO recovery_command (company_id, former_seq, command_id, device_id, command)
SELECT $1, x.former_seq, x.command_id, $2, x.command FROM unnest($3::bigint[], $4::text[], $5::text[]) AS x(former_seq, command_id, command)
ON CONFLICT (company_id, former_seq, command_id) DO UPDATE SET device_id = excluded.device_id, command = excluded.command`
const STAGED = 'SELECT device_id, command FROM recovery_command WHERE company_id = $1 ORDER BY former_seq, command_id LIMIT $2'
const AWAITED = 'SELECT count(*) AS awaited FROM hub_device d JOIN hub_company c USING (company_id) WHERE d.company_id = $1 AND d.revoked_at IS NULL AND d.recovered_epoch <> c.epoch'
const GAVE_BACK = `WITH gave AS (
  UPDATE hub_device d SET recovered_epoch = c.epoch FROM hub_company c WHERE c.company_id = $1 AND d.company_id = $1 AND d.device_id = $2
) UPDATE hub_company SET roster = roster + 1 WHERE company_id = $1`
const RECOVER = `UPDATE hub_company SET epoch = coalesce($2, epoch), epoch_seq = coalesce($3, epoch_seq),
  recovering_until = CASE WHEN $4 THEN to_timestamp($5::float8 / 1000) ELSE recovering_until END WHERE company_id = $1`

/** One company's rows on one connection, with its row locked. */
export class PgTransaction implements HubTransaction {
  readonly company: HubCompany
  readonly #client: pg.ClientBase
  readonly #companyId: string
  readonly #cache: CompanyCache
  readonly distant = true
  readonly #sent: Promise<unknown>[] = []
  /** What is being read, by statement: several who ask for the same at once share it. */
  readonly #reading = new Map<string, Promise<LoadAnswer>>()
  #written: { readonly to: number; readonly changes: readonly NetChange[] } | null = null
  #devices: readonly (readonly [deviceId: string, wsSeq: number])[] = []

  private constructor(client: pg.ClientBase, companyId: string, company: HubCompany, cache: CompanyCache) {
    this.#client = client
    this.#companyId = companyId
    this.company = company
    this.#cache = cache
  }

  /** Locks the company, and makes what is remembered of it fit the place it stands at. @throws UnknownCompany */
  static async begin(client: pg.ClientBase, companyId: string, cache: CompanyCache): Promise<PgTransaction> {
    const [row] = await rowsOf<CompanyRow>(client, LOCK, [companyId])
    if (!row || row.state !== 'active') throw new UnknownCompany(companyId)
    const company = hubCompany(row)
    cache.useRoster(row.roster)
    const transaction = new PgTransaction(client, companyId, company, cache)
    if (!cache.standsAt(company.epoch, company.seq)) await transaction.#renewCache()
    return transaction
  }

  async #renewCache(): Promise<void> {
    const { epoch, seq, feedFloor } = this.company
    const from = this.#cache.seq
    const near = this.#cache.standsAt(epoch, from) && from >= feedFloor && from < seq && seq - from <= CATCH_UP_LIMIT
    this.#cache.devices.clear()
    if (!near) {
      this.#cache.restart(epoch, seq)
      return
    }
    const entries = (await rowsOf<FeedEntryRow>(this.#client, ENTRIES, [this.#companyId, from])).map(feedEntry)
    this.#cache.catchUp(seq, entries.flatMap(({ rows }) => rows), tableIfKnown)
  }

  async device(id: string): Promise<HubDevice | undefined> {
    const remembered = this.#cache.devices.get(id)
    if (remembered) return remembered
    const [row] = await rowsOf<DeviceRow>(this.#client, DEVICE, [this.#companyId, id])
    if (!row) return undefined
    const device = hubDevice(row)
    this.#cache.devices.set(id, device)
    return device
  }

  async known(commandIds: readonly string[]): Promise<ReadonlyMap<string, KnownCommand>> {
    const rows = await rowsOf<CommandRow>(this.#client, KNOWN, [this.#companyId, commandIds])
    return new Map(rows.map((row) => [row.command_id, knownCommand(row)]))
  }

  async answer(request: LoadRequest): Promise<LoadAnswer> {
    const remembered = this.#cache.find(request)
    if (remembered) return remembered
    if (request.kind === 'get' && request.table.resident) {
      await this.#read({ kind: 'all', table: request.table })
      return this.#cache.find(request) ?? []
    }
    return this.#read(request)
  }

  #read(request: LoadRequest): Promise<LoadAnswer> {
    if (!canMatch(request)) return Promise.resolve([])
    const statement = sqlOf(request.table).read(this.#companyId, request)
    const key = `${statement.text}\n${JSON.stringify(statement.values)}`
    let reading = this.#reading.get(key)
    if (!reading) this.#reading.set(key, (reading = this.#ask(request, statement).finally(() => this.#reading.delete(key))))
    return reading
  }

  async #ask(request: LoadRequest, statement: Statement): Promise<LoadAnswer> {
    const sql = sqlOf(request.table)
    const answer = (await arraysOf(this.#client, statement)).map((stored) => sql.decode(stored))
    this.#cache.keep(request, answer)
    return answer
  }

  /** Puts a statement on its way; its failure is heard of in `finish`. */
  #send({ text, values }: Statement): void {
    const sent = rowsOf(this.#client, text, values)
    sent.catch(() => undefined)
    this.#sent.push(sent)
  }

  commit(batch: HubBatch): Promise<void> {
    for (const statement of batchStatements(this.#companyId, batch)) this.#send(statement)
    this.#written = { to: batch.decided.at(-1)?.entry.seq ?? this.company.seq, changes: batch.changes }
    this.#devices = batch.decided.map(({ entry }) => [entry.deviceId, entry.wsSeq])
    return Promise.resolve()
  }

  stage(deviceId: string, commands: readonly PushedCommand[]): Promise<void> {
    const values = [this.#companyId, deviceId, commands.map(({ formerSeq }) => formerSeq), commands.map(({ id }) => id), commands.map((command) => JSON.stringify(command))]
    this.#send({ text: STAGE, values })
    return Promise.resolve()
  }

  async staged(limit: number): Promise<readonly StagedCommand[]> {
    const rows = await rowsOf<{ device_id: string; command: string }>(this.#client, STAGED, [this.#companyId, limit])
    return rows.map((row) => ({ deviceId: row.device_id, command: JSON.parse(row.command) as PushedCommand }))
  }

  async awaited(): Promise<number> {
    const [row] = await rowsOf<{ awaited: number }>(this.#client, AWAITED, [this.#companyId])
    return row?.awaited ?? 0
  }

  gaveBack(deviceId: string): Promise<void> {
    this.#send({ text: GAVE_BACK, values: [this.#companyId, deviceId] })
    return Promise.resolve()
  }

  recover({ epoch, epochSeq, recoveringUntil }: RecoveryChange): Promise<void> {
    this.#send({ text: RECOVER, values: [this.#companyId, epoch ?? null, epochSeq ?? null, recoveringUntil !== undefined, recoveringUntil ?? null] })
    return Promise.resolve()
  }

  /** Waits for all that was sent; the first failure is the true one, what follows it only says that the transaction is lost. */
  async finish(): Promise<void> {
    for (const sent of this.#sent) await sent
  }

  /** After the commit: what is remembered goes on to the new place. */
  committed(): void {
    if (!this.#written || this.#cache.seq !== this.company.seq) return
    for (const [deviceId, lastWsSeq] of this.#devices) {
      const device = this.#cache.devices.get(deviceId)
      if (device) this.#cache.devices.set(deviceId, { ...device, lastWsSeq })
    }
    this.#cache.follow(this.company.seq, this.#written.to, this.#written.changes)
  }
}
