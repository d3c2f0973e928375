import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { HookAddress } from '../port.ts'

/** One message that came in, not yet trusted. */
export interface Hook {
  readonly path: string
  readonly contentType: string
  /** A header by its name in lower case; empty where it is missing or comes twice. */
  readonly header: (name: string) => string
  readonly body: string
}

export interface HookAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string
}

/** Where messages come from: a listener of our own, or a test. */
export interface HookReceiver {
  /**
   * @param onHook is asked for every message; never throws
   * @param onState says once that it listens, or why it can’t, as a sentence
   */
  start(onHook: (hook: Hook) => HookAnswer, onState: (fault: string | null) => void): void
  stop(): void
}

const LONGEST_BODY = 64 * 1024
/** Longer ones, where they may come at all, come one or two at a time: strangers fill no memory. */
const MOST_LONG_ONES = 2
const WITHIN_MS = 5_000
const MOST_CONNECTIONS = 50
/** Messages a minute from anybody; an office has far fewer. */
const MOST_A_MINUTE = 600
const MINUTE_MS = 60_000

/** A small HTTP listener for one path each; a reverse proxy or the PBX’s own machine reaches it. */
export class HttpHookReceiver implements HookReceiver {
  readonly #address: HookAddress
  readonly #longest: number
  #longOnes = 0
  #server: Server | null = null
  #minuteBegan = 0
  #inMinute = 0

  /** @param longest of a message, bytes */
  constructor(address: HookAddress, longest = LONGEST_BODY) {
    this.#address = address
    this.#longest = longest
  }

  start(onHook: (hook: Hook) => HookAnswer, onState: (fault: string | null) => void): void {
    const server = createServer({ requestTimeout: WITHIN_MS, headersTimeout: WITHIN_MS, keepAliveTimeout: WITHIN_MS, maxHeaderSize: 16 * 1024 }, (request, response) => this.#serve(request, response, onHook))
    server.maxConnections = MOST_CONNECTIONS
    server.unref()
    this.#server = server
    server.on('error', (error: NodeJS.ErrnoException) => onState(faultSentence(error.code ?? '', this.#address)))
    server.listen(this.#address.port, this.#address.host, () => onState(null))
  }

  stop(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
    this.#server = null
  }

  get listening(): boolean {
    return this.#server?.listening ?? false
  }

  #serve(request: IncomingMessage, response: ServerResponse, onHook: (hook: Hook) => HookAnswer): void {
    const answer = ({ status, contentType = 'text/plain', body = '' }: HookAnswer): void => {
      if (response.headersSent) return
      response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body)
    }
    if (this.#tooMany()) return answer({ status: 429 })
    if (request.method !== 'POST') return answer({ status: 405 })
    const pieces: Buffer[] = []
    let length = 0
    request.on('error', () => undefined)
    let long = false
    const turnAway = (status: number): void => {
      pieces.length = 0
      answer({ status })
      request.destroy()
    }
    request.on('close', () => {
      if (long) this.#longOnes--
      long = false
    })
    request.on('data', (piece: Buffer) => {
      length += piece.length
      if (length > this.#longest) return turnAway(413)
      if (length > LONGEST_BODY && !long) {
        if (this.#longOnes >= MOST_LONG_ONES) return turnAway(503)
        long = true
        this.#longOnes++
      }
      pieces.push(piece)
    })
    request.on('end', () => {
      if (length <= this.#longest && !response.headersSent) answer(safely(() => onHook(hookOf(request, Buffer.concat(pieces).toString('utf8')))))
    })
  }

  #tooMany(): boolean {
    const now = performance.now()
    if (now - this.#minuteBegan > MINUTE_MS) [this.#minuteBegan, this.#inMinute] = [now, 0]
    return ++this.#inMinute > MOST_A_MINUTE
  }
}

/** What a stranger sent must not end the process. */
function safely(answer: () => HookAnswer): HookAnswer {
  try {
    return answer()
  } catch {
    return { status: 500 }
  }
}

function hookOf(request: IncomingMessage, body: string): Hook {
  const header = (name: string): string => {
    const values = request.headersDistinct[name] ?? []
    return values.length === 1 ? (values[0] ?? '') : ''
  }
  return { path: request.url ?? '/', contentType: header('content-type').split(';')[0]?.trim().toLowerCase() ?? '', header, body }
}

function faultSentence(code: string, { host, port }: HookAddress): string {
  if (code === 'EADDRINUSE') return `Another program on this machine uses port ${port}. Choose another under Settings, Phone, and tell whoever sends the messages.`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Check it under Settings, Phone.`
  if (code === 'EACCES') return `This account may not listen at port ${port}. Choose one above 1024 under Settings, Phone.`
  return 'Messages of the telephone system can\u2019t be taken in. Check address and port under Settings, Phone.'
}
