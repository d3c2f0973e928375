import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { intakeOpenApi, intakeOpenApiText } from '../../src/hub/server/intake/openApi.ts'
import { INTAKE_LIMITS } from '../../src/hub/server/intake/intakeRoutes.ts'
import { signatureOf } from '../../src/hub/server/intake/signature.ts'
import { newId } from '../../src/shared/base/id.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { leadId, leadSourceId } from '../../src/shared/domain/leads/ids.ts'
import { verifyHub } from '../../src/hub/verify/verify.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { ask, foundOffice, OWNER, type Reply, type ServerOptions, startServer, type TestServer, type TestWorkstation } from './hubServerOffice.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.close()
})

interface Site {
  readonly server: TestServer
  readonly founder: TestWorkstation
  readonly path: string
  readonly sourceId: string
  secret: string
}

async function makeSecret(founder: TestWorkstation, sourceId: string, endOthersNow = false): Promise<Reply> {
  return founder.ask('/v1/intake/secrets', { json: { sourceId, endOthersNow }, headers: { 'x-actor': OWNER } })
}

async function push(founder: TestWorkstation, commands: readonly ReturnType<TestWorkstation['note']>[]): Promise<unknown> {
  const link = await founder.link()
  await link.hello({ epoch: founder.epoch })
  link.send({ t: 'push', n: 1, commands: [...commands] })
  const { answer } = await link.next('pushed')
  link.end()
  return answer
}

async function site(options: ServerOptions = {}, channel = 'web'): Promise<Site> {
  const server = await startServer(postgres, options)
  servers.push(server)
  const founder = await foundOffice(server)
  const sourceId = leadSourceId('website')
  const source = { id: sourceId, key: 'website', name: 'Website', channel, role: 'inboundCsr', contactMinutes: 5, active: true }
  expect(await push(founder, [founder.device.pushed({ name: 'leadSource.save', actorId: OWNER, input: source })])).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }] })
  const made = await makeSecret(founder, sourceId)
  expect(made).toMatchObject({ status: 200 })
  return { server, founder, path: `/intake/v1/${founder.companyId}/website`, sourceId, secret: String(made.body['secret']) }
}

interface Sending {
  readonly id?: string
  readonly at?: number
  readonly secret?: string
  readonly signature?: string
  readonly path?: string
  readonly headers?: Record<string, string>
}

async function send(to: Site, body: unknown, { id = newId(), at = Math.round(Date.now() / 1000), secret = to.secret, signature, path = to.path, headers = {} }: Sending = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const signed = { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signature ?? signatureOf(secret, id, at, bytes) }
  const response = await fetch(`${to.server.address}${path}`, { method: 'POST', body: bytes, headers: { 'content-type': 'application/json', ...signed, ...headers } })
  return { status: response.status, type: response.headers.get('content-type'), retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Record<string, unknown> }
}

const june = { name: 'June Halloran', phones: ['(555) 014-2210'], email: 'June@Halloran.example', message: 'AC is not cooling.', jobType: 'nothing of ours' }

const leads = ({ server }: Site) => runSql(server.databaseUrl, 'SELECT id, name, phone, email, external_id, state, chat FROM lead ORDER BY created_at')

