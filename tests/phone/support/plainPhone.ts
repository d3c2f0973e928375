import { once } from 'node:events'
import { type Socket, UA } from 'jssip'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA'
import WebSocket from 'ws'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'

/** JsSIP's way to the server over `ws`, which unlike Node's own can be told what certificate to trust. */
class TrustingSocket implements Socket {
  via_transport: string
  readonly url: string
  readonly sip_uri: string
  readonly #certificate: string
  #socket: WebSocket | undefined

  constructor(url: string, certificate: string) {
    const { protocol, host } = new URL(url)
    this.url = url
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS'
    this.sip_uri = `sip:${host};transport=ws`
    this.#certificate = certificate
  }

  connect(): void {
    const socket = new WebSocket(this.url, 'sip', { ca: this.#certificate })
    this.#socket = socket
    socket.on('open', () => this.onconnect())
    socket.on('message', (data: Buffer) => this.ondata(data.toString()))
    socket.on('close', (code) => this.ondisconnect(code !== 1000, code))
    socket.on('error', () => undefined)
  }

  disconnect(): void {
    this.#socket?.close(1000)
  }

  send(message: string): boolean {
    this.#socket?.send(message)
    return this.#socket?.readyState === WebSocket.OPEN
  }

  isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  isConnecting(): boolean {
    return this.#socket?.readyState === WebSocket.CONNECTING
  }

  // JsSIP puts its own in their place.
  onconnect(): void {}
  ondisconnect(_error: boolean, _code?: number): void {}
  ondata(_data: unknown): void {}
}

/** JsSIP refuses to ring where a browser's connections are missing, though it opens none before a call is answered. */
Object.assign(globalThis, { window: { RTCPeerConnection: class {} } })

/** A softphone without sound: registers, rings, and says who calls. */
export class PlainPhone {
  /** `P-Asserted-Identity | X-Dialed-Number` of each call that rang. */
  readonly rings: string[] = []
  /** Why each call that it did not take ended: the Reason that came with the CANCEL, or ''. */
  readonly endings: string[] = []
  /** Bodies of what the server told it unasked or by subscription. */
  readonly notes: string[] = []
  readonly #ua: UA

  constructor(pbx: Pbx, extension: string, address: string = pbx.ws) {
    this.#ua = new UA({
      sockets: [new TrustingSocket(address, pbx.certificate)],
      uri: `sip:${extension}@${REALM}`,
      password: passwordOf(extension),
      register_expires: 120,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 1,
    })
    this.#ua.on('newRTCSession', ({ session, request }: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      this.rings.push(`${request.getHeader('P-Asserted-Identity')} | ${request.getHeader('X-Dialed-Number')}`)
      session.on('failed', ({ message }) => this.endings.push(message && 'getHeader' in message ? (message.getHeader('Reason') ?? '') : ''))
    })
    this.#ua.start()
  }

  /** Subscribes to what the server knows of an extension or group; resolves once it has agreed. */
  async watch(name: string, event: 'dialog' | 'message-summary'): Promise<void> {
    const accept = event === 'dialog' ? 'application/dialog-info+xml' : 'application/simple-message-summary'
    const subscriber = this.#ua.subscribe(`sip:${name}@${REALM}`, event, accept, { expires: 300 })
    subscriber.on('notify', (_final, _request, body) => this.notes.push(body ?? ''))
    const accepted = once(subscriber, 'accepted')
    subscriber.subscribe()
    await accepted
  }

  stop(): void {
    this.#ua.stop()
  }
}
