import { normalizePhone } from '../../../shared/base/phone.ts'
import { diallable } from '../observed/dialled.ts'
import { type Hook, type HookAnswer, type HookReceiver, HttpHookReceiver } from '../observed/hookReceiver.ts'
import { type AskedOfCall, type AskedOfNone, ObservedLine } from '../observed/observedLine.ts'
import { Retry } from '../observed/retry.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { Ability, TwilioAccount } from '../port.ts'
import { TwilioApi, TwilioFault, twilioSentence } from './twilioApi.ts'
import { TwilioCalls } from './twilioCalls.ts'
import { isTwilios, NO_MORE_TWIML, ringTwiml, twilioFieldsIn, type TwilioFields, voicemailTwiml } from './twilioHooks.ts'

/** Answering and holding are done on the telephone that Twilio rings. */
export const TWILIO_ABILITIES: readonly Ability[] = ['reject', 'hangUp', 'dial', 'transferToNumber']

const CHECK_EVERY_MS = 60_000
const CANT = 'Twilio can\u2019t do that from Baton. Do it on the telephone itself.'
const GONE = 'Twilio can\u2019t be reached. Is this machine online? Baton keeps trying; callers still reach the telephone only while messages come in.'
const OVER = new Set(['completed', 'canceled', 'busy', 'failed', 'no-answer'])

interface Outside {
  readonly receiver?: HookReceiver
  /** Where Twilio’s API is. */
  readonly api?: string
}

/** A telephone number at Twilio that rings this desk’s telephone: seen by its webhooks, steered by its REST API. */
export class TwilioLine extends ObservedLine {
  readonly #account: TwilioAccount
  readonly #api: TwilioApi
  readonly #receiver: HookReceiver
  readonly #calls: TwilioCalls
  readonly #retry: Retry
  #listens = false
  #stopChecks: () => void = () => undefined

