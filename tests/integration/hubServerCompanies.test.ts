import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { RateLimit } from '../../src/hub/server/rateLimit.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import type { AnyRow } from '../../src/shared/domain/kernel/table.ts'
import type { FeedRow } from '../../src/shared/sync/protocol.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { ask, CALL_TAKER, foundOffice, joinOffice, officeRows, OWNER, type ServerOptions, startServer, type TestLink, type TestServer, type TestWorkstation } from './hubServerOffice.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []
const links: TestLink[] = []

async function start(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(postgres, options)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const link of links.splice(0)) link.end()
  for (const server of servers.splice(0).reverse()) await server.close()
})

interface Manifest {
  readonly id: string
  readonly seq: number
  readonly epoch: string
  readonly rows: number
  readonly chunks: readonly { readonly n: number; readonly rows: number; readonly bytes: number; readonly sha256: string; readonly first: boolean }[]
}

async function manifestFor(workstation: TestWorkstation): Promise<Manifest> {
  const { status, body } = await workstation.ask('/v1/snapshot')
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as unknown as Manifest
}

async function rowsOf(workstation: TestWorkstation, manifest: Manifest): Promise<readonly FeedRow[]> {
  const rows: FeedRow[] = []
  for (const chunk of manifest.chunks) {
    const response = await fetch(`${workstation.address}/v1/snapshot/${manifest.id}/${chunk.n}`, { headers: { authorization: `Bearer ${await workstation.token()}` } })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([chunk.bytes, chunk.sha256])
    const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n')
    expect(lines.length).toBe(chunk.rows)
    rows.push(...lines.map((line) => JSON.parse(line) as FeedRow))
  }
  return rows
}

const byPlace = (rows: readonly FeedRow[]): readonly FeedRow[] => rows.toSorted((left, right) => (`${left[0]} ${left[1]}` < `${right[0]} ${right[1]}` ? -1 : 1))

describe('A snapshot', () => {
  it('holds the company\u2019s rows, today first, and is shared by those who come soon after', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const manifest = await manifestFor(founder)
    const rows = await rowsOf(founder, manifest)
    expect(byPlace(rows)).toEqual(byPlace(officeRows().rows))
    expect([manifest.rows, manifest.seq, manifest.epoch]).toEqual([rows.length, 0, founder.epoch])
    const firsts = manifest.chunks.map(({ first }) => first)
    expect(firsts).toEqual(firsts.toSorted((left, right) => Number(right) - Number(left)))
    const desk = await joinOffice(server, founder.companyId, 'desk')
    expect((await manifestFor(desk)).id).toBe(manifest.id)
  })

  it('is handed out while it is made to a workstation that asks for it so, and to nobody else', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const desk = await joinOffice(server, founder.companyId, 'desk', [])
    let { body } = await founder.ask('/v1/snapshot?growing=1')
    const { id } = body as unknown as Manifest
    while (body['complete'] === false) ({ body } = await founder.ask(`/v1/snapshot/${id}?beyond=${(body as unknown as Manifest).chunks.length}`))
    expect(byPlace(await rowsOf(founder, body as unknown as Manifest))).toEqual(byPlace(officeRows().rows))
    expect((await founder.ask(`/v1/snapshot/${id}?beyond=0`)).body).toMatchObject({ id, complete: true })
    expect(await founder.ask('/v1/snapshot')).toMatchObject({ body: { id, complete: true } })
    expect((await desk.ask(`/v1/snapshot/${id}?beyond=0`)).body).toMatchObject({ code: 'snapshot.gone' })
    expect((await founder.ask(`/v1/snapshot/${'0'.repeat(32)}?beyond=0`)).status).toBe(404)
  })

  it('leaves out what the workstation has no clearance for', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const link = await founder.link()
    links.push(link)
    await link.hello()
    link.send({ t: 'push', n: 1, commands: [founder.device.pushed({ name: 'pay.set', actorId: OWNER, input: { technicianId: derivedId('opening-day', 'HVAC-tech-1'), hourlyCents: 4200, fromDay: '2026-07-01' } })] })
    await link.next('pushed')
    const desk = await joinOffice(server, founder.companyId, 'desk', [])
    const [all, some] = [await manifestFor(founder), await manifestFor(desk)]
    const tables = async (workstation: TestWorkstation, manifest: Manifest) => new Set((await rowsOf(workstation, manifest)).map(([table]) => table))
    expect([await tables(founder, all), (await tables(desk, some)).has('pay_rate')]).toEqual([expect.objectContaining({}), false])
    expect((await tables(founder, all)).has('pay_rate')).toBe(true)
    expect((await desk.ask(`/v1/snapshot/${all.id}/0`)).body).toMatchObject({ code: 'snapshot.gone' })
  })

  it('knows no other place than its own', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const { id } = await manifestFor(founder)
    for (const path of [`${id}/99`, `${id}/..%2f..%2fmanifest`, `${'0'.repeat(32)}/0`, '..%2f..%2f/0']) expect((await founder.ask(`/v1/snapshot/${path}`)).status).toBe(404)
  })
})

