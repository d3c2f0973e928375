import { z } from 'zod'
import type { PhoneWorld } from '../observed/world.ts'
import type { RingCentralAccount } from '../port.ts'
import { NoSoundError, soundIn } from '../voicemail/bringSound.ts'
import { type LeftMessage, messageListShape } from './ringCentralEvents.ts'

const tokenShape = z.object({ access_token: z.string(), expires_in: z.number() })
const socketShape = z.object({ uri: z.string(), ws_access_token: z.string() })
const extensionShape = z.object({ id: z.union([z.string(), z.number()]).transform(String), extensionNumber: z.string().default('') })

/** What RingCentral answered, where that is not what was asked for. */
export class RingCentralFault extends Error {
  /** HTTP; 0 where RingCentral could not be reached at all. */
  readonly status: number

  constructor(status: number) {
    super(`RingCentral answered ${status}.`)
    this.status = status
  }
}

const MESSAGES = '/restapi/v1.0/account/~/extension/~/message-store'
const WITHIN_MS = 10_000
/** A token is asked for anew so long before it ends. */
const SPARE_MS = 60_000
/** No command waits longer than this for a busy RingCentral; a person is there on the telephone. */
const LONGEST_WAIT_MS = 5_000
const FIRST_WAIT_MS = 1_000

/** RingCentral’s REST API, as far as a telephone needs it (its API reference: Get Token, Call Control, WebSocket token). */
export class RingCentralApi {
  readonly #account: RingCentralAccount
  readonly #world: PhoneWorld
  readonly #ended = new AbortController()
  #token: { readonly value: string; readonly until: number } | null = null

  constructor(account: RingCentralAccount, world: PhoneWorld) {
    this.#account = account
    this.#world = world
  }

  /** Where the WebSocket is, with a token of its own in the address, good for one connection. */
  async socketAddress(): Promise<string> {
    const { uri, ws_access_token: token } = socketShape.parse(await this.ask('POST', '/restapi/oauth/wstoken'))
    const address = new URL(uri)
    address.searchParams.set('access_token', token)
    return address.href
  }

  /** Whose account this is. */
  async extension(): Promise<z.infer<typeof extensionShape>> {
    return extensionShape.parse(await this.ask('GET', '/restapi/v1.0/account/~/extension/~'))
  }

  /** @throws RingCentralFault where RingCentral does anything else than what it is asked */
  async ask(method: string, path: string, body?: object): Promise<unknown> {
    const first = await this.#signed(method, path, body)
    if (first.status !== 429) return bodyOf(first)
    // Too many requests at once: once more, when RingCentral says.
    const seconds = Number(first.headers.get('retry-after'))
    const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : FIRST_WAIT_MS
    if (wait > LONGEST_WAIT_MS) throw new RingCentralFault(429)
    await new Promise<void>((resolve) => this.#world.after(wait, resolve))
    return bodyOf(await this.#signed(method, path, body))
  }

  /**
   * The voicemails of this extension from a time on (epoch milliseconds), oldest first ("Get Message List").
   * @param unheardOnly only those that nobody has listened to
   * @throws RingCentralFault where the list is not given out
   */
  async voicemails(from: number, unheardOnly: boolean): Promise<readonly LeftMessage[]> {
    const asked = new URLSearchParams({ messageType: 'VoiceMail', direction: 'Inbound', availability: 'Alive', dateFrom: new Date(from).toISOString(), perPage: '100', ...(unheardOnly ? { readStatus: 'Unread' } : {}) })
    const left = messageListShape.parse(await this.ask('GET', `${MESSAGES}?${asked.toString()}`))
    return left.toSorted((before, after) => before.creationTime - after.creationTime)
  }

  /**
   * What somebody said in a message ("Get Message Content").
   * @throws RingCentralFault where it is not there yet; NoSoundError where it is not given out
   */
  async sound(message: string, attachment: string): Promise<Uint8Array> {
    const response = await this.#signed('GET', `${MESSAGES}/${encodeURIComponent(message)}/content/${encodeURIComponent(attachment)}`, undefined)
    if (response.ok) return soundIn(response)
    await response.body?.cancel()
    throw response.status === 401 || response.status === 403 ? new NoSoundError('RingCentral does not give it out') : new RingCentralFault(response.status)
  }

  close(): void {
    this.#ended.abort()
  }

  async #signed(method: string, path: string, body?: object): Promise<Response> {
    const send = async (): Promise<Response> => {
      const headers = { authorization: `Bearer ${await this.#accessToken()}`, ...(body ? { 'content-type': 'application/json' } : {}) }
      return this.#fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    }
    const response = await send()
    if (response.status !== 401) return response
    // The token was taken back before its time.
    this.#token = null
    return send()
  }

  async #accessToken(): Promise<string> {
    if (this.#token && this.#world.monotonic() < this.#token.until) return this.#token.value
    const { clientId, clientSecret, jwt } = this.#account
    const response = await this.#fetch('/restapi/oauth/token', {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt }),
    })
    // A wrong client, secret or JWT: 400 invalid_grant, or 401 invalid_client.
    if (response.status === 400) throw new RingCentralFault(401)
    const { access_token: value, expires_in: seconds } = tokenShape.parse(await bodyOf(response))
    this.#token = { value, until: this.#world.monotonic() + seconds * 1000 - SPARE_MS }
    return value
  }

  async #fetch(path: string, request: RequestInit): Promise<Response> {
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(WITHIN_MS)])
    try {
      // Never after a redirect: the token goes to RingCentral alone.
      return await fetch(`${this.#account.server}${path}`, { ...request, signal, redirect: 'error' })
    } catch {
      throw new RingCentralFault(0)
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  if (response.ok) return response.json()
  await response.body?.cancel()
  throw new RingCentralFault(response.status)
}

/** Why RingCentral did not do it, for people. */
export function ringCentralSentence(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'RingCentral refuses the application or its credentials. Check them under Settings, Phone.'
    case 404:
      return 'RingCentral does not know this call any more.'
    case 429:
      return 'RingCentral has too many requests of this account just now. The call is as it was; try again in a moment.'
    case 0:
      return 'RingCentral can\u2019t be reached. The call is as it was; try again, or use the telephone itself.'
    default:
      return `RingCentral could not do that (${status}). The call is as it was; try again, or use the telephone itself.`
  }
}
