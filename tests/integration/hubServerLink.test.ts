import { afterEach, describe, expect, it } from 'vitest'
import { LINK_LIMITS } from '../../src/hub/server/link/link.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { MAX_MESSAGE_BYTES, type Page } from '../../src/shared/sync/protocol.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { ask, foundOffice, joinOffice, OWNER, SCHEMA, type ServerOptions, startServer, type TestLink, type TestServer } from './hubServerOffice.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []
const links: TestLink[] = []

async function start(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(postgres, options)
  servers.push(server)
  return server
}

const kept = (link: TestLink): TestLink => {
  links.push(link)
  return link
}

afterEach(async () => {
  for (const link of links.splice(0)) link.end()
  for (const server of servers.splice(0).reverse()) await server.close()
})

/** An office with two workstations on the line. */
async function twoDesks(server: TestServer, at = server) {
  const front = await foundOffice(server)
  const desk = await joinOffice(server, front.companyId, 'desk', [])
  const here = kept(await front.link())
  const there = kept(await desk.link(at.address))
  await here.hello({ epoch: front.epoch })
  const welcome = await there.hello({ epoch: desk.epoch })
  return { front, desk, here, there, welcome }
}

const bodiesOf = (page: Page): readonly unknown[] => page.entries.flatMap(({ rows }) => rows.map(([, , row]) => row?.['body']))

