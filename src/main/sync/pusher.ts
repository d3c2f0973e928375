import { assertNever } from '../../shared/base/assertNever.ts'
import { type Acknowledgement, PUSH_LIMIT, type PushAnswer, type PushedCommand } from '../../shared/sync/protocol.ts'
import type { BackgroundLane } from '../core/backgroundLane.ts'
import type { Log } from '../core/log.ts'
import { Pace } from '../core/pace.ts'
import type { Store } from '../store/store.ts'
import { HubUnreachable } from './hubConnection.ts'
import { following, rememberOfHub } from './hubMemory.ts'
import type { Replica } from './replica.ts'
import type { Timers } from './timers.ts'

/** Far less than the hub reads: to write it as one text must not hold up a ring. A single command may be larger. */
const PUSH_BYTES = 256 * 1024

/** How many commands are made ready, and how many of the hub's words are written down, at a time. */
const MADE_READY = { first: 20, least: 2, most: PUSH_LIMIT } as const
const WRITTEN_DOWN = { first: 25, least: 5, most: PUSH_LIMIT } as const

/** When to try again what the hub can't take yet; milliseconds. */
const TOO_OLD_AGAIN_MS = 60_000
const STALLED_AGAIN_MS = 2000

export interface PusherParts {
  readonly store: Store
  readonly replica: Replica
  readonly timers: Timers
  readonly log: Log
  readonly lane: BackgroundLane
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
  acknowledged(acknowledged: readonly Acknowledgement[]): void
  /** What waits has changed, or the sentence about why it waits. */
  changed(): void
  cloned(): void
  revoked(): void
  /** The hub is taking back what it forgot. */
  recovering(): void
  /** The hub's word could not be written down. */
  failed(error: unknown): void
}

export interface PushLine {
  readonly isOpen: boolean
  push(commands: readonly PushedCommand[]): Promise<PushAnswer>
}

/** Commands that are ready to be sent. */
interface Readied {
  readonly commands: readonly { readonly command: PushedCommand; readonly length: number }[]
  /** By how much the hub counts otherwise. */
  readonly offset: number
  /** Nothing waits behind them. */
  readonly last: boolean
}

type Step = 'more' | 'empty' | 'later' | 'ended'

/** Sends what waits, oldest first, one push on its way at a time. */
export class Pusher {
  readonly #parts: PusherParts
  readonly #readying: Pace
  readonly #writing: Pace
  #line: PushLine | null = null
  #running: Promise<void> | null = null
  #scheduled = false
  #again = false
  #stopWaiting: () => void = () => undefined
  /** Why the hub can't take what waits; null where it can. */
  problem: string | null = null

  constructor(parts: PusherParts) {
    this.#parts = parts
    this.#readying = new Pace({ ...MADE_READY, elapsed: parts.elapsed })
    this.#writing = new Pace({ ...WRITTEN_DOWN, elapsed: parts.elapsed })
  }

  /** From now on what waits is sent on this line; null: there is none. */
  use(line: PushLine | null): void {
    this.#line = line
    this.#stopWaiting()
    if (line) this.kick()
  }

  /** Something was added. Commands of one turn of the event loop go together. */
  kick(): void {
    if (!this.#line || this.#scheduled) return
    this.#scheduled = true
    this.#parts.timers.soon(() => {
      this.#scheduled = false
      void this.drain().catch((error: unknown) => this.#parts.failed(error))
    })
  }

  /** Sends until nothing waits, the hub can take no more or the line is gone. */
  drain(): Promise<void> {
    this.#again = true
    this.#running ??= this.#run().finally(() => (this.#running = null))
    return this.#running
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false
      let step: Step = 'more'
      while (step === 'more') step = await this.#step()
      // Meanwhile there may be another line.
      if (step === 'ended' && this.#line?.isOpen !== true) return
    }
  }

