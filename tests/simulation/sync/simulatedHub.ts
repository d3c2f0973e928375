import type { SnapshotManifest } from '../../../src/main/sync/hubConnection.ts'
import { Hub } from '../../../src/hub/core/hub.ts'
import type { HubReport, Reported } from '../../../src/hub/core/ownCommand.ts'
import { RECOVERY_MS } from '../../../src/hub/core/recovery.ts'
import type { DecidedCommand, HubCompany, HubDevice, HubStore, HubTransaction } from '../../../src/hub/core/hubStore.ts'
import { compareText } from '../../../src/shared/base/text.ts'
import { type AnyRow, CLEARANCES, type Row, type Table } from '../../../src/shared/domain/kernel/table.ts'
import type { PullAnswer, PushAnswer, PushedCommand } from '../../../src/shared/sync/protocol.ts'
import type { BrokenRule } from './brokenRule.ts'
import { crashingStore, type HubCrash } from './crashes.ts'
import type { Backup, HubBackend } from './hubBackend.ts'
import { overriding } from './overriding.ts'
import type { Shelf } from './shelf.ts'
import type { HubEnd } from './wireOffice.ts'

/** The rows of one moment, table by table, as the properties of a single office ask for them. */
export type RowsAt = <T extends Table>(table: T) => readonly Row<T>[]

interface HubSettings {
  readonly backend: HubBackend
  readonly companyId: string
  readonly broken: BrokenRule | null
  readonly shelf: Shelf
  /** Its clock, epoch ms. */
  readonly now: () => number
}

/** The hub of one company with its store, its falls, and an onlooker who sees what is written. */
export class SimulatedHub {
  readonly companyId: string
  /** Every command that was written, in the feed's order. */
  readonly written: DecidedCommand[] = []
  /** The ends of the lines that workstations have opened. */
  readonly lines = new Set<HubEnd>()
  readonly #shelf: Shelf
  crashes = 0
  readonly #backend: HubBackend
  readonly #settings: HubSettings
  #store: HubStore
  #hub: Hub
  #crash: HubCrash | null = null

  #backup: Backup | null = null

  constructor(settings: HubSettings) {
    const { backend, companyId, shelf } = settings
    this.#settings = settings
    this.#backend = backend
    this.companyId = companyId
    this.#shelf = shelf
    this.#store = this.#open()
    this.#hub = this.#start()
  }

  #open(): HubStore {
    const watched = this.#watched(this.#backend.store)
    return crashingStore(this.#settings.broken?.hub?.(watched) ?? watched, () => this.#drawCrash())
  }

  #watched(inner: HubStore): HubStore {
    const watching = (transaction: HubTransaction): HubTransaction =>
      overriding(transaction, {
        commit: async (batch) => {
          await transaction.commit(batch)
          this.written.push(...batch.decided)
        },
      })
    return overriding(inner, { change: (companyId, body) => inner.change(companyId, (transaction) => body(watching(transaction))) })
  }

  #drawCrash(): HubCrash | null {
    const crash = this.#crash
    this.#crash = null
    return crash
  }

  #start(): Hub {
    const hub = new Hub(this.#store, { now: this.#settings.now })
    // As it was written: a broken rule may have written something else than was decided.
    hub.onDecided((_company, decided) => this.#tell(decided.map((one) => this.#asWritten(one))))
    return hub
  }

  #tell(decided: readonly DecidedCommand[]): void {
    for (const line of [...this.lines]) line.stream(decided.map(({ entry }) => entry))
  }

  #asWritten(decided: DecidedCommand): DecidedCommand {
    const written = this.written[decided.entry.seq - 1]
    return written?.command.id === decided.command.id ? written : decided
  }

  /** The next transaction is its last. */
  crashAt(crash: HubCrash | null): void {
    this.#crash = crash
  }

  /** Another process takes over, with nothing but the store. */
  restart(): void {
    this.crashes += 1
    this.#hub = this.#start()
    for (const line of [...this.lines]) line.fell()
  }

  push(deviceId: string, commands: readonly PushedCommand[]): Promise<PushAnswer> {
    return this.#hub.push(this.companyId, deviceId, commands)
  }

  /** What the hub has heard from outside the office. */
  report(report: HubReport): Promise<Reported | 'recovering'> {
    return this.#hub.report(this.companyId, report)
  }

  pull(deviceId: string, epoch: string, after: number, limit: number): Promise<PullAnswer> {
    return this.#hub.pull(this.companyId, deviceId, epoch, after, limit)
  }

  device(deviceId: string): Promise<HubDevice | undefined> {
    return this.#store.device(this.companyId, deviceId)
  }

  async company(): Promise<HubCompany> {
    return (await this.#backend.store.feed(this.companyId, 0, 1)).company
  }

  async seq(): Promise<number> {
    return (await this.company()).seq
  }

  /** The workstation has given back all it had. */
  async recovered(deviceId: string, epoch: string): Promise<void> {
    await this.#hub.recovered(this.companyId, deviceId, epoch)
  }

  /** What the hub does by itself now and then. */
  async chores(): Promise<void> {
    for (const line of [...this.lines]) line.sweep()
    if ((await this.company()).recoveringUntil !== null) await this.#hub.recover(this.companyId)
  }

  /** Where the feed stood at the last backup; null where there is none. */
  get backupSeq(): number | null {
    return this.#backup?.seq ?? null
  }

  async backUp(): Promise<void> {
    this.#backup = await this.#backend.backUp(this.companyId)
  }

  /**
   * The hub is gone for good, and another begins with the last backup.
   * @param patience how long it waits for workstations, milliseconds
   * @returns what it has forgotten, in the feed's order
   */
  async restore(patience = RECOVERY_MS): Promise<readonly DecidedCommand[]> {
    if (!this.#backup) return []
    await this.#backup.restore(this.#settings.now() + patience)
    this.#store = this.#open()
    this.#shelf.clear()
    this.restart()
    return this.written.splice(this.#backup.seq)
  }

  /** The company's rows, table by table, by id. */
  async everything(): Promise<RowsAt> {
    const rows = new Map<string, AnyRow[]>()
    const { rows: all } = await this.#backend.snapshot(this.companyId, new Set(CLEARANCES))
    for (const [table, , row] of all) {
      const known = rows.get(table)
      if (known && row) known.push(row)
      else if (row) rows.set(table, [row])
    }
    for (const known of rows.values()) known.sort((left, right) => compareText(left.id, right.id))
    return ((table: Table) => rows.get(table.name) ?? []) as RowsAt
  }

  /** Puts a snapshot for this workstation on the shelf. */
  async shelve(device: HubDevice, schema: number): Promise<SnapshotManifest> {
    return this.#shelf.put(await this.#backend.snapshot(this.companyId, device.clearances), schema)
  }

  /** A chunk of what was put there. @throws HubRefused where it is not kept any more */
  chunk(id: string, n: number): Uint8Array {
    return this.#shelf.take(id, n)
  }

  async revoke(deviceId: string): Promise<void> {
    await this.#backend.revoke(this.companyId, deviceId)
    if ((await this.device(deviceId))?.revokedAt === null) return
    for (const line of [...this.lines]) line.cutRevoked(deviceId)
  }

  compact(upTo: number): Promise<void> {
    return this.#backend.compact(this.companyId, upTo)
  }
}
