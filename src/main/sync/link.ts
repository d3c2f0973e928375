import { BackgroundLane } from '../core/backgroundLane.ts'
import type { CommandOutcome, CommandRunner, CommandRequest } from '../core/runner.ts'
import type { Log } from '../core/log.ts'
import { ServiceError } from '../core/service.ts'
import type { HubState } from '../../shared/contract/methods/hub.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { LeaseAnswer, UpMessage } from '../../shared/sync/protocol.ts'
import type { Store } from '../store/store.ts'
import { AwaitedCommands } from './awaitedCommands.ts'
import { heardOf, runAwaited } from './awaitedRun.ts'
import { Connecting } from './connecting.ts'
import type { DeviceKeys } from './deviceKey.ts'
import { FeedReader } from './feedReader.ts'
import { type ConnectTo, type HubConnection, HubRefused, HubUnreachable } from './hubConnection.ts'
import { type Following, following, rememberOfHub, type Stopped } from './hubMemory.ts'
import { HubTokens } from './hubTokens.ts'
import { LineState } from './lineState.ts'
import { hubStateOf } from './linkState.ts'
import type { PresenceHeard } from './presence.ts'
import { Pulling } from './pulling.ts'
import { Pusher } from './pusher.ts'
import { Replica } from './replica.ts'
import { RECOVERING_AGAIN_MS, Retries, VERSION_AGAIN_MS } from './retries.ts'
import { clonedSentence, OFFLINE_AWAITED, revokedSentence } from './sentences.ts'
import { Serving } from './serving.ts'
import type { Inflate } from './snapshotChunk.ts'
import { SnapshotLoader } from './snapshotLoader.ts'
import type { Timers } from './timers.ts'

export interface LinkParts {
  readonly store: Store
  readonly runner: CommandRunner
  readonly log: Log
  readonly timers: Timers
  readonly connect: ConnectTo
  readonly keys: DeviceKeys
  readonly version: string
  /** The state is another. */
  readonly changed: () => void
  /** The hub has said what became of changes made here. */
  readonly heard: () => void
  readonly changedTables: (tables: readonly string[]) => void
  readonly presence: (heard: PresenceHeard) => void
  readonly elapsed: () => number
  /** Where what nobody waits for is done, with that of others; else the link makes its own. */
  readonly lane?: BackgroundLane
  /** The store's replica where somebody looks over its shoulder; else the link makes one. */
  readonly replica?: Replica
  /** How a snapshot's chunks are unpacked where not on another thread. */
  readonly inflate?: Inflate
}

/**
 * Keeps an enrolled store in step with its hub: connects, sends, takes in, and connects again. What it knows it keeps in
 * the store, so that it may be killed at any point.
 */
export class Link {
  readonly #parts: LinkParts
  readonly #connection: HubConnection
  readonly #tokens: HubTokens
  readonly #state: LineState
  readonly #pusher: Pusher
  readonly #pulling: Pulling
  readonly #connecting: Connecting
  readonly #awaited = new AwaitedCommands()
  readonly #retries = new Retries()
  readonly #stopListening: () => void
  #stopLooking: () => void = () => undefined

  constructor(parts: LinkParts, known: Following) {
    this.#parts = parts
    const { store, runner, timers, log, elapsed, changed } = parts
    const lane = parts.lane ?? new BackgroundLane(timers)
    const replica = parts.replica ?? new Replica(store, log, (changes: readonly NetChange[]) => runner.announce(changes))
    this.#connection = parts.connect(known.hub)
    this.#tokens = new HubTokens(this.#connection, parts.keys, store, timers)
    this.#state = new LineState(() => timers.now(), changed)
    this.#pusher = this.#makePusher(replica, lane)
    this.#pulling = this.#makePulling(replica, lane)
    const loader = new SnapshotLoader({ store, replica, timers, log, elapsed, changedTables: parts.changedTables, progressed: changed, inflate: parts.inflate })
    this.#connecting = this.#makeConnecting(loader)
    if (known.hub.stopped) this.#state.become({ kind: 'stopped', why: known.hub.stopped }, null)
    runner.follow((seq, effect) => replica.ran(seq, effect))
    this.#stopListening = runner.onCommit(() => this.committed())
    // Rows of a snapshot that is on its way need not fit together yet.
    if (known.snapshot?.manifest) store.checkReferences(false)
  }

