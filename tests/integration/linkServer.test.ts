import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { type RealHub, startRealHub } from '../support/realHub.ts'

/** Real workstations at a real hub: HTTP over TLS with a pinned certificate, a WebSocket, PostgreSQL. */

const postgres = sharedPostgres()
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const SET_UP = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

interface Desk {
  readonly office: TestBackend
  readonly page: Page
  state(): HubState
  customers(): readonly string[]
}

function openDesk(): Desk {
  const office = startBackend({ quiet: true })
  closing.push(() => office.close())
  const { services } = office.backend
  if (!services) throw new Error('The store could not be opened')
  const customer = () => services.store.prepare('SELECT last_name FROM customer ORDER BY last_name').all() as { last_name: string }[]
  return { office, page: office.page(), state: () => services.hub.state(), customers: () => customer().map((row) => row.last_name) }
}

async function startHub(): Promise<RealHub> {
  const hub = await startRealHub(await postgres.database())
  closing.push(() => hub.close())
  return hub
}

const becomes = (what: () => unknown, as: unknown) => expect.poll(what, { timeout: 20_000, interval: 20 }).toEqual(as)

async function foundAt(hub: RealHub): Promise<Desk> {
  const desk = openDesk()
  await desk.page.ask('company.setUp', SET_UP)
  await desk.page.ask('hub.enrol', { code: await hub.code(), name: 'Front desk' })
  await becomes(() => desk.state().link, 'online')
  return desk
}

async function joinWith(code: string): Promise<Desk> {
  const desk = openDesk()
  await desk.page.ask('hub.enrol', { code, name: 'Dispatch' })
  await becomes(() => desk.state().link, 'online')
  const { people } = await desk.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await desk.page.ask('session.signIn', { userId: people[0]?.userId, pin: SET_UP.pin })
  return desk
}

describe('workstations at a real hub', () => {
  it('found the company, join it with a code from Settings, and keep each other in step', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    await here.page.ask('customer.create', newCustomer(newId(), 'Okonjo'))
    const { code } = await here.page.ask<{ code: string }>('hub.invite', { clearances: ['pay'] })
    const there = await joinWith(code)
    await becomes(() => there.customers(), ['Okonjo'])
    await there.page.ask('customer.create', newCustomer(newId(), 'Vance'))
    await becomes(() => here.customers(), ['Okonjo', 'Vance'])
    await becomes(() => [here.state().waiting, there.state().waiting], [0, 0])
    const devices = await here.page.ask<readonly { name: string; self: boolean }[]>('hub.devices')
    expect(devices.map(({ name, self }) => [name, self])).toEqual([['Front desk', true], ['Dispatch', false]])
    const actorId = (await here.page.ask<{ person: { userId: string } }>('session.state')).person.userId
    await expect(here.office.backend.services?.hub.runAwaited({ name: 'customer.create', input: newCustomer(newId(), 'Quill'), actorId })).resolves.toMatchObject({ kind: 'accepted' })
    await here.page.ask('hub.viewing', { record: { kind: 'customer', id: newId() } })
    await becomes(() => there.office.backend.services?.hub.present().map(({ name, deviceName, record }) => [name, deviceName, record?.kind]), [['Sean Avery', 'Front desk', 'customer']])
    await here.page.ask('hub.rename', { deviceId: here.office.backend.services?.store.deviceId, name: 'Reception' })
    await becomes(() => there.office.backend.services?.hub.present().map(({ deviceName }) => deviceName), ['Reception'])
  })

  it('send nothing to a machine with another certificate than the one at the enrolment', async () => {
    const hub = await startHub()
    const desk = openDesk()
    await desk.page.ask('company.setUp', SET_UP)
    const code = await hub.code(undefined, 'f'.repeat(64))
    await expect(desk.page.ask('hub.enrol', { code, name: 'Front desk' })).rejects.toMatchObject({ error: { code: 'hub.certificate' } })
    await expect(hub.parts.admin.companies()).resolves.toEqual([])
  })

  it('stop when their access is taken away, and say so', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    const there = await joinWith((await here.page.ask<{ code: string }>('hub.invite', { clearances: [] })).code)
    const devices = await here.page.ask<readonly { deviceId: string; self: boolean }[]>('hub.devices')
    await here.page.ask('hub.revoke', { deviceId: devices.find(({ self }) => !self)?.deviceId })
    await becomes(() => there.state().link, 'stopped')
    await there.page.ask('customer.create', newCustomer(newId(), 'Vance'))
    expect(there.state()).toMatchObject({ waiting: 1 })
    await there.page.ask('hub.enrol', { code: (await here.page.ask<{ code: string }>('hub.invite', { clearances: [] })).code, name: 'Dispatch again' })
    await becomes(() => here.customers(), ['Vance'])
  })

  it('work on while the hub is away, and go on when it is back', async () => {
    const url = await postgres.database()
    let hub = await startRealHub(url)
    const here = await foundAt(hub)
    const port = Number(new URL(hub.address).port)
    await hub.close()
    await becomes(() => here.state().link, 'offline')
    await here.page.ask('customer.create', newCustomer(newId(), 'Okonjo'))
    hub = await startRealHub(url, port)
    closing.push(() => hub.close())
    await here.page.ask('hub.syncNow')
    // The new process made itself another certificate: nothing is sent to it, and the person is told.
    await becomes(() => here.state().problem?.includes('certificate'), true)
    expect(here.state()).toMatchObject({ link: 'offline', waiting: 1 })
    const companyId = here.office.backend.services?.store.companyId
    await here.page.ask('hub.enrol', { code: await hub.code(companyId), name: 'Front desk' })
    await becomes(() => here.state(), expect.objectContaining({ link: 'online', waiting: 0, problem: null, progress: null }))
  })
})
