import { BackgroundLane } from '../core/backgroundLane.ts'
import { isDiskTrouble, type CommandOutcome, type CommandRunner, type CommandRequest } from '../core/runner.ts'
import { errorDetails, type Log } from '../core/log.ts'
import { ServiceError } from '../core/service.ts'
import type { HubState } from '../../shared/contract/methods/hub.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import { type LeaseAnswer, type Page, SYNC_PROTOCOL, type UpMessage } from '../../shared/sync/protocol.ts'
import type { Store } from '../store/store.ts'
import { AwaitedCommands } from './awaitedCommands.ts'
import { runAwaited } from './awaitedRun.ts'
import type { DeviceKeys } from './deviceKey.ts'
import { adoptEpoch, wantAgain } from './epoch.ts'
import { FeedReader } from './feedReader.ts'
import { found } from './founding.ts'
import { type ConnectTo, type HubConnection, HubRefused, HubUnreachable } from './hubConnection.ts'
import { type Following, following, rememberOfHub, type Stopped } from './hubMemory.ts'
import { HubTokens } from './hubTokens.ts'
import { LinkSession, type Welcome } from './linkSession.ts'
import { failureOf, hubStateOf, type Line } from './linkState.ts'
import type { PresenceHeard } from './presence.ts'
import { Pusher } from './pusher.ts'
import { Replica } from './replica.ts'
import { FIRST_RETRY_MS, RECOVERING_AGAIN_MS, Retries } from './retries.ts'
import { clonedSentence, DISK_TROUBLE, OFFLINE_AWAITED, otherCompanySentence, RECOVERING, revokedSentence } from './sentences.ts'
import type { Inflate } from './snapshotChunk.ts'
import { LoadingEnded, SnapshotLoader } from './snapshotLoader.ts'
import type { Timers } from './timers.ts'

