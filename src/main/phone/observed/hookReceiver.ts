import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { HookAddress } from '../port.ts'
import { machineWorld, type PhoneWorld } from './world.ts'

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

/** Gives a header by its name, as a Hook does. */
export type HeaderOf = Hook['header']

/** Which messages may be longer than most. */
export interface LongMessages {
  /** Bytes. */
  readonly longest: number
  /** Whether its headers look like those of whoever may send one. The body is not here yet: nothing is proven by it. */
  readonly mayBeLong: (header: HeaderOf) => boolean
}

const LONGEST_BODY = 64 * 1024
/** Longer ones, where they may come at all, come one or two at a time: strangers fill no memory. */
const MOST_LONG_ONES = 2
const WITHIN_MS = 5_000
/** So much of a long one comes within that time, bytes (0.4 Mbit/s), or its place is another's. */
const LEAST_PIECE = 256 * 1024
/** Who was turned away still gets the answer: what they go on sending is dropped for so long. */
const LINGER_MS = 2_000
/** Node looks for requests that take too long only this often, milliseconds. */
const LOOK_EVERY_MS = 1_000
const MOST_CONNECTIONS = 50
/** Messages a minute from anybody; an office has far fewer. */
const MOST_A_MINUTE = 600
const MINUTE_MS = 60_000

/** A small HTTP listener for one path each; a reverse proxy or the PBX’s own machine reaches it. */
export class HttpHookReceiver implements HookReceiver {
  readonly #address: HookAddress
  readonly #long: LongMessages
  readonly #world: PhoneWorld
  #longOnes = 0
  #server: Server | null = null
  #minuteBegan = 0
  #inMinute = 0

  constructor(address: HookAddress, long: LongMessages = { longest: LONGEST_BODY, mayBeLong: () => false }, world: PhoneWorld = machineWorld) {
    this.#address = address
    this.#long = long
    this.#world = world
  }

  start(onHook: (hook: Hook) => HookAnswer, onState: (fault: string | null) => void): void {
    // The slowest long message that keeps its pace takes so long; a short one is watched below.
    const requestTimeout = WITHIN_MS * (1 + Math.ceil(this.#long.longest / LEAST_PIECE))
    const server = createServer({ requestTimeout, headersTimeout: WITHIN_MS, keepAliveTimeout: WITHIN_MS, connectionsCheckingInterval: LOOK_EVERY_MS, maxHeaderSize: 16 * 1024 }, (request, response) => this.#serve(request, response, onHook))
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
      response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body)
    }
    if (this.#tooMany()) return answer({ status: 429 })
    if (request.method !== 'POST') return answer({ status: 405 })
    const pieces: Buffer[] = []
    let length = 0
    let long = false
    let away = false
    let watchedTo = 0
    let stopWatch: () => void = () => undefined
    const leave = (): void => {
      stopWatch()
      if (long) this.#longOnes--
      long = false
    }
    const turnAway = (status: number): void => {
      away = true
      pieces.length = 0
      leave()
      // Ended or destroyed at once, the answer might never arrive: it is whole, and the connection goes when they have seen it.
      response.writeHead(status, { 'content-type': 'text/plain', 'content-length': 0, 'cache-control': 'no-store' }).flushHeaders()
      stopWatch = this.#world.after(LINGER_MS, () => request.destroy())
    }
    const watch = (): void => {
      stopWatch = this.#world.after(WITHIN_MS, () => {
        if (!long || length - watchedTo < LEAST_PIECE) return turnAway(408)
        watchedTo = length
        watch()
      })
    }
    watch()
    request.on('error', () => undefined)
    request.on('close', leave)
    request.on('data', (piece: Buffer) => {
      if (away) return
      length += piece.length
      if (length > LONGEST_BODY && !long) {
        if (length > this.#long.longest || !this.#long.mayBeLong(headerOf(request))) return turnAway(413)
        if (this.#longOnes >= MOST_LONG_ONES) return turnAway(503)
        long = true
        this.#longOnes++
      }
      if (length > this.#long.longest) return turnAway(413)
      pieces.push(piece)
    })
    request.on('end', () => {
      leave()
      if (away) response.end()
      else answer(safely(() => onHook(hookOf(request, Buffer.concat(pieces).toString('utf8')))))
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

const headerOf =
  (request: IncomingMessage): HeaderOf =>
  (name) => {
    const values = request.headersDistinct[name] ?? []
    return values.length === 1 ? (values[0] ?? '') : ''
  }

function hookOf(request: IncomingMessage, body: string): Hook {
  const header = headerOf(request)
  return { path: request.url ?? '/', contentType: header('content-type').split(';')[0]?.trim().toLowerCase() ?? '', header, body }
}

function faultSentence(code: string, { host, port }: HookAddress): string {
  if (code === 'EADDRINUSE') return `Another program on this machine uses port ${port}. Choose another under Settings, Phone, and tell whoever sends the messages.`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Check it under Settings, Phone.`
  if (code === 'EACCES') return `This account may not listen at port ${port}. Choose one above 1024 under Settings, Phone.`
  return 'Messages of the telephone system can\u2019t be taken in. Check address and port under Settings, Phone.'
}
