import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { listedDevice } from '../../shared/contract/methods/hub.ts'
import { CLEARANCES } from '../../shared/domain/kernel/table.ts'
import { type DownMessage, MAX_MESSAGE_BYTES } from '../../shared/sync/protocol.ts'
import { type HubConnection, type HubPlace, HubRefused, type HubSocket, HubUnreachable, type SocketListener } from './hubConnection.ts'
import { agentFor, WrongCertificate } from './pinnedAgent.ts'

/** How long an answer may take, milliseconds; a chunk of a snapshot may have to be made first. */
const ANSWER_MS = 30_000
const SNAPSHOT_MS = 180_000

const MAX_ANSWER_BYTES = 256 * 1024 * 1024

const clearances = z.array(z.enum(CLEARANCES))
const offer = z.object({ mode: z.enum(['found', 'join']), companyId: z.string().nullable(), companyName: z.string().nullable() })
const enrolled = z.object({ mode: z.enum(['found', 'join']), companyId: z.string(), epoch: z.string(), prefix: z.string().max(10), clearances })
const challenge = z.object({ challenge: z.string() })
const session = z.object({ token: z.string(), expiresAt: z.number() })
const foundingEnd = z.object({ position: z.object({ seq: z.int() }) })
const chunk = z.object({ n: z.int(), rows: z.int(), bytes: z.int(), sha256: z.string(), first: z.boolean() })
const manifest = z.object({ id: z.string(), epoch: z.string(), seq: z.int(), schema: z.int(), rows: z.int(), chunks: z.array(chunk), complete: z.boolean().default(true) })
const deviceList = z.array(listedDevice)
const attachmentState = z.object({ have: z.int(), whole: z.boolean() })
const invitation = z.object({ code: z.string(), expiresAt: z.number() })
const technicianAddress = z.object({ address: z.string() })
const madeSecret = z.object({ secret: z.string(), address: z.string() })
const secretList = z.object({ address: z.string(), secrets: z.array(z.object({ sourceId: z.string(), madeAt: z.number(), endsAt: z.number().nullable() })) })
const problem = z.object({ code: z.string(), message: z.string() })

interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly bytes?: Uint8Array
  readonly milliseconds?: number
}

function bytesOf(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    response.on('data', (part: Buffer) => {
      size += part.length
      if (size > MAX_ANSWER_BYTES) response.destroy(new Error('The answer is too large'))
      else parts.push(part)
    })
    response.once('end', () => (response.complete ? resolve(Buffer.concat(parts)) : reject(new Error('The answer broke off'))))
    response.once('error', reject)
    response.once('close', () => reject(new Error('The answer broke off')))
  })
}

function unreachable(error: unknown): Error {
  if (error instanceof HubRefused) return error
  if (error instanceof WrongCertificate) {
    return new HubRefused(495, 'hub.certificate', 'The machine at the hub\u2019s address is not the hub this workstation was enrolled at: its certificate is another. Nothing was sent. If the hub was given a new certificate, enrol this workstation again with a new code.')
  }
  return new HubUnreachable(error instanceof Error ? error.message : String(error), { cause: error })
}

function refusalOf(status: number, bytes: Buffer): HubRefused | HubUnreachable {
  try {
    const { code, message } = problem.parse(JSON.parse(bytes.toString('utf8')))
    return new HubRefused(status, code, message)
  } catch {
    // Not the hub's own words: something between here and there, or nothing that lasts.
    return new HubUnreachable(`The answer was ${status}`)
  }
}

