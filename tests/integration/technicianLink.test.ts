import { createHash, createHmac } from 'node:crypto'
import { get as plainGet } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { HubLog } from '../../src/hub/server/log.ts'
import { TECHNICIAN_LIMITS } from '../../src/hub/server/technician/linkGate.ts'
import { technicianPage } from '../../src/hub/server/technician/page.ts'
import { HEARD_AFTER_END_MS } from '../../src/hub/server/technician/token.ts'
import { verifyHub } from '../../src/hub/verify/verify.ts'
import { derivedId, newId } from '../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { refusedChangeId } from '../../src/shared/domain/attention/commands.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import type { TechnicianDay } from '../../src/shared/field/wire.ts'
import { madePicture } from '../support/madePicture.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { ask, CALL_TAKER, foundOffice, joinOffice, OWNER, type ServerOptions, startServer, type TestServer, type TestWorkstation } from './hubServerOffice.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.close()
})

const id = (label: string): string => derivedId('opening-day', label)
const [WES, LENA] = [id('HVAC-tech-1'), id('HVAC-tech-2')]
const ZONE = 'America/Chicago'

/** Tuesday, July 14, 2026, 10 AM in Chicago. */
const TEN = Date.UTC(2026, 6, 14, 15)

interface Field {
  readonly server: TestServer
  readonly founder: TestWorkstation
  readonly clock: { now: number }
  readonly appointmentId: string
  readonly jobId: string
  readonly linkId: string
  readonly address: string
  readonly token: string
}

async function push(server: TestServer, { companyId, device }: TestWorkstation, name: string, input: unknown, numbers: Record<string, string> = {}, version = 1): Promise<void> {
  const answer = await server.parts.hub.push(companyId, device.id, [device.pushed({ name, actorId: OWNER, input, numbers, version })])
  expect(answer, name).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }] })
}

async function assign(field: Pick<Field, 'server' | 'founder' | 'appointmentId'>, technicianId: string): Promise<void> {
  await push(field.server, field.founder, 'appointment.assign', { appointmentId: field.appointmentId, technicianId, startsAt: TEN, endsAt: TEN + 2 * HOUR, overbookAccepted: false })
}

async function makeLink(server: TestServer, founder: TestWorkstation, technicianId: string, expiresAt: number): Promise<{ readonly linkId: string; readonly address: string; readonly token: string }> {
  const linkId = newId()
  await push(server, founder, 'technicianLink.issue', { linkId, technicianId, day: null, expiresAt })
  const told = await founder.ask(`/v1/technician-links/${linkId}`, { method: 'POST', json: {}, headers: { 'x-actor': OWNER } })
  expect(told).toMatchObject({ status: 200 })
  const address = String(told.body['address'])
  return { linkId, address, token: address.split('#')[1] ?? '' }
}