describe('The link', () => {
  it('takes commands up and brings them down to the others, and answers one that comes again', async () => {
    const server = await start()
    const { front, here, there, welcome } = await twoDesks(server)
    expect(welcome).toMatchObject({ companyId: front.companyId, hubVersion: 'test', recovering: false, lastWsSeq: 0, position: { seq: 0, epoch: front.epoch } })
    const commands = [front.note('The gate is broken')]
    here.send({ t: 'push', n: 1, commands })
    const { answer } = await here.next('pushed')
    expect(answer).toMatchObject({ kind: 'done', acknowledged: [{ seq: 1, wsSeq: 1, outcome: 'accepted' }] })
    const { page } = await there.next('page')
    expect([page.after, page.upTo, bodiesOf(page)]).toEqual([0, 1, ['The gate is broken']])
    here.send({ t: 'push', n: 2, commands })
    expect((await here.next('pushed')).answer).toEqual(answer)
    there.send({ t: 'pull', n: 3, epoch: front.epoch, after: 0 })
    expect((await there.next('pulled')).answer).toEqual({ kind: 'page', page, more: false })
    there.send({ t: 'pull', n: 4, epoch: front.epoch, after: 1 })
    expect((await there.next('pulled')).answer).toEqual({ kind: 'page', page: { after: 1, upTo: 1, entries: [] }, more: false })
    expect(server.parts.metrics.text()).toContain('baton_commands_total{outcome="accepted"} 1')
  })

  it('streams what a workstation has no clearance for as a place without rows', async () => {
    const server = await start()
    const { front, here, there } = await twoDesks(server)
    const rate = front.device.pushed({ name: 'pay.set', actorId: OWNER, input: { technicianId: derivedId('opening-day', 'HVAC-tech-1'), hourlyCents: 4200, fromDay: '2026-07-01' } })
    here.send({ t: 'push', n: 1, commands: [rate] })
    const [own, other] = [await here.next('page'), await there.next('page')]
    expect(own.page.entries[0]?.rows.map(([table]) => table)).toEqual(['pay_rate'])
    expect([other.page.upTo, other.page.entries[0]?.rows]).toEqual([1, []])
  })

  it('lets a workstation that reads too slowly pull what the stream left out', async () => {
    const server = await start({ linkLimits: { ...LINK_LIMITS, mostUnreadBytes: 100_000 } })
    const { front, desk, here, there } = await twoDesks(server)
    there.socket.pause()
    let pushed = 0
    while (!server.parts.metrics.text().includes('baton_slow_listeners_total 1')) {
      expect(pushed).toBeLessThan(8_000)
      const commands = Array.from({ length: 100 }, (_, index) => front.note(`${pushed + index} ${'x'.repeat(3_900)}`))
      here.send({ t: 'push', n: pushed, commands })
      await here.next('pushed')
      here.heard.length = 0
      pushed += 100
    }
    here.send({ t: 'push', n: pushed, commands: [front.note('The last one')] })
    await here.next('pushed')
    pushed += 1
    there.socket.resume()
    let cursor = 0
    const bodies: unknown[] = []
    const take = (page: Page): void => {
      cursor = page.upTo
      bodies.push(...bodiesOf(page))
    }
    while (cursor < pushed) {
      const { page } = await there.next('page')
      if (page.upTo <= cursor) continue
      if (page.after === cursor) take(page)
      else {
        there.send({ t: 'pull', n: cursor, epoch: desk.epoch, after: cursor })
        const { answer } = await there.next('pulled')
        if (answer.kind !== 'page') throw new Error(answer.kind)
        take(answer.page)
        if (answer.more) there.heard.unshift({ t: 'page', page: { after: page.after, upTo: page.upTo, entries: [] } })
      }
    }
    expect([bodies.length, bodies.at(-1)]).toEqual([pushed, 'The last one'])
    // It is in the stream again.
    here.send({ t: 'push', n: 0, commands: [front.note('And one more')] })
    expect(bodiesOf((await there.next('page', ({ page }) => page.after === pushed && page.entries.length > 0)).page)).toEqual(['And one more'])
  })

  it('says which side is too old, and what to do', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    await runSql(server.databaseUrl, 'UPDATE hub_company SET min_schema = 2')
    const older = kept(await founder.link())
    older.send({ t: 'hello', protocol: 1, schema: 1, version: '0.0.1', epoch: '', cursor: 0 })
    expect((await older.next('upgrade')).message).toMatch(/This workstation.*0\.0\.1.*Update Baton on this workstation/)
    expect(await older.closed).toBe(4426)
    const newer = kept(await founder.link())
    newer.send({ t: 'hello', protocol: 1, schema: SCHEMA + 1, version: '9.9.9', epoch: '', cursor: 0 })
    expect((await newer.next('upgrade')).message).toMatch(/hub.*older than this workstation.*9\.9\.9.*Update the hub/)
    const nextProtocol = kept(await founder.link())
    nextProtocol.send({ t: 'hello', protocol: 2, schema: SCHEMA, version: '9.9.9', epoch: '', cursor: 0 })
    expect((await nextProtocol.next('upgrade')).message).toContain('Update the hub')
    expect(server.parts.metrics.text()).toMatch(/older="workstation"} 1[^]*older="hub"} 2/)
  })

  it('ends with a word to whoever talks nonsense, and takes none of it', async () => {
    const server = await start()
    const founder = await foundOffice(server)
    for (const nonsense of ['not json', '{"t":"reboot"}', '{"t":"push","n":1,"commands":[]}', '[]']) {
      const link = kept(await founder.link())
      await link.hello()
      link.socket.send(nonsense)
      expect((await link.next('error')).message).toContain('did not understand')
      expect(await link.closed).toBe(1008)
    }
    const binary = kept(await founder.link())
    binary.socket.send(Buffer.from([1, 2, 3]))
    expect(await binary.closed).toBe(1008)
    const hasty = kept(await founder.link())
    hasty.send({ t: 'ping' })
    expect(await hasty.closed).toBe(1008)
    const large = kept(await founder.link())
    await large.hello()
    large.socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1))
    expect([1006, 1009]).toContain(await large.closed)
    const well = kept(await founder.link())
    await well.hello()
    well.send({ t: 'ping' })
    await well.next('pong')
  })

  it('opens for no token but one of its own', async () => {
    const server = await start()
    await foundOffice(server)
    expect((await ask(server.address, '/v1/link')).status).toBe(401)
    const { TestLink: Link } = await import('./hubServerOffice.ts')
    await expect(new Link(server.address, 'eyJjIjoiYSJ9.AAAA').opened()).rejects.toThrow('answered 401')
  })

  it('cuts a revoked workstation off at once', async () => {
    const server = await start()
    const { front, desk, there } = await twoDesks(server)
    await front.ask(`/v1/devices/${desk.device.id}/revoke`, { method: 'POST', headers: { 'x-actor': OWNER } })
    await there.next('revoked')
    expect(await there.closed).toBe(4403)
  })

  it('gives a lease to one workstation at a time', async () => {
    const server = await start()
    const { front, here, there } = await twoDesks(server)
    const lease = { t: 'lease', name: 'schedules 2026-07-14', seconds: 60 } as const
    here.send({ ...lease, n: 1, action: 'take', token: null })
    const { answer: held } = await here.next('leased')
    if (held.kind !== 'held') throw new Error(held.kind)
    there.send({ ...lease, n: 2, action: 'take', token: null })
    expect((await there.next('leased')).answer).toMatchObject({ kind: 'taken', byDeviceId: front.device.id })
    here.send({ ...lease, n: 3, action: 'release', token: held.token })
    expect((await here.next('leased')).answer).toEqual({ kind: 'released' })
    there.send({ ...lease, n: 4, action: 'take', token: null })
    expect((await there.next('leased')).answer.kind).toBe('held')
  })

  it('tells who is where, until they leave', async () => {
    const server = await start()
    const { front, here, there } = await twoDesks(server)
    here.send({ t: 'presence', people: [{ userId: OWNER, state: 'onCall', record: { kind: 'customer', id: OWNER } }] })
    const { people } = await there.next('presence', ({ people: some }) => some.length > 0)
    expect(people).toEqual([{ userId: OWNER, deviceId: front.device.id, state: 'onCall', record: { kind: 'customer', id: OWNER } }])
    here.end()
    await there.next('presence', ({ people: some }) => some.length === 0)
  })

  it('gives a newer link of the same workstation the older one\u2019s place', async () => {
    const server = await start()
    const { front, here } = await twoDesks(server)
    const newer = kept(await front.link())
    expect(await here.closed).toBe(4001)
    await newer.hello()
  })

  it('drops a peer that says nothing', async () => {
    const server = await start({ linkLimits: { ...LINK_LIMITS, silenceMs: 1 }, rhythm: { pollMs: 3_600_000, sweepMs: 10, sightingsMs: 3_600_000 } })
    const founder = await foundOffice(server)
    expect(await kept(await founder.link()).closed).toBe(1006)
  })

  it('stops cleanly: what was asked is answered, and everybody is told to come back', async () => {
    const server = await start()
    const { front, here, there } = await twoDesks(server)
    here.send({ t: 'push', n: 1, commands: [front.note('Just before')] })
    here.send({ t: 'ping' })
    // The hub has the push when it answers what came after it.
    await here.next('pong')
    await server.server.close()
    expect((await here.next('pushed')).answer).toMatchObject({ kind: 'done' })
    expect([await here.closed, await there.closed]).toEqual([1012, 1012])
    await expect(fetch(`${server.address}/healthz`)).rejects.toThrow()
  })

  it('says so while the database is away, and goes on when it is back', async () => {
    const server = await start()
    const { front, here } = await twoDesks(server)
    const name = /\/([^/?]+)\?/.exec(server.databaseUrl)?.[1] ?? ''
    const elsewhere = server.databaseUrl.replace(`/${name}?`, '/postgres?')
    await runSql(elsewhere, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await runSql(elsewhere, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    const command = front.note('While it was away')
    here.send({ t: 'push', n: 1, commands: [command] })
    expect((await here.next('error')).message).toContain('database does not answer')
    expect(await here.closed).toBe(1013)
    expect(await ask(server.address, '/readyz')).toMatchObject({ status: 503, body: { code: 'hub.notReady' } })
    expect((await ask(server.address, '/healthz')).status).toBe(200)
    expect((await ask(server.address, '/metrics')).body['text']).toContain('baton_database_up 0')
    await runSql(elsewhere, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    expect((await ask(server.address, '/readyz')).status).toBe(200)
    const again = kept(await front.link())
    await again.hello({ epoch: front.epoch })
    again.send({ t: 'push', n: 1, commands: [command] })
    expect((await again.next('pushed')).answer).toMatchObject({ kind: 'done', acknowledged: [{ seq: 1 }] })
  })
})

describe('Two hub processes on one database', () => {
  it('stream to each other\u2019s listeners', async () => {
    const one = await start()
    const two = await start({ url: one.databaseUrl })
    const { front, desk, here, there } = await twoDesks(one, two)
    here.send({ t: 'push', n: 1, commands: [front.note('From one to the other')] })
    expect(bodiesOf((await there.next('page')).page)).toEqual(['From one to the other'])
    there.send({ t: 'push', n: 1, commands: [desk.note('And back')] })
    expect(bodiesOf((await here.next('page', ({ page }) => page.upTo === 2)).page)).toEqual(['And back'])
    here.send({ t: 'presence', people: [{ userId: OWNER, state: 'here', record: null }] })
    await there.next('presence', ({ people }) => people.length === 1)
    await front.ask(`/v1/devices/${desk.device.id}/revoke`, { method: 'POST', headers: { 'x-actor': OWNER } })
    expect(await there.closed).toBe(4403)
  })

  it('find by looking what no notice told', async () => {
    const one = await start()
    const two = await start({ url: one.databaseUrl, rhythm: { pollMs: 20, sweepMs: 3_600_000, sightingsMs: 3_600_000 } })
    const { front, here, there } = await twoDesks(one, two)
    await two.parts.notices.close()
    here.send({ t: 'push', n: 1, commands: [front.note('Nobody told')] })
    expect(bodiesOf((await there.next('page')).page)).toEqual(['Nobody told'])
  })

  it('hear of each other again after the database cut their line', async () => {
    const one = await start()
    const two = await start({ url: one.databaseUrl })
    const { front, here, there } = await twoDesks(one, two)
    await runSql(one.databaseUrl, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'baton-hub-notices' AND datname = current_database()")
    here.send({ t: 'push', n: 1, commands: [front.note('While they were deaf')] })
    expect(bodiesOf((await there.next('page')).page)).toEqual(['While they were deaf'])
  })
})