describe('The signed intake', () => {
  it('records a lead that is signed right, as a promise, and tells the workstations', async () => {
    const to = await site()
    const link = await to.founder.link()
    await link.hello({ epoch: to.founder.epoch, cursor: 1 })
    const answer = await send(to, { id: 'form-1', ...june })
    expect(answer).toMatchObject({ status: 201, body: { leadId: leadId(to.sourceId, 'form-1'), known: false } })
    expect(await leads(to)).toMatchObject([{ name: 'June Halloran', phone: '+15550142210', email: 'june@halloran.example', external_id: 'form-1', state: 'new' }])
    const { page } = await link.next('page', ({ page: { entries } }) => entries.some(({ name }) => name === 'lead.receive'))
    expect(page.entries.flatMap(({ rows }) => rows.map(([table]) => table)).sort()).toEqual(['lead', 'promise'])
    link.end()
    expect(await runSql(to.server.databaseUrl, 'SELECT state, assigned_role FROM promise WHERE id = $1', [promiseId(queueId('leads-to-contact'), leadId(to.sourceId, 'form-1'))])).toEqual([{ state: 'open', assigned_role: 'inboundCsr' }])
    expect((await verifyHub(to.server.databaseUrl)).companies.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('knows the same lead again by its own id, and a message that is sent again by its webhook-id', async () => {
    const to = await site()
    const at = Math.round(Date.now() / 1000)
    expect(await send(to, { id: 'form-1', ...june })).toMatchObject({ status: 201 })
    expect(await send(to, { id: 'form-1', ...june, name: 'June H.' })).toMatchObject({ status: 200, body: { known: true } })
    expect(await send(to, june, { id: 'msg-1', at: at - 60 })).toMatchObject({ status: 201 })
    // Signed again: its sender did not hear our answer.
    expect(await send(to, june, { id: 'msg-1', at })).toMatchObject({ status: 200, body: { known: true, leadId: leadId(to.sourceId, 'msg-1') } })
    expect(await leads(to)).toHaveLength(2)
  })

  it('refuses a message that somebody overheard and plays again, and an id that is used twice', async () => {
    const to = await site()
    const at = Math.round(Date.now() / 1000)
    expect(await send(to, june, { id: 'msg-1', at })).toMatchObject({ status: 201 })
    expect(await send(to, june, { id: 'msg-1', at })).toMatchObject({ status: 409, type: 'application/problem+json', body: { code: 'replay', type: 'urn:baton:intake:replay', leadId: leadId(to.sourceId, 'msg-1') } })
    expect(await send(to, { ...june, name: 'Mallory' }, { id: 'msg-1', at: at + 1 })).toMatchObject({ status: 409, body: { code: 'id' } })
    expect(await leads(to)).toHaveLength(1)
  })

  it('refuses what is not signed right in one and the same way, whatever is wrong about it', async () => {
    const to = await site()
    const at = Math.round(Date.now() / 1000)
    const good = signatureOf(to.secret, 'msg-1', at, Buffer.from(JSON.stringify(june)))
    const stranger = `whsec_${createHash('sha256').update('guessed').digest('base64')}`
    const wrong = await Promise.all([
      send(to, june, { secret: stranger }),
      send(to, june, { signature: 'v1,' }),
      send(to, june, { signature: 'v2,abc' }),
      send(to, june, { id: 'msg-2', at, signature: good }),
      send(to, { ...june, name: 'Mallory' }, { id: 'msg-1', at, signature: good }),
      send(to, june, { path: `${to.path.slice(0, -7)}nowhere` }),
      send(to, june, { path: `/intake/v1/${newId()}/website` }),
      send(to, june, { headers: { 'webhook-timestamp': 'now' } }),
    ])
    expect(wrong.map(({ status, body }) => [status, body])).toEqual(wrong.map(() => [401, wrong[0]?.body]))
    expect(wrong[0]).toMatchObject({ type: 'application/problem+json', body: { title: 'The signature is not right', status: 401 } })
    expect(await leads(to)).toEqual([])
  })

  it('takes one good signature among several, and for a day the secret before the newest', async () => {
    const to = await site()
    const renewed = String((await makeSecret(to.founder, to.sourceId)).body['secret'])
    expect(renewed).not.toBe(to.secret)
    expect(await send(to, june)).toMatchObject({ status: 201 })
    expect(await send(to, june, { secret: renewed })).toMatchObject({ status: 201 })
    const at = Math.round(Date.now() / 1000)
    const both = [to.secret, renewed].map((secret) => signatureOf(secret, 'msg-9', at, Buffer.from(JSON.stringify(june)))).join(' ')
    expect(await send(to, june, { id: 'msg-9', at, signature: `v1a,xyz ${both}` })).toMatchObject({ status: 201 })
    const last = String((await makeSecret(to.founder, to.sourceId, true)).body['secret'])
    expect(await send(to, june, { secret: renewed })).toMatchObject({ status: 401 })
    expect(await send(to, june, { secret: last })).toMatchObject({ status: 201 })
  })

  it('refuses what was signed more than five minutes ago, or ahead', async () => {
    const to = await site()
    const now = Math.round(Date.now() / 1000)
    for (const at of [now - 310, now + 310]) expect(await send(to, june, { at })).toMatchObject({ status: 401, body: { code: 'timestamp' } })
    for (const at of [now - 280, now + 280]) expect(await send(to, june, { at })).toMatchObject({ status: 201 })
  })

  it('takes 64 kB and no more, JSON and nothing else, and says what is wrong where', async () => {
    const to = await site()
    expect(await send(to, { message: 'x'.repeat(70_000) })).toMatchObject({ status: 413, body: { code: 'size' } })
    expect(await send(to, '{"name":')).toMatchObject({ status: 400, body: { code: 'json' } })
    expect(await send(to, june, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415, body: { code: 'type' } })
    expect(await send(to, {})).toMatchObject({ status: 422, body: { code: 'body' } })
    const wrong = await send(to, { name: 'June', phone: '555', preferredWindows: [{ day: 'tomorrow' }] })
    expect(wrong).toMatchObject({ status: 422 })
    expect((wrong.body['errors'] as readonly { pointer: string }[]).map(({ pointer }) => pointer)).toContain('/preferredWindows/0/day')
    expect(await send(to, june, { headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 })
    expect(await leads(to)).toEqual([])
  })

  it('keeps whoever knocks too often out: by address, by wrong signatures, and by source', async () => {
    const slow = { burst: 3, perMinute: 1 }
    const wide = { burst: 100, perMinute: 100 }
    const status = async (limits: typeof INTAKE_LIMITS, how: Sending) => {
      const to = await site({ intakeLimits: limits })
      const answers = []
      for (let count = 0; count < 4; count++) answers.push(await send(to, june, how))
      expect(Number(answers.at(-1)?.retryAfter)).toBeGreaterThan(0)
      return answers.map((answer) => answer.status)
    }
    expect(await status({ addresses: slow, wrong: wide, sources: wide, chats: wide }, {})).toEqual([201, 201, 201, 429])
    expect(await status({ addresses: wide, wrong: slow, sources: wide, chats: wide }, { signature: 'v1,AAAA' })).toEqual([401, 401, 401, 429])
    expect(await status({ addresses: wide, wrong: slow, sources: slow, chats: wide }, {})).toEqual([201, 201, 201, 429])
  })

  it('holds what it says in the documents: 64 kB without a length, and its limits as they are shipped', async () => {
    const to = await site()
    const [at, id] = [Math.round(Date.now() / 1000), newId()]
    const bytes = Buffer.from(JSON.stringify({ message: 'x'.repeat(70_000) }))
    const parts = new ReadableStream({
      start(controller) {
        for (let from = 0; from < bytes.length; from += 8192) controller.enqueue(bytes.subarray(from, from + 8192))
        controller.close()
      },
    })
    const init = { method: 'POST', body: parts, duplex: 'half', headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signatureOf(to.secret, id, at, bytes) } }
    const large = await fetch(`${to.server.address}${to.path}`, init as RequestInit)
    expect(large.status).toBe(413)
    await large.body?.cancel()
    let answer = await send(to, {}, { signature: 'v1,AAAA' })
    for (let count = 0; count < INTAKE_LIMITS.wrong.burst * 3 && answer.status !== 429; count++) answer = await send(to, {}, { signature: 'v1,AAAA' })
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate' } })
    expect(Number(answer.retryAfter)).toBeGreaterThan(0)
    expect(await leads(to)).toEqual([])
  })

  it('records once what is played again at another hub of the same database, or many times at once', async () => {
    const to = await site()
    const other = await startServer(postgres, { url: to.server.databaseUrl })
    servers.push(other)
    const at = Math.round(Date.now() / 1000)
    const together = await Promise.all(Array.from({ length: 6 }, (_, index) => send(index % 2 === 0 ? to : { ...to, server: other }, june, { id: 'msg-1', at })))
    expect(together.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(together.map(({ status }) => status).filter((status) => ![200, 201, 409].includes(status))).toEqual([])
    expect(await send({ ...to, server: other }, june, { id: 'msg-1', at })).toMatchObject({ status: 409, body: { code: 'replay' } })
    expect(await leads(to)).toHaveLength(1)
    expect(await runSql(to.server.databaseUrl, "SELECT count(*)::int AS open FROM promise WHERE subject_kind = 'lead' AND state = 'open'")).toEqual([{ open: 1 }])
  })

  it('lets chats that are asked often cost nothing of what is sent', async () => {
    const wide = { burst: 100, perMinute: 100 }
    const to = await site({ intakeLimits: { addresses: wide, wrong: wide, sources: wide, chats: { burst: 2, perMinute: 1 } } }, 'chat')
    const asking = []
    for (let count = 0; count < 3; count++) asking.push((await send(to, { id: 'chat-1' }, { path: `${to.path}/chat` })).status)
    expect(asking).toEqual([404, 404, 429])
    expect(await send(to, june)).toMatchObject({ status: 201 })
  })

  it('takes a chat in parts, and hands over what the office answered', async () => {
    const to = await site({}, 'chat')
    const at = new Date().toISOString()
    const said = (id: string, text: string) => ({ id, at, from: 'visitor', text })
    expect(await send(to, { id: 'chat-1', name: 'June', chat: { messages: [said('1', 'Hello?')] } })).toMatchObject({ status: 201 })
    const lead = leadId(to.sourceId, 'chat-1')
    const answer = { name: 'lead.answerChat', actorId: OWNER, input: { entryId: newId(), leadId: lead, text: 'Good morning!' } }
    expect(await push(to.founder, [to.founder.device.pushed(answer)])).toMatchObject({ acknowledged: [{ outcome: 'accepted' }] })
    expect(await send(to, { id: 'chat-1', chat: { messages: [said('1', 'Hello?'), said('2', 'My AC is out')] } })).toMatchObject({ status: 200 })
    const heard = await send(to, { id: 'chat-1' }, { path: `${to.path}/chat` })
    expect(heard).toMatchObject({ status: 200, body: { leadId: lead, over: false, messages: [{ text: 'Good morning!' }] } })
    const heardAfter = async (after: string) => (await send(to, { id: 'chat-1', after }, { path: `${to.path}/chat` })).body['messages'] as readonly { id: string; text: string }[]
    const { id: last } = (heard.body['messages'] as readonly { id: string }[])[0] ?? { id: '' }
    expect(await heardAfter(last)).toEqual([])
    // Of a workstation whose clock is an hour slow.
    const slow = { ...answer, at: Date.UTC(2026, 6, 14, 12), input: { ...answer.input, entryId: newId(), text: 'How can we help?' } }
    expect(await push(to.founder, [to.founder.device.pushed(slow)])).toMatchObject({ acknowledged: [{ outcome: 'accepted' }] })
    expect(await heardAfter(last)).toMatchObject([{ text: 'How can we help?' }])
    expect((await heardAfter(newId())).map(({ text }) => text)).toEqual(['Good morning!', 'How can we help?'])
    expect(await send(to, { id: 'chat-2' }, { path: `${to.path}/chat` })).toMatchObject({ status: 404 })
    expect(await runSql(to.server.databaseUrl, "SELECT body FROM lead_entry WHERE kind = 'said' ORDER BY body")).toEqual([{ body: 'Hello?' }, { body: 'My AC is out' }])
  })

  it('waits while a restored hub takes back what it forgot, and keeps the secrets through a restart', async () => {
    const to = await site()
    await runSql(to.server.databaseUrl, "UPDATE hub_company SET recovering_until = now() + interval '10 minutes'")
    expect(await send(to, june, { id: 'msg-1' })).toMatchObject({ status: 503, retryAfter: '60', body: { code: 'recovering' } })
    await runSql(to.server.databaseUrl, 'UPDATE hub_company SET recovering_until = NULL')
    const again = await startServer(postgres, { url: to.server.databaseUrl })
    servers.push(again)
    expect(await send({ ...to, server: again }, june, { id: 'msg-1' })).toMatchObject({ status: 201 })
    expect(await send(to, june, { id: 'msg-1', at: 1 + Math.round(Date.now() / 1000) })).toMatchObject({ status: 200, body: { known: true } })
  })
})

describe('A secret of the intake', () => {
  it('is given to who may change settings, for a source the hub knows, and is in no table', async () => {
    const to = await site()
    const nobody = await to.founder.ask('/v1/intake/secrets', { json: { sourceId: to.sourceId, endOthersNow: false }, headers: { 'x-actor': newId() } })
    expect(nobody).toMatchObject({ status: 403 })
    expect(await ask(to.server.address, '/v1/intake/secrets', { json: { sourceId: to.sourceId, endOthersNow: false } })).toMatchObject({ status: 401 })
    expect(await makeSecret(to.founder, newId())).toMatchObject({ status: 404 })
    const listed = await to.founder.ask('/v1/intake/secrets', { headers: { 'x-actor': OWNER } })
    expect(listed).toMatchObject({ status: 200, body: { address: `http://hub.test:7411/intake/v1/${to.founder.companyId}`, secrets: [{ sourceId: to.sourceId, endsAt: null }] } })
    const tables = await runSql(to.server.databaseUrl, "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()")
    const inner = to.secret.slice('whsec_'.length)
    for (const { name } of tables) {
      const [found] = await runSql(to.server.databaseUrl, `SELECT count(*)::int AS found FROM "${String(name)}" t WHERE t::text LIKE '%' || $1 || '%'`, [inner])
      expect([name, found]).toEqual([name, { found: 0 }])
    }
  })
})

describe('The documents', () => {
  const example = /```sh\n([\s\S]*?)```/.exec(readFileSync('docs/intake.md', 'utf8'))?.[1] ?? ''

  it('show an example that works as it stands', async () => {
    const to = await site()
    const script = example.replace(/^BATON_ADDRESS=.*$/m, `BATON_ADDRESS='${to.server.address}${to.path}'`).replace(/^BATON_SECRET=.*$/m, `BATON_SECRET='${to.secret}'`)
    const said = await new Promise<string>((resolve, reject) => {
      execFile('sh', ['-eu', '-c', script], (error, stdout, stderr) => (error ? reject(new Error(`${error.message} ${stderr}`)) : resolve(stdout)))
    })
    expect(JSON.parse(said)).toEqual({ leadId: leadId(to.sourceId, 'form-4711'), known: false })
    expect(await runSql(to.server.databaseUrl, 'SELECT name, line1, windows, campaign, answers FROM lead')).toMatchObject([
      { name: 'June Halloran', line1: '61 Saltbrook Lane', windows: JSON.stringify([{ day: '2026-07-15', end: 720, start: 480 }]), campaign: 'Summer mailer' },
    ])
  })

  it('are those of the schemas that the hub reads with', () => {
    expect(readFileSync('docs/intake.openapi.json', 'utf8')).toBe(intakeOpenApiText())
    const text = JSON.stringify(intakeOpenApi())
    const { components } = intakeOpenApi() as { readonly components: { readonly schemas: Readonly<Record<string, { readonly type?: string; readonly properties?: object }>> } }
    // Each says what it is itself, and none that it is what it is.
    expect(Object.entries(components.schemas).filter(([, { type, properties }]) => type !== 'object' || Object.keys(properties ?? {}).length === 0)).toEqual([])
    expect(Object.keys(components.schemas['Lead']?.properties ?? {})).toContain('preferredWindows')
    const referred = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name)
    expect(referred.filter((name) => !(name in components.schemas))).toEqual([])
  })
})
