import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { Signer } from '../../src/hub/server/signedText.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { ask, foundOffice, joinOffice, OWNER, type Reply, startServer, type TestServer, type TestWorkstation } from './hubServerOffice.ts'

/** Whoever is no workstation of the company, at every address of the hub. */

const postgres = sharedPostgres()
const servers: TestServer[] = []

async function start(): Promise<TestServer> {
  const server = await startServer(postgres)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const SERVER = fileURLToPath(new URL('../../src/hub/server', import.meta.url))

/** Every address in the server's sources, as `GET /v1/devices`. */
function declaredRoutes(): readonly string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.flatMap((name) => [...readFileSync(join(SERVER, name), 'utf8').matchAll(/server\.(get|post|put|patch|delete|head|options|all|route)\(\s*'([^']+)'/g)].map(([, method, path]) => `${method?.toUpperCase()} ${path}`)).toSorted()
}

/** Answered to anybody; what they say is in the other tests. */
const OPEN = ['GET /', 'GET /healthz', 'GET /readyz', 'GET /metrics', 'POST /v1/look', 'POST /v1/enrol', 'POST /v1/challenge', 'POST /v1/session']

interface Foreign {
  readonly deviceId: string
  readonly snapshotId: string
  readonly sha256: string
  readonly epoch: string
}

/** A request that would be answered to the other company\u2019s own workstation, and what a stranger gets. */
interface Guarded {
  readonly path: (foreign: Foreign) => string
  readonly init?: (foreign: Foreign) => NonNullable<Parameters<typeof ask>[2]>
  /** The status for a workstation of another company; null where it is answered with that one\u2019s own. */
  readonly other: number | null
}

const owner = { 'x-actor': OWNER }
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))

const GUARDED: Readonly<Record<string, Guarded>> = {
  'GET /v1/link': { path: () => '/v1/link', other: null },
  'GET /v1/devices': { path: () => '/v1/devices', init: () => ({ headers: owner }), other: null },
  'POST /v1/devices/:id': { path: ({ deviceId }) => `/v1/devices/${deviceId}`, init: () => ({ json: { name: 'Mine' }, headers: owner }), other: 404 },
  'POST /v1/devices/:id/revoke': { path: ({ deviceId }) => `/v1/devices/${deviceId}/revoke`, init: () => ({ json: {}, headers: owner }), other: 404 },
  'POST /v1/invitations': { path: () => '/v1/invitations', init: () => ({ json: { clearances: [] }, headers: owner }), other: null },
  'GET /v1/intake/secrets': { path: () => '/v1/intake/secrets', init: () => ({ headers: owner }), other: null },
  'POST /v1/intake/secrets': { path: () => '/v1/intake/secrets', init: ({ deviceId }) => ({ json: { sourceId: deviceId, endOthersNow: false }, headers: owner }), other: 404 },
  'POST /v1/technician-links/:id': { path: ({ deviceId }) => `/v1/technician-links/${deviceId}`, init: () => ({ json: {}, headers: owner }), other: 404 },
  'POST /v1/founding/rows': { path: () => '/v1/founding/rows', init: () => ({ body: bytes('rows'), headers: { 'x-chunk': '0' } }), other: 409 },
  'POST /v1/founding/done': { path: () => '/v1/founding/done', init: () => ({ json: { lastWsSeq: 0, rows: 0 } }), other: null },
  'GET /v1/snapshot': { path: () => '/v1/snapshot', other: null },
  'GET /v1/snapshot/:id': { path: ({ snapshotId }) => `/v1/snapshot/${snapshotId}?beyond=0`, other: 404 },
  'GET /v1/snapshot/:id/:n': { path: ({ snapshotId }) => `/v1/snapshot/${snapshotId}/0`, other: 404 },
  'POST /v1/recovered': { path: () => '/v1/recovered', init: ({ epoch }) => ({ json: { epoch } }), other: 409 },
  'GET /v1/attachments/:sha256': { path: ({ sha256 }) => `/v1/attachments/${sha256}`, other: 404 },
  'GET /v1/attachments/:sha256/:from': { path: ({ sha256 }) => `/v1/attachments/${sha256}/0`, init: () => ({ headers: owner }), other: 404 },
  'PUT /v1/attachments/:sha256/:from': { path: ({ sha256 }) => `/v1/attachments/${sha256}/0`, init: () => ({ method: 'PUT', body: bytes('theirs'), headers: { 'content-type': 'application/octet-stream' } }), other: 404 },
}

