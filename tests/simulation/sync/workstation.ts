import type { Log } from '../../../src/main/core/log.ts'
import { CommandRunner } from '../../../src/main/core/runner.ts'
import { openStore, type Store } from '../../../src/main/store/store.ts'
import { Replica } from '../../../src/main/sync/replica.ts'
import type { HubDevice } from '../../../src/hub/core/hubStore.ts'
import type { AnyRow, Table } from '../../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import { mayHold } from '../../../src/shared/sync/clearance.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'
import type { BrokenRule } from './brokenRule.ts'
import type { Snapshot } from './hubBackend.ts'
import { ShownRows } from './shownRows.ts'

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The workstation fell over in the middle of what it was doing; said as SQLite says that the disk is gone. */
export class Crash extends Error {
  readonly code = 'SQLITE_IOERR_WRITE'
}

/** Places in a transaction at which a workstation may fall over. */
export type CrashPoint = 'rows' | 'cursor' | 'journal'

export interface WorkstationSettings {
  readonly companyId: string
  readonly device: HubDevice
  readonly epoch: string
  /** True time; the workstation's own clock may be off. */
  readonly now: () => number
  /** By how much its clock is off, milliseconds. */
  readonly skew: number
  readonly broken: BrokenRule | null
}

/** Why a workstation takes no further part. */
export type Status = 'working' | 'cloned' | 'revoked'

/** A simulated workstation: a real store, the real runner and the real replica. */
export class Workstation {
  readonly device: HubDevice
  readonly store: Store
  readonly shown = new ShownRows()
  runner: CommandRunner
  replica: Replica
  skew: number
  status: Status = 'working'
  readonly #settings: WorkstationSettings
  #crash: CrashPoint | null = null

  private constructor(settings: WorkstationSettings, store: Store) {
    this.#settings = settings
    this.device = settings.device
    this.skew = settings.skew
    this.store = store
    this.#armCrashes()
    settings.broken?.workstation?.(store)
    this.runner = this.#startRunner()
    this.replica = this.#startReplica()
  }

  static join(settings: WorkstationSettings, rows: readonly FeedRow[]): Workstation {
    const store = openStore(':memory:', { companyId: settings.companyId, deviceId: settings.device.id })
    store.sync.saveState({ epoch: settings.epoch, cursor: 0, schema: 1, hub: {}, snapshot: null })
    store.journal.startSeries(settings.device.prefix)
    const workstation = new Workstation(settings, store)
    workstation.replica.applySnapshot(rows)
    return workstation
  }

  /** A second workstation on a copy of the data folder. */
  static async onCopy(original: Workstation, folder: string): Promise<Workstation> {
    await original.store.backUp(`${folder}/baton.sqlite`)
    const workstation = new Workstation(original.#settings, openStore(folder))
    workstation.shown.apply(workstation.tables.flatMap((table) => workstation.rows(table).map((row) => ({ table, id: row.id, before: null, after: row }))))
    return workstation
  }

  /** What this workstation may keep. */
  get tables(): readonly Table[] {
    return TABLES.filter((table) => mayHold(table, this.device.clearances))
  }

  get clock(): number {
    return this.#settings.now() + this.skew
  }

  /** Somebody here waits for the hub's word. */
  get awaits(): boolean {
    return this.store.sync.pending(this.replica.cursor).some((command) => command.awaited)
  }

  rows(table: Table): readonly AnyRow[] {
    return this.store.engine.answer({ kind: 'all', table })
  }

  #startRunner(): CommandRunner {
    const runner = new CommandRunner(this.store, SILENT, () => this.clock)
    runner.onCommit(({ changes }) => this.shown.apply(changes))
    return runner
  }

  #startReplica(): Replica {
    const { broken } = this.#settings
    const replica = new Replica(this.store, SILENT, (changes) => {
      if (broken?.untold !== true) this.shown.apply(changes)
    })
    this.runner.follow((seq, effect) => replica.ran(seq, broken?.effect?.(effect) ?? effect))
    return replica
  }

  /** Another replica over the same store that knows of no effect: it runs everything again. */
  forgetful(): Replica {
    return new Replica(this.store, SILENT)
  }

  /** What is only in memory goes; what was committed stays. */
  restart(): void {
    this.runner = this.#startRunner()
    this.replica = this.#startReplica()
  }

  /** The next time it comes to that point it falls over. */
  crashAt(point: CrashPoint | null): void {
    this.#crash = point
  }

  #armCrashes(): void {
    const { engine, sync, journal } = this.store
    const fall = (point: CrashPoint): void => {
      if (this.#crash !== point) return
      this.#crash = null
      throw new Crash(point)
    }
    const [apply, moveCursor, record] = [engine.apply.bind(engine), sync.moveCursor.bind(sync), journal.record.bind(journal)]
    engine.apply = (changes) => {
      apply(changes)
      if (changes.length > 0) fall('rows')
    }
    sync.moveCursor = (cursor) => {
      moveCursor(cursor)
      fall('cursor')
    }
    journal.record = (...words) => {
      const seq = record(...words)
      fall('journal')
      return seq
    }
  }

  /** Everything the hub has, at one moment, in parts; what else is here goes, but for what the hub has not heard of. */
  takeSnapshot({ epoch, seq, rows }: Snapshot): void {
    const { sync } = this.store
    const state = sync.state()
    // Its parts refer to each other.
    this.store.checkReferences(false)
    if (state) sync.saveState({ ...state, epoch, cursor: seq })
    const there = new Set(rows.map(([table, id]) => `${table}/${id}`))
    for (let from = 0; from < rows.length; from += 200) this.replica.applySnapshot(rows.slice(from, from + 200))
    const here = this.tables.flatMap((table) => this.rows(table).map(({ id }) => ({ table: table.name, id })))
    const gone = [...here, ...this.replica.rowsBeneath()].filter(({ table, id }) => !there.has(`${table}/${id}`))
    this.replica.applySnapshot(gone.map(({ table, id }) => [table, id, null]))
    this.store.checkReferences(true)
  }

  close(): void {
    this.store.close()
  }
}