  #makePusher(replica: Replica, lane: BackgroundLane): Pusher {
    const { store, timers, log, elapsed, changed, heard } = this.#parts
    return new Pusher({
      store,
      replica,
      timers,
      log,
      lane,
      elapsed,
      changed,
      acknowledged: (acknowledged) => {
        this.#retries.beginAgain()
        this.#awaited.acknowledged(acknowledged, replica.cursor)
        heard()
      },
      cloned: () => this.#stop('cloned', clonedSentence(this.#waiting)),
      revoked: () => this.#revoked(),
      recovering: () => this.#connecting.reconnectIn(RECOVERING_AGAIN_MS),
      failed: (error) => {
        const { session } = this.#state
        if (session) this.#pulling.stuck(error, session)
      },
    })
  }

  #makePulling(replica: Replica, lane: BackgroundLane): Pulling {
    const { store, timers, log, elapsed, changed } = this.#parts
    const feed = new FeedReader({
      store,
      replica,
      lane,
      elapsed,
      arrived: (entries) => {
        this.#awaited.arrived(entries, replica.cursor)
        changed()
      },
      hole: () => this.#pulling.now(),
    })
    return new Pulling({
      store,
      timers,
      log,
      state: this.#state,
      feed,
      retries: this.#retries,
      revoked: () => this.#revoked(),
      reconnectIn: (milliseconds) => this.#connecting.reconnectIn(milliseconds),
    })
  }

  #makeConnecting(loader: SnapshotLoader): Connecting {
    const { store, timers, log, version, changed, presence } = this.#parts
    const stop = (kind: Stopped['kind'], problem: string): void => this.#stop(kind, problem)
    const serving = new Serving({
      store,
      connection: this.#connection,
      state: this.#state,
      pusher: this.#pusher,
      pulling: this.#pulling,
      loader,
      stop,
      reconnectIn: (milliseconds) => this.#connecting.reconnectIn(milliseconds),
      failed: (error) => this.#connecting.failed(error),
    })
    return new Connecting({
      store,
      timers,
      log,
      version,
      changed,
      presence,
      connection: this.#connection,
      tokens: this.#tokens,
      state: this.#state,
      retries: this.#retries,
      page: (page) => this.#pulling.streamed(page),
      revoked: () => this.#revoked(),
      stop,
      serve: (session, welcome, token) => serving.serve(session, welcome, token),
      letGo: () => this.#letGo(),
      lost: () => this.#awaited.lost(),
    })
  }

  get #waiting(): number {
    return this.#parts.store.journal.waiting()
  }

  /** Begins to connect. */
  start(): void {
    if (this.#state.line.kind === 'down') this.#parts.timers.soon(() => void this.#connecting.connect())
  }

  /** Commands were run here. */
  committed(): void {
    if (this.#state.line.kind === 'closed') return
    this.#pusher.kick()
    this.#parts.changed()
  }

  /** Tries at once what would be tried at the next turn. */
  syncNow(): void {
    const { line } = this.#state
    if (line.kind === 'stopped' && line.why.kind === 'version') this.#state.become({ kind: 'down' }, null)
    this.#retries.beginAgain()
    if (this.#state.line.kind === 'down') {
      this.#connecting.rest()
      void this.#connecting.connect()
    } else if (line.kind === 'up') {
      this.#pusher.kick()
      this.#pulling.now()
    }
  }

  state(): HubState {
    const { line, since, problem } = this.#state
    const said = line.kind === 'stopped' ? line.why.problem : (problem ?? this.#pusher.problem)
    return hubStateOf(following(this.#parts.store), { line: line.kind, since, problem: said, waiting: this.#waiting })
  }

  /** It does not go on by itself; what waits is kept. */
  #stop(kind: Stopped['kind'], problem: string): void {
    const { session } = this.#state
    const why = { kind, problem, since: this.#parts.timers.now() }
    if (kind !== 'version') rememberOfHub(this.#parts.store, { stopped: why })
    this.#parts.log.warn('hub.stopped', { kind })
    this.#state.become({ kind: 'stopped', why }, null)
    // The older side is upgraded some day, and nobody comes by at every workstation to say so.
    this.#stopLooking()
    if (kind === 'version') this.#stopLooking = this.#parts.timers.after(VERSION_AGAIN_MS * (0.75 + this.#parts.timers.random() / 2), () => this.syncNow())
    session?.close()
    this.#letGo()
    this.#awaited.lost()
  }

  #revoked(): void {
    this.#stop('revoked', revokedSentence(this.#waiting))
  }

  /** Nothing is sent or asked any more until there is another line. */
  #letGo(): void {
    this.#pusher.use(null)
    this.#pulling.rest()
  }

  /** Runs a command that only the hub may decide. @throws ServiceError hub.unknown where the line is lost meanwhile */
  runAwaited(request: CommandRequest): Promise<CommandOutcome> {
    const { store, runner, timers } = this.#parts
    return runAwaited({ store, runner, timers, awaited: this.#awaited, open: this.#canAnswer(), queued: () => this.committed() }, request)
  }

  heard(commandId: string): Promise<boolean> {
    const { store, timers } = this.#parts
    return heardOf({ store, timers, awaited: this.#awaited, open: this.#canAnswer() }, commandId)
  }

  #canAnswer(): boolean {
    return this.#state.session !== null && !this.#state.recovering && !following(this.#parts.store)?.snapshot
  }

  /** @throws ServiceError hub.needed where the line is down */
  lease(lease: Omit<Extract<UpMessage, { t: 'lease' }>, 't' | 'n'>): Promise<LeaseAnswer> {
    const { session } = this.#state
    if (!session) throw new ServiceError('hub.needed', OFFLINE_AWAITED)
    return session.lease(lease)
  }

  say(people: Extract<UpMessage, { t: 'presence' }>['people']): void {
    this.#state.session?.presence(people)
  }

  /** Asks the hub something beside the line. @throws ServiceError with the hub's sentence, or that it can't be reached */
  async ask<T>(question: (connection: HubConnection, token: string) => Promise<T>): Promise<T> {
    try {
      return await question(this.#connection, await this.#tokens.token())
    } catch (error) {
      if (error instanceof HubRefused && error.status === 401) this.#tokens.forget()
      if (error instanceof HubRefused) throw new ServiceError(error.code, error.message)
      if (error instanceof HubUnreachable) throw new ServiceError('hub.needed', OFFLINE_AWAITED)
      throw error
    }
  }

  close(): void {
    const { session } = this.#state
    this.#state.close()
    this.#stopListening()
    this.#stopLooking()
    this.#parts.runner.follow(null)
    this.#connecting.rest()
    this.#letGo()
    session?.close()
    this.#connection.close()
    this.#awaited.lost()
  }
}
