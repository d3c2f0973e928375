import { randomUUID } from 'node:crypto'
import type { Log } from '../../core/log.ts'
import type { LineState, SipAccount } from '../port.ts'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA.js'
import { type IncomingRequest, newUserAgent, type RTCSession, type UA } from './jssip.ts'
import { faultSentence, isSignInRefusal, registrationSentence } from './lineSentences.ts'
import { serverProblem } from './serverAddress.ts'
import { type LineFault, WsSocket } from './wsSocket.ts'

export interface Incoming {
  readonly session: RTCSession
  readonly request: IncomingRequest
}

export type LineStatus = Pick<LineState, 'status' | 'reason'>

interface LineParts {
  readonly account: SipAccount
  readonly log: Log
  readonly onStatus: (status: LineStatus) => void
  /** The connection is gone, and with it every ring that came over it. */
  readonly onDropped?: () => void
  readonly onIncoming: (incoming: Incoming) => void
  /** The machine has slept. @param sleptMs how much of it the monotonic clock counts: not every machine's does */
  readonly onWoke?: (sleptMs: number) => void
}

const REGISTER_FOR_SECONDS = 300
/** Constant: while the server is away it costs a refused connection a second, and it is missed by nobody once it is back. */
const RECONNECT_SECONDS = 1
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 30_000
/** After a refused password; some servers lock an account that knocks too often. */
const REFUSED_RETRY_MS = 120_000
/** A ring that nobody ends is ended after so long. */
const LONGEST_RING_SECONDS = 180
const LOOK_EVERY_MS = 2_000
/** A timer this late has slept with its machine. */
const SLEPT_MS = 10_000
/** A line that is alive answers a waking machine in this time. */
const WOKEN_ANSWER_MS = 3_000

/**
 * The line to one SIP server: connected, registered, and both again by itself. What it says of itself is a sentence
 * for people; what is in the account is never logged.
 */
export class SipLine {
  readonly ua: UA
  readonly #parts: LineParts
  readonly #socket: WsSocket
  #status: LineStatus = { status: 'connecting', reason: '' }
  #fault: LineFault | null = null
  #retries = 0
  #retry: NodeJS.Timeout | undefined
  #watch: NodeJS.Timeout | undefined
  #lastLook = { wall: Date.now(), monotonic: performance.now() }
  #closed = false

  /** @throws a sentence where the account can't be used as it is */
  constructor(parts: LineParts) {
    this.#parts = parts
    const { account, log } = parts
    const problem = serverProblem(account.server)
    if (problem !== null) throw new Error(problem)
    this.#socket = new WsSocket({ server: account.server, certificate: account.certificate, log, onFault: (fault) => this.#hearFault(fault) })
    try {
      this.ua = newUserAgent({
        sockets: this.#socket,
        uri: `sip:${encodeURIComponent(account.extension)}@${account.domain}`,
        authorization_user: account.userName === '' ? account.extension : account.userName,
        password: account.password,
        ...(account.displayName === '' ? {} : { display_name: account.displayName.replaceAll(/["\\\r\n]/g, '') }),
        register_expires: REGISTER_FOR_SECONDS,
        connection_recovery_min_interval: RECONNECT_SECONDS,
        connection_recovery_max_interval: RECONNECT_SECONDS,
        no_answer_timeout: LONGEST_RING_SECONDS,
        session_timers: true,
        instance_id: randomUUID(),
        user_agent: 'Baton',
      })
    } catch {
      // JsSIP's own words name the parameter and its value.
      throw new Error('The domain, the extension or the user name can\u2019t be used. The extension is the part of the address before the @, the domain the part after it.')
    }
    this.#listen()
  }

  get status(): LineStatus {
    return this.#status
  }

  start(): void {
    this.ua.start()
    this.#watch = setInterval(() => this.look(), LOOK_EVERY_MS)
    this.#watch.unref()
  }

  /**
   * Sees whether the machine has slept since the last look. What is read first after a sleep, the network or the timer, nobody
   * knows; so whoever measures by the monotonic clock looks before.
   */
  look(): void {
    const last = this.#lastLook
    this.#lastLook = { wall: Date.now(), monotonic: performance.now() }
    // Which of the two clocks goes on while the machine sleeps depends on the machine.
    const counted = this.#lastLook.monotonic - last.monotonic - LOOK_EVERY_MS
    if (Math.max(this.#lastLook.wall - last.wall - LOOK_EVERY_MS, counted) > SLEPT_MS) this.#woke(Math.max(0, counted))
  }

  /** Leaves the server as it should be left: hangs up, takes the registration back, then lets go. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#watch)
    clearTimeout(this.#retry)
    this.ua.removeAllListeners()
    this.ua.stop()
  }

  address(user: string): string {
    return `sip:${encodeURIComponent(user).replaceAll('%2B', '+').replaceAll('%23', '#')}@${this.#parts.account.domain}`
  }

  #listen(): void {
    this.ua.on('connected', () => {
      this.#fault = null
      this.#say({ status: 'connecting', reason: '' })
    })
    this.ua.on('disconnected', () => {
      this.#down(this.#fault ? faultSentence(this.#fault) : faultSentence({ code: '', message: '' }))
      this.#parts.onDropped?.()
    })
    this.ua.on('registered', () => {
      this.#retries = 0
      clearTimeout(this.#retry)
      this.#say({ status: 'ready', reason: '' })
    })
    this.ua.on('registrationFailed', ({ response }) => this.#refused(response?.status_code ?? null))
    this.ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      if ((event.originator as string) !== 'remote') return
      this.#parts.onIncoming({ session: event.session, request: event.request as IncomingRequest })
    })
  }

  #refused(status: number | null): void {
    // A line that broke in the middle of it is not refused; it says so itself and registers again.
    if (!this.ua.isConnected()) return
    this.#down(registrationSentence(status))
    const pause = isSignInRefusal(status) ? REFUSED_RETRY_MS : Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#retries++)
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      if (this.ua.isConnected() && !this.ua.isRegistered()) this.ua.register()
    }, pause)
    this.#retry.unref()
  }

  /**
   * The machine slept: the line may look alive and be dead, and the registration may be over. What the server sent meanwhile
   * is still to be read, such as that a caller has gone: so the line is asked first, and broken off only where it is silent.
   */
  #woke(sleptMs: number): void {
    this.#parts.log.info('sip.woke')
    this.#parts.onWoke?.(sleptMs)
    this.#socket.probe(WOKEN_ANSWER_MS, () => {
      if (this.ua.isConnected()) this.ua.register()
    })
  }

  #hearFault(fault: LineFault): void {
    this.#fault = fault
  }

  #down(reason: string): void {
    if (!this.#closed) this.#say({ status: 'down', reason })
  }

  #say(status: LineStatus): void {
    if (status.status === this.#status.status && status.reason === this.#status.reason) return
    // While it is down, each new try is no news.
    if (status.status === 'connecting' && this.#status.status === 'down') return
    this.#status = status
    this.#parts.onStatus(status)
  }
}
