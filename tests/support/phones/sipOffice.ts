import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { formatSip, headerOf, methodOf, parseSip, type SipMessage, statusOf, tagOf, uriOf } from '../pbx/sip/message.ts'

/** What both sides say of their sound. Nobody listens. */
export const ANY_SDP = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv', ''].join('\r\n')

const DOMAIN = 'office.test'

interface Ring {
  readonly callId: string
  /** The user of From: `101` of a colleague, `+15125550142` of a caller. */
  readonly from: string
  readonly headers?: readonly (readonly [string, string])[]
}

interface InDialog {
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
}

/** One dialogue with the telephone under test, as its other side has it. */
interface Dialogue {
  readonly callId: string
  readonly local: string
  readonly remote: string
}

/**
 * A telephone system by hand: it registers whoever asks, agrees to farewells, and says otherwise what a test tells it to,
 * message by message, so that what seldom comes together on a real server comes together here.
 */
export class SipOffice {
  readonly received: SipMessage[] = []
  #server: WebSocketServer | null = null
  #socket: WebSocket | null = null
  #contact = ''
  #port = 0
  #cseq = 100

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  async listen(): Promise<void> {
    const server = new WebSocketServer({ port: this.#port, host: '127.0.0.1', handleProtocols: () => 'sip' })
    this.#server = server
    await new Promise((resolve) => server.once('listening', resolve))
    this.#port = (server.address() as AddressInfo).port
    server.on('connection', (socket) => {
      this.#socket = socket
      socket.on('message', (data: Buffer) => this.#hear(data.toString('utf8')))
    })
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const client of server?.clients ?? []) client.terminate()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** The first that came with that method, or that status where it is a number; those before `after` do not count. */
  find(what: string | number, after = 0): SipMessage | undefined {
    return this.received.slice(after).find((one) => (typeof what === 'string' ? methodOf(one) === what : statusOf(one) === what))
  }

  /** Rings at the telephone. */
  ring({ callId, from, headers = [] }: Ring): void {
    this.#say(this.#request('INVITE', this.#contact, `<sip:101@${DOMAIN}>`, `<sip:${from}@${DOMAIN}>;tag=there-${callId}-${from}`, callId, [...headers, ['Content-Type', 'application/sdp']], ANY_SDP))
  }

  /** Acknowledges an answer that the telephone gave, and names the dialogue. */
  acknowledge(answer: SipMessage): Dialogue {
    const dialogue = { callId: headerOf(answer, 'call-id'), local: headerOf(answer, 'from'), remote: headerOf(answer, 'to') }
    const cseq = Number.parseInt(headerOf(answer, 'cseq'), 10)
    this.#say(this.#request('ACK', uriOf(headerOf(answer, 'contact')), dialogue.remote, dialogue.local, dialogue.callId, [], '', cseq))
    return dialogue
  }

  /** The dialogue of a call that the telephone made and we have answered. */
  dialogueOf(invite: SipMessage): Dialogue {
    return { callId: headerOf(invite, 'call-id'), local: this.#tagged(headerOf(invite, 'to'), invite), remote: headerOf(invite, 'from') }
  }

  send(method: string, dialogue: Dialogue, more: InDialog = {}): void {
    this.sendTogether([[method, more]], dialogue)
  }

  /** Several in one packet; `backwards` as where the last overtakes the others. */
  sendTogether(requests: readonly (readonly [string, InDialog])[], { remote, local, callId }: Dialogue, { backwards = false } = {}): void {
    const frames = requests.map(([method, { headers = [], body = '' }]) => formatSip(this.#request(method, this.#contact, remote, local, callId, headers, body)))
    // The socket below takes both at once: the telephone reads them in one go.
    const { _socket: below } = this.#socket as unknown as { readonly _socket: { cork(): void; uncork(): void } }
    below.cork()
    for (const frame of backwards ? frames.toReversed() : frames) this.#socket?.send(frame)
    below.uncork()
  }

  /** Replaces the dialogue of the telephone with this one. */
  replaces({ callId, local, remote }: Dialogue): readonly [string, string] {
    return ['Replaces', `${callId};to-tag=${tagOf(remote)};from-tag=${tagOf(local)}`]
  }

  answer(request: SipMessage, status: number, { headers = [], body = '' }: InDialog = {}): void {
    const same = request.headers.filter(([name]) => ['via', 'from', 'call-id', 'cseq'].includes(name.toLowerCase()))
    const content: readonly (readonly [string, string])[] = body === '' ? [] : [['Content-Type', 'application/sdp']]
    this.#say({ start: `SIP/2.0 ${status} Said`, headers: [...same, ['To', status === 100 ? headerOf(request, 'to') : this.#tagged(headerOf(request, 'to'), request)], ['Contact', `<sip:there@127.0.0.1:${this.#port};transport=ws>`], ...headers, ...content], body })
  }

  #tagged(to: string, request: SipMessage): string {
    return tagOf(to) === '' ? `${to};tag=here-${headerOf(request, 'call-id')}` : to
  }

  #request(method: string, target: string, to: string, from: string, callId: string, headers: readonly (readonly [string, string])[], body: string, cseq = this.#cseq++): SipMessage {
    const routing = [['Via', `SIP/2.0/WS 127.0.0.1:${this.#port};branch=z9hG4bK${method}${cseq}`], ['Max-Forwards', '70'], ['To', to], ['From', from], ['Call-ID', callId], ['CSeq', `${cseq} ${method}`], ['Contact', `<sip:there@127.0.0.1:${this.#port};transport=ws>`]] as const
    return { start: `${method} ${target} SIP/2.0`, headers: [...routing, ...headers], body }
  }

  #say(message: SipMessage): void {
    this.#socket?.send(formatSip(message))
  }

  #hear(text: string): void {
    const message = parseSip(text)
    if (!message) return
    this.received.push(message)
    switch (methodOf(message)) {
      case 'REGISTER':
        this.#contact = uriOf(headerOf(message, 'contact'))
        return this.answer(message, 200, { headers: [['Contact', `${headerOf(message, 'contact')};expires=300`]] })
      case 'SUBSCRIBE':
        return this.answer(message, 489)
      case 'BYE':
        return this.answer(message, 200)
      case 'REFER':
        return this.answer(message, 202)
    }
  }
}
