import { PORTS } from './addresses.ts'
import { type Sound, TELEPHONE_RATE, tone } from './audio.ts'
import { CALLER } from './numbers.ts'
import type { Pbx } from './pbx.ts'
import { type Answer, type Dialog, SipEndpoint } from './sip/endpoint.ts'
import { methodOf, type SipMessage } from './sip/message.ts'
import { FRAME_MS, FRAME_SAMPLES, RtpLine } from './sip/rtp.ts'
import { answerTo, offerOf, placeOf } from './sip/sdp.ts'

/** Apart from the ports of baresip and sipp at the same address. */
const FIRST_PORT = 5_200

/** Packets that come later than this after the one before were not sent in between: what is missing was silence. */
const GAP_MS = 100

/** A quiet voice; silence and what is left of it by a codec lie below. */
const AUDIBLE = 0.02

let started = 0

/**
 * A customer whose hearing has a clock: where no packet came, `heard` has silence, so a test sees when sound stopped and
 * came back, on hold and on mute, as often as it likes. It says a tone while the other side wants to hear it. One call.
 */
export class TonePhone {
  readonly #endpoint: SipEndpoint
  readonly #line: RtpLine
  readonly #from: string
  readonly #own: { readonly address: string; readonly server: string }
  readonly #speech: Float32Array
  readonly #heard: { readonly at: number; readonly frame: Float32Array }[]
  readonly #clock: NodeJS.Timeout
  readonly #ended = Promise.withResolvers<void>()
  #spoken = 0
  #speaks = false
  #dialog: Dialog | undefined
  #answeredAt = 0

  private constructor(parts: { endpoint: SipEndpoint; line: RtpLine; heard: { at: number; frame: Float32Array }[]; from: string; own: { address: string; server: string }; hertz: number }) {
    this.#endpoint = parts.endpoint
    this.#line = parts.line
    this.#heard = parts.heard
    this.#from = parts.from
    this.#own = parts.own
    // A whole second, so that its end meets its beginning.
    this.#speech = tone(parts.hertz, 1).samples
    this.#clock = setInterval(() => this.#speak(), FRAME_MS)
    parts.endpoint.listen((request, answer) => this.#asked(request, answer))
  }

  /** @param hertz a whole number, so that its tone has no seam */
  static async start(pbx: Pbx, { number = CALLER.number as string, name = CALLER.name as string, hertz = 500 } = {}): Promise<TonePhone> {
    const { carrier, pbx: server } = pbx.addresses
    const heard: { at: number; frame: Float32Array }[] = []
    const endpoint = await SipEndpoint.bind(number, carrier, FIRST_PORT + (started++ % 100), { address: server, port: PORTS.sip })
    const line = await RtpLine.open(carrier, (frame) => heard.push({ at: performance.now(), frame }))
    const phone = new TonePhone({ endpoint, line, heard, from: `"${name}" <sip:${number}@${carrier}>`, own: { address: carrier, server }, hertz })
    pbx.stopWith(phone)
    return phone
  }

  /**
   * Dials a number or extension of the office and resolves once somebody has taken the call.
   * @throws with the server's words where nobody does
   */
  async dial(number: string): Promise<void> {
    const { answer, dialog } = await this.#endpoint.invite(this.#from, `sip:${number}@${this.#own.server}`, offerOf(this.#own.address, this.#line.port))
    if (!dialog) throw new Error(`The call to ${number} was refused: ${answer.start}`)
    this.#dialog = dialog
    this.#answeredAt = performance.now()
    this.#line.sendTo(placeOf(answer.body))
    this.#speaks = true
  }

  /** The SIP Call-ID, as `pbx.sound` takes it. */
  get callId(): string {
    return this.#dialog?.callId ?? ''
  }

  /** Resolves once the office has hung up. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  async hangUp(): Promise<void> {
    this.#speaks = false
    if (this.#dialog) await this.#endpoint.bye(this.#dialog)
  }

  #speak(): void {
    if (!this.#speaks) return
    const from = (this.#spoken * FRAME_SAMPLES) % this.#speech.length
    this.#spoken += 1
    this.#line.send(this.#speech.subarray(from, from + FRAME_SAMPLES))
  }

  #asked(request: SipMessage, answer: (answer: Answer) => void): void {
    if (methodOf(request) === 'BYE') {
      this.#speaks = false
      answer({ status: 200, phrase: 'OK' })
      this.#ended.resolve()
      return
    }
    if (methodOf(request) !== 'INVITE' || !this.#dialog) {
      answer({ status: 501, phrase: 'Not Implemented' })
      return
    }
    const place = placeOf(request.body)
    this.#line.sendTo(place)
    this.#speaks = place.direction === 'sendrecv' || place.direction === 'recvonly'
    answer({ status: 200, phrase: 'OK', body: answerTo(place, { address: this.#own.address, port: this.#line.port }) })
  }

  /** When each packet came in which anything is to be heard, by `performance.now()`. */
  heardAt(): readonly number[] {
    return this.#heard.flatMap(({ at, frame }) => (frame.some((sample) => Math.abs(sample) > AUDIBLE) ? [at] : []))
  }

  /** Everything since the answer until now, as it was heard. */
  heard(): Sound {
    const perMs = TELEPHONE_RATE / 1_000
    const samples = new Float32Array(Math.ceil((performance.now() - this.#answeredAt) * perMs))
    let end = 0
    for (const { at, frame } of this.#heard) {
      const came = (at - this.#answeredAt) * perMs
      const start = came - end > GAP_MS * perMs ? Math.round(came) : end
      samples.set(frame.subarray(0, Math.max(0, samples.length - start)), Math.min(start, samples.length))
      end = start + frame.length
    }
    return { rate: TELEPHONE_RATE, samples }
  }

  async stop(): Promise<void> {
    clearInterval(this.#clock)
    this.#line.close()
    this.#endpoint.close()
  }
}
