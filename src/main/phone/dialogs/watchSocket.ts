import { getCACertificates, rootCertificates } from 'node:tls'
import { WebSocket } from 'ws'

const CONNECT_WITHIN_MS = 8_000
const LONGEST_MESSAGE = 256 * 1024
const PING_EVERY_MS = 15_000

/** JsSIP’s socket (its `Socket` interface) over `ws`, which can be told whose certificate to trust. */
export class WatchSocket {
  readonly url: string
  readonly sip_uri: string
  readonly via_transport: string
  readonly #certificate: string
  #socket: WebSocket | null = null
  #heartbeat: NodeJS.Timeout | undefined
  onconnect: () => void = () => undefined
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined
  ondata: <T>(data: T) => void = () => undefined

  constructor(server: string, certificate: string) {
    const { host, protocol } = new URL(server)
    this.url = server
    this.sip_uri = `sip:${host};transport=ws`
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS'
    this.#certificate = certificate
  }

  connect(): void {
    if (this.#socket) return
    const system = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
    const ca = this.#certificate.trim() === '' ? [...system] : [...system, this.#certificate]
    const secure = this.url.startsWith('wss:') ? { ca, minVersion: 'TLSv1.2' as const } : {}
    const socket = new WebSocket(this.url, 'sip', { handshakeTimeout: CONNECT_WITHIN_MS, maxPayload: LONGEST_MESSAGE, perMessageDeflate: false, ...secure })
    this.#socket = socket
    let alive = true
    socket.on('open', () => {
      this.#heartbeat = setInterval(() => {
        if (!alive) return socket.terminate()
        alive = false
        socket.ping()
      }, PING_EVERY_MS)
      this.#heartbeat.unref()
      this.onconnect()
    })
    socket.on('pong', () => (alive = true))
    socket.on('message', (data: Buffer, binary: boolean) => {
      alive = true
      if (!binary) this.#hear(data.toString('utf8'))
    })
    socket.on('error', () => undefined)
    socket.on('close', (code) => {
      if (this.#release() === socket) this.ondisconnect(code !== 1000, code)
    })
  }

  disconnect(): void {
    const socket = this.#release()
    if (!socket) return
    socket.removeAllListeners()
    socket.on('error', () => undefined)
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
    else socket.close()
  }

  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN || typeof message !== 'string') return false
    this.#socket.send(message)
    return true
  }

  isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  isConnecting(): boolean {
    return this.#socket?.readyState === WebSocket.CONNECTING
  }

  #release(): WebSocket | null {
    const socket = this.#socket
    this.#socket = null
    clearInterval(this.#heartbeat)
    return socket
  }

  /** What a stranger sent must not end the process. */
  #hear(text: string): void {
    try {
      this.ondata(text)
    } catch {
      // No SIP message that JsSIP can read; the next one may be.
    }
  }
}
