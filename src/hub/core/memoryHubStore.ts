import { compareText } from '../../shared/base/text.ts'
import { MemoryEngine } from '../../shared/domain/kernel/memoryEngine.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { FeedEntry } from '../../shared/sync/protocol.ts'
import { type FeedSlice, type HubBatch, type HubCompany, type HubDevice, type HubStore, HubStoreConflict, type HubTransaction, type KnownCommand, type StagedCommand, UnknownCompany } from './hubStore.ts'

interface KeptCompany {
  company: HubCompany
  readonly rows: MemoryEngine
  readonly devices: Map<string, HubDevice>
  readonly commands: Map<string, KnownCommand>
  readonly feed: FeedEntry[]
  readonly staged: Map<string, StagedCommand>
  /** The end of the line of those who want to change it. */
  lock: Promise<unknown>
}

/** All that a backup holds of a company. */
export type CompanyCopy = Omit<KeptCompany, 'lock'>

/** So that what is done to one is not done to the other. */
function copied({ company, rows, devices, commands, feed, staged }: CompanyCopy): CompanyCopy {
  return { company, rows: rows.copy(), devices: new Map(devices), commands: new Map(commands), feed: [...feed], staged: new Map(staged) }
}

const byFormerPlace = (left: StagedCommand, right: StagedCommand): number =>
  (left.command.formerSeq ?? 0) - (right.command.formerSeq ?? 0) || compareText(left.command.id, right.command.id)

/** The tables and columns that refer to a table. */
function referrersOf(table: Table): readonly (readonly [Table, string])[] {
  return TABLES.flatMap((other: Table) => Object.entries(other.columns).flatMap(([column, { references }]): (readonly [Table, string])[] => (references === table.name ? [[other, column]] : [])))
}

/** PostgreSQL would not let go of a row that another refers to. @throws HubStoreConflict */
function refuseDangling(rows: MemoryEngine, changes: readonly NetChange[]): void {
  const now = new Map(changes.map((change) => [`${change.table.name}/${change.id}`, change.after]))
  for (const { table, id, after } of changes) {
    if (after) continue
    for (const [other, column] of referrersOf(table)) {
      const stored: readonly AnyRow[] = rows.rows(other)
      const made = changes.flatMap((change) => (change.table === other && change.after ? [change.after] : []))
      const left = [...stored.filter((row) => !now.has(`${other.name}/${row.id}`)), ...made]
      if (left.some((row) => row[column] === id)) throw new HubStoreConflict(`${other.name}.${column} would point at nothing`)
    }
  }
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
      staged: new Map(),
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

  copyOf(companyId: string): CompanyCopy {
    return copied(this.#kept(companyId))
  }

  /** Puts a company back as it was when it was copied. Nobody may be changing it. */
  putBack(companyId: string, copy: CompanyCopy): void {
    this.#companies.set(companyId, { ...copied(copy), lock: Promise.resolve() })
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
      distant: false,
      device: (id) => Promise.resolve(kept.devices.get(id)),
      known: (ids) => Promise.resolve(new Map(ids.flatMap((id) => (kept.commands.has(id) ? [[id, kept.commands.get(id) as KnownCommand]] : [])))),
      answer: (request) => Promise.resolve(kept.rows.answer(request)),
      commit: (batch) => {
        this.#write(kept, batch)
        return Promise.resolve()
      },
      stage: (deviceId, commands) => {
        for (const command of commands) kept.staged.set(`${command.formerSeq}/${command.id}`, { deviceId, command })
        return Promise.resolve()
      },
      staged: (limit) => Promise.resolve([...kept.staged.values()].sort(byFormerPlace).slice(0, limit)),
      awaited: () => Promise.resolve([...kept.devices.values()].filter((device) => device.revokedAt === null && device.recoveredEpoch !== kept.company.epoch).length),
      gaveBack: (deviceId) => {
        const device = kept.devices.get(deviceId)
        if (device) kept.devices.set(deviceId, { ...device, recoveredEpoch: kept.company.epoch })
        return Promise.resolve()
      },
      recover: (change) => {
        kept.company = { ...kept.company, ...change }
        return Promise.resolve()
      },
    }
  }

  #write(kept: KeptCompany, { decided, changes, taken = [] }: HubBatch): void {
    refuseDangling(kept.rows, changes)
    for (const [place, { command }] of [...kept.staged]) if (taken.includes(command.id)) kept.staged.delete(place)
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
