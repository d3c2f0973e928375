import { vi } from 'vitest'
import { HttpHookReceiver } from '../../../src/main/phone/observed/hookReceiver.ts'
import type { TwilioAccount } from '../../../src/main/phone/port.ts'
import { twilioSignature } from '../../../src/main/phone/twilio/twilioHooks.ts'
import { TWILIO_ABILITIES, TwilioLine } from '../../../src/main/phone/twilio/twilioLine.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'
import { TWILIO_SID, TWILIO_TOKEN, TwilioServer } from './twilioServer.ts'
import { freePort } from './webhookSender.ts'

const LINE = '+13125550100'
const PUBLIC = 'https://phones.example.com/twilio'

export const twilioAccount = (port: number): TwilioAccount => ({ kind: 'twilio', accountSid: TWILIO_SID, authToken: TWILIO_TOKEN, lineNumber: LINE, telephone: '+13125550199', publicUrl: PUBLIC, listen: { host: '127.0.0.1', port } })

type Fields = Readonly<Record<string, string>>

interface Placed {
  /** The first leg: the caller's, or this telephone's where it dialled. */
  readonly first: string
  readonly leg: string
  readonly direction: 'in' | 'out'
  state: 'ringing' | 'up' | 'moved' | 'over'
}

/** A number at Twilio and whoever calls it: says by webhooks what happens, does what the API asks. */
export class TwilioOffice {
  readonly server = new TwilioServer((sid, fields) => this.#changed(sid, fields), (sid, fields) => this.#started(sid, fields))
  readonly #hookPort: number
  readonly #calls = new Map<string, Placed>()
  readonly #sent: { readonly door: string; readonly fields: Fields }[] = []
  /** What Twilio was told to do, newest last. */
  readonly answers: string[] = []
  reachable = true
  #last: Promise<unknown> = Promise.resolve()

  constructor(hookPort: number) {
    this.#hookPort = hookPort
  }

  placed(from: string): Placed | undefined {
    return this.#calls.get(from)
  }

  ring(from: string, shown = from): void {
    const placed: Placed = { first: `CAin${String(this.#calls.size).padStart(4, '0')}`, leg: `CAleg${String(this.#calls.size).padStart(4, '0')}`, direction: 'in', state: 'ringing' }
    this.#calls.set(from, placed)
    this.server.calls.set(placed.first, 'ringing').set(placed.leg, 'ringing')
    this.#hook('voice', { CallSid: placed.first, From: shown, To: LINE, CallStatus: 'ringing', Direction: 'inbound' })
    this.#leg(placed, 'initiated')
    this.#leg(placed, 'ringing')
  }

  legAnswers(from: string): void {
    const placed = this.#calls.get(from)
    if (placed?.state !== 'ringing') return
    placed.state = 'up'
    this.#leg(placed, 'in-progress')
  }

  /** The first leg goes: the caller who called us, or this telephone. */
  firstHangsUp(from: string): void {
    const placed = this.#calls.get(from)
    if (!placed || placed.state === 'over') return
    const wasUp = placed.state === 'up'
    placed.state = 'over'
    this.server.calls.set(placed.first, 'completed')
    this.#leg(placed, wasUp ? 'completed' : 'canceled')
    this.#hook('dialed', { CallSid: placed.first, CallStatus: 'completed', DialCallSid: placed.leg, DialCallStatus: wasUp ? 'completed' : 'canceled' })
    this.#hook('status', { CallSid: placed.first, CallStatus: 'completed' })
  }

  /** The leg that Twilio made goes: this desk's telephone, or whoever it dialled. */
  legHangsUp(from: string, status = 'completed'): void {
    const placed = this.#calls.get(from)
    if (!placed || placed.state !== (status === 'completed' ? 'up' : 'ringing')) return
    placed.state = 'over'
    this.server.calls.set(placed.first, 'completed')
    this.#leg(placed, status)
    this.#hook('dialed', { CallSid: placed.first, CallStatus: 'in-progress', DialCallSid: placed.leg, DialCallStatus: status })
    this.#hook('status', { CallSid: placed.first, CallStatus: 'completed' })
  }

  /** A caller whom nobody answered has spoken: Twilio says that it has recorded it. */
  voicemailLeft(from: string, RecordingSid: string, RecordingDuration: string): void {
    this.#hook('voicemail', { CallSid: this.#calls.get(from)?.first ?? '', RecordingSid, RecordingUrl: `https://stranger.example/${RecordingSid}`, RecordingStatus: 'completed', RecordingDuration, RecordingChannels: '1', RecordingSource: 'RecordVerb' })
  }

  farEndRings(number: string): void {
    const placed = this.#calls.get(number)
    if (placed) this.#leg(placed, 'ringing')
  }

  targetAnswers(from: string): void {
    const placed = this.#calls.get(from)
    const parent = placed?.direction === 'in' ? placed.first : placed?.leg
    this.#hook('leg', { CallSid: `${placed?.first}-to`, ParentCallSid: parent ?? '', CallStatus: 'in-progress' })
  }

  sayAgain(): void {
    for (const { door, fields } of [...this.#sent]) this.#post(door, fields, twilioSignature(TWILIO_TOKEN, `${PUBLIC}/${door}`, new Map(Object.entries(fields))))
  }

  garble(): void {
    const from = this.#sent.at(-1)?.fields ?? {}
    this.#post('status', { ...from, CallStatus: 'completed' }, 'bm90IHRoZSByaWdodCBvbmU=')
    for (const fields of [{}, { CallSid: '' }, { AccountSid: TWILIO_SID, CallSid: 'CA-nobody', CallStatus: 'completed' }, { AccountSid: 'ACother', CallSid: from['CallSid'] ?? '', CallStatus: 'completed' }]) {
      for (const door of ['voice-not', 'leg', 'dialed', 'status']) this.#post(door, fields as Fields, twilioSignature(TWILIO_TOKEN, `${PUBLIC}/${door}`, new Map(Object.entries(fields as Fields))))
    }
  }

  get settled(): Promise<unknown> {
    return this.#last
  }

  #leg({ first, leg }: Placed, CallStatus: string): void {
    this.#hook('leg', { CallSid: leg, ParentCallSid: first, CallStatus })
  }

  #hook(door: string, fields: Fields): void {
    const whole = { AccountSid: TWILIO_SID, ApiVersion: '2010-04-01', ...fields }
    if (!this.reachable) return
    this.#sent.push({ door, fields: whole })
    this.#post(door, whole, twilioSignature(TWILIO_TOKEN, `${PUBLIC}/${door}`, new Map(Object.entries(whole))))
  }

  #post(door: string, fields: Fields, signature: string): void {
    this.#last = this.#last
      .then(async () => {
        const response = await fetch(`http://127.0.0.1:${this.#hookPort}/twilio/${door}`, { method: 'POST', body: new URLSearchParams(fields), headers: { 'x-twilio-signature': signature, connection: 'close' } })
        this.answers.push(await response.text())
      })
      // Nobody is there any more after the line was closed.
      .catch(() => undefined)
  }

