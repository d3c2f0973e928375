import type { Log } from '../../../src/main/core/log.ts'
import { CommandRunner } from '../../../src/main/core/runner.ts'
import { openStore, type Store } from '../../../src/main/store/store.ts'
import { Replica } from '../../../src/main/sync/replica.ts'
import type { NetChange } from '../../../src/shared/domain/kernel/changes.ts'
import { MemoryEngine } from '../../../src/shared/domain/kernel/memoryEngine.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface WorkstationSettings {
  readonly companyId: string
  readonly deviceId: string
  readonly prefix: string
  readonly epoch: string
  readonly now: () => number
}

/** A simulated workstation: a real store in memory, the real runner and the real replica. */
export class Workstation {
  readonly deviceId: string
  readonly store: Store
  readonly runner: CommandRunner
  replica: Replica
  /** The rows as every change told of them: what a page shows. Compared with the store now and then. */
  readonly shown = new MemoryEngine()

  constructor(settings: WorkstationSettings) {
    const { companyId, deviceId, prefix, epoch, now } = settings
    this.deviceId = deviceId
    this.store = openStore(':memory:', { companyId, deviceId })
    this.store.sync.saveState({ epoch, cursor: 0, schema: 1, hub: {}, snapshot: null })
    this.store.journal.startSeries(prefix)
    this.runner = new CommandRunner(this.store, SILENT, now)
    this.replica = this.#start()
    this.runner.onCommit(({ changes }) => this.#show(changes))
  }

  #start(): Replica {
    const replica = new Replica(this.store, SILENT, (changes) => this.#show(changes))
    this.runner.follow((seq, effect) => replica.ran(seq, effect))
    return replica
  }

  #show(changes: readonly NetChange[]): void {
    this.shown.apply(changes)
  }

  /** What is only in memory goes; what was committed stays. */
  restart(): void {
    this.replica = this.#start()
  }

  takeSnapshot(rows: readonly FeedRow[]): void {
    this.replica.applySnapshot(rows)
  }

  close(): void {
    this.store.close()
  }
}
