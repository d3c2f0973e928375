import type { DownMessage, LeaseAnswer, Page, PullAnswer, PushAnswer, PushedCommand, UpMessage } from '../../shared/sync/protocol.ts'
import { type HubConnection, HubRefused, type HubSocket, HubUnreachable } from './hubConnection.ts'
import type { PresenceHeard } from './presence.ts'
import type { Timers } from './timers.ts'

export type Welcome = Extract<DownMessage, { t: 'welcome' }>
type Hello = Extract<UpMessage, { t: 'hello' }>
type Lease = Omit<Extract<UpMessage, { t: 'lease' }>, 't' | 'n'>
type Presence = Extract<UpMessage, { t: 'presence' }>['people']

/** How often a line that has nothing to say says so, and how long the other end may be silent; milliseconds. */
const PING_MS = 20_000
const SILENCE_MS = 60_000

export interface SessionListener {
  page(page: Page): void
  presence(heard: PresenceHeard): void
  revoked(): void
  /** The hub says in a sentence why it hangs up. */
  problem(sentence: string): void
  /** The line is gone. Heard once. @param code with which the hub has hung up; null where it did not */
  closed(code: number | null): void
}

interface Question {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

/** One line to the hub from its welcome to its end. A question that is open when the line breaks throws HubUnreachable. */
export class LinkSession {
  readonly #timers: Timers
  readonly #listener: SessionListener
  readonly #questions = new Map<number, Question>()
  #socket: HubSocket | null = null
  #greeted: Question | null = null
  #last = 0
  #heardAt: number
  #received = 0
  #stopPinging: () => void = () => undefined
  #closed = false

  private constructor(timers: Timers, listener: SessionListener) {
    this.#timers = timers
    this.#listener = listener
    this.#heardAt = timers.now()
  }

  /**
   * Opens a line and introduces this workstation.
   * @throws HubRefused 426 where one of the two is too old for the other
   */
  static async open(connection: HubConnection, token: string, hello: Hello, timers: Timers, listener: SessionListener): Promise<{ readonly session: LinkSession; readonly welcome: Welcome }> {
    const session = new LinkSession(timers, listener)
    const welcomed = new Promise<Welcome>((resolve, reject) => {
      session.#greeted = { resolve, reject }
    })
    welcomed.catch(() => undefined)
    session.#socket = await connection.open(token, { message: (message) => session.#hear(message), closed: (code) => session.#gone(code) })
    session.#watch()
    session.#send(hello)
    return { session, welcome: await welcomed }
  }

  get isOpen(): boolean {
    return !this.#closed
  }

  #watch(): void {
    this.#stopPinging = this.#timers.after(PING_MS, () => {
      const received = this.#socket?.received?.() ?? 0
      // A page of the feed takes its time on a slow line, and no answer overtakes it.
      if (received > this.#received) this.#heardAt = this.#timers.now()
      this.#received = received
      // The machine may have slept: then this is late, and the hub has hung up long ago. Or somebody has set its clock back,
      // and how long the hub has been silent can't be told any more.
      if (Math.abs(this.#timers.now() - this.#heardAt) > SILENCE_MS) return this.close()
      this.#send({ t: 'ping' })
      this.#watch()
    })
  }

  #send(message: UpMessage): void {
    if (!this.#closed) this.#socket?.send(message)
  }

  #hear(message: DownMessage): void {
    if (this.#closed) return
    this.#heardAt = this.#timers.now()
    switch (message.t) {
      case 'welcome':
        return this.#greeted?.resolve(message as never)
      case 'upgrade':
        this.#greeted?.reject(new HubRefused(426, 'hub.upgrade', message.message))
        return this.close()
      case 'pushed':
      case 'pulled':
      case 'leased':
        this.#questions.get(message.n)?.resolve(message.answer as never)
        this.#questions.delete(message.n)
        return
      case 'page':
        return this.#listener.page(message.page)
      case 'presence':
        return this.#listener.presence(message)
      case 'revoked':
        return this.#listener.revoked()
      case 'error':
        // It does not say which question it answers: all of them are asked again on another line.
        this.#listener.problem(message.message)
        return this.close()
      case 'pong':
        return
    }
  }

  #ask<Answer>(message: (n: number) => UpMessage): Promise<Answer> {
    if (this.#closed) return Promise.reject(new HubUnreachable('The line to the hub is down'))
    const n = ++this.#last
    return new Promise<Answer>((resolve, reject) => {
      this.#questions.set(n, { resolve, reject })
      this.#send(message(n))
    })
  }

  push(commands: readonly PushedCommand[]): Promise<PushAnswer> {
    return this.#ask((n) => ({ t: 'push', n, commands: [...commands] }))
  }

  pull(epoch: string, after: number): Promise<PullAnswer> {
    return this.#ask((n) => ({ t: 'pull', n, epoch, after }))
  }

  lease(lease: Lease): Promise<LeaseAnswer> {
    return this.#ask((n) => ({ t: 'lease', n, ...lease }))
  }

  presence(people: Presence): void {
    this.#send({ t: 'presence', people })
  }

  /** Hangs up. */
  close(): void {
    const socket = this.#socket
    this.#gone()
    socket?.close()
  }

  #gone(code: number | null = null): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopPinging()
    const lost = new HubUnreachable('The line to the hub broke')
    this.#greeted?.reject(lost)
    for (const { reject } of this.#questions.values()) reject(lost)
    this.#questions.clear()
    this.#listener.closed(code)
  }
}
