import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { MIGRATIONS } from '../../migrations/list.ts'
import { Hub } from '../../src/hub/core/hub.ts'
import type { IntakeLimits } from '../../src/hub/server/intake/intakeRoutes.ts'
import type { LinkLimits } from '../../src/hub/server/link/link.ts'
import { LINK_LIMITS } from '../../src/hub/server/link/link.ts'
import type { LinkRhythm } from '../../src/hub/server/link/links.ts'
import { REQUEST_LIMITS, type RequestLimits } from '../../src/hub/server/gate.ts'
import { type HubServer, startHubServer } from '../../src/hub/server/hubServer.ts'
import type { HubLog } from '../../src/hub/server/log.ts'
import { HubMetrics } from '../../src/hub/server/metrics.ts'
import { PostgresNotices } from '../../src/hub/server/notices/postgresNotices.ts'
import type { ServerParts } from '../../src/hub/server/parts.ts'
import { sessionText } from '../../src/hub/server/sessions.ts'
import type { TechnicianLimits } from '../../src/hub/server/technician/linkGate.ts'
import type { TechnicianPage } from '../../src/hub/server/technician/page.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { CLEARANCES, type Clearance } from '../../src/shared/domain/kernel/table.ts'
import type { DownMessage, FeedRow, UpMessage } from '../../src/shared/sync/protocol.ts'
import { SYNC_PROTOCOL } from '../../src/shared/sync/protocol.ts'
import { openOffice } from '../simulation/openingDay.ts'
import { Simulator } from '../simulation/simulator.ts'
import { quietLog, type SharedPostgres } from '../support/postgres.ts'
import { openTestHub, rowsIn, TestDevice } from './hubStoreOffice.ts'

export const SCHEMA = MIGRATIONS.length
export const OWNER = derivedId('opening-day', 'owner')
export const CALL_TAKER = derivedId('opening-day', 'user-inboundCsr')

/** No notice is missed for long anyway; a test that needs the poll or the sweep says so. */
const RESTFUL: LinkRhythm = { pollMs: 3_600_000, sweepMs: 3_600_000, sightingsMs: 3_600_000 }

export interface ServerOptions {
  /** A database that another server works on already. */
  readonly url?: string
  readonly schema?: number
  /** The same one after a restart, so that workstations find it again. */
  readonly port?: number
  readonly now?: () => number
  readonly requestLimits?: RequestLimits
  readonly intakeLimits?: IntakeLimits
  readonly linkLimits?: LinkLimits
  readonly rhythm?: LinkRhythm
  readonly log?: HubLog
  readonly metricsToken?: string
  readonly attachmentRoom?: number
  readonly technicianPage?: TechnicianPage
  readonly technicianLimits?: TechnicianLimits
}

export interface TestServer {
  readonly databaseUrl: string
  readonly address: string
  readonly parts: ServerParts
  readonly server: HubServer
  /** A code for founding, or for joining a company. */
  code(companyId?: string, clearances?: readonly Clearance[], seconds?: number): Promise<string>
  close(): Promise<void>
}