const PULL_MS = 30_000

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
  readonly #replica: Replica
  readonly #pusher: Pusher
  readonly #feed: FeedReader
  readonly #loader: SnapshotLoader
  readonly #awaited = new AwaitedCommands()
  #line: Line = { kind: 'down' }
  #since: number
  #problem: string | null = null
  #connecting = false
  readonly #retries = new Retries()
  #recovering = false
  #pulling = false
  #pullAgain = false
  #fetchedAnew = false
  #stopRetry: () => void = () => undefined
  #stopPull: () => void = () => undefined
  readonly #stopListening: () => void

  constructor(parts: LinkParts, state: Following) {
    this.#parts = parts
    const { store, runner, timers, log } = parts
    const lane = parts.lane ?? new BackgroundLane((run) => timers.soon(run))
    this.#since = timers.now()
    this.#connection = parts.connect(state.hub)
    this.#tokens = new HubTokens(this.#connection, parts.keys, store, timers)
    this.#replica = parts.replica ?? new Replica(store, log, (changes: readonly NetChange[]) => runner.announce(changes))
    this.#pusher = new Pusher({
      store,
      replica: this.#replica,
      timers,
      log,
      lane,
      elapsed: parts.elapsed,
      acknowledged: (acknowledged) => {
        this.#retries.beginAgain()
        this.#awaited.acknowledged(acknowledged, this.#replica.cursor)
      },
      changed: parts.changed,
      cloned: () => this.#stop('cloned', clonedSentence(this.#waiting)),
      revoked: () => this.#stop('revoked', revokedSentence(this.#waiting)),
      recovering: () => this.#reconnectIn(RECOVERING_AGAIN_MS),
      failed: (error) => this.#line.kind === 'up' && this.#stuck(error, this.#line.session),
    })
    this.#feed = new FeedReader({
      store,
      replica: this.#replica,
      lane,
      elapsed: parts.elapsed,
      arrived: (entries) => {
        this.#awaited.arrived(entries, this.#replica.cursor)
        parts.changed()
      },
      hole: () => this.#pullNow(),
    })
    this.#loader = new SnapshotLoader({ store, replica: this.#replica, timers, log, changedTables: parts.changedTables, progressed: parts.changed, elapsed: parts.elapsed, inflate: parts.inflate })
    if (state.hub.stopped) this.#line = { kind: 'stopped', why: state.hub.stopped }
    runner.follow((seq, effect) => this.#replica.ran(seq, effect))
    this.#stopListening = runner.onCommit(() => this.committed())
    // Rows of a snapshot that is on its way need not fit together yet.
    if (state.snapshot?.manifest) store.checkReferences(false)
  }

  get #waiting(): number {
    return this.#parts.store.journal.waiting()
  }

  /** Begins to connect. */
  start(): void {
    if (this.#line.kind === 'down') this.#parts.timers.soon(() => void this.#connect())
  }

  /** Commands were run here. */
  committed(): void {
    if (this.#line.kind !== 'closed') {
      this.#pusher.kick()
      this.#parts.changed()
    }
  }

  /** Tries at once what would be tried at the next turn. */
  syncNow(): void {
    const line = this.#line
    if (line.kind === 'stopped' && line.why.kind === 'version') this.#set({ kind: 'down' }, null)
    this.#retries.beginAgain()
    if (this.#line.kind === 'down') {
      this.#stopRetry()
      void this.#connect()
    } else if (line.kind === 'up') {
      this.#pusher.kick()
      this.#pullNow()
    }
  }

  state(): HubState {
    const line = this.#line
    const problem = line.kind === 'stopped' ? line.why.problem : (this.#problem ?? this.#pusher.problem)
    return hubStateOf(following(this.#parts.store), { line: line.kind, since: this.#since, problem, waiting: this.#waiting })
  }

  #set(line: Line, problem: string | null): void {
    if (this.#line.kind === 'closed') return
    if (this.#line.kind !== line.kind) this.#since = this.#parts.timers.now()
    this.#line = line
    this.#problem = problem
    this.#parts.changed()
  }

  /** It does not go on by itself; what waits is kept. */
  #stop(kind: Stopped['kind'], problem: string): void {
    const session = this.#line.kind === 'up' ? this.#line.session : null
    const why = { kind, problem, since: this.#parts.timers.now() }
    if (kind !== 'version') rememberOfHub(this.#parts.store, { stopped: why })
    this.#parts.log.warn('hub.stopped', { kind })
    this.#set({ kind: 'stopped', why }, null)
    session?.close()
    this.#pusher.use(null)
    this.#awaited.lost()
  }

  async #connect(): Promise<void> {
    if (this.#connecting || this.#line.kind !== 'down') return
    this.#connecting = true
    this.#stopRetry()
    await this.#attempt().catch((error: unknown) => this.#failed(error))
    this.#connecting = false
    // Nothing came of it, or it broke before it was served to its end and whoever noticed could not try again meanwhile.
    if (this.#line.kind === 'down') this.#retry()
  }

  async #attempt(): Promise<void> {
    const { store, timers, version } = this.#parts
    const token = await this.#tokens.token()
    if (following(store)?.hub.founding) {
      await found({ store, connection: this.#connection, token, progressed: this.#parts.changed, wanted: () => this.#line.kind === 'down' })
    }
    const state = following(store)
    if (!state || this.#line.kind !== 'down') return
    let mine: LinkSession | null = null
    const hello = { t: 'hello', protocol: SYNC_PROTOCOL, schema: store.schema, version, epoch: state.epoch, cursor: state.cursor } as const
    const { session, welcome } = await LinkSession.open(this.#connection, token, hello, timers, {
      page: (page) => this.#streamed(page),
      presence: (heard) => this.#parts.presence(heard),
      problem: (sentence) => (this.#problem = sentence),
      revoked: () => this.#stop('revoked', revokedSentence(this.#waiting)),
      closed: () => this.#closed(mine),
    })
    mine = session
    if (this.#line.kind !== 'down') return session.close()
    if (!session.isOpen) throw new HubUnreachable('The line to the hub broke')
    await this.#serve(session, welcome, token).catch((error: unknown) => {
      // Nobody serves it any more; the next attempt opens another.
      session.close()
      throw error
    })
  }

  async #serve(session: LinkSession, welcome: Welcome, token: string): Promise<void> {
    const { store } = this.#parts
    if (welcome.companyId !== store.companyId) {
      this.#stop('store', otherCompanySentence(this.#waiting))
      return session.close()
    }
    // The hub had commands of this workstation that are not in this store: it is an old copy of itself, or another's.
    const offset = following(store)?.hub.offset ?? 0
    if (welcome.lastWsSeq > store.sync.lastSeq() - offset) {
      this.#stop('cloned', clonedSentence(this.#waiting))
      return session.close()
    }
    adoptEpoch(store, welcome.position)
    this.#recovering = welcome.recovering
    this.#set({ kind: 'up', session }, welcome.recovering ? RECOVERING : null)
    if (welcome.recovering) {
      await this.#pusher.giveBack(session)
      await this.#connection.recovered(token, welcome.position.epoch)
      return this.#reconnectIn(RECOVERING_AGAIN_MS)
    }
    if (following(store)?.schema !== store.schema) wantAgain(store)
    this.#pusher.use(session)
    void this.#follow(session, token)
  }

  /** What is missing comes first; from then on the feed as it grows. */
  async #follow(session: LinkSession, token: string): Promise<void> {
    const { store } = this.#parts
    const wanted = (): boolean => session.isOpen && this.#line.kind === 'up'
    try {
      if (following(store)?.snapshot) {
        // The hub's word on what was sent before: the snapshot may hold it already, and it must not be run on top of itself.
        await this.#pusher.drain()
        if (wanted()) await this.#loader.load({ connection: this.#connection, token, wanted })
      }
      if (wanted()) await this.#pull(session)
    } catch (error) {
      if (error instanceof LoadingEnded) return
      this.#failed(error)
      session.close()
    }
  }

  #streamed(page: Page): void {
    const line = this.#line
    if (line.kind !== 'up' || this.#recovering || following(this.#parts.store)?.snapshot) return
    void this.#feed.take(page, () => line.session.isOpen).catch((error: unknown) => this.#stuck(error, line.session))
  }

  #pullNow(): void {
    const line = this.#line
    if (line.kind === 'up' && !this.#recovering) this.#parts.timers.soon(() => void this.#pull(line.session))
  }

  async #pull(session: LinkSession): Promise<void> {
    this.#pullAgain = this.#pulling
    if (this.#pulling) return
    this.#pulling = true
    this.#stopPull()
    try {
      const pulled = await this.#feed.pull(session)
      if (pulled === 'revoked') return this.#stop('revoked', revokedSentence(this.#waiting))
      if (pulled === 'floor') wantAgain(this.#parts.store)
      // The rest is said by the next welcome: the hub's epoch, and that it is taking back what it forgot.
      if (pulled !== 'current' && pulled !== 'ended') return this.#reconnectIn(FIRST_RETRY_MS)
      // A hub that answers and takes nothing (its disk is full) is not to be asked four times a second.
      if (this.#line.kind === 'up' && this.#waiting === 0) this.#retries.beginAgain()
    } catch (error) {
      this.#stuck(error, session)
    } finally {
      this.#pulling = false
    }
    if (this.#pullAgain) return this.#pullNow()
    this.#pullSoon(PULL_MS * (0.75 + this.#parts.timers.random() / 2))
  }

  #pullSoon(milliseconds: number): void {
    const line = this.#line
    this.#stopPull()
    if (line.kind === 'up') this.#stopPull = this.#parts.timers.after(milliseconds, () => void this.#pull(line.session))
  }

  /** What came can't be taken in. Once the rows are fetched anew; where that does not help either, a person is told. */
  #stuck(error: unknown, session: LinkSession): void {
    const { store, log } = this.#parts
    if (!(error instanceof HubUnreachable)) {
      log.error('hub.stuck', { cursor: this.#replica.cursor, ...errorDetails(error) })
      if (isDiskTrouble(error)) this.#problem = DISK_TROUBLE
      else if (this.#fetchedAnew) this.#problem = 'Baton can\u2019t take in what came from the hub. What was done here is kept and still goes up. The log says more.'
      else wantAgain(store)
      this.#fetchedAnew ||= !isDiskTrouble(error)
    }
    session.close()
  }

  #closed(session: LinkSession | null): void {
    this.#pusher.use(null)
    this.#stopPull()
    this.#awaited.lost()
    if (this.#line.kind !== 'up' || this.#line.session !== session) return
    this.#set({ kind: 'down' }, this.#problem)
    this.#retry()
  }

  /** Connects again after a while, without calling the line down meanwhile. */
  #reconnectIn(milliseconds: number): void {
    const line = this.#line
    if (line.kind !== 'up') return
    this.#pusher.use(null)
    this.#stopPull()
    this.#stopRetry()
    this.#stopRetry = this.#parts.timers.after(milliseconds * (0.75 + this.#parts.timers.random() / 2), () => {
      if (this.#line !== line) return
      this.#line = { kind: 'down' }
      line.session.close()
      void this.#connect()
    })
  }

  #retry(): void {
    if (this.#line.kind !== 'down') return
    const { timers } = this.#parts
    this.#stopRetry()
    this.#stopRetry = timers.after(this.#retries.next(timers.random()), () => void this.#connect())
  }

  #failed(error: unknown): void {
    if (this.#line.kind === 'closed' || this.#line.kind === 'stopped') return
    const { log } = this.#parts
    const failure = failureOf(error, this.#waiting)
    if (error instanceof HubRefused) log.warn('hub.refused', { status: error.status, code: error.code })
    if (failure.kind === 'stop') return this.#stop(failure.why, failure.problem)
    if (failure.kind === 'broken') {
      log.error('hub.failed', errorDetails(error))
      if (isDiskTrouble(error)) this.#problem = DISK_TROUBLE
    } else {
      if (failure.newSession) this.#tokens.forget()
      this.#problem = failure.problem
    }
    this.#parts.changed()
  }

  /** Runs a command that only the hub may decide. @throws ServiceError hub.unknown where the line is lost meanwhile */
  runAwaited(request: CommandRequest): Promise<CommandOutcome> {
    const { store, runner, timers } = this.#parts
    const open = this.#line.kind === 'up' && !this.#recovering && !following(store)?.snapshot
    return runAwaited({ store, runner, timers, awaited: this.#awaited, open, queued: () => this.committed() }, request)
  }

  /** @throws ServiceError hub.needed where the line is down */
  #needLine(): LinkSession {
    if (this.#line.kind !== 'up') throw new ServiceError('hub.needed', OFFLINE_AWAITED)
    return this.#line.session
  }

  lease(lease: Omit<Extract<UpMessage, { t: 'lease' }>, 't' | 'n'>): Promise<LeaseAnswer> {
    return this.#needLine().lease(lease)
  }

  say(people: Extract<UpMessage, { t: 'presence' }>['people']): void {
    if (this.#line.kind === 'up') this.#line.session.presence(people)
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
    const session = this.#line.kind === 'up' ? this.#line.session : null
    this.#line = { kind: 'closed' }
    this.#stopListening()
    this.#parts.runner.follow(null)
    this.#stopRetry()
    this.#stopPull()
    this.#pusher.close()
    session?.close()
    this.#connection.close()
    this.#awaited.lost()
  }
}
