import type { HubDevice, HubStore } from '../../../src/hub/core/hubStore.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { MemoryHubStore } from '../../../src/hub/core/memoryHubStore.ts'
import type { Clearance, Table } from '../../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import { mayHold } from '../../../src/shared/sync/clearance.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'

/** What the simulator needs of a place where a hub keeps companies, beside what the hub itself needs. */
export interface HubBackend {
  readonly store: HubStore
  /** Makes a company of rows and its workstations. @returns its epoch */
  found(companyId: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<string>
  /** Everything a workstation may have, as it is at one moment, whatever is being written meanwhile. */
  snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<Snapshot>
  revoke(companyId: string, deviceId: string): Promise<void>
  /** Forgets the feed up to a place. */
  compact(companyId: string, upTo: number): Promise<void>
  close(): Promise<void>
}

const tables = new Map<string, Table>(TABLES.map((table) => [table.name, table]))

/** The hub's companies in memory. */
export class MemoryBackend implements HubBackend {
  readonly store = new MemoryHubStore()

  found(companyId: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<string> {
    const epoch = derivedId('epoch', 'simulated')
    this.store.found(companyId, epoch, devices.map((device) => ({ ...device, recoveredEpoch: epoch })))
    this.store.rows(companyId).apply(
      rows.flatMap(([name, id, after]) => {
        const table = tables.get(name)
        return table ? [{ table, id, before: null, after }] : []
      }),
    )
    return Promise.resolve(epoch)
  }

  async snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<Snapshot> {
    const rows = TABLES.filter((table) => mayHold(table, held)).flatMap((table) => this.store.rowsOf(companyId, table).map((row): FeedRow => [table.name, row.id, row]))
    const { company } = await this.store.feed(companyId, 0, 0)
    return { epoch: company.epoch, seq: company.seq, rows }
  }

  async revoke(companyId: string, deviceId: string): Promise<void> {
    const device = await this.store.device(companyId, deviceId)
    if (device) this.store.saveDevice(companyId, { ...device, revokedAt: 1 })
  }

  compact(companyId: string, upTo: number): Promise<void> {
    this.store.compact(companyId, upTo)
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** Where the feed stood when rows were read, and all of them. */
export interface Snapshot {
  readonly epoch: string
  readonly seq: number
  readonly rows: readonly FeedRow[]
}

