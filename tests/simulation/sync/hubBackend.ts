import type { HubDevice, HubStore } from '../../../src/hub/core/hubStore.ts'
import { MemoryHubStore } from '../../../src/hub/core/memoryHubStore.ts'
import type { AnyRow, Table } from '../../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'

/** What the simulator needs of a place where a hub keeps companies, beside what the hub itself needs. */
export interface HubBackend {
  readonly store: HubStore
  found(companyId: string, epoch: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<void>
  /** All rows of a table, by id. */
  rows(companyId: string, table: Table): Promise<readonly AnyRow[]>
  revoke(companyId: string, deviceId: string): Promise<void>
  /** Forgets the feed up to a place. */
  compact(companyId: string, upTo: number): Promise<void>
  close(): Promise<void>
}

const tables = new Map<string, Table>(TABLES.map((table) => [table.name, table]))

/** The hub's companies in memory. */
export class MemoryBackend implements HubBackend {
  readonly store = new MemoryHubStore()

  found(companyId: string, epoch: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<void> {
    this.store.found(companyId, epoch, devices)
    this.store.rows(companyId).apply(
      rows.flatMap(([name, id, after]) => {
        const table = tables.get(name)
        return table ? [{ table, id, before: null, after }] : []
      }),
    )
    return Promise.resolve()
  }

  rows(companyId: string, table: Table): Promise<readonly AnyRow[]> {
    return Promise.resolve(this.store.rowsOf(companyId, table) as readonly AnyRow[])
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

