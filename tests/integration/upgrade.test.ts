import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { enrolmentCodeText } from '../../src/hub/server/enrolmentCode.ts'
import type { Store } from '../../src/main/store/store.ts'
import { systemTimers, type Timers } from '../../src/main/sync/timers.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import { type Page, startBackend } from '../support/backend.ts'
import { freePort } from '../support/hubProcess.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { SCHEMA, startServer, type TestServer } from './hubServerOffice.ts'

/** Hub and workstations are not upgraded in one moment: whichever is ahead, work goes on, and a person is told what to do. */

const postgres = sharedPostgres()
const closing: (() => Promise<unknown>)[] = []
let folder: string
let port: number
let databaseUrl: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-upgrade-'))
  port = await freePort()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

const RHYTHM = { pollMs: 50, sweepMs: 3_600_000, sightingsMs: 3_600_000 }

/** A hub of a version at the one address. */
async function startHub(schema = SCHEMA): Promise<TestServer> {
  const server = await startServer(postgres, { port, schema, rhythm: RHYTHM, ...(databaseUrl === '' ? {} : { url: databaseUrl }) })
  databaseUrl = server.databaseUrl
  let closed: Promise<void> | undefined
  const once = (): Promise<void> => (closed ??= server.close())
  closing.push(once)
  return { ...server, close: once }
}

/** Pauses of a minute take a fiftieth of a second. */
const HASTE = 3000

function hasty(): Timers {
  const timers = systemTimers()
  return { ...timers, after: (milliseconds, run) => timers.after(Math.max(10, milliseconds / HASTE), run) }
}

interface Desk {
  readonly page: Page
  readonly store: Store
  state(): HubState
  add(name: string): Promise<void>
  names(): readonly string[]
  close(): Promise<void>
}

function openDesk(directory: string): Desk {
  const office = startBackend({ directory: join(folder, directory), quiet: true, ports: { timers: hasty() } })
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= office.close())
  closing.push(close)
  const { services } = office.backend
  if (!services) throw new Error('The store could not be opened')
  const page = office.page()
  const names = services.store.prepare('SELECT last_name FROM customer ORDER BY last_name')
  return {
    page,
    store: services.store,
    state: () => services.hub.state(),
    add: async (name) => void (await page.ask('customer.create', newCustomer(newId(), name))),
    names: () => (names.all() as { last_name: string }[]).map((row) => row.last_name),
    close,
  }
}

/** What another Baton has left in a data folder. */
function inFile({ store }: Desk, sql: string): void {
  const database = new Database(store.file)
  database.exec(sql)
  database.close()
}

const becomes = (what: () => unknown, as: unknown) => expect.poll(what, { timeout: 20_000, interval: 20 }).toEqual(as)
const online = (desk: Desk) => becomes(() => [desk.state().link, desk.state().waiting, desk.state().problem, desk.state().progress], ['online', 0, null, null])

async function signIn(desk: Desk): Promise<void> {
  const { people } = await desk.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await desk.page.ask('session.signIn', { userId: people[0]?.userId, pin: '4821' })
}

async function foundAt(server: TestServer): Promise<Desk> {
  const desk = openDesk('first')
  await desk.page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
  await desk.page.ask('hub.enrol', { code: enrolmentCodeText({ address: server.address, secret: await server.code(), fingerprint: null }), name: 'Front desk' })
  await online(desk)
  return desk
}

async function joinAt(server: TestServer): Promise<Desk> {
  const desk = openDesk('second')
  const companyId = (await server.parts.admin.companies())[0]?.id
  await desk.page.ask('hub.enrol', { code: enrolmentCodeText({ address: server.address, secret: await server.code(companyId), fingerprint: null }), name: 'Dispatch' })
  await online(desk)
  await signIn(desk)
  return desk
}

beforeEach(() => {
  databaseUrl = ''
})

it('works on at a workstation that is newer than the hub, says so, and connects by itself when the hub is upgraded', async () => {
  const today = await startHub()
  const desk = await foundAt(today)
  await today.close()
  const older = await startHub(SCHEMA - 1)
  await becomes(() => desk.state().link, 'stopped')
  await desk.add('Okonjo')
  expect(await desk.page.ask('hub.state')).toMatchObject({
    link: 'stopped',
    waiting: 1,
    problem: 'The hub\u2019s Baton (test) is older than this workstation\u2019s (test). Work goes on here, and what is done is kept. Update the hub (stop it, fetch the new Baton, npm run hub); this workstation then connects by itself.',
  })
  await older.close()
  await startHub()
  await online(desk)
})

