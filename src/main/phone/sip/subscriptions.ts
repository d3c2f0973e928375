import type { Subscriber } from 'jssip/lib/Subscriber.js'
import type { Log } from '../../core/log.ts'
import type { ExtensionState, LineState } from '../port.ts'
import { endSubscription } from './jssip.ts'
import { type Dialogue, dialoguesIn, extensionStateOf, messagesIn } from './notices.ts'
import type { SipLine } from './sipLine.ts'

interface SubscriptionParts {
  readonly line: SipLine
  /** Our own extension, whose voicemails are counted. */
  readonly own: string
  readonly log: Log
  readonly onMessages: (messages: LineState['messages']) => void
  readonly onExtension: (extension: ExtensionState) => void
}

const EXPIRES_SECONDS = 600
/** A system that does not know the event says so; it is asked again some time, in case it learns it. */
const AGAIN_MS = 60_000
const MAX_WATCHED = 200

/** What the telephone system says without being called: voicemails waiting, and what is on colleagues’ telephones. */
export class Subscriptions {
  readonly #parts: SubscriptionParts
  readonly #open = new Map<string, Subscriber>()
  readonly #dialogues = new Map<string, readonly Dialogue[]>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #watched: readonly string[] = []
  #up = false

  constructor(parts: SubscriptionParts) {
    this.#parts = parts
  }

  watch(extensions: readonly string[]): void {
    const wanted = [...new Set(extensions)].filter((extension) => extension !== this.#parts.own).slice(0, MAX_WATCHED)
    for (const gone of this.#watched.filter((extension) => !wanted.includes(extension))) this.#leave(gone)
    this.#watched = wanted
    if (this.#up) for (const extension of wanted) this.#watchExtension(extension)
  }

  /** True for a colleague’s telephone. */
  watches(extension: string): boolean {
    return this.#watched.includes(extension)
  }

  /** Registered, for the first time or again: a server that was away remembers no subscription. */
  begin(): void {
    this.drop()
    this.#up = true
    const { own, onMessages } = this.#parts
    this.#subscribe('', own, 'message-summary', 'application/simple-message-summary', (body) => onMessages(messagesIn(body)))
    for (const extension of this.#watched) this.#watchExtension(extension)
  }

  /** The line is gone, and all that was subscribed over it. */
  drop(): void {
    this.#up = false
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    for (const name of [...this.#open.keys()]) this.#leave(name)
  }

  /** What rings at this telephone; undefined where nothing is known to. */
  ringAt(extension: string): Dialogue | undefined {
    return this.#dialogues.get(extension)?.find(({ state }) => state === 'ringing')
  }

  #watchExtension(extension: string): void {
    this.#subscribe(extension, extension, 'dialog', 'application/dialog-info+xml', (body) => {
      const dialogues = dialoguesIn(body)
      this.#dialogues.set(extension, dialogues)
      this.#parts.onExtension({ extension, state: extensionStateOf(dialogues) })
    })
  }

  #subscribe(name: string, user: string, event: string, accept: string, heard: (body: string) => void): void {
    if (this.#open.has(name)) return
    const { line, log } = this.#parts
    try {
      const subscriber = line.ua.subscribe(line.address(user), event, accept, { expires: EXPIRES_SECONDS })
      this.#open.set(name, subscriber)
      subscriber.on('notify', (_final, _request, body) => heard(body ?? ''))
      subscriber.on('terminated', (code) => {
        if (this.#open.get(name) !== subscriber) return
        this.#open.delete(name)
        log.info('sip.unsubscribed', { event, code })
        this.#later(() => this.#subscribe(name, user, event, accept, heard))
      })
      subscriber.subscribe()
    } catch (error) {
      log.warn('sip.subscribe', { event, reason: error instanceof Error ? error.name : 'unknown' })
    }
  }

  #later(then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (this.#up) then()
    }, AGAIN_MS)
    timer.unref()
    this.#timers.add(timer)
  }

  #leave(name: string): void {
    const subscriber = this.#open.get(name)
    this.#open.delete(name)
    this.#dialogues.delete(name)
    subscriber?.removeAllListeners()
    if (subscriber) endSubscription(subscriber)
  }
}
