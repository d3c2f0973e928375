import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backupHub } from '../../../src/hub/backup/backup.ts'
import { restoreHub } from '../../../src/hub/backup/restore.ts'
import type { HubDevice, HubStore } from '../../../src/hub/core/hubStore.ts'
import { type OpenHubStore, openHubStore } from '../../../src/hub/store/openHubStore.ts'
import type { Clearance } from '../../../src/shared/domain/kernel/table.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'
import { runSql } from '../../support/postgres.ts'
import type { Backup, HubBackend, Snapshot } from './hubBackend.ts'

/** The hub's companies in a database of their own. */
export class PostgresBackend implements HubBackend {
  readonly #url: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'baton-backups-'))
  #hub: OpenHubStore
  #backups = 0

  constructor(hub: OpenHubStore, url: string) {
    this.#hub = hub
    this.#url = url
  }

  get store(): HubStore {
    return this.#hub.store
  }

  async found(companyId: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<string> {
    const { admin } = this.#hub
    let epoch = ''
    for (const [index, { id, name, clearances }] of devices.entries()) {
      const { secret } = await admin.makeCode({ companyId: index === 0 ? null : companyId, clearances: [...clearances], seconds: 600, createdBy: null })
      const enrolled = await admin.enrol({ secret, deviceId: id, name, publicKey: 'key', version: 'test', companyId })
      if (enrolled.kind !== 'enrolled') throw new Error(`${name} was not enrolled: ${enrolled.kind}`)
      epoch = enrolled.epoch
      if (index > 0) continue
      await admin.foundRows(companyId, 0, rows)
      const end = await admin.foundingDone(companyId, id, { lastWsSeq: 0, rows: rows.length })
      if (end.kind !== 'done') throw new Error(`The company was not founded: ${JSON.stringify(end)}`)
    }
    return epoch
  }

  async snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<Snapshot> {
    const { head, parts } = await this.#hub.admin.snapshot(companyId, held)
    const rows: FeedRow[] = []
    for await (const { lines } of parts) rows.push(...lines.map((line) => JSON.parse(line) as FeedRow))
    return { epoch: head.epoch, seq: head.seq, rows }
  }

  async revoke(companyId: string, deviceId: string): Promise<void> {
    await this.#hub.admin.revokeDevice(companyId, deviceId)
  }

  async compact(companyId: string, upTo: number): Promise<void> {
    await runSql(this.#url, 'WITH gone AS (DELETE FROM change_feed WHERE company_id = $1 AND seq <= $2) UPDATE hub_company SET feed_floor = GREATEST(feed_floor, $2) WHERE company_id = $1', [companyId, upTo])
  }

  /** By the very verbs that a person uses; the hub is stopped while it is put back. */
  async backUp(companyId: string): Promise<Backup> {
    const file = join(this.#folder, `${++this.#backups}.backup`)
    const { companies } = await backupHub(this.#url, file)
    return {
      seq: companies.find(({ id }) => id === companyId)?.seq ?? 0,
      restore: async (until) => {
        await this.#hub.close()
        await restoreHub(this.#url, file, { force: true })
        this.#hub = await openHubStore(this.#url, { connections: 8 })
        await runSql(this.#url, 'UPDATE hub_company SET recovering_until = to_timestamp($2::float8 / 1000) WHERE company_id = $1', [companyId, until])
      },
    }
  }

  async close(): Promise<void> {
    await this.#hub.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
