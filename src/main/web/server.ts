import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { SAMPLE_PARAMETER, SOCKET_PATH } from '../../shared/contract/bridge.ts'
import { MAX_FRAME_BYTES } from '../../shared/contract/frames.ts'
import { MEDIA_PAGE_PATH, MEDIA_SOCKET_PATH, MEDIA_WAITING_PATH } from '../../shared/contract/mediaPaths.ts'
import type { BuiltPage } from '../core/builtPage.ts'
import type { Log } from '../core/log.ts'
import { contentSecurityPolicy, mediaPagePolicy } from '../core/pagePolicy.ts'
import type { Connection, Wire } from '../core/workerHost.ts'
import { attachment, DOWNLOAD_PATH, type Downloads } from './downloads.ts'
import { createGate, type Gate } from './gate.ts'
import { createSocketFront } from './sockets.ts'

export interface WebServerParts {
  readonly page: BuiltPage
  readonly connect: (wire: Wire) => Connection
  /** Ties the media page to the telephone. */
  readonly attachMedia: (wire: Wire, ifFree: boolean) => Connection
  readonly downloads: Downloads
  readonly log: Log
  /** Null: the usual port, or any free one. */
  readonly port: number | null
  /** Tried first where no port was asked for. */
  readonly usualPort?: number
  /** The server of map pictures that the page may show, asked with every page; left out for none. */
  readonly mapPictures?: () => string | null
  /** Send the page straight into the sample company. */
  readonly sample: boolean
}

export interface WebServer {
  readonly port: number
  /** What a person opens; it holds the token. */
  readonly address: string
  close(): Promise<void>
}

/** Said on every answer, whatever it is. */
/** What the page may ask for is the microphone and the keys of a headset (WebHID), which its person must choose first. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(self), speaker-selection=(self), autoplay=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(self)',
} as const

/** What the media page says is small; a larger message ends its line. */
const MAX_MEDIA_BYTES = 512 * 1024

const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...ALWAYS, 'Content-Security-Policy': NOTHING_ALLOWED, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${sentence}\n`)
}

/** Splits a request's address without ever throwing: what can't be parsed is no file of ours. */
function readAddress(request: IncomingMessage): { readonly path: string; readonly token: string | null } {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    return { path: url.pathname, token: url.searchParams.get('token') }
  } catch {
    return { path: '', token: null }
  }
}

interface Front extends Pick<WebServerParts, 'page' | 'downloads' | 'sample' | 'mapPictures'> {
  readonly gate: Gate
}

function sendPage(response: ServerResponse, { page, mapPictures }: Front, host: string): void {
  const nonce = randomBytes(16).toString('base64')
  response.writeHead(200, {
    ...ALWAYS,
    'Content-Security-Policy': contentSecurityPolicy(nonce, `ws://${host}`, mapPictures?.() ?? null),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(page.html(nonce))
}

/** The one page that another of ours may hold in a frame: it has the microphone, and a place in no other document. */
function sendMediaPage(response: ServerResponse, page: BuiltPage, host: string): void {
  const file = page.file(MEDIA_PAGE_PATH)
  if (!file) return say(response, 404, 'Baton has no page here.')
  const content = file.read()
  response.writeHead(200, {
    ...ALWAYS,
    'X-Frame-Options': 'SAMEORIGIN',
    'Content-Security-Policy': mediaPagePolicy(`ws://${host}`),
    'Content-Type': file.type,
    'Content-Length': content.byteLength,
    'Cache-Control': 'no-cache',
  })
  response.end(content)
}

function sendDownload(response: ServerResponse, path: string, { downloads }: Front): void {
  const file = downloads.take(path)
  if (!file) return say(response, 404, 'This file was fetched already or has waited too long. Ask Baton for it again.')
  response.writeHead(200, {
    ...ALWAYS,
    'Content-Security-Policy': `${NOTHING_ALLOWED}; sandbox`,
    'Content-Type': file.mime,
    'Content-Length': file.bytes.byteLength,
    'Content-Disposition': attachment(file.name),
    'Cache-Control': 'no-store',
  })
  response.end(file.bytes)
}

