import { afterEach, describe, expect, it } from 'vitest'
import { derivedId } from '../../src/shared/base/id.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { ask, foundOffice, joinOffice, officeRows, OWNER, SCHEMA, type ServerOptions, startServer, type TestServer, TestWorkstation } from './hubServerOffice.ts'
import { REQUEST_LIMITS } from '../../src/hub/server/gate.ts'
import { SESSION_SECONDS } from '../../src/hub/server/sessions.ts'
import { runSql } from '../support/postgres.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []

async function start(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(postgres, options)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.close()
})

describe('Enrolment', () => {
  it('tells what a code is for, and spends it once', async () => {
    const server = await start()
    const code = await server.code()
    expect(await ask(server.address, '/v1/look', { json: { code } })).toEqual({ status: 200, body: { mode: 'found', companyId: null, companyName: null, hubVersion: 'test', schema: SCHEMA } })
    const { companyId } = officeRows()
    const first = new TestWorkstation(server.address, 'first', companyId)
    const { status, body } = await first.enrol(code)
    expect([status, body['mode'], body['prefix'], body['clearances'], body['companyId']]).toEqual([200, 'found', '', ['pay', 'confidential'], companyId])
    const again = await new TestWorkstation(server.address, 'second', companyId).enrol(code)
    expect([again.status, again.body['code']]).toEqual([404, 'code.unknown'])
  })

  it('gives later workstations prefixes of their own and the clearances of their code', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    expect((await ask(server.address, '/v1/look', { json: { code: await server.code(founder.companyId) } })).body).toMatchObject({ mode: 'join', companyId: founder.companyId, companyName: 'Copper Ridge' })
    const desks = [await joinOffice(server, founder.companyId, 'b', []), await joinOffice(server, founder.companyId, 'c', ['pay'])]
    expect(desks.map(({ prefix }) => prefix)).toEqual(['B', 'C'])
    const { body } = await founder.ask('/v1/devices', { headers: { 'x-actor': OWNER } })
    expect((body as unknown as readonly { clearances: string[]; self: boolean }[]).map(({ clearances, self }) => [clearances, self])).toEqual(expect.arrayContaining([[[], false], [['pay'], false], [['pay', 'confidential'], true]]))
  })

  it('knows neither a wrong code nor one that has run out', async () => {
    const server = await start()
    const code = await server.code()
    await runSql(server.databaseUrl, "UPDATE enrolment_code SET expires_at = now() - interval '1 second'")
    for (const wrong of [code, 'not-a-code-at-all']) {
      const { status, body } = await ask(server.address, '/v1/look', { json: { code: wrong } })
      expect([status, body['code']]).toEqual([404, 'code.unknown'])
      expect(String(body['message'])).toContain('npm run hub -- invite')
    }
  })

  it('stops listening to an address that guesses, right codes included', async () => {
    const server = await start({ requestLimits: { ...REQUEST_LIMITS, codes: { burst: 3, perMinute: 1 } } })
    const right = await server.code()
    for (let time = 0; time < 5; time++) expect((await ask(server.address, '/v1/look', { json: { code: right } })).status).toBe(200)
    for (let time = 0; time < 3; time++) expect((await ask(server.address, '/v1/look', { json: { code: `wrong-code-${time}` } })).status).toBe(404)
    const { status, body } = await ask(server.address, '/v1/look', { json: { code: right } })
    expect([status, body['code']]).toEqual([429, 'tooMany'])
    expect(server.parts.metrics.text()).toContain('baton_rate_limited_total{what="codes"} 1')
  })

  it('refuses a key that is not Ed25519, a store from the future, and a company that is there already', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const other = new TestWorkstation(server.address, 'other', founder.companyId)
    const code = await server.code()
    expect((await other.enrol(code, { publicKey: 'bm90IGEga2V5' })).body).toMatchObject({ code: 'input.invalid' })
    const newer = await other.enrol(code, { schema: SCHEMA + 1, version: '9.9.9' })
    expect([newer.status, String(newer.body['message'])]).toEqual([426, expect.stringContaining('Update the hub')])
    expect((await other.enrol(code)).body).toMatchObject({ code: 'company.exists' })
  })

  it('answers garbage with a sentence', async () => {
    const server = await start()
    expect((await ask(server.address, '/v1/enrol', { json: { nonsense: true } })).body).toMatchObject({ code: 'input.invalid', message: expect.stringContaining('does not understand') })
    expect((await ask(server.address, '/v1/look', { body: new Uint8Array([1, 2, 3]) })).status).toBe(400)
    const large = await ask(server.address, '/v1/look', { json: { code: 'x'.repeat(100_000) } })
    expect([large.status, large.body['code']]).toEqual([413, 'input.tooLarge'])
    expect((await ask(server.address, '/v1/look', { json: { code: 'abcdefghij' }, headers: { origin: 'https://elsewhere.example' } })).body).toMatchObject({ code: 'origin.notAllowed' })
  })
})