const guardedRoutes = (): readonly (readonly [string, Guarded])[] => declaredRoutes().flatMap((route) => (GUARDED[route] ? [[route, GUARDED[route]] as const] : []))

const CONTENT = 'A photo of the water heater'
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')

/** A company with everything that another one could want of it. */
async function whatTheyHave(there: TestWorkstation): Promise<Foreign> {
  const link = await there.link()
  await link.hello()
  const attached = { attachmentId: derivedId('attachment', 'theirs'), subjectKind: 'customer', subjectId: derivedId('nobody', 'at all'), name: 'heater.jpg', mediaType: 'image/jpeg', bytes: CONTENT.length, sha256: SHA256, note: '', deviceName: '' }
  link.send({ t: 'push', n: 1, commands: [there.device.pushed({ name: 'attachment.add', actorId: OWNER, input: attached })] })
  await link.next('pushed')
  link.end()
  const { body } = await there.ask('/v1/snapshot')
  return { deviceId: there.device.id, snapshotId: String(body['id']), sha256: SHA256, epoch: there.epoch }
}

const send = (server: TestServer, { path, init }: Guarded, foreign: Foreign, authorization?: string): Promise<Reply> => {
  const asked = init?.(foreign) ?? {}
  return ask(server.address, path(foreign), { ...asked, headers: { ...asked.headers, ...(authorization === undefined ? {} : { authorization }) } })
}

