import { rootCertificates, getCACertificates } from 'node:tls'
import { WebSocket } from 'ws'
import type { Log } from '../../core/log.ts'

/** What a server’s line was lost by, for a sentence. */
export interface LineFault {
  readonly code: string
  readonly message: string
}

interface SocketParts {
  readonly server: string
  /** PEM, or empty. */
  readonly certificate: string
  readonly log: Log
  readonly onFault: (fault: LineFault) => void
}

const CONNECT_WITHIN_MS = 8_000
const PING_EVERY_MS = 5_000
/** A message larger than this is no SIP of ours. */
const MAX_MESSAGE_BYTES = 256 * 1024

/** The system's own authorities, and the account's beside them. */
function authorities(certificate: string): readonly string[] {
  const system = typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
  return certificate.trim() === '' ? system : [...system, certificate]
}

/**
 * JsSIP's socket over `ws`: authenticates the server, notices a line that is dead by the missing answers to its pings,
 * and never lets a message that JsSIP chokes on leave it.
 */
export class WsSocket {
  readonly url: string
  readonly sip_uri: string
  readonly via_transport: string
  readonly #parts: SocketParts
  #socket: WebSocket | null = null
  #heartbeat: NodeJS.Timeout | undefined
  onconnect: () => void = () => undefined
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined
  ondata: <T>(data: T) => void = () => undefined

  constructor(parts: SocketParts) {
    this.#parts = parts
    const { host, protocol } = new URL(parts.server)
    this.url = parts.server
    this.sip_uri = `sip:${host};transport=ws`
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS'
  }

  connect(): void {
    if (this.#socket) return
    const { server, certificate } = this.#parts
    try {
      const secure = server.startsWith('wss:') ? { ca: [...authorities(certificate)], minVersion: 'TLSv1.2' as const } : {}
      this.#serve(new WebSocket(server, 'sip', { handshakeTimeout: CONNECT_WITHIN_MS, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, ...secure }))
    } catch (error) {
      // A certificate that is no PEM, an address that is none.
      this.#fault(error)
      setTimeout(() => this.ondisconnect(true), 0)
    }
  }

  disconnect(): void {
    const socket = this.#release()
    if (!socket) return
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

  /** Asks whether the line is alive: says so where an answer comes in time, and takes it for dead where none does. */
  probe(withinMs: number, alive: () => void): void {
    const socket = this.#socket
    if (socket?.readyState !== WebSocket.OPEN) return
    const timer = setTimeout(() => {
      if (this.#socket === socket) this.#lost(1006, 'no answer')
    }, withinMs)
    timer.unref()
    socket.once('pong', () => {
      clearTimeout(timer)
      if (this.#socket === socket) this.#guard('alive', alive)
    })
    socket.ping()
  }

  #serve(socket: WebSocket): void {
    this.#socket = socket
    let alive = true
    socket.on('open', () => {
      let last = Date.now()
      this.#heartbeat = setInterval(() => {
        const late = Date.now() - last > 2 * PING_EVERY_MS
        last = Date.now()
        // After a sleep what came meanwhile, the answer among it, is read only after this.
        if (!alive && !late) return this.#lost(1006, 'no answer')
        alive = false
        socket.ping()
      }, PING_EVERY_MS)
      this.#heartbeat.unref()
      this.#guard('connect', () => this.onconnect())
    })
    socket.on('pong', () => (alive = true))
    socket.on('message', (data: Buffer, binary: boolean) => {
      alive = true
      if (!binary) this.#guard('message', () => this.ondata(data.toString('utf8')))
    })
    socket.on('error', (error) => this.#fault(error))
    socket.on('close', (code, reason) => {
      if (this.#socket === socket) this.#lost(code, reason.toString('utf8').slice(0, 120))
    })
  }

  #lost(code: number, reason: string): void {
    const socket = this.#release()
    if (!socket) return
    socket.on('error', () => undefined)
    socket.terminate()
    this.#guard('disconnect', () => this.ondisconnect(code !== 1000, code, reason))
  }

  #release(): WebSocket | null {
    const socket = this.#socket
    this.#socket = null
    clearInterval(this.#heartbeat)
    socket?.removeAllListeners()
    return socket
  }

  #fault(error: unknown): void {
    const { code, message } = error as NodeJS.ErrnoException
    this.#parts.onFault({ code: code ?? '', message: message ?? '' })
  }

  /** What a stranger sent must not end the process. */
  #guard(what: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#parts.log.warn('sip.fault', { what, reason: error instanceof Error ? error.name : 'unknown' })
    }
  }
}
