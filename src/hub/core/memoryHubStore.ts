import { MemoryEngine } from '../../shared/domain/kernel/memoryEngine.ts'
import type { Table } from '../../shared/domain/kernel/table.ts'
import type { FeedEntry } from '../../shared/sync/protocol.ts'
import { type FeedSlice, type HubBatch, type HubCompany, type HubDevice, type HubStore, type HubTransaction, type KnownCommand, UnknownCompany } from './hubStore.ts'

interface KeptCompany {
  company: HubCompany
  readonly rows: MemoryEngine
  readonly devices: Map<string, HubDevice>
  readonly commands: Map<string, KnownCommand>
  readonly feed: FeedEntry[]
  /** The end of the line of those who want to change it. */
  lock: Promise<unknown>
}

/** Companies in memory, with the meaning that the hub's PostgreSQL store has: for the simulator and for unit tests. */
export class MemoryHubStore implements HubStore {
  readonly #companies = new Map<string, KeptCompany>()

  found(companyId: string, epoch: string, devices: readonly HubDevice[]): void {
    this.#companies.set(companyId, {
      company: { epoch, seq: 0, feedFloor: 0, epochSeq: 0, recoveringUntil: null },
      rows: new MemoryEngine(),
      devices: new Map(devices.map((device) => [device.id, device])),
      commands: new Map(),
      feed: [],
      lock: Promise.resolve(),
    })
  }

  #kept(companyId: string): KeptCompany {
    const kept = this.#companies.get(companyId)
    if (!kept) throw new UnknownCompany(companyId)
    return kept
  }

  rows(companyId: string): MemoryEngine {
    return this.#kept(companyId).rows
  }

  rowsOf(companyId: string, table: Table) {
    return this.#kept(companyId).rows.rows(table)
  }

  saveDevice(companyId: string, device: HubDevice): void {
    this.#kept(companyId).devices.set(device.id, device)
  }

  /** Forgets the feed up to a place, as compaction does. */
  compact(companyId: string, upTo: number): void {
    const kept = this.#kept(companyId)
    const stays = kept.feed.filter((entry) => entry.seq > upTo)
    kept.feed.splice(0, kept.feed.length, ...stays)
    kept.company = { ...kept.company, feedFloor: Math.max(kept.company.feedFloor, upTo) }
  }

  async change<T>(companyId: string, body: (transaction: HubTransaction) => Promise<T>): Promise<T> {
    const kept = this.#kept(companyId)
    const turn = kept.lock.then(() => body(this.#transaction(kept)))
    kept.lock = turn.catch(() => undefined)
    return turn
  }

  #transaction(kept: KeptCompany): HubTransaction {
    return {
      company: kept.company,
      device: (id) => Promise.resolve(kept.devices.get(id)),
      known: (ids) => Promise.resolve(new Map(ids.flatMap((id) => (kept.commands.has(id) ? [[id, kept.commands.get(id) as KnownCommand]] : [])))),
      answer: (request) => Promise.resolve(kept.rows.answer(request)),
      commit: (batch) => {
        this.#write(kept, batch)
        return Promise.resolve()
      },
    }
  }

  #write(kept: KeptCompany, { decided, changes }: HubBatch): void {
    kept.rows.apply(changes)
    for (const { command, refusal, entry } of decided) {
      const { seq, deviceId, wsSeq, outcome } = entry
      if (seq !== kept.company.seq + 1) throw new Error(`The feed would go from ${kept.company.seq} to ${seq}`)
      kept.commands.set(command.id, { id: command.id, hash: command.hash, deviceId, wsSeq, seq, outcome, refusal })
      kept.feed.push(entry)
      kept.company = { ...kept.company, seq }
      const device = kept.devices.get(deviceId)
      if (device) kept.devices.set(deviceId, { ...device, lastWsSeq: wsSeq })
    }
  }

  feed(companyId: string, after: number, limit: number): Promise<FeedSlice> {
    const { company, feed } = this.#kept(companyId)
    const from = after - company.feedFloor
    return Promise.resolve({ company, entries: from < 0 ? [] : feed.slice(from, from + limit) })
  }

  device(companyId: string, deviceId: string): Promise<HubDevice | undefined> {
    return Promise.resolve(this.#kept(companyId).devices.get(deviceId))
  }
}
