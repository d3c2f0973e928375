import { assertNever } from '../../../shared/base/assertNever.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import { type HeaderOf, type Hook, type HookAnswer, type HookReceiver, HttpHookReceiver } from '../observed/hookReceiver.ts'
import type { Parties } from '../observed/callBook.ts'
import { otherEnd } from '../observed/otherEnd.ts'
import { ObservedLine } from '../observed/observedLine.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { EndCause, WebhookAccount } from '../port.ts'
import { fetchFrom } from '../voicemail/fetchFrom.ts'
import { type HookEvent, hookEventIn } from './hookEvents.ts'
import { looksSigned, SHORTEST_SECRET, Verifier } from './signature.ts'

const PATH = '/phone/events'
/** A voicemail of some minutes, in base64. */
const LONGEST_MESSAGE = 8 * 1024 * 1024
const signed = (header: HeaderOf) => ({ timestamp: header('x-baton-timestamp'), signature: header('x-baton-signature') })
const MOST_CALLS = 2_000
const WEAK = 'The secret of the telephone system\u2019s messages is too short. Enter one of at least 32 letters under Settings, Phone.'

const receiverOf = ({ listen }: WebhookAccount, world: PhoneWorld): HookReceiver =>
  new HttpHookReceiver(listen, { longest: LONGEST_MESSAGE, mayBeLong: (header) => looksSigned(signed(header), world.now()) }, world)

/** Any telephone system that sends a signed message for what happens to a call. It is watched only. */
export class WebhookLine extends ObservedLine {
  readonly #account: WebhookAccount
  readonly #receiver: HookReceiver
  readonly #verifier: Verifier
  readonly #ended = new AbortController()
  /** The newest message of each call. */
  readonly #sequences = new Map<string, number>()

  constructor(account: WebhookAccount, world: PhoneWorld = machineWorld, receiver: HookReceiver = receiverOf(account, world)) {
    super(world, { adapter: 'webhook', account: account.name, abilities: [] })
    this.#account = account
    this.#receiver = receiver
    this.#verifier = new Verifier(account.secret)
    if (account.secret.length < SHORTEST_SECRET) this.lineIs('down', WEAK)
    else receiver.start((hook) => this.#take(hook), (fault) => this.lineIs(fault === null ? 'ready' : 'down', fault ?? ''))
  }

  protected shutDown(): void {
    this.#ended.abort()
    this.#receiver.stop()
  }

  protected askOfCall(): Promise<string | null> {
    return Promise.resolve(null)
  }

  protected askOfNone(): Promise<string | null> {
    return Promise.resolve(null)
  }

  #take({ path, contentType, header, body }: Hook): HookAnswer {
    if (path !== PATH) return { status: 404 }
    if (contentType !== 'application/json') return { status: 415 }
    const verdict = this.#verifier.judge({ ...signed(header), body }, this.world.now())
    // Sent once more because the answer was lost: it was taken in.
    if (verdict === 'repeated') return { status: 200 }
    if (verdict !== 'genuine') return { status: 401 }
    const event = hookEventIn(body)
    if (!event) return { status: 422 }
    if (this.#isNews(event)) this.#tell(event)
    return { status: 200 }
  }

  #isNews({ call, sequence, extension }: HookEvent): boolean {
    const own = this.#account.extension
    if (own !== '' && extension !== '' && extension !== own) return false
    if (sequence <= (this.#sequences.get(call) ?? -1)) return false
    this.#sequences.delete(call)
    this.#sequences.set(call, sequence)
    for (const oldest of this.#sequences.keys()) {
      if (this.#sequences.size <= MOST_CALLS) break
      this.#sequences.delete(oldest)
    }
    return true
  }

  #tell(event: HookEvent): void {
    const { book } = this
    const key = event.call
    switch (event.event) {
      case 'ringing':
        return void book.offered(key, this.#parties(event.from, event.to, event.lineName))
      case 'dialing':
        return void book.dialing(key, this.#parties(event.to, event.from, event.lineName), null)
      case 'alerting':
        return book.early(key)
      case 'answered':
      case 'resumed':
        return book.talking(key)
      case 'answeredElsewhere':
        return book.state(key) === 'offered' ? book.ended(key, 'answeredElsewhere') : undefined
      case 'held':
        return book.held(key)
      case 'transferring':
        return book.transferring(key, { toAgentId: null, toNumber: event.to || null })
      case 'transferred':
        return book.putThrough(key, null)
      case 'voicemail':
        return this.#voicemail(event)
      case 'ended':
        return book.ended(key, this.#cause(event))
      default:
        return assertNever(event, 'message of a telephone system')
    }
  }

  #voicemail({ call, from, to, lineName, seconds, sound, soundUrl }: Extract<HookEvent, { event: 'voicemail' }>): void {
    const parties = this.#parties(from, to, lineName)
    const voicemail = { leftAt: this.world.now(), seconds, recording: null }
    if (sound !== undefined) return this.voicemailLeft(call, parties, { ...voicemail, sound: Buffer.from(sound, 'base64') })
    const hosts = this.#account.soundHosts ?? []
    return this.voicemailLeft(call, parties, voicemail, soundUrl === undefined ? undefined : () => fetchFrom(soundUrl, hosts, this.#ended.signal))
  }

  #cause({ call, by, cause }: Extract<HookEvent, { event: 'ended' }>): EndCause {
    if (cause !== 'normal') return cause
    if (by === 'them') return 'callerHungUp'
    return this.book.state(call) === 'offered' ? 'rejected' : 'hungUp'
  }

  #parties(other: string, line: string, lineName: string): Parties {
    const lineNumber = normalizePhone(line) ?? (line || this.#account.name)
    return { lineName: lineName || lineNumber, lineNumber, ...otherEnd(other) }
  }
}
