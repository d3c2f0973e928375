import { z } from 'zod'
import { isPrivateAddress } from '../observed/secureAddress.ts'
import type { PhoneWorld } from '../observed/world.ts'
import { NoSoundError, soundIn } from '../voicemail/bringSound.ts'

const callShape = z.object({ sid: z.string(), status: z.string() })

export type TwilioCall = z.infer<typeof callShape>

/** What Twilio’s API answered, where that is not what was asked for. */
export class TwilioFault extends Error {
  /** HTTP; 0 where Twilio could not be reached at all. */
  readonly status: number

  constructor(status: number) {
    super(`Twilio answered ${status}.`)
    this.status = status
  }
}

const WITHIN_MS = 10_000
const SOUND_WITHIN_MS = 30_000
/** No command waits longer than this for a busy Twilio; a person is there on the telephone. */
const LONGEST_WAIT_MS = 5_000
const FIRST_WAIT_MS = 1_000

/** Twilio’s REST API, as far as a telephone needs it (Twilio’s documentation, "Calls resource", version 2010-04-01). */
export class TwilioApi {
  readonly #base: string
  readonly #authorization: string
  readonly #world: PhoneWorld
  readonly #ended = new AbortController()

  constructor(api: string, accountSid: string, authToken: string, world: PhoneWorld) {
    this.#base = `${api}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`
    this.#authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    this.#world = world
  }

  /** @throws TwilioFault where account or token are wrong, or Twilio is not there */
  async check(): Promise<void> {
    await this.#ask('GET', '.json')
  }

  async call(sid: string): Promise<TwilioCall> {
    return callShape.parse(await this.#ask('GET', `/Calls/${encodeURIComponent(sid)}.json`))
  }

  async change(sid: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.#ask('POST', `/Calls/${encodeURIComponent(sid)}.json`, fields)
  }

  async start(fields: Readonly<Record<string, string>>): Promise<TwilioCall> {
    return callShape.parse(await this.#ask('POST', '/Calls.json', fields))
  }

  /**
   * What was recorded (Twilio's documentation, "Recordings resource", Fetch a Recording's media file).
   * @throws TwilioFault where it is not there yet; NoSoundError where it is not given out
   */
  async recording(sid: string): Promise<Uint8Array> {
    const path = `/Recordings/${encodeURIComponent(sid)}.wav`
    const response = await this.#once('GET', path, undefined, 'manual')
    if (response.ok) return soundIn(response)
    await response.body?.cancel()
    const elsewhere = response.headers.get('location')
    // Where the account keeps its recordings outside of Twilio; our token is not for there.
    if (response.status >= 300 && response.status < 400 && elsewhere !== null) return this.#kept(new URL(elsewhere, `${this.#base}${path}`))
    throw response.status === 401 || response.status === 403 ? new NoSoundError('Twilio does not give it out') : new TwilioFault(response.status)
  }

  async #kept(address: URL): Promise<Uint8Array> {
    if (!isPrivateAddress(address.href)) throw new NoSoundError('It is kept where the way is not encrypted')
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(SOUND_WITHIN_MS)]) })
    if (response.ok) return soundIn(response)
    await response.body?.cancel()
    throw new TwilioFault(response.status)
  }

  close(): void {
    this.#ended.abort()
  }

  async #ask(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<unknown> {
    const first = await this.#once(method, path, fields)
    if (first.status !== 429) return bodyOf(first)
    // Too many requests at once: once more, when Twilio says.
    const seconds = Number(first.headers.get('retry-after'))
    const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : FIRST_WAIT_MS
    if (wait > LONGEST_WAIT_MS) throw new TwilioFault(429)
    await new Promise<void>((resolve) => this.#world.after(wait, resolve))
    return bodyOf(await this.#once(method, path, fields))
  }

  async #once(method: string, path: string, fields?: Readonly<Record<string, string>>, redirect: 'error' | 'manual' = 'error'): Promise<Response> {
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(redirect === 'manual' ? SOUND_WITHIN_MS : WITHIN_MS)])
    const body = fields ? { body: new URLSearchParams(fields) } : {}
    try {
      // Never after a redirect: the token goes to Twilio alone.
      return await fetch(`${this.#base}${path}`, { method, signal, redirect, headers: { authorization: this.#authorization }, ...body })
    } catch {
      throw new TwilioFault(0)
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  await response.body?.cancel()
  throw new TwilioFault(response.status)
}

/** Why Twilio did not do it, for people. */
export function twilioSentence(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'Twilio refuses the account or its token. Check them under Settings, Phone.'
    case 404:
      return 'Twilio does not know this call any more.'
    case 429:
      return 'Twilio has too many requests of this account just now. The call is as it was; try again in a moment.'
    case 0:
      return 'Twilio can\u2019t be reached. The call is as it was; try again, or use the telephone itself.'
    default:
      return `Twilio could not do that (${status}). The call is as it was; try again, or use the telephone itself.`
  }
}