describe('Every address of the hub', () => {
  it('is looked at here', () => {
    const declared = declaredRoutes()
    expect(declared.length).toBeGreaterThan(20)
    expect(declared.filter((route) => !OPEN.includes(route) && GUARDED[route] === undefined)).toEqual([])
  })

  it('answers nobody without a token of a workstation that is enrolled now', async () => {
    const server = await start()
    const there = await foundOffice(server)
    const foreign = await whatTheyHave(there)
    const taken = await joinOffice(server, there.companyId, 'taken away')
    const revoked = await taken.token()
    expect((await there.ask(`/v1/devices/${taken.device.id}/revoke`, { json: {}, headers: owner })).status).toBe(200)

    const [body = '', mac = ''] = (await there.token()).split('.')
    const grant = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { body: asked } = await ask(server.address, '/v1/challenge', { json: { companyId: there.companyId, deviceId: there.device.id } })
    const tokens: Readonly<Record<string, string | undefined>> = {
      none: undefined,
      'another scheme': `Basic ${body}.${mac}`,
      'not one': 'Bearer x',
      'no signature': `Bearer ${body}.`,
      'a later end under the same signature': `Bearer ${text({ ...grant, e: Number.MAX_SAFE_INTEGER })}.${mac}`,
      'another signature': `Bearer ${body}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`,
      'signed with another secret': `Bearer ${new Signer(Buffer.alloc(32, 7)).sign('session', grant)}`,
      'a challenge for a token': `Bearer ${String(asked['challenge'])}`,
      'two tokens in one': `Bearer ${body}.${mac}.${mac}`,
      revoked: `Bearer ${revoked}`,
    }
    for (const [route, guarded] of guardedRoutes()) {
      for (const [what, authorization] of Object.entries(tokens)) {
        const { status, body: said } = await send(server, guarded, foreign, authorization)
        expect({ route, what, status }).toEqual({ route, what, status: what === 'revoked' ? 403 : 401 })
        expect(Object.keys(said).toSorted()).toEqual(['code', 'message'])
      }
    }
  })

  it('gives a workstation of another company nothing of this one\u2019s, and changes nothing here', async () => {
    const server = await start()
    const there = await foundOffice(server)
    const foreign = await whatTheyHave(there)
    const here = await foundOffice(server, { label: 'elsewhere', companyId: derivedId('company', 'elsewhere') })
    const before = (await there.ask('/v1/devices', { headers: owner })).body
    for (const [route, guarded] of guardedRoutes()) {
      if (route === 'GET /v1/link') continue
      const reply = await send(server, guarded, foreign, `Bearer ${await here.token()}`)
      if (guarded.other !== null) expect({ route, status: reply.status }).toEqual({ route, status: guarded.other })
      const said = JSON.stringify(reply.body)
      for (const theirs of [there.companyId, foreign.deviceId, foreign.snapshotId]) expect({ route, said: said.includes(theirs) }).toEqual({ route, said: false })
    }
    expect((await there.ask('/v1/devices', { headers: owner })).body).toEqual(before)
    expect((await there.ask(`/v1/attachments/${SHA256}`)).body).toMatchObject({ have: 0 })
  })

  it('refuses what is larger than it takes, whoever sends it, and goes on', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const foreign = await whatTheyHave(founder)
    const large = 'x'.repeat(5 * 1024 * 1024)
    for (const path of ['/v1/look', '/v1/enrol', '/v1/challenge', '/v1/session']) {
      expect(await ask(server.address, path, { json: { code: large } })).toMatchObject({ status: 413, body: { code: 'input.tooLarge' } })
    }
    for (const [route, guarded] of guardedRoutes()) {
      if (route.startsWith('GET')) continue
      const asked = guarded.init?.(foreign) ?? {}
      const body = asked.body === undefined ? { json: { name: large } } : { body: bytes(large) }
      expect({ route, ...(await founder.ask(guarded.path(foreign), { ...asked, ...body })) }).toMatchObject({ route, status: 413, body: { code: 'input.tooLarge' } })
    }
    expect((await ask(server.address, '/readyz')).status).toBe(200)
  })

  it('outlives what is no HTTP and no WebSocket', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const port = Number(new URL(server.address).port)
    const upgrade = ['GET /v1/link HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${Buffer.alloc(16, 1).toString('base64')}`, `Authorization: Bearer ${await founder.token()}`, '', ''].join('\r\n')
    const wrong = [
      Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff, 0x00]),
      Buffer.from('GET / HTTP/9.9\r\n\r\n'),
      Buffer.from(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
      Buffer.from('POST /v1/look HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
      // Frames: not masked, a length of 2^63, a reserved opcode, a control frame in parts.
      ...[[0x81, 0x01, 0x41], [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], [0x83, 0x80, 0, 0, 0, 0], [0x09, 0x80, 0, 0, 0, 0]].map((frame) => Buffer.concat([Buffer.from(upgrade), Buffer.from(frame)])),
    ]
    for (const said of wrong) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(said))
        socket.resume()
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
      })
    }
    const link = await founder.link()
    await link.hello()
    link.end()
  })
})

describe('A challenge', () => {
  it('is answered once: whoever overheard the answer gets no session with it', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const { challenge, signature } = await founder.answeredChallenge()
    const who = { companyId: founder.companyId, deviceId: founder.device.id, challenge, signature }
    expect((await ask(server.address, '/v1/session', { json: who })).status).toBe(200)
    expect(await ask(server.address, '/v1/session', { json: who })).toMatchObject({ status: 401, body: { code: 'session.expired' } })
    // Nor is it another workstation\u2019s.
    const fresh = await founder.answeredChallenge()
    expect(await ask(server.address, '/v1/session', { json: { ...who, ...fresh, deviceId: derivedId('device', 'another') } })).toMatchObject({ status: 401 })
  })
})