/** A hub over HTTP and a WebSocket, its certificate pinned where the enrolment code said so. */
export function connectOverHttp({ address, fingerprint }: HubPlace): HubConnection {
  const agent = agentFor(address, fingerprint)
  const request = address.startsWith('https:') ? secureRequest : plainRequest

  const ask = async ({ method, path, token, headers, body, bytes, milliseconds }: Asked): Promise<Buffer> => {
    const payload = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
    const options: RequestOptions = {
      method,
      agent,
      timeout: milliseconds ?? ANSWER_MS,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(payload ? { 'content-length': String(payload.length) } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    }
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const asked = request(`${address}${path}`, options, resolve)
        asked.once('error', reject)
        asked.once('timeout', () => asked.destroy(new Error('The hub did not answer in time')))
        asked.end(payload)
      })
      const answer = await bytesOf(response)
      const status = response.statusCode ?? 0
      if (status < 200 || status > 299) throw refusalOf(status, answer)
      return answer
    } catch (error) {
      throw unreachable(error)
    }
  }

  const read = async <T>(shape: z.ZodType<T>, asked: Asked): Promise<T> => {
    const answer = await ask(asked)
    try {
      return shape.parse(JSON.parse(answer.toString('utf8')))
    } catch (error) {
      throw new HubUnreachable('What answers there is no hub that this Baton understands', { cause: error })
    }
  }

  const post = (path: string, body: unknown, more: Partial<Asked> = {}): Asked => ({ method: 'POST', path, body, ...more })
  const acting = (token: string, actorId: string): Partial<Asked> => ({ token, headers: { 'x-actor': actorId } })

  return {
    look: (code) => read(offer, post('/v1/look', { code })),
    enrol: ({ secret, ...workstation }) => read(enrolled, post('/v1/enrol', { code: secret, ...workstation })),
    challenge: async (who) => (await read(challenge, post('/v1/challenge', who))).challenge,
    session: (who) => read(session, post('/v1/session', who)),
    foundRows: async (token, n, rows) => {
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
      await ask({ method: 'POST', path: '/v1/founding/rows', token, bytes: gzipSync(lines), headers: { 'content-type': 'application/gzip', 'x-chunk': String(n) } })
    },
    foundingDone: async (token, end) => (await read(foundingEnd, post('/v1/founding/done', end, { token, milliseconds: SNAPSHOT_MS }))).position.seq,
    snapshot: (token, beyond) => read(manifest, { method: 'GET', path: beyond ? `/v1/snapshot/${encodeURIComponent(beyond.id)}?beyond=${beyond.chunks}` : '/v1/snapshot?growing=1', token, milliseconds: SNAPSHOT_MS }),
    snapshotChunk: (token, id, n) => ask({ method: 'GET', path: `/v1/snapshot/${encodeURIComponent(id)}/${n}`, token, milliseconds: SNAPSHOT_MS }),
    recovered: async (token, epoch) => void (await ask(post('/v1/recovered', { epoch }, { token }))),
    devices: (token, actorId) => read(deviceList, { method: 'GET', path: '/v1/devices', ...acting(token, actorId) }),
    rename: async (token, actorId, deviceId, name) => void (await ask(post(`/v1/devices/${encodeURIComponent(deviceId)}`, { name }, acting(token, actorId)))),
    revoke: async (token, actorId, deviceId) => void (await ask(post(`/v1/devices/${encodeURIComponent(deviceId)}/revoke`, {}, acting(token, actorId)))),
    invite: (token, actorId, wanted) => read(invitation, post('/v1/invitations', { clearances: wanted }, acting(token, actorId))),
    intake: {
      list: (token, actorId) => read(secretList, { method: 'GET', path: '/v1/intake/secrets', ...acting(token, actorId) }),
      make: (token, actorId, wanted) => read(madeSecret, post('/v1/intake/secrets', wanted, acting(token, actorId))),
    },
    technicianAddress: async (token, actorId, linkId) => (await read(technicianAddress, post(`/v1/technician-links/${encodeURIComponent(linkId)}`, {}, acting(token, actorId)))).address,
    attachments: {
      state: (token, sha256) => read(attachmentState, { method: 'GET', path: `/v1/attachments/${sha256}`, token }),
      send: (token, sha256, from, bytes) => read(attachmentState, { method: 'PUT', path: `/v1/attachments/${sha256}/${from}`, token, bytes, headers: { 'content-type': 'application/octet-stream' } }),
      fetch: (token, actorId, sha256, from) => ask({ method: 'GET', path: `/v1/attachments/${sha256}/${from}`, ...acting(token, actorId) }),
    },
    open: (token, listener) => openSocket(`${address.replace(/^http/, 'ws')}/v1/link`, token, agent, listener),
    // A hub that stops would wait for connections that nobody uses any more.
    close: () => agent.destroy(),
  }
}

function openSocket(address: string, token: string, agent: ReturnType<typeof agentFor>, listener: SocketListener): Promise<HubSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { agent, headers: { authorization: `Bearer ${token}` }, handshakeTimeout: ANSWER_MS, maxPayload: 8 * MAX_MESSAGE_BYTES, perMessageDeflate: false })
    let open = false
    let line: Socket | undefined
    socket.on('upgrade', (response) => (line = response.socket))
    socket.on('open', () => {
      open = true
      resolve({
        send: (message) => socket.send(JSON.stringify(message)),
        received: () => line?.bytesRead ?? 0,
        close: () => {
          socket.close()
          // A peer that does not answer the farewell is left.
          setTimeout(() => socket.terminate(), 1000).unref()
        },
      })
    })
    socket.on('message', (data) => {
      try {
        listener.message(JSON.parse((data as Buffer).toString('utf8')) as DownMessage)
      } catch {
        socket.terminate()
      }
    })
    socket.on('unexpected-response', (_request, response) => {
      bytesOf(response).then(
        (bytes) => reject(refusalOf(response.statusCode ?? 0, bytes)),
        (error: unknown) => reject(unreachable(error)),
      )
    })
    socket.on('error', (error) => reject(unreachable(error)))
    socket.on('close', (code) => {
      reject(new HubUnreachable('The line to the hub broke'))
      if (open) listener.closed(code)
    })
  })
}