it('keeps a workstation that is older than the hub in step as long as its rows fit, and tells it to update once they do not', async () => {
  const today = await startHub()
  const desk = await foundAt(today)
  await today.close()
  const newer = await startHub(SCHEMA + 1)
  await desk.add('Okonjo')
  await online(desk)
  await newer.close()

  await runSql(databaseUrl, 'UPDATE hub_company SET min_schema = $1', [SCHEMA + 1])
  await startHub(SCHEMA + 1)
  await becomes(() => desk.state().link, 'stopped')
  await desk.add('Vance')
  expect(await desk.page.ask('hub.state')).toMatchObject({
    link: 'stopped',
    waiting: 1,
    problem: 'This workstation\u2019s Baton (test) is older than the hub (test) can work with. Work goes on here, and what is done is kept. Update Baton on this workstation and start it again; it then connects by itself.',
  })
  await desk.close()
  // Its newer Baton has the store that the hub asks for.
  await runSql(databaseUrl, 'UPDATE hub_company SET min_schema = $1', [SCHEMA])
  const updated = openDesk('first')
  await online(updated)
  expect(updated.names()).toEqual(['Okonjo', 'Vance'])
})

it('passes over rows that a newer Baton wrote, goes on with the feed, and fetches them once it knows them', async () => {
  const server = await startHub()
  const [first, second] = [await foundAt(server), await joinAt(server)]
  await first.add('Okonjo')
  await becomes(() => second.names(), ['Okonjo'])
  const { companyId } = first.store
  const [customer] = await runSql(databaseUrl, 'SELECT id FROM customer')
  const at = Date.now()
  const cursorOf = (desk: Desk): number => desk.store.sync.state()?.cursor ?? 0
  const position = cursorOf(second)
  const newerBaton = newId()
  // A command, a table, a column and a state of a record that nobody here has heard of.
  await server.parts.store.change(companyId, async (transaction) => {
    const seq = transaction.company.seq + 1
    const [, , known] = (await server.parts.store.feed(companyId, 0, 500)).entries.flatMap(({ rows }) => rows).find(([table, id]) => table === 'customer' && id === customer?.['id']) ?? []
    const rows = [
      ['hovercraft', newId(), { id: newId(), companyId, eels: 3 }],
      ['customer', String(customer?.['id']), { ...known, shoeSize: 43, kind: 'municipal' }],
    ]
    const command = { wsSeq: 1, id: newId(), name: 'hovercraft.fill', version: 1, at, actorId: newId(), operationId: null, numbers: {}, input: {}, hash: '0'.repeat(64), awaited: false, formerSeq: null }
    const entry = { seq, commandId: command.id, name: command.name, at, actorId: command.actorId, deviceId: newerBaton, wsSeq: 1, outcome: 'accepted', rows }
    await transaction.commit({ decided: [{ command, refusal: null, entry } as never], changes: [], taken: [] })
  })
  await first.add('Vance')
  await becomes(() => second.names(), ['Okonjo', 'Vance'])
  await online(second)
  expect(cursorOf(second)).toBe(position + 2)
  expect(second.store.prepare('SELECT kind FROM customer WHERE last_name = ?').get('Okonjo')).toEqual({ kind: 'municipal' })

  await second.close()
  // Its former Baton had another store, and a row of this one\u2019s was none there.
  const asleep = openDesk('second')
  const state = asleep.store.sync.state()
  if (!state) throw new Error('It follows no hub')
  await asleep.close()
  inFile(asleep, `PRAGMA foreign_keys = OFF; UPDATE sync_state SET schema = ${SCHEMA - 1}; DELETE FROM customer WHERE last_name = 'Vance'`)
  const updated = openDesk('second')
  await becomes(() => updated.names(), ['Okonjo', 'Vance'])
  await online(updated)
})

it('keeps what an older hub does not know yet, with everything behind it, and sends it when the hub has learned it', async () => {
  const server = await startHub()
  const [first, second] = [await foundAt(server), await joinAt(server)]
  await server.close()
  await becomes(() => first.state().link, 'offline')
  await first.add('Okonjo')
  const becomesVersion = (version: number): void => inFile(first, `UPDATE command_log SET version = ${version} WHERE seq = (SELECT max(seq) FROM outbox)`)
  becomesVersion(99)
  const again = await startHub()
  const waits = { link: 'online', waiting: 1, problem: 'The hub is older than this workstation and does not know everything that was done here. It is kept and goes up when the hub has been upgraded.' }
  await becomes(() => first.state(), expect.objectContaining(waits))
  // What others do still comes down.
  await becomes(() => second.state().link, 'online')
  await second.add('Vance')
  await becomes(() => first.names(), ['Okonjo', 'Vance'])
  expect(await first.page.ask('hub.state')).toMatchObject(waits)
  await again.close()
  becomesVersion(1)
  await startHub()
  await online(first)
  await becomes(() => second.names(), ['Okonjo', 'Vance'])
})