export async function startServer(postgres: SharedPostgres, options: ServerOptions = {}): Promise<TestServer> {
  const { url, store, admin, close } = options.url === undefined ? await openTestHub(postgres) : { url: options.url, ...(await openHubStore(options.url, { connections: 8 })) }
  const folder = mkdtempSync(join(tmpdir(), 'baton-hub-server-'))
  const log = options.log ?? quietLog
  const notices = new PostgresNotices(url, log)
  await notices.open()
  const now = options.now ?? Date.now
  const parts: ServerParts = { hub: new Hub(store, { now }), store, admin, notices, metrics: new HubMetrics(), log, version: 'test', schema: options.schema ?? SCHEMA, now }
  const server = await startHubServer({
    parts,
    host: '127.0.0.1',
    port: options.port ?? 0,
    tls: null,
    fingerprint: () => null,
    publicAddress: () => 'http://hub.test:7411',
    snapshotFolder: folder,
    metricsToken: options.metricsToken ?? null,
    ...(options.attachmentRoom === undefined ? {} : { attachmentRoom: options.attachmentRoom }),
    technicianPage: options.technicianPage ?? null,
    ...(options.technicianLimits === undefined ? {} : { technicianLimits: options.technicianLimits }),
    requestLimits: options.requestLimits ?? REQUEST_LIMITS,
    ...(options.intakeLimits === undefined ? {} : { intakeLimits: options.intakeLimits }),
    linkLimits: options.linkLimits ?? LINK_LIMITS,
    rhythm: options.rhythm ?? RESTFUL,
  })
  return {
    databaseUrl: url,
    address: `http://127.0.0.1:${server.port}`,
    parts,
    server,
    code: async (companyId, clearances = CLEARANCES, seconds = 600) => (await admin.makeCode({ companyId: companyId ?? null, clearances, seconds, createdBy: null })).secret,
    async close() {
      await server.close()
      await notices.close()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Reply {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Asks over HTTP; JSON both ways. */
export async function ask(address: string, path: string, init: { readonly method?: string; readonly json?: unknown; readonly body?: Uint8Array<ArrayBuffer>; readonly headers?: Record<string, string> } = {}): Promise<Reply> {
  const body = init.body ?? (init.json === undefined ? null : JSON.stringify(init.json))
  const type: Record<string, string> = init.body ? { 'content-type': 'application/gzip' } : init.json === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(`${address}${path}`, { method: init.method ?? (body === null ? 'GET' : 'POST'), body, headers: { ...type, ...init.headers } })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as Record<string, unknown>) : { text } }
}

/** The office's rows on its first morning, as another company's where one is named. */
export function officeRows(companyId?: string): { readonly companyId: string; readonly rows: readonly FeedRow[] } {
  const simulator = new Simulator(1)
  openOffice(simulator)
  const rows = rowsIn(simulator.engine)
  if (companyId === undefined) return { companyId: simulator.companyId, rows }
  return { companyId, rows: JSON.parse(JSON.stringify(rows).replaceAll(simulator.companyId, companyId)) as readonly FeedRow[] }
}

/** An open link: what came down, in order. */
export class TestLink {
  readonly socket: WebSocket
  readonly heard: DownMessage[] = []
  readonly closed: Promise<number>
  #wake: () => void = () => undefined

  constructor(address: string, token: string) {
    this.socket = new WebSocket(`${address.replace('http', 'ws')}/v1/link`, { headers: { authorization: `Bearer ${token}` } })
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as DownMessage)
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code: number) => {
        resolve(code)
        this.#wake()
      })
    })
    this.socket.on('error', () => undefined)
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', resolve)
      this.socket.once('unexpected-response', (_request, response) => reject(new Error(`answered ${response.statusCode}`)))
      this.socket.once('error', reject)
    })
  }

  send(message: UpMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  /** The next message of a kind that was not taken yet, as soon as it is there. */
  async next<T extends DownMessage['t']>(t: T, fits: (message: Extract<DownMessage, { readonly t: T }>) => boolean = () => true): Promise<Extract<DownMessage, { readonly t: T }>> {
    for (;;) {
      const index = this.heard.findIndex((message) => message.t === t && fits(message as Extract<DownMessage, { readonly t: T }>))
      if (index >= 0) return this.heard.splice(index, 1)[0] as Extract<DownMessage, { readonly t: T }>
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error(`The link closed before ${t} came; it said ${JSON.stringify(this.heard)}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async hello(more: Partial<Extract<UpMessage, { t: 'hello' }>> = {}) {
    this.send({ t: 'hello', protocol: SYNC_PROTOCOL, schema: SCHEMA, version: 'test', epoch: '', cursor: 0, ...more })
    return this.next('welcome')
  }

  end(): void {
    this.socket.terminate()
  }
}

/** A workstation as far as the hub can tell. */
export class TestWorkstation {
  readonly device: TestDevice
  readonly address: string
  companyId: string
  #keys = generateKeyPairSync('ed25519')
  #token: string | undefined
  epoch = ''
  prefix = ''

  constructor(address: string, label: string, companyId: string) {
    this.address = address
    this.device = new TestDevice(label)
    this.companyId = companyId
  }

  get publicKey(): string {
    return this.#keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  }

  newKey(): void {
    this.#keys = generateKeyPairSync('ed25519')
    this.#token = undefined
  }

  enrol(code: string, more: Record<string, unknown> = {}): Promise<Reply> {
    const { companyId, publicKey, device } = this
    return ask(this.address, '/v1/enrol', { json: { code, deviceId: device.id, name: 'Front desk', publicKey, companyId, schema: SCHEMA, version: 'test', ...more } }).then((reply) => {
      if (reply.status === 200) {
        this.companyId = String(reply.body['companyId'])
        this.epoch = String(reply.body['epoch'])
        this.prefix = String(reply.body['prefix'])
      }
      return reply
    })
  }

  async answeredChallenge(): Promise<{ readonly challenge: string; readonly signature: string }> {
    const who = { companyId: this.companyId, deviceId: this.device.id }
    const { body } = await ask(this.address, '/v1/challenge', { json: who })
    const challenge = String(body['challenge'])
    return { challenge, signature: sign(null, Buffer.from(sessionText(who, challenge)), this.#keys.privateKey).toString('base64') }
  }

  async session(more: Record<string, unknown> = {}): Promise<Reply> {
    const answered = await this.answeredChallenge()
    return ask(this.address, '/v1/session', { json: { companyId: this.companyId, deviceId: this.device.id, ...answered, ...more } })
  }

  async token(): Promise<string> {
    if (this.#token === undefined) {
      const { status, body } = await this.session()
      if (status !== 200) throw new Error(JSON.stringify(body))
      this.#token = String(body['token'])
    }
    return this.#token
  }

  async ask(path: string, init: Parameters<typeof ask>[2] = {}): Promise<Reply> {
    return ask(this.address, path, { ...init, headers: { authorization: `Bearer ${await this.token()}`, ...init.headers } })
  }

  async sendRows(rows: readonly FeedRow[], chunk = 0): Promise<Reply> {
    return this.ask('/v1/founding/rows', { body: new Uint8Array(gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))), headers: { 'x-chunk': String(chunk) } })
  }

  async link(address = this.address): Promise<TestLink> {
    const link = new TestLink(address, await this.token())
    await link.opened()
    return link
  }

  note(body: string, actorId = OWNER) {
    const noteId = derivedId(this.device.id, body)
    return this.device.pushed({ name: 'note.add', actorId, input: { noteId, subjectKind: 'customer', subjectId: derivedId('nobody', 'at all'), body, pinned: false } })
  }
}

/** A server with a company on it, brought by its first workstation. */
export async function foundOffice(server: TestServer, options: { readonly label?: string; readonly companyId?: string } = {}): Promise<TestWorkstation> {
  const { companyId, rows } = officeRows(options.companyId)
  const founder = new TestWorkstation(server.address, options.label ?? 'founder', companyId)
  const enrolled = await founder.enrol(await server.code())
  if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled.body))
  const sent = await founder.sendRows(rows)
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
  const done = await founder.ask('/v1/founding/done', { json: { lastWsSeq: 0, rows: rows.length } })
  if (done.status !== 200) throw new Error(JSON.stringify(done.body))
  return founder
}

export async function joinOffice(server: TestServer, companyId: string, label: string, clearances: readonly Clearance[] = CLEARANCES): Promise<TestWorkstation> {
  const workstation = new TestWorkstation(server.address, label, derivedId('own company', label))
  const { status, body } = await workstation.enrol(await server.code(companyId, clearances))
  if (status !== 200) throw new Error(JSON.stringify(body))
  return workstation
}