describe('Managing workstations', () => {
  it('is for whoever may manage the hub', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    for (const headers of [{}, { 'x-actor': CALL_TAKER }, { 'x-actor': derivedId('nobody', 'x') }, { 'x-actor': "' OR 1=1" }]) {
      for (const [path, json] of [['/v1/devices', undefined], [`/v1/devices/${founder.device.id}`, { name: 'Mine' }], [`/v1/devices/${founder.device.id}/revoke`, {}], ['/v1/invitations', { clearances: ['pay'] }]] as const) {
        expect(await founder.ask(path, { headers, ...(json ? { json } : {}) })).toMatchObject({ status: 403, body: { code: 'people.notAllowed' } })
      }
    }
    const owner = { 'x-actor': OWNER }
    expect((await founder.ask(`/v1/devices/${founder.device.id}`, { headers: owner, json: { name: '  Front desk by the door  ' } })).status).toBe(200)
    const { body } = await founder.ask('/v1/devices', { headers: owner })
    expect(body).toMatchObject([{ deviceId: founder.device.id, name: 'Front desk by the door', connected: false, self: true, revokedAt: null, version: 'test' }])
    const invitation = await founder.ask('/v1/invitations', { headers: owner, json: { clearances: ['pay'] } })
    const code = JSON.parse(Buffer.from(String(invitation.body['code']).replace('baton1.', ''), 'base64url').toString()) as Record<string, string>
    expect([code['a'], code['f']]).toEqual(['http://hub.test:7411', null])
    expect((await ask(server.address, '/v1/look', { json: { code: code['c'] } })).body).toMatchObject({ mode: 'join', companyId: founder.companyId })
  })
})