  async #step(): Promise<Step> {
    const line = this.#line
    if (!line?.isOpen) return 'ended'
    try {
      const commands = await this.#next(line, 0)
      if (commands.length === 0) return 'empty'
      return await this.#heard(line, await line.push(commands), commands)
    } catch (error) {
      // It may have been taken: it is sent once more on the next line, and the hub's log answers.
      if (error instanceof HubUnreachable) return 'ended'
      throw error
    }
  }

  /** As many commands as fit, numbered as the hub counts them. @throws HubUnreachable where the line goes meanwhile */
  async #next(line: PushLine, after: number): Promise<readonly PushedCommand[]> {
    await this.#parts.store.settle()
    const commands: PushedCommand[] = []
    let bytes = 0
    for (let from = after; ; ) {
      const part = await this.#parts.lane.run(() => (line.isOpen ? this.#makeReady(from, PUSH_LIMIT - commands.length) : null))
      if (!part) throw new HubUnreachable('The line to the hub broke')
      for (const { command, length } of part.commands) {
        bytes += length
        if (commands.length > 0 && bytes > PUSH_BYTES) return commands
        from = command.wsSeq
        commands.push({ ...command, wsSeq: command.wsSeq - part.offset })
      }
      if (part.last || commands.length >= PUSH_LIMIT) return commands
    }
  }

  #makeReady(after: number, most: number): Readied {
    const { store, replica } = this.#parts
    const wanted = Math.min(most, this.#readying.size)
    const commands = this.#readying.of(wanted, () => replica.unsent(wanted, after).map((command) => ({ command, length: JSON.stringify(command).length })))
    return { commands, offset: following(store)?.hub.offset ?? 0, last: commands.length < wanted }
  }

  /** Writes down the hub's words, some at a time; what is not written down when the line goes is asked again on the next. */
  async #writeDown(line: PushLine, words: readonly Acknowledgement[]): Promise<void> {
    const { lane, replica, acknowledged } = this.#parts
    for (let from = 0; from < words.length; ) {
      from += await lane.run(() => {
        const some = line.isOpen ? words.slice(from, from + this.#writing.size) : []
        if (some.length === 0) return words.length
        this.#writing.of(some.length, () => replica.acknowledge(some))
        acknowledged(some)
        return some.length
      })
    }
    this.#parts.changed()
  }

  async #heard(line: PushLine, answer: PushAnswer, sent: readonly PushedCommand[]): Promise<Step> {
    const { log } = this.#parts
    this.problem = null
    switch (answer.kind) {
      case 'done':
      case 'staged':
        if (answer.acknowledged.length === 0) return this.#later(STALLED_AGAIN_MS)
        await this.#writeDown(line, answer.acknowledged)
        return 'more'
      case 'gap':
        log.warn('hub.gap', { expected: answer.expected, sent: sent[0]?.wsSeq ?? 0 })
        return this.#close(answer.expected, sent[0]?.wsSeq ?? 0)
      case 'cloned':
        log.error('hub.cloned', { place: answer.wsSeq })
        this.#parts.cloned()
        return 'ended'
      case 'revoked':
        this.#parts.revoked()
        return 'ended'
      case 'hubTooOld':
        log.warn('hub.tooOld', { command: answer.command })
        this.problem = 'The hub is older than this workstation and does not know everything that was done here. It is kept and goes up when the hub has been upgraded.'
        this.#parts.changed()
        return this.#later(TOO_OLD_AGAIN_MS)
      case 'recovering':
        this.#parts.recovering()
        return 'ended'
      default:
        return assertNever(answer, 'answer to a push')
    }
  }

  /** The hub counts otherwise: either this workstation is new to it, or it never had what it acknowledged. */
  #close(expected: number, first: number): Step {
    const { store } = this.#parts
    const state = following(store)
    if (!state) return 'ended'
    if (state.hub.renumbered) {
      rememberOfHub(store, { offset: state.hub.offset + first - expected })
      return 'more'
    }
    if (expected >= first) return this.#later(STALLED_AGAIN_MS)
    store.transaction(() => store.sync.reopenFrom(expected + state.hub.offset))
    this.#parts.changed()
    return 'more'
  }

  #later(milliseconds: number): Step {
    this.#stopWaiting()
    this.#stopWaiting = this.#parts.timers.after(milliseconds, () => this.kick())
    return 'later'
  }

  /**
   * Gives a restored hub the commands that it had taken before: it keeps them until their turn.
   * @throws HubUnreachable where the line breaks; it begins again on the next one
   */
  async giveBack(line: PushLine): Promise<void> {
    const offset = following(this.#parts.store)?.hub.offset ?? 0
    for (let after = 0; ; ) {
      const commands = (await this.#next(line, after)).filter((command) => command.formerSeq !== null)
      const last = commands.at(-1)
      if (!last) return
      const answer = await line.push(commands)
      if (answer.kind === 'staged' || answer.kind === 'done') await this.#writeDown(line, answer.acknowledged)
      else await this.#heard(line, answer, commands)
      if (answer.kind === 'revoked' || answer.kind === 'cloned') return
      after = last.wsSeq + offset
    }
  }
}
