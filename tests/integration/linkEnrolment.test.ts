import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { until } from '../support/handTimers.ts'
import { type Desk, LinkedOffice, newCustomer } from '../support/linkedOffice.ts'

let office: LinkedOffice
let root: string

beforeEach(() => {
  office = new LinkedOffice()
  root = mkdtempSync(join(tmpdir(), 'baton-enrol-'))
})

afterEach(async () => {
  await office.close()
  rmSync(root, { recursive: true, force: true })
})

const folder = (name: string): string => join(root, name)

const SET_UP = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

async function manyCustomers(desk: Desk, count: number): Promise<void> {
  const actorId = desk.rows()['user']?.[0]?.id ?? ''
  for (let n = 0; n < count; n++) desk.services.run({ name: 'customer.create', input: newCustomer(newId(), `Ayo${n}`), actorId })
  await office.settled(desk)
}

describe('an enrolment code', () => {
  it('says what it would do, and is not used up by that', async () => {
    const desk = office.desk()
    await desk.page.ask('company.setUp', SET_UP)
    const code = office.hub.code()
    await expect(desk.page.ask('hub.look', { code: ` ${code.slice(0, 30)}\n${code.slice(30)} ` })).resolves.toMatchObject({ mode: 'found', address: 'http://hub.test', own: { companyName: 'Copper Ridge', customers: 0, keptAs: null } })
    await expect(desk.page.ask('hub.look', { code })).resolves.toMatchObject({ mode: 'found' })
  })

  it('is refused in words where it is none, is used up, or the hub can\u2019t be reached', async () => {
    const desk = office.desk()
    await desk.page.ask('company.setUp', SET_UP)
    await expect(desk.page.ask('hub.look', { code: 'baton1.e30' })).rejects.toMatchObject({ error: { code: 'hub.code', field: 'code' } })
    const code = office.hub.code()
    office.hub.weather.down = true
    await expect(desk.page.ask('hub.enrol', { code, name: 'Desk' })).rejects.toMatchObject({ error: { code: 'hub.unreachable' } })
    office.hub.weather.down = false
    await desk.page.ask('hub.enrol', { code, name: 'Desk' })
    await expect(office.desk().page.ask('hub.enrol', { code, name: 'Desk' })).rejects.toMatchObject({ error: { code: 'code.unknown' } })
  })

  it('founds nothing with the sample company or without one', async () => {
    const empty = office.desk()
    await expect(empty.page.ask('hub.enrol', { code: office.hub.code(), name: 'Desk' })).rejects.toMatchObject({ error: { code: 'hub.noCompany' } })
    const ownerId = newId()
    empty.services.run({ name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: 'Sample', zone: SET_UP.zone, phase: 'sample', ownerId, ownerName: 'Sean' } })
    await expect(empty.services.hub.enrol(office.hub.code(), 'Desk')).rejects.toMatchObject({ error: { code: 'hub.sample' } })
  })

  it('is taken from nobody but an owner where the store holds a company', async () => {
    const desk = office.desk()
    await desk.page.ask('company.setUp', SET_UP)
    await desk.page.ask('session.lock', { reason: 'asked' })
    await expect(desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Desk' })).rejects.toMatchObject({ error: { code: 'people.notAllowed' } })
  })
})