/** An office with a visit of today that Wes has, and his link. */
async function field(options: ServerOptions = {}, companyId?: string): Promise<Field> {
  const clock = { now: TEN }
  const server = await startServer(postgres, { now: () => clock.now, ...options })
  servers.push(server)
  const founder = await foundOffice(server, companyId === undefined ? {} : { companyId })
  const [customerId, locationId, jobId, appointmentId] = [newId(), newId(), newId(), newId()]
  const location = { id: locationId, kind: 'home', line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: 'Ring twice', gateCode: '2290#', pets: 'one dog, friendly', latitude: 41_880_000, longitude: -87_630_000, taxZoneId: null }
  await push(server, founder, 'customer.create', { customerId, kind: 'residential', firstName: 'Martin', lastName: 'Okonjo', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550146638', label: 'mobile' }], emails: [], location }, { customer: `${founder.prefix}-1` })
  const line = { id: newId(), priceItemId: id('DIAG'), kind: 'service', description: 'Diagnostic visit', quantity: 1000, unitPriceCents: 8900, unitCostCents: 100, taxable: false }
  const window = { id: appointmentId, windowDay: '2026-07-14', windowStart: 600, windowEnd: 720, zone: ZONE, windowStartsAt: TEN, windowEndsAt: TEN + 2 * HOUR, durationMinutes: 90 }
  const booking = { jobId, customerId, locationId, businessUnitId: id('HVAC'), jobTypeId: id('HVAC-service'), priorityId: id('normal'), summary: 'Upstairs not cooling', notes: 'Call before coming', plannedPayment: 'card', lines: [line], appointment: window, callId: null, readBack: true, confirmation: false }
  await push(server, founder, 'job.book', booking, { job: `${founder.prefix}-1` }, 2)
  await assign({ server, founder, appointmentId }, WES)
  return { server, founder, clock, appointmentId, jobId, ...(await makeLink(server, founder, WES, TEN + 12 * HOUR)) }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function call({ server }: Pick<Field, 'server'>, path: string, token: string | null, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${server.address}/t/${path}`, { ...init, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...init.headers } })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text } }
}

const day = async (of: Field, token = of.token): Promise<TechnicianDay> => (await call(of, 'v1/day', token)).body as unknown as TechnicianDay

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })

const tapOf = (of: Field, kind: string, more: object = {}) => ({ id: newId(), visitId: of.appointmentId, kind, agoMs: 0, ...more })

const tap = (of: Field, body: unknown, token = of.token, headers: Record<string, string> = {}): Promise<Answer> => call(of, 'v1/taps', token, json(body, headers))

const photo = (of: Field, photoId: string, reportId: string, bytes: Uint8Array, token = of.token): Promise<Answer> =>
  call(of, `v1/photos/${photoId}`, token, { method: 'PUT', body: new Uint8Array(bytes), headers: { 'content-type': 'application/octet-stream', 'x-report': reportId } })

const visitRow = async ({ server, appointmentId }: Field) =>
  (await runSql(server.databaseUrl, 'SELECT state, dispatched_at::float8 AS dispatched_at, arrived_at::float8 AS arrived_at, done_at::float8 AS done_at, hold_reason, updated_by FROM appointment WHERE id = $1', [appointmentId]))[0] as Record<string, unknown>

describe('The technician\u2019s link', () => {
  it('shows the visits of the day with all that is needed at the door, and nothing that costs', async () => {
    const of = await field()
    const shown = await day(of)
    expect(shown).toMatchObject({ technician: 'HVAC technician 1', day: '2026-07-14', company: { name: 'Copper Ridge' }, visits: [{ id: of.appointmentId, state: 'scheduled', customer: 'Martin Okonjo', phones: [{ value: '+15550146638' }], address: '27 Larkspur Court, Fairhollow, IL 60601', latitude: 41_880_000, summary: 'Upstairs not cooling', notes: ['Call before coming'], promised: ['Arrival 10 AM\u201312 PM', 'Pays by card'], lines: [{ description: 'Diagnostic visit', quantity: 1000 }] }] })
    expect(shown.visits[0]?.access.map(({ text }) => text)).toEqual(['2290#', 'one dog, friendly', 'Ring twice'])
    expect(JSON.stringify(shown)).not.toMatch(/8900|cents|cost/i)
    expect(await runSql(of.server.databaseUrl, 'SELECT opened_at::float8 AS opened_at FROM technician_link WHERE id = $1', [of.linkId])).toEqual([{ opened_at: TEN }])
    expect((await day(of)).visits).toHaveLength(1)
  })

  it('moves the board of every workstation, at the times that were tapped, in the technician\u2019s name', async () => {
    const of = await field()
    const other = await joinOffice(of.server, of.founder.companyId, 'dispatch')
    const link = await other.link()
    await link.hello({ epoch: other.epoch, cursor: 0 })
    of.clock.now = TEN + 40 * MINUTE
    // Tapped without a line at 10:02 and 10:20, sent at 10:40.
    expect(await tap(of, tapOf(of, 'onMyWay', { agoMs: 38 * MINUTE }))).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    expect(await tap(of, tapOf(of, 'arrived', { agoMs: 20 * MINUTE }))).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    const { page } = await link.next('page', ({ page: { entries } }) => entries.some(({ name, rows }) => name === 'field.report' && rows.some(([table, , row]) => table === 'appointment' && row?.['state'] === 'working')))
    expect(page.entries.filter(({ name }) => name === 'field.report').map(({ actorId }) => actorId)).toContain(WES)
    link.end()
    expect(await visitRow(of)).toMatchObject({ state: 'working', dispatched_at: TEN + 2 * MINUTE, arrived_at: TEN + 20 * MINUTE, updated_by: WES })
    of.clock.now += 30 * MINUTE
    expect(await tap(of, tapOf(of, 'hold', { reason: 'Waiting for parts' }))).toMatchObject({ body: { outcome: 'taken' } })
    expect(await visitRow(of)).toMatchObject({ state: 'hold', hold_reason: 'Waiting for parts' })
    expect(await tap(of, tapOf(of, 'done'))).toMatchObject({ body: { outcome: 'taken' } })
    expect(await visitRow(of)).toMatchObject({ state: 'done', done_at: TEN + 70 * MINUTE })
    expect((await verifyHub(of.server.databaseUrl)).companies.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('takes a tap once, however often and wherever it is sent, and says the first word again', async () => {
    const of = await field()
    const other = await startServer(postgres, { url: of.server.databaseUrl, now: () => of.clock.now })
    servers.push(other)
    const [came, late] = [tapOf(of, 'arrived'), tapOf(of, 'late', { minutes: 20 })]
    expect(await tap(of, late)).toMatchObject({ body: { outcome: 'taken' } })
    const words = await Promise.all(Array.from({ length: 6 }, (_, index) => tap(index % 2 === 0 ? of : { ...of, server: other }, came)))
    expect(words.map(({ status, body }) => [status, body['outcome']])).toEqual(words.map(() => [200, 'taken']))
    expect(await tap(of, late)).toMatchObject({ body: { outcome: 'taken' } })
    expect(await runSql(of.server.databaseUrl, 'SELECT kind FROM field_report ORDER BY kind')).toEqual([{ kind: 'arrived' }, { kind: 'late' }])
    expect(await runSql(of.server.databaseUrl, "SELECT count(*)::int AS tasks FROM task WHERE type = 'etaCall'")).toEqual([{ tasks: 1 }])
    // Refused once, it stays refused though the visit has come back: the first word is the word.
    await push(of.server, of.founder, 'appointment.changeState', { appointmentId: of.appointmentId, to: 'hold', reason: 'No parts' })
    await assign(of, LENA)
    const refused = tapOf(of, 'done')
    expect(await tap(of, refused)).toMatchObject({ status: 200, body: { outcome: 'refused', message: 'This visit was given to HVAC technician 2 meanwhile. Call the office before you do anything.' } })
    await assign(of, WES)
    expect(await tap(of, refused)).toMatchObject({ body: { outcome: 'refused' } })
    expect(await visitRow(of)).toMatchObject({ state: 'hold' })
  })

  it('gives the office what it could not let stand, as a promise', async () => {
    const of = await field()
    await assign(of, LENA)
    const said = tapOf(of, 'arrived')
    await tap(of, said)
    const refusedId = refusedChangeId(derivedId('field', of.linkId, 'field.report', said.id))
    expect(await runSql(of.server.databaseUrl, 'SELECT code, command_name FROM refused_change WHERE id = $1', [refusedId])).toEqual([{ code: 'field.moved', command_name: 'field.report' }])
    expect(await runSql(of.server.databaseUrl, 'SELECT state, assigned_role FROM promise WHERE id = $1', [promiseId(queueId('needs-attention'), refusedId)])).toEqual([{ state: 'open', assigned_role: 'dispatcher' }])
    expect(await visitRow(of)).toMatchObject({ state: 'scheduled' })
    // Theirs again, on another day than their page shows.
    const acceptance = { acceptedBy: 'Martin', customer: 'told', words: 'Friday is fine.' }
    await push(of.server, of.founder, 'appointment.assign', { appointmentId: of.appointmentId, technicianId: WES, startsAt: TEN + 72 * HOUR, endsAt: TEN + 74 * HOUR, overbookAccepted: false, acceptance })
    const moved = { body: { outcome: 'refused', message: 'This visit was moved to another day meanwhile. Call the office before you do anything.' } }
    expect(await tap(of, tapOf(of, 'onMyWay', { saw: 'scheduled', sawStartsAt: TEN }))).toMatchObject(moved)
    expect(await tap(of, tapOf(of, 'resume', { saw: 'hold', sawHold: 'Waiting for parts', sawStartsAt: TEN }))).toMatchObject(moved)
    expect(await tap(of, tapOf(of, 'late', { saw: 'scheduled', sawStartsAt: TEN + 72 * HOUR, minutes: 20 }))).toMatchObject({ body: { outcome: 'taken' } })
    expect(await visitRow(of)).toMatchObject({ state: 'scheduled' })
  })

  it('makes of an issue the service manager\u2019s promise, with the photo on the job', async () => {
    const of = await field()
    const link = await of.founder.link()
    await link.hello({ epoch: of.founder.epoch, cursor: 0 })
    const issue = tapOf(of, 'issue', { text: 'Flue is cracked.' })
    expect(await tap(of, issue)).toMatchObject({ body: { outcome: 'taken' } })
    const picture = madePicture(900, 700)
    const photoId = newId()
    expect(await photo(of, photoId, issue.id, picture)).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    expect(await photo(of, photoId, issue.id, picture)).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    link.end()
    const sha256 = createHash('sha256').update(picture).digest('hex')
    expect(await runSql(of.server.databaseUrl, 'SELECT subject_kind, subject_id, media_type, sha256, author_id, stored_at::float8 AS stored_at FROM attachment')).toEqual([{ subject_kind: 'job', subject_id: of.jobId, media_type: 'image/png', sha256, author_id: WES, stored_at: TEN }])
    expect(await of.founder.ask(`/v1/attachments/${sha256}`)).toMatchObject({ body: { have: picture.length, whole: true } })
    const [task] = (await runSql(of.server.databaseUrl, 'SELECT id, role, title FROM task')) as { id: string; role: string; title: string }[]
    expect(task).toMatchObject({ role: 'serviceManager', title: 'From the field: Flue is cracked.' })
    expect(await runSql(of.server.databaseUrl, "SELECT count(*)::int AS open FROM promise WHERE subject_kind = 'task' AND subject_id = $1 AND state = 'open'", [task?.id])).toEqual([{ open: 1 }])
    // Another photo under the same id is not the first one.
    expect(await photo(of, photoId, issue.id, madePicture(901, 700))).toMatchObject({ body: { outcome: 'refused' } })
    // A large one goes in pieces like any other file.
    const large = madePicture(2400, 1800, 3)
    expect(large.length).toBeLessThan(6 * 1024 * 1024)
    expect(await photo(of, newId(), issue.id, large)).toMatchObject({ body: { outcome: 'taken' } })
  })

  it('takes no photo that is none, none that is too large, and none of nothing', async () => {
    const of = await field()
    const issue = tapOf(of, 'issue', { text: 'Look at this' })
    await tap(of, issue)
    const picture = madePicture(60, 40)
    const broken = Buffer.from(picture)
    broken.writeUInt8((broken.readUInt8(60) + 1) % 256, 60)
    const notPictures = [Buffer.concat([picture.subarray(0, 8), Buffer.from('<script>alert(1)</script>'.repeat(20))]), Buffer.concat([picture, Buffer.from('<html>')]), broken, Buffer.from('GIF89a'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 0x41)]), Buffer.alloc(0)]
    for (const bytes of notPictures) expect((await photo(of, newId(), issue.id, bytes)).body['outcome'] ?? 'not taken').not.toBe('taken')
    expect((await photo(of, newId(), issue.id, Buffer.alloc(6 * 1024 * 1024 + 1))).status).toBe(413)
    expect(await photo(of, newId(), newId(), picture)).toMatchObject({ body: { outcome: 'refused' } })
    expect((await photo(of, '..%2f..%2fetc%2fpasswd', issue.id, picture)).status).toBe(400)
    expect((await photo(of, newId(), '../../x', picture)).status).toBe(400)
    expect(await runSql(of.server.databaseUrl, 'SELECT count(*)::int AS files FROM attachment')).toEqual([{ files: 0 }])
  })

  it('opens with nothing but what this hub signed for it, and says of everything else the same', async () => {
    const of = await field()
    const [body = '', mac = ''] = of.token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const bodyOf = (more: object): string => Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url')
    const guessed = createHmac('sha256', 'secret').update(`technician-link\n${body}`).digest('base64url')
    const session = await of.founder.token()
    const wrong = [null, '', `${body}.`, `${body}.${mac.slice(0, -2)}AA`, `${bodyOf({ e: TEN + 900 * HOUR })}.${mac}`, `${bodyOf({ l: newId() })}.${mac}`, `${body}.${guessed}`, `${body}.${mac}.${mac}`, session, 'x'.repeat(590)]
    const answers = await Promise.all(wrong.map((token) => call(of, 'v1/day', token)))
    expect(answers.map(({ status, body: said }) => [status, said])).toEqual(wrong.map(() => [401, { code: 'link.unknown', message: 'This link opens nothing. Ask the office for a new one.' }]))
    for (const token of wrong) expect((await tap(of, tapOf(of, 'arrived'), token ?? '')).status).toBe(401)
    // And what opens the page opens nothing of a workstation’s.
    for (const path of ['/v1/devices', '/v1/snapshot', `/v1/attachments/${'ab'.repeat(32)}`]) expect((await ask(of.server.address, path, { headers: { authorization: `Bearer ${of.token}`, 'x-actor': OWNER } })).status).toBe(401)
    expect(await visitRow(of)).toMatchObject({ state: 'scheduled' })
  })

  it('ends with its time, hears for two days what was tapped before, and nothing once it was taken back', async () => {
    const of = await field()
    of.clock.now = TEN + 13 * HOUR
    expect(await call(of, 'v1/day', of.token)).toMatchObject({ status: 401, body: { code: 'link.expired' } })
    expect(await tap(of, tapOf(of, 'arrived', { agoMs: HOUR / 2 }))).toMatchObject({ status: 200, body: { outcome: 'refused' } })
    expect(await tap(of, tapOf(of, 'arrived', { agoMs: 10 * HOUR }))).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    expect(await visitRow(of)).toMatchObject({ state: 'working', arrived_at: TEN + 3 * HOUR })
    of.clock.now = TEN + 12 * HOUR + HEARD_AFTER_END_MS
    expect(await tap(of, tapOf(of, 'done', { agoMs: 50 * HOUR }))).toMatchObject({ status: 401, body: { code: 'link.expired' } })
    const fresh = await field()
    await push(fresh.server, fresh.founder, 'technicianLink.revoke', { linkId: fresh.linkId })
    for (const answer of [await call(fresh, 'v1/day', fresh.token), await tap(fresh, tapOf(fresh, 'arrived', { agoMs: HOUR })), await photo(fresh, newId(), newId(), madePicture(9, 9))]) expect(answer).toMatchObject({ status: 401, body: { code: 'link.revoked' } })
    expect(await fresh.founder.ask(`/v1/technician-links/${fresh.linkId}`, { method: 'POST', json: {}, headers: { 'x-actor': OWNER } })).toMatchObject({ status: 410 })
    expect(await visitRow(fresh)).toMatchObject({ state: 'scheduled' })
  })

  it('sees and changes nothing of another technician or another company', async () => {
    const of = await field()
    const lena = await makeLink(of.server, of.founder, LENA, TEN + HOUR)
    expect((await day(of, lena.token)).visits).toEqual([])
    expect(await tap(of, tapOf(of, 'arrived'), lena.token)).toMatchObject({ body: { outcome: 'refused' } })
    // A company of its own at the same hub, with people and technicians of the same ids.
    const strangers = await foundOffice(of.server, { label: 'strangers', companyId: newId() })
    const theirs = await makeLink(of.server, strangers, WES, TEN + HOUR)
    expect((await day(of, theirs.token)).visits).toEqual([])
    expect(await tap(of, tapOf(of, 'arrived'), theirs.token)).toMatchObject({ body: { outcome: 'refused', message: expect.stringContaining('no longer there') as unknown } })
    expect(await visitRow(of)).toMatchObject({ state: 'scheduled' })
    expect(await of.founder.ask(`/v1/technician-links/${theirs.linkId}`, { method: 'POST', json: {}, headers: { 'x-actor': OWNER } })).toMatchObject({ status: 404 })
    expect(await of.founder.ask(`/v1/technician-links/${of.linkId}`, { method: 'POST', json: {}, headers: { 'x-actor': CALL_TAKER } })).toMatchObject({ status: 403 })
  })

  it('takes what is as agreed and no more, from itself and from no other page', async () => {
    const of = await field()
    const wrong = [{}, tapOf(of, 'canceled'), { ...tapOf(of, 'arrived'), actorId: OWNER }, tapOf(of, 'arrived', { agoMs: -5 }), tapOf(of, 'arrived', { id: '../../etc/passwd' }), tapOf(of, 'issue'), tapOf(of, 'late', { minutes: 10_000 }), tapOf(of, 'hold', { reason: 'x'.repeat(400) })]
    for (const body of wrong) expect((await tap(of, body)).status).toBe(400)
    expect((await tap(of, tapOf(of, 'issue', { text: 'x'.repeat(20_000) }))).status).toBe(413)
    expect((await call(of, 'v1/taps', of.token, { method: 'POST', body: '{"id":', headers: { 'content-type': 'application/json' } })).status).toBe(400)
    expect((await tap(of, tapOf(of, 'arrived'), of.token, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await tap(of, tapOf(of, 'arrived'), of.token, { origin: 'null' })).status).toBe(403)
    expect(await visitRow(of)).toMatchObject({ state: 'scheduled' })
    expect((await tap(of, tapOf(of, 'arrived'), of.token, { origin: of.server.address })).status).toBe(200)
    // Its own page may ask what is the page’s, and nothing else of the hub.
    expect((await ask(of.server.address, '/v1/look', { json: { code: 'x'.repeat(20) }, headers: { origin: of.server.address } })).status).toBe(403)
  })

  it('keeps whoever guesses or asks too often out', async () => {
    const [slow, wide] = [{ burst: 3, perMinute: 1 }, { burst: 100, perMinute: 100 }]
    const statuses = async (limits: typeof TECHNICIAN_LIMITS, token?: string) => {
      const of = await field({ technicianLimits: limits })
      const answers = []
      for (let count = 0; count < 4; count++) answers.push(await call(of, 'v1/day', token ?? of.token))
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
      return answers.map(({ status }) => status)
    }
    expect(await statuses({ addresses: slow, wrong: wide, links: wide, photos: wide })).toEqual([200, 200, 200, 429])
    expect(await statuses({ addresses: wide, wrong: slow, links: wide, photos: wide }, `${'x'.repeat(40)}.y`)).toEqual([401, 401, 401, 429])
    expect(await statuses({ addresses: wide, wrong: slow, links: slow, photos: wide })).toEqual([200, 200, 200, 429])
  })

  it('is in no log, and no shared store keeps what it shows', async () => {
    const lines: string[] = []
    const note = (event: string, details: object = {}): void => void lines.push(JSON.stringify({ event, ...details }))
    const log: HubLog = { info: note, warn: note, error: note }
    const page = technicianPage({ 'index.html': '<!doctype html><title>Visits</title>', 'app.js': 'export {}', 'app.css': 'body{}', 'worker.js': 'const v = "__BATON_PAGE__"' })
    const of = await field({ log, technicianPage: page })
    expect(of.address.startsWith('http://hub.test:7411/t/#')).toBe(true)
    const shown = await call(of, 'v1/day', of.token)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    await tap(of, tapOf(of, 'issue', { text: 'Martin is upset' }))
    await call(of, `v1/day?token=${of.token}`, 'x'.repeat(30))
    const said = lines.join('\n')
    expect(said).toContain('technician.tap')
    for (const secret of [of.token, of.token.split('.')[1] ?? of.token, 'Okonjo', 'upset', '2290#']) expect(said).not.toContain(secret)

    const html = await call(of, '', null)
    expect(html).toMatchObject({ status: 200, body: { text: '<!doctype html><title>Visits</title>' } })
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';.*frame-ancestors 'none'/)
    expect(Object.fromEntries(['cache-control', 'referrer-policy', 'x-content-type-options', 'x-frame-options', 'cross-origin-resource-policy'].map((name) => [name, html.headers.get(name)]))).toEqual({ 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cross-origin-resource-policy': 'same-origin' })
    expect((await call(of, '', null, { headers: { 'if-none-match': html.headers.get('etag') ?? '' } })).status).toBe(304)
    expect((await call(of, 'worker.js', null)).body['text']).not.toContain('__BATON_PAGE__')
    // As it is written: `fetch` would tidy the path.
    for (const path of ['/t/../../../etc/passwd', '/t/..%2f..%2fpackage.json', '/t/%2e%2e/%2e%2e/etc/passwd', '/t//etc/passwd', '/t/app.js%00.html', '/t/main/hub.js']) {
      const status = await new Promise<number | undefined>((resolve) => plainGet(`${of.server.address}`, { path }, (response) => resolve(response.resume().statusCode)))
      expect([400, 404], path).toContain(status)
    }
  })
})
