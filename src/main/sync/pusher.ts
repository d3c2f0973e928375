import { assertNever } from '../../shared/base/assertNever.ts'
import { type Acknowledgement, MAX_MESSAGE_BYTES, PUSH_LIMIT, type PushAnswer, type PushedCommand } from '../../shared/sync/protocol.ts'
import type { Log } from '../core/log.ts'
import type { Store } from '../store/store.ts'
import { HubUnreachable } from './hubConnection.ts'
import { following, rememberOfHub } from './hubMemory.ts'
import type { Replica } from './replica.ts'
import type { Timers } from './timers.ts'

/** Half of what the hub reads: the rest of the message needs room too. */
const PUSH_BYTES = MAX_MESSAGE_BYTES / 2

/** When to try again what the hub can't take yet; milliseconds. */
const TOO_OLD_AGAIN_MS = 60_000
const STALLED_AGAIN_MS = 2000

export interface PusherParts {
  readonly store: Store
  readonly replica: Replica
  readonly timers: Timers
  readonly log: Log
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

type Step = 'more' | 'empty' | 'later' | 'ended'

/** Sends what waits, oldest first, one push on its way at a time. */
export class Pusher {
  readonly #parts: PusherParts
  #line: PushLine | null = null
  #running: Promise<void> | null = null
  #scheduled = false
  #again = false
  #stopWaiting: () => void = () => undefined
  /** Why the hub can't take what waits; null where it can. */
  problem: string | null = null

  constructor(parts: PusherParts) {
    this.#parts = parts
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
      if (step === 'ended') return
    }
  }

  async #step(): Promise<Step> {
    const line = this.#line
    if (!line?.isOpen) return 'ended'
    const commands = this.#next(0)
    if (commands.length === 0) return 'empty'
    try {
      return this.#heard(await line.push(commands), commands)
    } catch (error) {
      // It may have been taken: it is sent once more on the next line, and the hub's log answers.
      if (error instanceof HubUnreachable) return 'ended'
      throw error
    }
  }

  /** As many commands as fit, numbered as the hub counts them. */
  #next(after: number): readonly PushedCommand[] {
    const { store, replica } = this.#parts
    const offset = following(store)?.hub.offset ?? 0
    const commands: PushedCommand[] = []
    let bytes = 0
    for (const command of replica.unsent(PUSH_LIMIT, after)) {
      bytes += JSON.stringify(command).length
      if (commands.length > 0 && bytes > PUSH_BYTES) break
      commands.push({ ...command, wsSeq: command.wsSeq - offset })
    }
    return commands
  }

  #heard(answer: PushAnswer, sent: readonly PushedCommand[]): Step {
    const { replica, log } = this.#parts
    this.problem = null
    switch (answer.kind) {
      case 'done':
      case 'staged':
        if (answer.acknowledged.length === 0) return this.#later(STALLED_AGAIN_MS)
        replica.acknowledge(answer.acknowledged)
        this.#parts.acknowledged(answer.acknowledged)
        this.#parts.changed()
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
      const commands = this.#next(after).filter((command) => command.formerSeq !== null)
      const last = commands.at(-1)
      if (!last) return
      const answer = await line.push(commands)
      if (answer.kind === 'staged' || answer.kind === 'done') {
        this.#parts.replica.acknowledge(answer.acknowledged)
        this.#parts.acknowledged(answer.acknowledged)
        this.#parts.changed()
      } else this.#heard(answer, commands)
      if (answer.kind === 'revoked' || answer.kind === 'cloned') return
      after = last.wsSeq + offset
    }
  }

  close(): void {
    this.#line = null
    this.#stopWaiting()
  }
}
