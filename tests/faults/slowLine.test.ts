import { afterEach, expect, it } from 'vitest'
import { systemTimers, type Timers } from '../../src/main/sync/timers.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import { LINK_LIMITS } from '../../src/hub/server/link/link.ts'
import { startServer, type TestServer } from '../integration/hubServerOffice.ts'
import { enrolmentCodeText } from '../../src/hub/server/enrolmentCode.ts'
import { type Page, startBackend } from '../support/backend.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { SlowLine } from './support/slowLine.ts'
import { until } from './support/until.ts'

const postgres = sharedPostgres()
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The minute of silence after which either side hangs up takes so much less. */
const HASTE = 20
const SILENCE_MS = LINK_LIMITS.silenceMs / HASTE
const BITS_PER_SECOND = 64_000

/** This machine's clock, and every pause so much shorter. */
function hasty(): Timers {
  const timers = systemTimers(() => Date.now() * HASTE)
  return { ...timers, after: (milliseconds, run) => timers.after(milliseconds / HASTE, run) }
}

async function openDesk(server: TestServer, address: string, companyId: string | undefined, timers: Timers): Promise<{ readonly page: Page; state(): HubState; notes(): number }> {
  const office = startBackend({ quiet: true, ports: { timers } })
  closing.push(() => office.close())
  const { services } = office.backend
  if (!services) throw new Error('The store could not be opened')
  const page = office.page()
  if (companyId === undefined) await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
  const code = enrolmentCodeText({ address, secret: await server.code(companyId), fingerprint: null })
  await page.ask('hub.enrol', { code, name: companyId === undefined ? 'Front desk' : 'Dispatch' })
  const state = (): HubState => services.hub.state()
  await until(() => state().link === 'online' && state().progress === null, () => JSON.stringify(state()))
  return { page, state, notes: () => (services.store.prepare('SELECT count(*) AS count FROM note').get() as { count: number }).count }
}

it('brings the largest push up and the largest page down a line of 64 kbit/s, each much longer than a silence that ends it', async () => {
  const server = await startServer(postgres, { linkLimits: { ...LINK_LIMITS, silenceMs: SILENCE_MS, behindMs: SILENCE_MS }, rhythm: { pollMs: 3_600_000, sweepMs: SILENCE_MS / 6, sightingsMs: 3_600_000 } })
  closing.push(() => server.close())
  const line = await SlowLine.start(Number(new URL(server.address).port), BITS_PER_SECOND)
  closing.push(() => line.close())
  const far = await openDesk(server, line.address, undefined, hasty())
  const companyId = (await server.parts.admin.companies())[0]?.id
  // At the hub itself, and with a minute for a minute.
  const near = await openDesk(server, server.address, companyId, systemTimers())
  const before = { connections: line.connections, up: line.bytesUp, down: line.bytesDown }

  const customerId = newId()
  const note = (): object => ({ noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: 'x'.repeat(4000), pinned: false })
  await far.page.ask('customer.create', newCustomer(customerId, 'Okonjo'))
  await until(() => far.state().waiting === 0, () => JSON.stringify(far.state()))
  await Promise.all(Array.from({ length: 20 }, () => far.page.ask('note.add', note())))
  await until(() => near.notes() === 20, () => `${near.notes()} notes have arrived, ${line.bytesUp - before.up} bytes over ${line.connections} connections`)
  await until(() => far.state().waiting === 0, () => JSON.stringify(far.state()))

  const { people } = await near.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await near.page.ask('session.signIn', { userId: people[0]?.userId, pin: '4821' })
  await Promise.all(Array.from({ length: 20 }, () => near.page.ask('note.add', note())))
  await until(() => far.notes() === 40, () => `${far.notes()} notes are here, ${line.bytesDown - before.down} bytes over ${line.connections} connections`)
  // Nothing of it was cut and begun again: what went over the line is what was written, and a little.
  expect(line.connections).toBe(before.connections)
})
