import { gunzipSync } from 'node:zlib'
import type { Log, LogDetails } from '../../../src/main/core/log.ts'
import { CommandRunner } from '../../../src/main/core/runner.ts'
import { openStore, type Store } from '../../../src/main/store/store.ts'
import { DeviceKeys } from '../../../src/main/sync/deviceKey.ts'
import { following, type HubMemory, saveFollowing, wantedSnapshot } from '../../../src/main/sync/hubMemory.ts'
import { Link } from '../../../src/main/sync/link.ts'
import { Replica } from '../../../src/main/sync/replica.ts'
import type { HubDevice } from '../../../src/hub/core/hubStore.ts'
import type { AnyRow, Table } from '../../../src/shared/domain/kernel/table.ts'
import { tableNamed, TABLES } from '../../../src/shared/domain/tables.ts'
import { mayHold } from '../../../src/shared/sync/clearance.ts'
import type { FeedRow, Page, PushAnswer } from '../../../src/shared/sync/protocol.ts'
import type { BrokenRule } from './brokenRule.ts'
import { ProcessTimers } from './clockwork.ts'
import { armCrashes, type CrashPoint } from './diskCrashes.ts'
import { ShownRows } from './shownRows.ts'
import { WatchedReplica } from './watchedReplica.ts'
import type { Weather } from './weather.ts'
import { Wire } from './wire.ts'
import type { WireOffice } from './wireOffice.ts'

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What a workstation tells the office that it is in. */
export interface WorkstationWatch {
  /** @throws FeedHole, Crash */
  readonly takePage: (workstation: Workstation, page: Page) => void
  /** The hub's answer to a push has arrived. */
  readonly answered: (workstation: Workstation, answer: PushAnswer) => void
  readonly logged: (workstation: Workstation, level: 'warn' | 'error', event: string, details: LogDetails) => void
}

export interface WorkstationSettings {
  readonly companyId: string
  readonly device: HubDevice
  readonly epoch: string
  /** True time; the workstation's own clock may be off. */
  readonly now: () => number
  /** By how much its clock is off, milliseconds. */
  readonly skew: number
  readonly office: WireOffice
  readonly watch: WorkstationWatch
  readonly weather: Weather
  readonly broken: BrokenRule | null
}

/** Why a workstation takes no further part. */
export type Status = 'working' | 'cloned' | 'revoked'

/** What runs at a workstation until it is killed. */
interface Running {
  readonly runner: CommandRunner
  readonly replica: WatchedReplica
  readonly link: Link
  readonly wire: Wire
  readonly timers: ProcessTimers
}

function hubMemoryOf({ name, prefix, clearances }: HubDevice): HubMemory {
  return { address: 'http://hub.test', fingerprint: null, deviceName: name, prefix, clearances: [...clearances], offset: 0, renumbered: false, founding: null, stopped: null }
}

/** A simulated workstation: a real store, and on it the real runner, link and replica. */
export class Workstation {
  readonly device: HubDevice
  readonly store: Store
  readonly shown = new ShownRows()
  readonly weather: Weather
  skew: number
  status: Status = 'working'
  readonly #settings: WorkstationSettings
  readonly #keys: DeviceKeys
  readonly #crashAt: (point: CrashPoint | null) => void
  #running: Running

  private constructor(settings: WorkstationSettings, store: Store, keys: DeviceKeys) {
    this.#settings = settings
    this.device = settings.device
    this.skew = settings.skew
    this.weather = settings.weather
    this.store = store
    this.#keys = keys
    this.#crashAt = armCrashes(store)
    settings.broken?.workstation?.(store)
    this.#running = this.#start()
  }

  /**
   * A workstation that was enrolled.
   * @param rows what it has of the company already; null: all of that is still to come
   */
  static async join(settings: WorkstationSettings, rows: readonly FeedRow[] | null): Promise<Workstation> {
    const { companyId, device, epoch } = settings
    const store = openStore(':memory:', { companyId, deviceId: device.id })
    saveFollowing(store, { epoch, cursor: 0, schema: store.schema, hub: hubMemoryOf(device), snapshot: rows ? null : wantedSnapshot('join') })
    store.journal.startSeries(device.prefix)
    const keys = new DeviceKeys(':memory:', null)
    await keys.make().keep()
    if (rows) fill(store, rows.filter(([name]) => mayHold(tableNamed(name), device.clearances)))
    const workstation = new Workstation(settings, store, keys)
    if (rows) workstation.#show(TABLES)
    return workstation
  }