  #started(sid: string, { Twiml = '' }: Fields): void {
    const number = />(\+\d+)<\/Number>/.exec(Twiml)?.[1] ?? ''
    this.#calls.set(number, { first: sid, leg: `${sid}-far`, direction: 'out', state: 'ringing' })
    this.server.calls.set(sid, 'in-progress').set(`${sid}-far`, 'ringing')
  }

  #changed(sid: string, fields: Fields): void {
    const [from = '', placed] = [...this.#calls].find(([, { first, leg }]) => first === sid || leg === sid) ?? []
    if (!placed) return
    if (fields['Status'] === 'completed') this.firstHangsUp(from)
    else if (fields['Status'] === 'canceled') this.legHangsUp(from, 'canceled')
    else if (fields['Twiml'] !== undefined) {
      placed.state = 'moved'
      this.#leg(placed, 'completed')
    }
  }
}

/** Twilio as the conformance suite drives it. */
export async function twilioDriver(): Promise<PhoneDriver> {
  const hookPort = await freePort()
  const office = new TwilioOffice(hookPort)
  await office.server.listen()
  const world = new TurnedWorld()
  const account = twilioAccount(hookPort)
  const receiver = new HttpHookReceiver(account.listen)
  const port = new TwilioLine(account, world, { receiver, api: `http://127.0.0.1:${office.server.port}` })
  const isIn = (from: string): boolean => office.placed(from)?.direction !== 'out'
  return {
    port,
    adapter: 'twilio',
    abilities: TWILIO_ABILITIES,
    pass: (milliseconds) => world.pass(milliseconds),
    ring: (from) => office.ring(from),
    ringWithheld: () => office.ring('withheld', 'anonymous'),
    callerHangsUp: (from) => (isIn(from) ? office.firstHangsUp(from) : office.legHangsUp(from)),
    deskAnswers: (from) => office.legAnswers(from),
    deskHangsUp: (from) => (isIn(from) ? office.legHangsUp(from) : office.firstHangsUp(from)),
    deskRejects: (from) => office.legHangsUp(from, 'busy'),
    dialled: (number) => vi.waitUntil(() => office.placed(number) !== undefined, { interval: 1 }).then(() => undefined),
    farEndRings: (number) => office.farEndRings(number),
    farEndAnswers: (number) => office.legAnswers(number),
    farEndBusy: (number) => office.legHangsUp(number, 'busy'),
    targetAnswers: (from) => office.targetAnswers(from),
    repeats: () => office.sayAgain(),
    garbles: () => office.garble(),
    refusesNext: () => void office.server.failures.push({ status: 500 }),
    async serverGone() {
      office.reachable = false
      await office.server.stop()
      // Baton asks every minute whether Twilio is there.
      world.pass(60_000)
    },
    async serverBack() {
      office.reachable = true
      await office.server.listen()
    },
    leftBehind: () => Number(receiver.listening) + world.waiting,
    async stop() {
      await office.settled
      await office.server.stop()
    },
  }
}
