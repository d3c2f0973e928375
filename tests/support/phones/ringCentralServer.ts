import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export const RC_CLIENT = 'client-of-baton'
export const RC_SECRET = 'secret-of-the-client'
export const RC_JWT = 'jwt-of-the-extension'
export const RC_OWN = '62295327016'

interface Failure {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export type Json = Readonly<Record<string, unknown>>
type Answer = (status: number, value: Json | null, headers?: Readonly<Record<string, string>>) => void

/**
 * RingCentral's API as its reference has it: JWT grant, wstoken, WebSocket with ConnectionDetails, ClientRequest and
 * ServerNotification, Call Control. What becomes of calls is said by whoever drives it.
 */
export class RingCentralServer {
  readonly requests: string[] = []
  /** What the next Call Control requests get instead of an answer. */
  readonly failures: Failure[] = []
  /** Sessions that are up, as Call Control lists them. */
  readonly sessions = new Map<string, Json>()
  /** What was said in messages, by `message/attachment`. */
  readonly sounds = new Map<string, Uint8Array>()
  /** Filters that the application may not have. */
  forbidden: readonly string[] = []
  /** What the next subscription gets instead of an answer. */
  subscribing: number | null = null
  /** What the extension's message store has, and what its next lists get instead. */
  readonly messages: Json[] = []
  readonly listFailures: Failure[] = []
  readonly subscriptions: (readonly string[])[] = []
  readonly #onControl: (method: string, path: string, body: Json) => Json | null
  readonly #said: string[] = []
  readonly #tokens = new Set<string>()
  #server: Server | null = null
  #sockets: WebSocketServer | null = null
  #issued = 0
  port = 0

  /** @param onControl what a request of Call Control does; null where it knows no such call */
  constructor(onControl: (method: string, path: string, body: Json) => Json | null) {
    this.#onControl = onControl
  }

  get connections(): number {
    return this.#sockets?.clients.size ?? 0
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => this.#serve(request, response))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.#sockets = new WebSocketServer({ server })
    this.#sockets.on('connection', (socket, request) => this.#connected(socket, request.url ?? ''))
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const socket of this.#sockets?.clients ?? []) socket.terminate()
    this.#sockets?.close()
    server?.closeAllConnections()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** Every token is taken back, as where an administrator does it. */
  revokeTokens(): void {
    this.#tokens.clear()
  }

  notify(body: Json): void {
    const text = JSON.stringify([{ type: 'ServerNotification', messageId: String(this.#said.length), status: 200 }, { uuid: String(this.#said.length), event: '/restapi/v1.0/account/1/extension/2/telephony/sessions', body }])
    this.#said.push(text)
    this.raw(text)
  }

  sayAgain(): void {
    for (const text of this.#said) this.raw(text)
  }

  raw(text: string): void {
    for (const socket of this.#sockets?.clients ?? []) if (socket.readyState === WebSocket.OPEN) socket.send(text)
  }

  #connected(socket: WebSocket, url: string): void {
    if (!this.#tokens.has(new URL(url, 'http://x').searchParams.get('access_token') ?? '')) return socket.close(4001)
    socket.send(JSON.stringify([{ type: 'ConnectionDetails', messageId: 'c', status: 200 }, { maxConnectionsPerSession: 5 }]))
    socket.on('message', (data: Buffer) => {
      const [{ type, messageId }, asked] = JSON.parse(data.toString('utf8')) as [{ readonly type: string; readonly messageId: string }, { readonly eventFilters?: readonly string[] }?]
      const filters = asked?.eventFilters ?? []
      const [refused] = [this.subscribing]
      this.subscribing = null
      if (refused !== null) return socket.send(JSON.stringify([{ type, messageId, status: refused }, {}]))
      if (filters.some((filter) => this.forbidden.includes(filter))) return socket.send(JSON.stringify([{ type, messageId, status: 403 }, { errorCode: 'CMN-401' }]))
      if (filters.length > 0) this.subscriptions.push(filters)
      socket.send(JSON.stringify([{ type, messageId, status: 200 }, { id: 'subscription' }]))
    })
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      const answer: Answer = (status, value, headers = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers }).end(value === null ? '' : JSON.stringify(value))
      }
      const sound = /\/message-store\/([^/]+)\/content\/([^/]+)$/.exec(request.url ?? '')
      if (sound && this.#tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) {
        const kept = this.sounds.get(`${sound[1]}/${sound[2]}`)
        return void response.writeHead(kept ? 200 : 404, { 'content-type': 'audio/mpeg', connection: 'close' }).end(kept)
      }
      this.#answer(request, body, answer)
    })
  }

  #answer(request: IncomingMessage, body: string, answer: Answer): void {
    const [method, path] = [request.method ?? '', request.url ?? '']
    this.requests.push(`${method} ${path}`)
    if (path === '/restapi/oauth/token') return this.#token(request, new URLSearchParams(body), answer)
    if (!this.#tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) return answer(401, { errorCode: 'TokenInvalid', message: 'Access token not found' })
    if (path === '/restapi/oauth/wstoken') return answer(200, { uri: `ws://127.0.0.1:${this.port}/ws`, ws_access_token: this.#issue(), expires_in: 30 })
    if (path === '/restapi/v1.0/account/~/extension/~') return answer(200, { id: Number(RC_OWN), extensionNumber: '101' })
    if (path.startsWith('/restapi/v1.0/account/~/extension/~/message-store?')) return this.#list(new URL(path, 'http://x').searchParams, answer)
    const failure = this.failures.shift()
    if (failure) return answer(failure.status, { errorCode: 'CMN-000', message: 'Failed' }, failure.headers)
    const session = /^\/restapi\/v1\.0\/account\/~\/telephony\/sessions\/([^/]+)$/.exec(path)?.[1]
    if (method === 'GET' && session !== undefined) {
      const found = this.sessions.get(session)
      return found ? answer(200, found) : answer(404, { errorCode: 'CMN-102', message: 'Resource for parameter [telephonySessionId] is not found' })
    }
    const done = this.#onControl(method, path, body === '' ? {} : (JSON.parse(body) as Json))
    return done ? answer(path.endsWith('/call-out') ? 201 : 200, done) : answer(404, { errorCode: 'CMN-102', message: 'Not found' })
  }

  #list(asked: URLSearchParams, answer: Answer): void {
    const failure = this.listFailures.shift()
    if (failure) return answer(failure.status, { errorCode: 'CMN-000', message: 'Failed' }, failure.headers)
    const since = Date.parse(asked.get('dateFrom') ?? '')
    const wanted = ({ creationTime, readStatus, type }: Json): boolean => type === asked.get('messageType') && Date.parse(String(creationTime)) >= since && (!asked.has('readStatus') || readStatus === asked.get('readStatus'))
    answer(200, { records: this.messages.filter(wanted).toReversed(), paging: { page: 1 } })
  }

  #token(request: IncomingMessage, fields: URLSearchParams, answer: Answer): void {
    const basic = `Basic ${Buffer.from(`${RC_CLIENT}:${RC_SECRET}`).toString('base64')}`
    if (request.headers.authorization !== basic) return answer(401, { error: 'invalid_client' })
    const right = fields.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' && fields.get('assertion') === RC_JWT
    return right ? answer(200, { access_token: this.#issue(), token_type: 'bearer', expires_in: 3_600 }) : answer(400, { error: 'invalid_grant' })
  }

  #issue(): string {
    const token = `token-${++this.#issued}`
    this.#tokens.add(token)
    return token
  }
}
