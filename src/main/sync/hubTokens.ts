import type { Store } from '../store/store.ts'
import type { DeviceKeys } from './deviceKey.ts'
import { type HubConnection, HubRefused, sessionText } from './hubConnection.ts'
import type { Timers } from './timers.ts'

/** A token is used for so long, whatever the hub's clock says of it: the two clocks may be a day apart. Milliseconds. */
const TOKEN_MS = 6 * 60 * 60 * 1000

/** The workstation's session with the hub, opened with its key when it is needed. */
export class HubTokens {
  readonly #connection: HubConnection
  readonly #keys: DeviceKeys
  readonly #store: Store
  readonly #timers: Timers
  #token: { readonly text: string; readonly since: number } | null = null

  constructor(connection: HubConnection, keys: DeviceKeys, store: Store, timers: Timers) {
    this.#connection = connection
    this.#keys = keys
    this.#store = store
    this.#timers = timers
  }

  /** @throws HubRefused `device.keyGone` where this machine does not have the key; HubUnreachable */
  async token(): Promise<string> {
    const age = this.#token ? Math.abs(this.#timers.now() - this.#token.since) : Number.POSITIVE_INFINITY
    if (this.#token && age < TOKEN_MS) return this.#token.text
    const key = await this.#keys.read()
    if (!key) throw new HubRefused(401, 'device.keyGone', 'The key is not on this machine')
    const who = { companyId: this.#store.companyId, deviceId: this.#store.deviceId }
    const challenge = await this.#connection.challenge(who)
    const { token } = await this.#connection.session({ ...who, challenge, signature: key.sign(sessionText({ ...who, challenge })) })
    this.#token = { text: token, since: this.#timers.now() }
    return token
  }

  forget(): void {
    this.#token = null
  }
}
