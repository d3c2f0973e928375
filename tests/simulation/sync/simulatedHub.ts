import { Hub } from '../../../src/hub/core/hub.ts'
import type { DecidedCommand, HubDevice, HubStore, HubTransaction } from '../../../src/hub/core/hubStore.ts'
import { compareText } from '../../../src/shared/base/text.ts'
import { type AnyRow, CLEARANCES, type Row, type Table } from '../../../src/shared/domain/kernel/table.ts'
import type { PullAnswer, PushAnswer, PushedCommand } from '../../../src/shared/sync/protocol.ts'
import type { BrokenRule } from './brokenRule.ts'
import { crashingStore, type HubCrash } from './crashes.ts'
import type { HubBackend, Snapshot } from './hubBackend.ts'
import { overriding } from './overriding.ts'

/** The rows of one moment, table by table, as the properties of a single office ask for them. */
export type RowsAt = <T extends Table>(table: T) => readonly Row<T>[]

/** The hub of one company with its store, its falls, and an onlooker who sees what is written. */
export class SimulatedHub {
  readonly companyId: string
  /** Every command that was written, in the feed's order. */
  readonly written: DecidedCommand[] = []
  crashes = 0
  readonly #backend: HubBackend
  readonly #store: HubStore
  readonly #told: (decided: readonly DecidedCommand[]) => void
  #hub: Hub
  #crash: HubCrash | null = null

  /** @param told hears of what was decided, as the hub tells it */
  constructor(backend: HubBackend, companyId: string, broken: BrokenRule | null, told: (decided: readonly DecidedCommand[]) => void) {
    this.#backend = backend
    this.companyId = companyId
    this.#told = told
    const watched = this.#watched(backend.store)
    this.#store = crashingStore(broken?.hub?.(watched) ?? watched, () => this.#drawCrash())
    this.#hub = this.#start()
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
    const hub = new Hub(this.#store)
    // As it was written: a broken rule may have written something else than was decided.
    hub.onDecided((_company, decided) => this.#told(decided.map((one) => this.#asWritten(one))))
    return hub
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
  }

  push(deviceId: string, commands: readonly PushedCommand[]): Promise<PushAnswer> {
    return this.#hub.push(this.companyId, deviceId, commands)
  }

  pull(deviceId: string, epoch: string, after: number, limit: number): Promise<PullAnswer> {
    return this.#hub.pull(this.companyId, deviceId, epoch, after, limit)
  }

  device(deviceId: string): Promise<HubDevice | undefined> {
    return this.#backend.store.device(this.companyId, deviceId)
  }

  async seq(): Promise<number> {
    return (await this.#backend.store.feed(this.companyId, 0, 1)).company.seq
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

  snapshot(device: HubDevice): Promise<Snapshot> {
    return this.#backend.snapshot(this.companyId, device.clearances)
  }

  revoke(deviceId: string): Promise<void> {
    return this.#backend.revoke(this.companyId, deviceId)
  }

  compact(upTo: number): Promise<void> {
    return this.#backend.compact(this.companyId, upTo)
  }
}
