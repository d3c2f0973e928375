import { randomUUID } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { formatSip, headerOf, headersOf, methodOf, parseSip, type SipMessage, statusOf, tagOf, uriOf } from './message.ts'

export interface Answer {
  readonly status: number
  readonly phrase: string
  /** Ours, in the To of every answer but 100. */
  readonly tag?: string
  readonly headers?: readonly (readonly [string, string])[]
  /** A description of sound. */
  readonly body?: string
}

/** One side of a call that is up (RFC 3261 12), enough to send requests within it. */
export interface Dialog {
  readonly callId: string
  /** With our tag. */
  readonly local: string
  readonly remote: string
  readonly target: string
  readonly route: readonly string[]
  cseq: number
}

type Listener = (request: SipMessage, answer: (answer: Answer) => void) => void

/**
 * A speaker of SIP over UDP on loopback, where nothing is lost: it does not send again what has no answer yet, and answers
 * what is sent to it again as it did before.
 */
export class SipEndpoint {
  readonly #socket: Socket
  readonly #contact: string
  readonly #via: string
  readonly #server: { readonly address: string; readonly port: number }
  readonly #answered = new Map<string, string>()
  readonly #waiting = new Map<string, (answer: SipMessage) => void>()
  #listener: Listener = () => undefined

  private constructor(socket: Socket, user: string, own: string, server: { readonly address: string; readonly port: number }) {
    this.#socket = socket
    this.#contact = `<sip:${user}@${own}>`
    this.#via = own
    this.#server = server
    socket.on('message', (bytes, from) => this.#hear(bytes.toString(), from))
  }

  /** @param server where all its requests go */
  static async bind(user: string, address: string, port: number, server: { readonly address: string; readonly port: number }): Promise<SipEndpoint> {
    const socket = createSocket('udp4')
    socket.bind(port, address)
    await once(socket, 'listening')
    return new SipEndpoint(socket, user, `${address}:${port}`, server)
  }

  /** Hears every new request but ACK. */
  listen(listener: Listener): void {
    this.#listener = listener
  }

  #hear(text: string, from: RemoteInfo): void {
    const message = parseSip(text)
    if (!message) return
    const method = methodOf(message)
    if (method === '') {
      if (statusOf(message) >= 200) this.#waiting.get(keyOf(message))?.(message)
      return
    }
    if (method === 'ACK') return
    const known = this.#answered.get(keyOf(message))
    if (known !== undefined) {
      this.#socket.send(known, from.port, from.address)
      return
    }
    this.#listener(message, (answer) => {
      const said = this.#answerTo(message, answer)
      this.#answered.set(keyOf(message), said)
      this.#socket.send(said, from.port, from.address)
    })
  }

  #answerTo(request: SipMessage, { status, phrase, tag, headers = [], body = '' }: Answer): string {
    const to = headerOf(request, 'to')
    const copied = (name: string): (readonly [string, string])[] => headersOf(request, name).map((value) => [name, value] as const)
    return formatSip({
      start: `SIP/2.0 ${status} ${phrase}`,
      headers: [
        ...copied('Via'),
        ...copied('Record-Route'),
        ...copied('From'),
        ['To', tag === undefined || tagOf(to) !== '' ? to : `${to};tag=${tag}`],
        ...copied('Call-ID'),
        ...copied('CSeq'),
        ['Contact', this.#contact],
        ...headers,
        ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
      ],
      body,
    })
  }

  /** The dialog that our answer with `tag` to an INVITE makes. */
  static dialogOf(invite: SipMessage, tag: string): Dialog {
    return {
      callId: headerOf(invite, 'call-id'),
      local: `${headerOf(invite, 'to')};tag=${tag}`,
      remote: headerOf(invite, 'from'),
      target: uriOf(headerOf(invite, 'contact')),
      route: headersOf(invite, 'record-route'),
      cseq: 0,
    }
  }

  /** Ours of every new transaction. */
  #newVia(): readonly [string, string] {
    return ['Via', `SIP/2.0/UDP ${this.#via};branch=z9hG4bK-${randomUUID()};rport`]
  }

  #send(request: SipMessage): void {
    this.#socket.send(formatSip(request), this.#server.port, this.#server.address)
  }

  #finalAnswer(request: SipMessage): Promise<SipMessage> {
    const key = keyOf(request)
    return new Promise((resolve) => {
      this.#waiting.set(key, (answer) => {
        this.#waiting.delete(key)
        resolve(answer)
      })
      this.#send(request)
    })
  }

  #within(dialog: Dialog, method: 'ACK' | 'BYE', cseq: number): SipMessage {
    const headers = [
      this.#newVia(),
      ...dialog.route.map((value) => ['Route', value] as const),
      ['From', dialog.local] as const,
      ['To', dialog.remote] as const,
      ['Call-ID', dialog.callId] as const,
      ['CSeq', `${cseq} ${method}`] as const,
      ['Max-Forwards', '70'] as const,
      ['Contact', this.#contact] as const,
    ]
    return { start: `${method} ${dialog.target} SIP/2.0`, headers, body: '' }
  }

  /** Ends a call; resolves once the other side knows. */
  async bye(dialog: Dialog): Promise<void> {
    dialog.cseq += 1
    await this.#finalAnswer(this.#within(dialog, 'BYE', dialog.cseq))
  }

  /**
   * Calls somebody and acknowledges the answer.
   * @param from without a tag: `"Jane" <sip:+15125550142@127.1.2.2>`
   * @returns the final answer, and the dialog where it was taken
   */
  async invite(from: string, target: string, offer: string): Promise<{ readonly answer: SipMessage; readonly dialog?: Dialog }> {
    const local = `${from};tag=${randomUUID()}`
    const callId = randomUUID()
    const invite: SipMessage = {
      start: `INVITE ${target} SIP/2.0`,
      headers: [this.#newVia(), ['From', local], ['To', `<${target}>`], ['Call-ID', callId], ['CSeq', '1 INVITE'], ['Max-Forwards', '70'], ['Contact', this.#contact], ['Content-Type', 'application/sdp']],
      body: offer,
    }
    const answer = await this.#finalAnswer(invite)
    const remote = headerOf(answer, 'to')
    if (statusOf(answer) >= 300) {
      const kept = invite.headers.filter(([name]) => ['Via', 'From', 'Call-ID', 'Max-Forwards'].includes(name))
      this.#send({ start: `ACK ${target} SIP/2.0`, headers: [...kept, ['To', remote], ['CSeq', '1 ACK']], body: '' })
      return { answer }
    }
    const dialog: Dialog = { callId, local, remote, target: uriOf(headerOf(answer, 'contact')), route: headersOf(answer, 'record-route').toReversed(), cseq: 1 }
    this.#send(this.#within(dialog, 'ACK', 1))
    return { answer, dialog }
  }

  close(): void {
    this.#socket.close()
  }
}

/** A transaction: what is sent again has the same (RFC 3261 17.2.3). */
function keyOf(message: SipMessage): string {
  const branch = /;branch=([^;\s]+)/.exec(headerOf(message, 'via'))?.[1] ?? ''
  return `${branch} ${headerOf(message, 'cseq').split(' ')[1]}`
}