describe('founding the company at the hub', () => {
  it('goes on with the chunk it was at wherever it is killed, and sends what was done meanwhile', async () => {
    office.hub.weather.breakAtChunk.add(0).add(-1)
    let desk = office.desk(folder('here'))
    await desk.page.ask('company.setUp', SET_UP)
    const actorId = desk.rows()['user']?.[0]?.id ?? ''
    for (let n = 0; n < 30; n++) desk.services.run({ name: 'customer.create', input: newCustomer(newId(), `Ayo${n}`), actorId })
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Desk' })
    expect(desk.state()).toMatchObject({ link: 'joining', progress: { usable: true } })
    await until(() => !office.hub.weather.breakAtChunk.has(0))
    await desk.close()
    desk = office.desk(folder('here'))
    desk.services.run({ name: 'customer.create', input: newCustomer(newId(), 'Meanwhile'), actorId })
    await until(() => !office.hub.weather.breakAtChunk.has(-1), office.timers)
    await desk.close()
    desk = office.desk(folder('here'))
    await office.settled(desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(desk.rows()['customer']).toHaveLength(31)
    expect(readdirSync(folder('here')).filter((name) => name.includes('founding'))).toEqual([])
    // Its numbers go on as they were.
    expect(desk.rows()['customer']?.map((row) => row['number'])).toContain('10031')
  })

  it('keeps the key out of the store, in a file for this account alone', async () => {
    const desk = office.desk(folder('here'))
    await desk.page.ask('company.setUp', SET_UP)
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Desk' })
    await office.settled(desk)
    const key = join(folder('here'), 'hub.key')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const { key: secret } = JSON.parse(readFileSync(key, 'utf8')) as { key: string }
    await desk.close()
    for (const name of readdirSync(folder('here')).filter((file) => file.startsWith('baton.sqlite'))) {
      expect(readFileSync(join(folder('here'), name)).includes(secret)).toBe(false)
    }
  })
})

describe('joining a company', () => {
  it('takes its place in an empty store, with numbers of its own', async () => {
    const here = await office.founder()
    await manyCustomers(here, 40)
    const there = await office.joiner(folder('there'))
    expect(there.rows()).toEqual(office.hubRows())
    expect(there.services.store.companyId).toBe(here.services.store.companyId)
    expect(there.services.store.search.byWords('ayo17', 5)).toHaveLength(2)
    expect(there.services.store.check()).toEqual([])
    await there.add('Vance')
    await office.settled(here, there)
    expect(here.rows()['customer']?.map((row) => row['number'])).toContain('B10001')
  })

  it('keeps aside what was in the store, under a name with the date, and signs everybody out', async () => {
    await office.founder()
    const desk = office.desk(folder('there'))
    await desk.page.ask('company.setUp', { ...SET_UP, companyName: 'Mesa Air' })
    await desk.add('Okonjo')
    const code = office.hub.code()
    const look = await desk.page.ask<{ own: { keptAs: string } }>('hub.look', { code })
    expect(look).toMatchObject({ mode: 'join', companyName: 'Copper Ridge', own: { companyName: 'Mesa Air', customers: 1, keptAs: 'baton.sqlite.before-joining-2026-07-14T13-00' } })
    await desk.page.ask('hub.enrol', { code, name: 'Dispatch' })
    expect(desk.page.events.map(({ name }) => name)).toContain('locked')
    await office.online(desk)
    await expect(desk.page.ask('session.state')).resolves.toMatchObject({ company: { name: 'Copper Ridge' }, person: null })
    expect(desk.rows()).toEqual(office.hubRows())
    expect(readdirSync(folder('there'))).toContain(look.own.keptAs)
  })

  it('goes on with the chunk it was at wherever it is killed', async () => {
    const here = await office.founder()
    await manyCustomers(here, 60)
    let desk = office.desk(folder('there'), true)
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch' })
    for (let chunk = 0; chunk < 12; chunk++) {
      office.hub.weather.breakAtChunk.add(chunk)
      await until(() => !office.hub.weather.breakAtChunk.has(chunk), office.timers)
      await desk.close()
      desk = office.desk(folder('there'), true)
    }
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(desk.services.store.check()).toEqual([])
    // Each was asked for once where it broke, once when it came, and ahead of its turn where an earlier one broke; beginning
    // anew each time would have asked for it twelve times.
    const times = (n: number): number => office.hub.fetchedChunks.filter((each) => each === n).length
    expect(times(0)).toBeLessThanOrEqual(6)
    expect(times(5)).toBeLessThanOrEqual(6)
  })

  it('lets people work as soon as today and the customers are in, and loses nothing of it', async () => {
    const here = await office.founder()
    await manyCustomers(here, 60)
    const desk = office.desk(folder('there'), true)
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch' })
    office.hub.weather.breakAtChunk.add(13)
    await until(() => desk.state().progress?.usable === true, office.timers)
    expect(desk.state().link).toBe('joining')
    await office.signIn(desk)
    await desk.add('Vance')
    const changed = desk.rows()['customer']?.find((row) => row['lastName'] === 'Ayo7')?.id
    await desk.page.ask('customer.change', { customerId: changed, set: { lastName: 'Seven' } })
    await office.settled(here, desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(here.rows()).toEqual(office.hubRows())
    expect(desk.rows()['customer']?.filter((row) => ['Vance', 'Seven'].includes(String(row['lastName'])))).toHaveLength(2)
  })

  it('begins anew with another code where it was broken off for good, and keeps no half a company aside', async () => {
    const here = await office.founder()
    await manyCustomers(here, 60)
    const desk = office.desk(folder('there'), true)
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch' })
    office.hub.weather.breakAtChunk.add(3)
    await until(() => !office.hub.weather.breakAtChunk.has(3), office.timers)
    office.hub.weather.down = true
    office.hub.cut()
    await until(() => desk.state().progress?.stalled === true, office.timers)
    expect(desk.state()).toMatchObject({ link: 'joining', progress: { usable: false } })
    // The hub is back elsewhere, before it is asked again.
    office.hub.weather.down = false
    const code = office.hub.code()
    await expect(desk.page.ask('hub.look', { code })).resolves.toMatchObject({ mode: 'join', own: null })
    await desk.page.ask('hub.enrol', { code, name: 'Dispatch' })
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(readdirSync(folder('there')).filter((name) => name.includes('before-joining'))).toEqual([])
  })

  it('begins again where the hub does not keep the snapshot any more', async () => {
    const here = await office.founder()
    await manyCustomers(here, 60)
    const desk = office.desk(folder('there'), true)
    await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch' })
    office.hub.weather.breakAtChunk.add(6)
    await until(() => !office.hub.weather.breakAtChunk.has(6), office.timers)
    office.hub.forgetSnapshots()
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
  })

  it('is told of a copied data folder, keeps what both did, and sends it under a name of its own', async () => {
    const here = await office.founder()
    let there = await office.joiner(folder('there'))
    await there.add('Okonjo')
    await office.settled(here, there)
    await there.close()
    cpSync(folder('there'), folder('copy'), { recursive: true })
    there = office.desk(folder('there'))
    await office.online(there)
    await office.signIn(there)
    await there.add('Vance')
    await office.settled(here, there)
    const copy = office.desk(folder('copy'))
    await office.signIn(copy)
    await copy.add('Ridley')
    await until(() => copy.state().link === 'stopped', office.timers)
    expect(copy.state()).toMatchObject({ problem: expect.stringContaining('a copy of another workstation'), waiting: 1 })
    await copy.page.ask('hub.enrol', { code: office.hub.code(), name: 'Third' })
    await office.settled(here, there, copy)
    expect(copy.services.store.deviceId).not.toBe(there.services.store.deviceId)
    expect(copy.rows()).toEqual(office.hubRows())
    expect(there.rows()).toEqual(office.hubRows())
    expect(office.hub.rows('customer').map((row) => row['lastName']).sort()).toEqual(['Okonjo', 'Ridley', 'Vance'])
  })

  it('says so where its key is not on this machine', async () => {
    await office.founder()
    const there = await office.joiner(folder('there'))
    await there.close()
    rmSync(join(folder('there'), 'hub.key'))
    const again = office.desk(folder('there'))
    await until(() => again.state().link === 'stopped', office.timers)
    expect(again.state().problem).toContain('key')
  })

  it('comes back to the hub it had left with what was done meanwhile', async () => {
    const here = await office.founder()
    const there = await office.joiner()
    await there.add('Okonjo')
    await office.settled(here, there)
    await there.page.ask('hub.leave')
    await there.add('Vance')
    await here.add('Ridley')
    await there.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch again' })
    await office.settled(here, there)
    expect(there.rows()).toEqual(office.hubRows())
    expect(here.rows()).toEqual(office.hubRows())
    expect(here.rows()['customer']).toHaveLength(3)
  })

  it('shows in the history of a record what others did to it', async () => {
    const here = await office.founder()
    const there = await office.joiner()
    const customerId = await here.add('Okonjo')
    await office.settled(here, there)
    await there.page.ask('customer.change', { customerId, set: { lastName: 'Vance' } })
    await office.settled(here, there)
    await here.page.ask('customer.change', { customerId, set: { lastName: 'Ridley' } })
    await office.settled(here, there)
    const names = (desk: Desk) => desk.services.store.journal.changesOf('customer', customerId, 10).map(({ commandName, before }) => [commandName, before?.['lastName']])
    const history = [['customer.change', 'Vance'], ['customer.change', 'Okonjo'], ['customer.create', undefined]]
    expect(names(here)).toEqual(history)
    expect(names(there)).toEqual(history)
  })
})
