import type { HubDevice, HubStore } from '../../../src/hub/core/hubStore.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { type CompanyCopy, MemoryHubStore } from '../../../src/hub/core/memoryHubStore.ts'
import type { Clearance } from '../../../src/shared/domain/kernel/table.ts'
import { tableNamed, TABLES } from '../../../src/shared/domain/tables.ts'
import { mayHold } from '../../../src/shared/sync/clearance.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'

/** A backup of a company at the hub. */
export interface Backup {
  /** Where the feed stood. */
  readonly seq: number
  /** Puts everything back as it was then, and begins a new epoch. @param until for how long the hub waits for workstations, epoch ms */
  readonly restore: (until: number) => Promise<void>
}

/** What the simulator needs of a place where a hub keeps companies, beside what the hub itself needs. */
export interface HubBackend {
  /** Another one after a restore. */
  readonly store: HubStore
  /** Makes a company of rows and its workstations. @returns its epoch */
  found(companyId: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<string>
  /** Everything a workstation may have, as it is at one moment, whatever is being written meanwhile. */
  snapshot(companyId: string, held: ReadonlySet<Clearance>): Promise<Snapshot>
  revoke(companyId: string, deviceId: string): Promise<void>
  /** Forgets the feed up to a place. */
  compact(companyId: string, upTo: number): Promise<void>
  backUp(companyId: string): Promise<Backup>
  close(): Promise<void>
}

/** The hub's companies in memory. */
export class MemoryBackend implements HubBackend {
  readonly store = new MemoryHubStore()
  #restores = 0

  found(companyId: string, devices: readonly HubDevice[], rows: readonly FeedRow[]): Promise<string> {
    const epoch = derivedId('epoch', 'simulated')
    this.store.found(companyId, epoch, devices.map((device) => ({ ...device, recoveredEpoch: epoch })))
    this.store.rows(companyId).apply(rows.map(([name, id, after]) => ({ table: tableNamed(name), id, before: null, after })))
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

  backUp(companyId: string): Promise<Backup> {
    const copy: CompanyCopy = this.store.copyOf(companyId)
    return Promise.resolve({
      seq: copy.company.seq,
      restore: async (until: number) => {
        this.store.putBack(companyId, copy)
        const { seq, epochSeq } = copy.company
        const epoch = derivedId('epoch', `restored ${++this.#restores}`)
        await this.store.change(companyId, (transaction) => transaction.recover({ epoch, epochSeq: epochSeq > 0 ? Math.min(epochSeq, seq) : seq, recoveringUntil: until }))
      },
    })
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
