import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const TWILIO_SID = 'AC00000000000000000000000000000001'
export const TWILIO_TOKEN = 'token-of-the-twilio-account'

type Fields = Readonly<Record<string, string>>

interface Failure {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Twilio's REST API as its documentation has it (Calls resource, 2010-04-01): Basic authentication, form fields in, JSON
 * out, and errors with their `code`. What becomes of calls is said by whoever drives it.
 */
export class TwilioServer {
  readonly requests: { readonly method: string; readonly path: string; readonly fields: Fields }[] = []
  /** What the next requests get instead of an answer. */
  readonly failures: Failure[] = []
  /** Recordings by their sid; a string is where the account keeps it instead. */
  readonly recordings = new Map<string, Uint8Array | string>()
  /** Calls by their CallSid, with their status. */
  readonly calls = new Map<string, string>()
  readonly #onChange: (sid: string, fields: Fields) => void
  readonly #onStart: (sid: string, fields: Fields) => void
  #server: Server | null = null
  #started = 0
  port = 0

  constructor(onChange: (sid: string, fields: Fields) => void, onStart: (sid: string, fields: Fields) => void) {
    this.#onChange = onChange
    this.#onStart = onStart
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => this.#serve(request, response))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    server?.closeAllConnections()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(body))
      this.requests.push({ method: request.method ?? '', path: request.url ?? '', fields })
      const answer = (status: number, value: object, headers: Readonly<Record<string, string>> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers }).end(JSON.stringify(value))
      }
      const failure = this.failures.shift()
      if (failure) return answer(failure.status, { code: 20_000 + failure.status, message: 'Failed', status: failure.status }, failure.headers)
      const right = `Basic ${Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString('base64')}`
      if (request.headers.authorization !== right) return answer(401, { code: 20_003, message: 'Authenticate', status: 401 })
      const recording = new RegExp(`^/2010-04-01/Accounts/${TWILIO_SID}/Recordings/([^/]+)\\.wav$`).exec(request.url ?? '')?.[1]
      if (recording !== undefined) return this.#recording(recording, response)
      this.#answer(request.method ?? '', request.url ?? '', fields, answer)
    })
  }

  #recording(sid: string, response: ServerResponse): void {
    const kept = this.recordings.get(sid)
    if (kept === undefined) response.writeHead(404, { connection: 'close' }).end()
    else if (typeof kept === 'string') response.writeHead(307, { location: kept, connection: 'close' }).end()
    else response.writeHead(200, { 'content-type': 'audio/x-wav', connection: 'close' }).end(kept)
  }

  #answer(method: string, path: string, fields: Fields, answer: (status: number, value: object) => void): void {
    const base = `/2010-04-01/Accounts/${TWILIO_SID}`
    if (method === 'GET' && path === `${base}.json`) return answer(200, { sid: TWILIO_SID, status: 'active' })
    if (method === 'POST' && path === `${base}/Calls.json`) {
      const sid = `CAout${String(this.#started++).padStart(28, '0')}`
      this.calls.set(sid, 'queued')
      answer(201, { sid, status: 'queued' })
      return this.#onStart(sid, fields)
    }
    const sid = new RegExp(`^${base}/Calls/([^/]+)\\.json$`).exec(path)?.[1] ?? ''
    const status = this.calls.get(sid)
    if (status === undefined) return answer(404, { code: 20_404, message: 'The requested resource was not found', status: 404 })
    answer(200, { sid, status })
    if (method === 'POST') this.#onChange(sid, fields)
  }
}