  /** A second workstation on a copy of the data folder. */
  static async onCopy(original: Workstation, folder: string, weather: Weather): Promise<Workstation> {
    await original.store.backUp(`${folder}/baton.sqlite`)
    const copy = new Workstation({ ...original.#settings, weather }, openStore(folder), original.#keys)
    copy.#show(TABLES)
    return copy
  }

  get runner(): CommandRunner {
    return this.#running.runner
  }

  get replica(): WatchedReplica {
    return this.#running.replica
  }

  get link(): Link {
    return this.#running.link
  }

  get wire(): Wire {
    return this.#running.wire
  }

  /** What this workstation may keep. */
  get tables(): readonly Table[] {
    return TABLES.filter((table) => mayHold(table, this.device.clearances))
  }

  get clock(): number {
    return this.#settings.now() + this.skew
  }

  /** The hub can be asked now. */
  get isOnline(): boolean {
    const { link, progress } = this.link.state()
    return link === 'online' && progress === null
  }

  /** The company is here, so that somebody can work. */
  get isUsable(): boolean {
    return this.shown.rows(tableNamed('company')).length > 0
  }

  /** Somebody here waits for the hub's word. */
  get awaits(): boolean {
    return this.store.sync.pending(this.replica.cursor).some((command) => command.awaited)
  }

  rows(table: Table): readonly AnyRow[] {
    return this.store.engine.answer({ kind: 'all', table })
  }

  /** Everything has gone up and has come down. @param seq where the hub stands */
  isAtRest(seq: number): boolean {
    return this.replica.cursor === seq && this.store.journal.waiting() === 0 && this.isOnline
  }

  #show(tables: readonly Table[]): void {
    for (const table of tables) this.shown.replace(table, this.rows(table))
  }

  #start(): Running {
    const { store } = this
    const { office, watch, broken } = this.#settings
    const log: Log = {
      info: () => undefined,
      warn: (event, details = {}) => watch.logged(this, 'warn', event, details),
      error: (event, details = {}) => watch.logged(this, 'error', event, details),
    }
    const timers = new ProcessTimers(office.clockwork, () => this.skew)
    const runner = new CommandRunner(store, log, () => this.clock)
    runner.onCommit(({ changes }) => this.shown.apply(changes))
    const replica = new WatchedReplica(store, log, (changes) => broken?.untold !== true && runner.announce(changes), {
      page: (page) => watch.takePage(this, page),
      effect: (effect) => broken?.effect?.(effect) ?? effect,
    })
    const wire = new Wire(office, { device: this.device, schema: store.schema, weather: this.weather, answered: (answer) => watch.answered(this, answer) })
    const state = following(store)
    if (!state) throw new Error('A simulated workstation follows a hub')
    const link = new Link(
      {
        store,
        runner,
        log,
        timers,
        replica,
        connect: () => wire,
        keys: this.#keys,
        version: 'simulated',
        changed: () => undefined,
        heard: () => undefined,
        changedTables: (tables) => broken?.untold !== true && this.#show(tables.map(tableNamed)),
        presence: () => undefined,
        // Now a quick disk, now a slow one.
        elapsed: () => (this.#elapsed += office.random.below(50)),
        inflate: (bytes, limit) => Promise.resolve(gunzipSync(bytes, limit)),
      },
      state,
    )
    link.start()
    return { runner, replica, link, wire, timers }
  }

  #elapsed = 0

  /** Another replica over the same store that knows of no effect: it runs everything again. */
  forgetful(): Replica {
    return new Replica(this.store, SILENT)
  }

  /** The process is killed. What is only in memory goes; what was committed stays. */
  #kill(): void {
    this.#running.timers.kill()
    this.#running.wire.kill()
  }

  restart(): void {
    this.#kill()
    this.store.engine.forget()
    this.#running = this.#start()
  }

  /** The next time it comes to that point the disk is gone. */
  crashAt(point: CrashPoint | null): void {
    this.#crashAt(point)
  }

  close(): void {
    this.#kill()
    this.store.close()
  }
}

function fill(store: Store, rows: readonly FeedRow[]): void {
  store.checkReferences(false)
  store.fetchedTransaction(() => {
    store.engine.fill(rows.flatMap(([name, , row]) => (row ? [{ table: tableNamed(name), row }] : [])))
    for (const kind of ['customer', 'location', 'job', 'invoice'] as const) store.search.enter(kind, '', rows.length)
  })
  store.checkReferences(true)
}