describe('Two companies at one hub', () => {
  it('see nothing of each other, at any place, although their ids are the same', async () => {
    const server = await start()
    const here = await foundOffice(server)
    const there = await foundOffice(server, { label: 'elsewhere', companyId: derivedId('company', 'elsewhere') })
    const owner = { 'x-actor': OWNER }

    // Devices.
    expect((await here.ask('/v1/devices', { headers: owner })).body).toMatchObject([{ deviceId: here.device.id }])
    for (const [path, json] of [[`/v1/devices/${there.device.id}`, { name: 'Taken over' }], [`/v1/devices/${there.device.id}/revoke`, {}]] as const) {
      expect(await here.ask(path, { headers: owner, json })).toMatchObject({ status: 404, body: { code: 'device.unknown' } })
    }

    // Sessions: a key is good for its own company only.
    expect((await here.session()).status).toBe(200)
    const own = here.companyId
    here.companyId = there.companyId
    expect(await here.session()).toMatchObject({ status: 401, body: { code: 'session.refused' } })
    here.companyId = own

    // Founding: both are done, neither can be written again.
    expect((await here.sendRows(officeRows(there.companyId).rows)).status).toBe(409)

    // Snapshots.
    const foreign = await manifestFor(there)
    expect((await here.ask(`/v1/snapshot/${foreign.id}/0`)).body).toMatchObject({ code: 'snapshot.gone' })
    const rows = await rowsOf(here, await manifestFor(here))
    expect(new Set(rows.map(([, , row]) => (row as AnyRow).companyId))).toEqual(new Set([here.companyId]))

    // The link: commands, the feed, leases, who is where.
    const [mine, theirs] = [await here.link(), await there.link()]
    links.push(mine, theirs)
    await mine.hello({ epoch: here.epoch })
    await theirs.hello({ epoch: there.epoch })
    theirs.send({ t: 'presence', people: [{ userId: OWNER, state: 'here', record: null }] })
    await theirs.next('presence', ({ people }) => people.length === 1)
    theirs.send({ t: 'lease', n: 1, name: 'the same', action: 'take', token: null, seconds: 60 })
    await theirs.next('leased')
    theirs.send({ t: 'push', n: 2, commands: [there.note('Nobody else\u2019s business')] })
    await theirs.next('pushed')
    mine.send({ t: 'lease', n: 3, name: 'the same', action: 'take', token: null, seconds: 60 })
    expect((await mine.next('leased')).answer.kind).toBe('held')
    for (const epoch of [here.epoch, there.epoch]) {
      mine.send({ t: 'pull', n: 4, epoch, after: 0 })
      const { answer } = await mine.next('pulled')
      expect(answer).toEqual(epoch === here.epoch ? { kind: 'page', page: { after: 0, upTo: 0, entries: [] }, more: false } : { kind: 'resync', reason: 'epoch' })
    }
    expect(mine.heard.filter(({ t }) => t === 'page')).toEqual([])
    expect(mine.heard.filter((message) => message.t === 'presence' && message.people.length > 0)).toEqual([])
    expect(await here.ask('/v1/recovered', { json: { epoch: there.epoch } })).toMatchObject({ status: 409, body: { code: 'epoch.other' } })
  })
})

describe('What those who run it ask', () => {
  it('counts commands, workstations and the feed', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const link = await founder.link()
    links.push(link)
    await link.hello()
    link.send({ t: 'push', n: 1, commands: [founder.note('One'), founder.device.pushed({ name: 'pay.set', actorId: CALL_TAKER, input: { technicianId: derivedId('opening-day', 'HVAC-tech-1'), hourlyCents: 1, fromDay: '2026-07-01' } })] })
    await link.next('pushed')
    const text = String((await ask(server.address, '/metrics')).body['text'])
    const company = `company="${founder.companyId}"`
    for (const line of [`baton_feed_seq{${company}} 2`, `baton_feed_entries{${company}} 2`, `baton_connected_devices{${company}} 1`, 'baton_commands_total{outcome="accepted"} 1', 'baton_commands_total{outcome="refused"} 1', 'baton_refusals_total{code="people.notAllowed"} 1', 'baton_push_seconds_count 1', 'baton_database_up 1']) {
      expect(text).toContain(`${line}\n`)
    }
    expect(text).toMatch(new RegExp(`baton_feed_bytes\\{${company}\\} [1-9]`))
    // Nothing in it but ids, codes and figures.
    expect(text).not.toContain('Copper Ridge')
  })

  it('logs no word of what people wrote', async () => {
    const lines: string[] = []
    const note = (event: string, details = {}): void => void lines.push(JSON.stringify({ event, ...details }))
    const server = await start({ log: { info: note, warn: note, error: note } })
    const founder = await foundOffice(server)
    const link = await founder.link()
    links.push(link)
    await link.hello()
    link.send({ t: 'push', n: 1, commands: [founder.note('Her son has the key, 555 0142')] })
    await link.next('pushed')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.join('\n')).not.toMatch(/son has|555|Copper Ridge|Front desk|Bearer|baton1/)
  })
})

describe('A rate limit', () => {
  it('lets a burst through and then as many as time gives back', () => {
    let now = 0
    const limit = new RateLimit({ burst: 2, perMinute: 60 }, () => now)
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([0, 0, 1, 0])
    now += 1_000
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 1])
    limit.giveBack('a')
    expect(limit.take('a')).toBe(0)
  })
})