  constructor(account: TwilioAccount, world: PhoneWorld = machineWorld, { receiver = new HttpHookReceiver(account.listen), api = 'https://api.twilio.com' }: Outside = {}) {
    super(world, { adapter: 'twilio', account: `${account.lineNumber} at Twilio`, abilities: TWILIO_ABILITIES })
    this.#account = account
    this.#receiver = receiver
    this.#api = new TwilioApi(api, account.accountSid, account.authToken, world)
    this.#calls = new TwilioCalls(this.book, account.lineNumber, (leg) => void this.#safely(() => this.#api.change(leg, { Status: 'canceled' })))
    this.#retry = new Retry(world, () => void this.#check())
    receiver.start((hook) => this.#take(hook), (fault) => this.#listening(fault))
  }

  protected shutDown(): void {
    this.#stopChecks()
    this.#retry.stop()
    this.#receiver.stop()
    this.#api.close()
  }

  protected async askOfNone(command: AskedOfNone): Promise<string | null> {
    if (command.kind !== 'dial') return CANT
    const number = normalizePhone(command.number)
    if (number === undefined) return 'This is no number that Twilio can dial.'
    const { telephone, lineNumber, publicUrl } = this.#account
    const Twiml = ringTwiml({ to: number, callerId: lineNumber, base: publicUrl })
    const fields = { To: telephone, From: lineNumber, Twiml, StatusCallback: `${publicUrl}/status`, StatusCallbackEvent: 'completed' }
    return this.#safely(async () => {
      const { sid } = await this.#api.start(fields)
      this.#calls.ordered(sid, number, command.agentId)
    })
  }

  protected async askOfCall(command: AskedOfCall, key: string): Promise<string | null> {
    const { telephone, caller } = this.#calls.legsOf(key)
    switch (command.kind) {
      case 'hangUp':
        this.#calls.endingHere(key, 'hungUp')
        return this.#safely(() => this.#api.change(key, { Status: 'completed' }))
      case 'reject':
        this.#calls.endingHere(key, 'rejected')
        // Twilio has not said yet which leg rings; as soon as it does, that one is called off.
        if (telephone === null) return null
        return this.#safely(() => this.#api.change(telephone, { Status: 'canceled' }))
      case 'transfer': {
        const number = command.to.kind === 'number' ? diallable(normalizePhone(command.to.number) ?? null) : null
        if (number === null) return 'This is no number that Twilio can put a caller through to.'
        if (caller === null) return twilioSentence(404)
        return this.#transfer(key, caller, number)
      }
      default:
        return CANT
    }
  }

  async #transfer(key: string, caller: string, number: string): Promise<string | null> {
    const whom = { toAgentId: null, toNumber: number }
    // The telephone’s own leg may end before the answer comes, and is not to be taken for the end of the call.
    this.#calls.moving(key, whom)
    const Twiml = ringTwiml({ to: number, callerId: this.#account.lineNumber, base: this.#account.publicUrl })
    const refused = await this.#safely(() => this.#api.change(caller, { Twiml }))
    if (refused === null) this.book.transferring(key, whom)
    else this.#calls.moving(key, null)
    return refused
  }

  async #safely(act: () => Promise<void>): Promise<string | null> {
    try {
      await act()
      return null
    } catch (error) {
      const status = error instanceof TwilioFault ? error.status : 0
      if (status === 401 || status === 403) this.#isDown(twilioSentence(status))
      return twilioSentence(status)
    }
  }

  #listening(fault: string | null): void {
    if (fault !== null) return this.lineIs('down', fault)
    this.#listens = true
    void this.#check()
  }

  /** Asks Twilio whether it knows us; and after it was away, which calls are over. */
  async #check(): Promise<void> {
    this.#stopChecks()
    try {
      await this.#api.check()
      if (!this.ready) for (const key of this.book.keys()) await this.#isItOver(key)
      if (this.closed || !this.#listens) return
      this.#retry.wentWell()
      this.lineIs('ready')
      this.#stopChecks = this.world.after(CHECK_EVERY_MS, () => void this.#check())
    } catch (error) {
      const status = error instanceof TwilioFault ? error.status : 0
      if (!this.closed) this.#isDown(status === 401 || status === 403 ? twilioSentence(status) : GONE)
    }
  }

  async #isItOver(key: string): Promise<void> {
    try {
      const { status } = await this.#api.call(key)
      if (OVER.has(status)) this.#calls.lost(key)
    } catch (error) {
      if (!(error instanceof TwilioFault) || error.status !== 404) throw error
      this.#calls.lost(key)
    }
  }

  #isDown(sentence: string): void {
    this.lineIs('down', sentence)
    this.#retry.later()
  }

  #take({ path, contentType, header, body }: Hook): HookAnswer {
    const { publicUrl, authToken, accountSid } = this.#account
    const { origin, pathname } = new URL(publicUrl)
    if (contentType !== 'application/x-www-form-urlencoded') return { status: 415 }
    const fields = twilioFieldsIn(body)
    if (!fields || !isTwilios(authToken, `${origin}${path}`, fields, header('x-twilio-signature'))) return { status: 403 }
    if (fields.get('AccountSid') !== accountSid || !path.startsWith(`${pathname}/`)) return { status: 404 }
    const twiml = this.#told(path.slice(pathname.length + 1), fields)
    return twiml === null ? { status: 404 } : { status: 200, contentType: 'text/xml', body: twiml }
  }

  #voicemail(fields: TwilioFields): void {
    const of = (name: string): string => fields.get(name) ?? ''
    const recording = of('RecordingSid')
    if (of('CallSid') === '' || !/^RE[0-9a-fA-F]{32}$/.test(recording) || of('RecordingStatus') !== 'completed') return
    const { lineNumber } = this.#account
    // The address in the message is not asked: the token goes to Twilio's own, and to no other.
    const voicemail = { leftAt: this.world.now(), seconds: Number(of('RecordingDuration')) || 0, recording }
    this.voicemailLeft(of('CallSid'), { lineName: lineNumber, lineNumber, fromNumber: normalizePhone(of('From')) ?? null }, voicemail, () => this.#api.recording(recording))
  }

  /** @returns what Twilio is to do next; null where it asked at no door of ours */
  #told(door: string, fields: TwilioFields): string | null {
    const { telephone, publicUrl } = this.#account
    switch (door) {
      case 'voice':
        this.#calls.rings(fields)
        return ringTwiml({ to: telephone, base: publicUrl })
      case 'leg':
        this.#calls.leg(fields)
        return NO_MORE_TWIML
      case 'dialed': {
        const greeting = this.#account.voicemailGreeting ?? ''
        return this.#calls.dialed(fields) && greeting !== '' ? voicemailTwiml(greeting, publicUrl) : NO_MORE_TWIML
      }
      case 'voicemail':
        this.#voicemail(fields)
        return NO_MORE_TWIML
      case 'recorded':
        return NO_MORE_TWIML
      case 'status':
        this.#calls.status(fields)
        return NO_MORE_TWIML
      default:
        return null
    }
  }
}
