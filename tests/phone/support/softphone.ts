import type { Log } from '../../../src/main/core/log.ts'
import type { CallState, LineState, PhoneCall, PhoneCommand, PhoneEvent, SipAccount } from '../../../src/main/phone/port.ts'
import { MediaBridge } from '../../../src/main/phone/sip/mediaBridge.ts'
import { SipPhone } from '../../../src/main/phone/sip/sipPhone.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import { PATIENCE_MS } from '../../support/pbx/patience.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'

/** Waits until it is so. @throws with what was there instead */
export async function until<T>(what: string, look: () => T | undefined | false, say: () => string = () => '', limitMs = PATIENCE_MS): Promise<T> {
  const limit = performance.now() + limitMs
  for (;;) {
    const found = look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > limit) throw new Error(`Not within ${limitMs} ms: ${what}. ${say()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Who sits at the workstation in these tests. */
export const AGENT = 'agent-1'

export interface Heard {
  readonly at: number
  readonly event: PhoneEvent
}

/** Everything a log was told, so that a test can look for what must not be there. */
export class KeptLog implements Log {
  readonly lines: string[] = []
  info = (event: string, details?: object): void => void this.lines.push(`${event} ${JSON.stringify(details ?? {})}`)
  warn = this.info
  error = this.info
}

export const accountAt = (pbx: Pbx, extension: string, more: Partial<SipAccount> = {}): SipAccount => ({
  kind: 'sip',
  server: pbx.ws,
  domain: REALM,
  extension,
  userName: '',
  password: passwordOf(extension),
  displayName: `Agent ${extension}`,
  certificate: '',
  ...more,
})

/** The adapter under test, with everything it has said. */
export class Softphone {
  readonly heard: Heard[] = []
  readonly log = new KeptLog()
  readonly bridge: MediaBridge
  readonly phone: SipPhone
  readonly extension: string
  readonly #up = new Map<string, CallState>()

  constructor(account: SipAccount) {
    this.extension = account.extension
    this.bridge = new MediaBridge(this.log)
    this.phone = new SipPhone({ account, bridge: this.bridge, log: this.log })
    this.phone.listen((event) => {
      this.heard.push({ at: performance.now(), event })
      if (event.kind !== 'call') return
      if (event.call.state === 'ended') this.#up.delete(event.call.externalId)
      else this.#up.set(event.call.externalId, event.call.state)
    })
  }

  /** Ends what is up and forgets what was heard, so that a test begins as if it were the first. */
  async rest(): Promise<void> {
    for (const [externalId, state] of this.#up) this.send(state === 'offered' ? { kind: 'reject', externalId } : { kind: 'hangUp', externalId })
    await until('every call is over', () => this.#up.size === 0, () => JSON.stringify([...this.#up]))
    this.heard.length = 0
  }

  send(command: PhoneCommand): void {
    this.phone.send(command)
  }

  get line(): LineState {
    return this.phone.line()
  }

  /** Every call event so far. */
  get calls(): readonly PhoneCall[] {
    return this.heard.flatMap(({ event }) => (event.kind === 'call' ? [event.call] : []))
  }

  get refused(): readonly string[] {
    return this.heard.flatMap(({ event }) => (event.kind === 'refused' ? [`${event.command}: ${event.message}`] : []))
  }

  /** The states a call has gone through, each once in a row. */
  statesOf(externalId: string): readonly CallState[] {
    const states = this.calls.filter((call) => call.externalId === externalId).map(({ state }) => state)
    return states.filter((state, index) => state !== states[index - 1])
  }

  async untilReady(): Promise<void> {
    await until('the line is ready', () => this.line.status === 'ready', () => JSON.stringify(this.line))
  }

  async untilAudio(): Promise<void> {
    await until('there is sound', () => this.line.audio?.status === 'ready', () => JSON.stringify(this.line.audio))
  }

  /** Waits until the newest call (or the one named) is in a state. */
  until(state: CallState, externalId?: string): Promise<PhoneCall> {
    const newest = (): PhoneCall | undefined => this.calls.filter((call) => externalId === undefined || call.externalId === externalId).at(-1)
    const say = (): string => `It is ${newest()?.state}. Refused: ${this.refused.join(' | ')}. Log: ${this.log.lines.slice(-5).join(' ')}`
    return until(`the call is ${state}`, () => (newest()?.state === state ? newest() : undefined), say)
  }

  stop(): void {
    this.phone.close()
    this.bridge.close()
  }
}
