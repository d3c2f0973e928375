import jssip from 'jssip'
import type { Subscriber } from 'jssip/lib/Subscriber.js'
import type { UA } from 'jssip/lib/UA.js'
import { ObservedLine } from '../observed/observedLine.ts'
import { Retry } from '../observed/retry.ts'
import { isPrivateAddress } from '../observed/secureAddress.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { DialogsAccount } from '../port.ts'
import { dialogInfoIn } from './dialogInfo.ts'
import { DialogWatch } from './dialogWatch.ts'
import { WatchSocket } from './watchSocket.ts'

// Its own log writes whole messages, credentials and all, wherever DEBUG names it.
jssip.debug.disable()

const EXPIRES_SECONDS = 600
const MAX_WATCHED = 200
const GONE = 'The line to the telephone system is down. Baton keeps trying.'
const NOT_TOLD = 'The telephone system does not tell what is on this telephone. Check extension, user name and password under Settings, Phone, and that the system offers its dialog events.'

const NOT_ENCRYPTED = 'Without encryption Baton talks to a server on this machine only. Enter an address that begins with wss:// under Settings, Phone.'
/** So long nobody is asked again who refused: an account is not to be locked by us. */
const REFUSED_FOR_MS = 60_000

/** JsSIP’s words for a subscription that ended because of the line, not because it is refused: no response, no transport, a final notice. */
const LINE_FAULTS = new Set<number>([0, 1, 5, 6])

/**
 * A desk telephone as its PBX tells of it (RFC 4235): who rings, who talks, who held. It only watches: answering and
 * dialing are done on the telephone itself.
 */
export class DialogsLine extends ObservedLine {
  readonly #account: DialogsAccount
  readonly #watch: DialogWatch
  readonly #retry: Retry
  readonly #subscribers = new Map<string, Subscriber>()
  #ua: UA | null = null
  #socket: WatchSocket | null = null

  constructor(account: DialogsAccount, world: PhoneWorld = machineWorld) {
    // The softphones' own prefix: a ring that reaches desk telephones and softphones by one Call-ID is one call.
    super(world, { adapter: 'sip', account: `Extension ${account.extension} at ${account.domain}`, abilities: [] })
    this.#account = account
    this.#watch = new DialogWatch({ extension: account.extension, book: this.book, onExtension: (extension, state) => this.#extension(extension, state) })
    this.#retry = new Retry(world, () => this.#open())
    this.#open()
  }

  protected shutDown(): void {
    this.#retry.stop()
    this.#drop()
  }

  protected askOfCall(): Promise<string | null> {
    return Promise.resolve(null)
  }

  protected askOfNone(): Promise<string | null> {
    return Promise.resolve(null)
  }

  #open(): void {
    this.#drop()
    const { server, certificate, domain, extension, userName, password } = this.#account
    if (!isPrivateAddress(server)) return this.lineIs('down', NOT_ENCRYPTED)
    try {
      const socket = new WatchSocket(server, certificate)
      const ua = new jssip.UA({
        sockets: [socket],
        uri: `sip:${extension}@${domain}`,
        authorization_user: userName || extension,
        password,
        register: false,
        session_timers: false,
      })
      this.#ua = ua
      this.#socket = socket
      ua.on('connected', () => this.#subscribeAll(ua))
      ua.on('disconnected', () => {
        if (this.#ua === ua) this.#lost(GONE)
      })
      ua.start()
    } catch {
      this.lineIs('down', NOT_TOLD)
    }
  }

  #subscribeAll(ua: UA): void {
    const { extension, watched } = this.#account
    for (const one of new Set([extension, ...watched.slice(0, MAX_WATCHED)])) if (this.#ua === ua) this.#subscribe(ua, one)
  }

  #subscribe(ua: UA, extension: string): void {
    const subscriber = ua.subscribe(`sip:${extension}@${this.#account.domain}`, 'dialog', 'application/dialog-info+xml', { expires: EXPIRES_SECONDS, contentType: '' })
    this.#subscribers.set(extension, subscriber)
    this.#watch.askedAnew(extension)
    const current = (): boolean => this.#subscribers.get(extension) === subscriber
    subscriber.on('active', () => {
      if (!current() || extension !== this.#account.extension) return
      this.#retry.wentWell()
      this.lineIs('ready')
    })
    subscriber.on('notify', (_final, _request, body, type) => {
      if (current() && type?.toLowerCase().startsWith('application/dialog-info+xml')) this.#heard(extension, body ?? '', subscriber)
    })
    subscriber.on('terminated', (code) => {
      if (!current()) return
      this.#subscribers.delete(extension)
      // A colleague’s that is not offered is done without; our own is what this line is for.
      if (extension !== this.#account.extension) return
      if (LINE_FAULTS.has(code)) this.#lost(GONE)
      else this.#lost(NOT_TOLD, REFUSED_FOR_MS)
    })
    subscriber.subscribe()
  }

  #heard(extension: string, body: string, subscriber: Subscriber): void {
    const info = dialogInfoIn(body)
    // Where a notice was missed, subscribing again brings everything (RFC 4235, 3.10).
    if (info && !this.#watch.take(extension, info)) subscriber.subscribe()
  }

  #extension(extension: string, state: Parameters<DialogsLine['extensionIs']>[1]): void {
    if (extension !== this.#account.extension) this.extensionIs(extension, state)
  }

  #lost(sentence: string, atLeastMs = 0): void {
    this.#drop()
    this.lineIs('down', sentence)
    this.#retry.later(atLeastMs)
  }

  #drop(): void {
    const [ua, subscribers] = [this.#ua, [...this.#subscribers.values()]]
    this.#ua = null
    this.#subscribers.clear()
    for (const subscriber of subscribers) subscriber.removeAllListeners()
    if (!ua) return
    ua.removeAllListeners()
    if (ua.isConnected()) for (const subscriber of subscribers) takeBack(subscriber)
    ua.stop()
    // JsSIP would wait for the answers to what was just taken back.
    this.#socket?.disconnect()
  }
}

function takeBack(subscriber: Subscriber): void {
  try {
    subscriber.terminate()
  } catch {
    // It was never answered: there is nothing to take back.
  }
}