function answer(request: IncomingMessage, response: ServerResponse, front: Front): void {
  const { gate, page } = front
  if (!gate.isOurHost(request)) return say(response, 421, 'This is not an address of Baton. Open the one that Baton printed when it started.')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return say(response, 405, 'Baton answers only GET and HEAD here.')
  }
  const { path, token } = readAddress(request)
  if (token !== null) {
    if (!gate.isToken(token)) return say(response, 401, 'This address belongs to an earlier start of Baton. Open the one that Baton printed when it started last.')
    response.writeHead(303, { ...ALWAYS, 'Set-Cookie': gate.setCookie, Location: front.sample ? `/?${SAMPLE_PARAMETER}` : '/', 'Cache-Control': 'no-store' })
    response.end()
    return
  }
  if (!gate.hasCookie(request)) return say(response, 401, 'Baton does not know this browser. Open the address that Baton printed when it started.')
  if (path === '/' || path === '/index.html') return sendPage(response, front, request.headers.host ?? '')
  if (path === MEDIA_PAGE_PATH) return sendMediaPage(response, page, request.headers.host ?? '')
  if (path.startsWith(DOWNLOAD_PATH)) {
    // A browser that only asks about a file must not use it up.
    if (request.method === 'HEAD') return say(response, 405, 'Fetch this file with GET.')
    return sendDownload(response, path, front)
  }
  const file = page.file(path)
  if (!file) return say(response, 404, 'Baton has no page here.')
  const content = file.read()
  response.writeHead(200, {
    ...ALWAYS,
    'Content-Security-Policy': NOTHING_ALLOWED,
    'Content-Type': file.type,
    'Content-Length': content.byteLength,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(content)
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** The port that was asked for, or none; otherwise the usual one, and any free one where that is taken. */
async function listen(server: Server, { port, usualPort }: Pick<WebServerParts, 'port' | 'usualPort'>): Promise<number> {
  if (port !== null) return listenAt(server, port)
  try {
    return await listenAt(server, usualPort ?? 0)
  } catch {
    return listenAt(server, 0)
  }
}

/** The web host's front: the built page, its files and its socket, on the loopback address only. */
export async function startWebServer(parts: WebServerParts): Promise<WebServer> {
  const { log } = parts
  const token = randomBytes(24).toString('base64url')
  let front: Front | undefined
  const server = createServer((request, response) => {
    try {
      if (front) answer(request, response, front)
    } catch (error) {
      log.error('web.answer', { reason: String(error) })
      if (!response.headersSent) say(response, 500, 'Baton could not answer. Its log says why. Reload the page to try again.')
      else response.destroy()
    }
  })
  // What is no HTTP at all is hung up on without a word.
  server.on('clientError', (_error, socket: Duplex) => socket.destroy())

  const port = await listen(server, parts)
  server.on('error', (error) => log.error('web.server', { reason: String(error) }))
  const gate = createGate(token, port)
  front = { ...parts, gate }

  const sockets = createSocketFront({ connect: parts.connect, log, maxBytes: MAX_FRAME_BYTES })
  const mediaSockets = createSocketFront({ connect: (wire) => parts.attachMedia(wire, false), log, maxBytes: MAX_MEDIA_BYTES })
  const waitingSockets = createSocketFront({ connect: (wire) => parts.attachMedia(wire, true), log, maxBytes: MAX_MEDIA_BYTES })
  const fronts = new Map([
    [SOCKET_PATH, sockets],
    [MEDIA_SOCKET_PATH, mediaSockets],
    [MEDIA_WAITING_PATH, waitingSockets],
  ])
  server.on('upgrade', (request, socket, head) => {
    const welcome = gate.isOurHost(request) && gate.isOurOrigin(request) && gate.hasCookie(request)
    const wanted = fronts.get(readAddress(request).path)
    if (!welcome || !wanted) {
      log.warn('web.refusedUpgrade', { origin: request.headers.origin ?? null })
      socket.on('error', () => socket.destroy())
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    wanted.accept(request, socket, head)
  })

  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${token}`,
    async close() {
      sockets.close()
      mediaSockets.close()
      waitingSockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