describe('Founding', () => {
  it('takes rows in chunks, each as often as it comes, and lets others in when all are there', async () => {
    const server = await start()
    const { companyId, rows } = officeRows()
    const founder = new TestWorkstation(server.address, 'founder', companyId)
    await founder.enrol(await server.code())
    const half = Math.ceil(rows.length / 2)
    await founder.sendRows(rows.slice(0, half), 0)
    await founder.sendRows(rows.slice(0, half), 0)
    const early = await founder.ask('/v1/founding/done', { json: { lastWsSeq: 0, rows: rows.length } })
    expect([early.status, early.body['code']]).toEqual([409, 'founding.incomplete'])
    const link = await founder.link()
    link.send({ t: 'hello', protocol: 1, schema: SCHEMA, version: 'test', epoch: '', cursor: 0 })
    expect(await link.closed).toBe(4409)
    await founder.sendRows(rows.slice(half), 1)
    const done = await founder.ask('/v1/founding/done', { json: { lastWsSeq: 0, rows: rows.length } })
    expect([done.status, done.body['position']]).toEqual([200, expect.objectContaining({ seq: 0 })])
    expect((await founder.sendRows(rows.slice(half), 1)).body).toMatchObject({ code: 'founding.done' })
  })

  it('takes no row of another company, no unknown table, nothing that is not gzip', async () => {
    const server = await start()
    const { companyId, rows } = officeRows()
    const founder = new TestWorkstation(server.address, 'founder', companyId)
    await founder.enrol(await server.code())
    const [first] = rows
    const foreign = officeRows(derivedId('company', 'other')).rows.slice(0, 1)
    expect((await founder.sendRows(foreign)).body).toMatchObject({ code: 'founding.unreadable', message: expect.stringContaining('another company') })
    expect((await founder.sendRows([['hub_secret', first?.[1] ?? '', first?.[2] ?? null]])).body).toMatchObject({ code: 'founding.unreadable' })
    expect((await founder.ask('/v1/founding/rows', { body: new Uint8Array([1, 2, 3]), headers: { 'x-chunk': '0' } })).body).toMatchObject({ code: 'founding.unreadable' })
    expect((await founder.ask('/v1/founding/rows', { body: new Uint8Array(5 * 1024 * 1024), headers: { 'x-chunk': '0' } })).status).toBe(413)
  })
})

describe('Sessions', () => {
  it('needs the enrolled key', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    expect((await founder.session()).status).toBe(200)
    founder.newKey()
    expect(await founder.session()).toMatchObject({ status: 401, body: { code: 'session.refused' } })
    expect(await founder.session({ signature: 'AAAA' })).toMatchObject({ status: 401 })
    expect(await founder.session({ challenge: 'eyJ9.AAAA' })).toMatchObject({ status: 401, body: { code: 'session.expired' } })
  })

  it('says nothing of whether a workstation exists', async () => {
    const server = await start()
    const stranger = new TestWorkstation(server.address, 'stranger', derivedId('company', 'unknown'))
    expect(await stranger.session()).toMatchObject({ status: 401, body: { code: 'session.refused' } })
  })

  it('ends after its time by the hub\u2019s clock, and with another key', async () => {
    let now = Date.now()
    const server = await start({ now: () => now })
    const founder = await foundOffice(server)
    const headers = { authorization: `Bearer ${await founder.token()}` }
    expect((await ask(server.address, '/v1/snapshot', { headers })).status).toBe(200)
    now += SESSION_SECONDS * 1000 + 1
    expect(await ask(server.address, '/v1/snapshot', { headers })).toMatchObject({ status: 401, body: { code: 'session.expired' } })
    now -= SESSION_SECONDS * 1000
    founder.newKey()
    const enrolled = await founder.enrol(await server.code(founder.companyId))
    expect(enrolled.body).toMatchObject({ prefix: '', mode: 'join' })
    expect(await ask(server.address, '/v1/snapshot', { headers })).toMatchObject({ status: 401, body: { code: 'session.expired' } })
    expect((await founder.ask('/v1/snapshot')).status).toBe(200)
  })

  it('is not given to a revoked workstation', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    const desk = await joinOffice(server, founder.companyId, 'desk')
    await desk.token()
    expect((await founder.ask(`/v1/devices/${desk.device.id}/revoke`, { method: 'POST', headers: { 'x-actor': OWNER } })).status).toBe(200)
    expect(await desk.session()).toMatchObject({ status: 403, body: { code: 'device.revoked' } })
    expect(await desk.ask('/v1/snapshot')).toMatchObject({ status: 403, body: { code: 'device.revoked' } })
  })
})
