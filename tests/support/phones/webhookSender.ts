import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { HttpHookReceiver } from '../../../src/main/phone/observed/hookReceiver.ts'
import type { WebhookAccount } from '../../../src/main/phone/port.ts'
import { signatureOf } from '../../../src/main/phone/webhook/signature.ts'
import { WebhookLine } from '../../../src/main/phone/webhook/webhookLine.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'

export const HOOK_SECRET = 'a-secret-of-at-least-thirty-two-letters'
const LINE = '+13125550100'

/** A port that nobody listens at just now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const hookAccount = (port: number, more: Partial<WebhookAccount> = {}): WebhookAccount => ({ kind: 'webhook', name: 'Front desk at Acme Voice', extension: '101', listen: { host: '127.0.0.1', port }, secret: HOOK_SECRET, ...more })

/** A telephone system that sends signed messages (docs/phone-webhook.md), one after the other as they happen. */
export class WebhookSender {
  readonly #url: string
  readonly #now: () => number
  readonly #sequences = new Map<string, number>()
  readonly #sent: { readonly body: string; readonly headers: Readonly<Record<string, string>> }[] = []
  #last: Promise<unknown> = Promise.resolve()

  constructor(port: number, now: () => number) {
    this.#url = `http://127.0.0.1:${port}/phone/events`
    this.#now = now
  }

  say(call: string, event: string, more: Readonly<Record<string, string>> = {}): void {
    const sequence = (this.#sequences.get(call) ?? 0) + 1
    this.#sequences.set(call, sequence)
    const body = JSON.stringify({ version: 1, event, call, sequence, extension: '101', ...more })
    const timestamp = String(Math.floor(this.#now() / 1000))
    const message = { body, headers: { 'content-type': 'application/json', 'x-baton-timestamp': timestamp, 'x-baton-signature': signatureOf(HOOK_SECRET, timestamp, body) } }
    this.#sent.push(message)
    void this.post(message.body, message.headers)
  }

  /** Signed anew, as a system does that tries again, and word for word. */
  sayAgain(): void {
    for (const { body, headers } of [...this.#sent]) {
      void this.post(body, headers)
      const timestamp = String(Math.floor(this.#now() / 1000) + 1)
      void this.post(body, { ...headers, 'x-baton-timestamp': timestamp, 'x-baton-signature': signatureOf(HOOK_SECRET, timestamp, body) })
    }
  }

  post(body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const sent = this.#last.then(async () => {
      const response = await fetch(this.#url, { method: 'POST', body, headers: { ...headers, connection: 'close' } })
      await response.arrayBuffer()
      return response.status
    })
    // Nobody is there any more after the line was closed.
    this.#last = sent.catch(() => undefined)
    return sent.catch(() => 0)
  }

  get sent(): Promise<unknown> {
    return this.#last
  }
}

/** A telephone system that sends messages, as the conformance suite drives it. */
export async function webhookDriver(): Promise<PhoneDriver> {
  const world = new TurnedWorld()
  const port = await freePort()
  const account = hookAccount(port)
  const receiver = new HttpHookReceiver(account.listen)
  const line = new WebhookLine(account, world, receiver)
  const sender = new WebhookSender(port, world.now)
  const ids = new Map<string, string>()
  const up = new Map<string, string>()
  const say = (from: string, event: string, more: Readonly<Record<string, string>> = {}): void => sender.say(ids.get(from) ?? from, event, more)
  const ring = (from: string, shown = from): void => {
    ids.set(from, `c-${ids.size}`)
    up.set(from, 'ringing')
    say(from, 'ringing', { from: shown, to: LINE })
  }
  const step = (from: string, before: string, after: string, event: string, more: Readonly<Record<string, string>> = {}): void => {
    if (up.get(from) !== before) return
    up.set(from, after)
    say(from, event, more)
  }
  return {
    port: line,
    adapter: 'webhook',
    abilities: [],
    pass: (milliseconds) => world.pass(milliseconds),
    ring: (from) => ring(from),
    ringWithheld: () => ring('withheld', 'Anonymous'),
    callerHangsUp(from) {
      step(from, 'ringing', 'over', 'ended', { by: 'them' })
      step(from, 'up', 'over', 'ended', { by: 'them' })
    },
    deskAnswers: (from) => step(from, 'ringing', 'up', 'answered'),
    deskHangsUp: (from) => step(from, 'up', 'over', 'ended', { by: 'us' }),
    deskRejects: (from) => step(from, 'ringing', 'over', 'ended', { by: 'us', cause: 'rejected' }),
    deskHolds: (from) => step(from, 'up', 'held', 'held'),
    deskResumes: (from) => step(from, 'held', 'up', 'resumed'),
    answeredElsewhere: (from) => step(from, 'ringing', 'over', 'answeredElsewhere'),
    repeats: () => sender.sayAgain(),
    garbles() {
      const timestamp = String(Math.floor(world.now() / 1000))
      const signed = (body: string) => ({ 'content-type': 'application/json', 'x-baton-timestamp': timestamp, 'x-baton-signature': signatureOf(HOOK_SECRET, timestamp, body) })
      for (const body of ['', '{', '[]', '{"version":2}', '{"version":1,"event":"dancing","call":"c-0","sequence":9}', '{"version":1,"event":"ended","call":"c-0","sequence":-1}']) void sender.post(body, signed(body))
      void sender.post('{"version":1,"event":"ended","call":"c-0","sequence":99}', { 'content-type': 'application/json', 'x-baton-timestamp': timestamp, 'x-baton-signature': `sha256=${'0'.repeat(64)}` })
    },
    leftBehind: () => Number(receiver.listening) + world.waiting,
    async stop() {
      await sender.sent
      line.close()
    },
  }
}
