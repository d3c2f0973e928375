import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { CLOSE } from '../../src/shared/sync/closeCodes.ts'
import { turns, until } from '../support/handTimers.ts'
import { LinkedOffice, newCustomer } from '../support/linkedOffice.ts'

let office: LinkedOffice

beforeEach(() => {
  office = new LinkedOffice()
})

afterEach(() => office.close())

describe('a workstation at its hub', () => {
  it('sends as soon as something is done, and shows what others did', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    const customerId = await here.add('Okonjo')
    await office.settled(here, there)
    expect(there.rows()['customer']?.map(({ id }) => id)).toContain(customerId)
    expect(there.page.events.some((event) => event.name === 'changed' && JSON.stringify(event.payload).includes('customer'))).toBe(true)
    expect(here.rows()).toEqual(office.hubRows())
    expect(there.rows()).toEqual(office.hubRows())
    expect(there.services.store.search.byWords('okonjo', 5)).toContainEqual(expect.objectContaining({ id: customerId }))
  })

  it('tells its pages that the hub has heard, also where it heard sooner than they are told of what waits', async () => {
    const here = await office.founder()
    await office.timers.pass(1_000)
    const told = (): number => here.page.events.filter(({ name }) => name === 'hub').length
    const before = told()
    await here.add('Okonjo')
    await until(() => here.state().waiting === 0)
    await office.timers.pass(1_000)
    expect(told()).toBeGreaterThan(before)
  })

  it('sends what one turn brought together, at most a hundred at a time, and one push after the other', async () => {
    const here = await office.founder()
    office.hub.pushes.length = 0
    for (let n = 0; n < 230; n++) here.services.run({ name: 'customer.create', input: newCustomer(newId(), `Ayo${n}`), actorId: here.rows()['user']?.[0]?.id ?? '' })
    await office.settled(here)
    expect(office.hub.pushes).toEqual([100, 100, 30])
  })

  it('works on without a line, says since when and how much waits, and catches up by itself', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    office.hub.weather.down = true
    office.hub.cut()
    await until(() => here.state().link === 'offline')
    expect(here.state()).toMatchObject({ link: 'offline', since: office.timers.now(), problem: null })
    await here.add('Vance')
    await there.add('Ridley')
    await office.timers.pass(60_000)
    expect(here.state()).toMatchObject({ link: 'offline', waiting: 1 })
    expect(await here.page.ask('hub.waiting')).toMatchObject([{ summary: 'Added Martin Vance', by: 'Sean Avery', applied: true }])
    office.hub.weather.down = false
    await office.settled(here, there)
    expect(here.rows()).toEqual(there.rows())
    expect(here.rows()['customer']).toHaveLength(2)
  })

  it('tries again in ever longer steps up to 15 seconds, and at once when asked to', async () => {
    const here = await office.founder()
    office.hub.weather.down = true
    office.hub.cut()
    await office.timers.pass(120_000)
    office.hub.weather.down = false
    await turns(20)
    expect(here.state().link).toBe('offline')
    await here.page.ask('hub.syncNow')
    await until(() => here.state().link === 'online')
  })

  it('stays away for a while where another program has taken its line, and then comes back', async () => {
    const here = await office.founder()
    office.hub.cut(CLOSE.replaced)
    await here.add('Okonjo')
    await office.timers.pass(5000)
    expect(here.state()).toMatchObject({ link: 'offline', waiting: 1 })
    await office.timers.pass(3000)
    await until(() => here.state().link === 'online' && here.state().waiting === 0)
  })

  it('leaves no line behind that it was welcomed on and could not serve, and opens another', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    await here.add('Okonjo')
    await office.settled(here, there)
    const { sync, deviceId } = there.services.store
    const reopenAfter = sync.reopenAfter.bind(sync)
    let full = true
    sync.reopenAfter = (seq) => {
      if (full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      reopenAfter(seq)
    }
    await office.hub.restoreTo(office.hub.seq)
    await until(() => there.state().problem?.includes('disk is full') === true, office.timers)
    expect(there.state().link).toBe('offline')
    expect(office.hub.linesOf(deviceId)).toBe(0)
    full = false
    await there.add('Vance')
    await office.settled(here, there)
    expect(there.state().problem).toBeNull()
    expect(there.rows()).toEqual(office.hubRows())
    expect(here.rows()).toEqual(office.hubRows())
  })

  it('sends once more where the answer was lost, and nothing is done twice', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    office.hub.weather.loseAnswers = 2
    await here.add('Okonjo')
    await until(() => here.state().link === 'offline')
    await office.settled(here, there)
    expect(there.rows()['customer']).toHaveLength(1)
    expect(here.rows()).toEqual(office.hubRows())
  })

  it('passes over pages that come twice, and asks for those that were lost', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    office.hub.weather.twice = true
    await here.add('Okonjo')
    await office.settled(here, there)
    office.hub.weather.losePages = 1
    await here.add('Vance')
    await turns(30)
    await here.add('Ridley')
    await until(() => there.rows()['customer']?.length === 3)
    expect(there.rows()).toEqual(office.hubRows())
  })

  it('asks for what it missed every half minute, where nothing comes after it', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    office.hub.weather.losePages = 1
    await here.add('Okonjo')
    await turns(50)
    expect(there.rows()['customer']).toHaveLength(0)
    await office.timers.pass(45_000)
    await until(() => there.rows()['customer']?.length === 1)
  })

  it('stops where access was taken away, and keeps what waits', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    await here.page.ask('hub.revoke', { deviceId: there.services.store.deviceId })
    await there.add('Okonjo')
    await until(() => there.state().link === 'stopped', office.timers)
    expect(there.state()).toMatchObject({ waiting: 1, problem: expect.stringContaining('1 change is kept') })
    expect(office.hub.rows('customer')).toHaveLength(0)
  })

  it('answers a command that needs the hub when the hub has decided and its rows are here', async () => {
    const here = await office.founder()
    const actorId = here.rows()['user']?.[0]?.id ?? ''
    const customerId = newId()
    const outcome = await here.services.hub.runAwaited({ name: 'customer.create', input: newCustomer(customerId, 'Okonjo'), actorId })
    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(here.rows()['customer']).toHaveLength(1)
    expect(here.state().waiting).toBe(0)
    const again = await here.services.hub.runAwaited({ name: 'customer.create', input: newCustomer(customerId, 'Okonjo'), actorId })
    expect(again).toMatchObject({ kind: 'refused' })
  })

  it('hands on the hub\u2019s refusal of a command that waited for it, and opens no promise about it', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    const customerId = await here.add('Okonjo')
    await office.settled(here, there)
    office.hub.weather.losePages = 1
    const actorId = here.rows()['user']?.[0]?.id ?? ''
    const taken = newId()
    there.services.run({ name: 'user.add', input: { id: taken, name: 'Kim Ode', roles: ['dispatcher'] }, actorId })
    await until(() => there.state().waiting === 0)
    await expect(here.services.hub.runAwaited({ name: 'user.add', input: { id: taken, name: 'Ana Bell', roles: ['dispatcher'] }, actorId })).resolves.toMatchObject({ kind: 'refused' })
    await office.settled(here, there)
    expect(here.rows()['refused_change']).toEqual([])
    expect(here.rows()['customer']?.map(({ id }) => id)).toEqual([customerId])
  })

  it('refuses what needs the hub at once while the line is down, and says so', async () => {
    const here = await office.founder()
    office.hub.weather.down = true
    office.hub.cut()
    const asked = here.page.ask('batch.unpost', { batchId: newId(), reason: 'Wrong' })
    await expect(asked).rejects.toMatchObject({ error: { code: 'hub.needed' } })
    expect(here.state().waiting).toBe(0)
  })

  it('says that nobody knows yet where the line is lost before the hub\u2019s word, and finds out by itself', async () => {
    const here = await office.founder()
    const actorId = here.rows()['user']?.[0]?.id ?? ''
    office.hub.weather.loseAnswers = 1
    const commandId = newId()
    const asked = here.services.hub.runAwaited({ name: 'customer.create', input: newCustomer(newId(), 'Okonjo'), actorId, commandId })
    await expect(asked).rejects.toMatchObject({ error: { code: 'hub.unknown' } })
    await office.settled(here)
    expect(here.rows()['customer']).toHaveLength(1)
    await expect(here.services.hub.runAwaited({ name: 'customer.create', input: newCustomer(newId(), 'Okonjo'), actorId, commandId })).resolves.toMatchObject({ kind: 'repeated' })
  })

  it('gives a restored hub back what it forgot, and everybody ends up equal', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    await here.add('Okonjo')
    await office.settled(here, there)
    const backup = office.hub.seq
    await there.add('Vance')
    await office.settled(here, there)
    await here.add('Ridley')
    await there.add('Ayodele')
    await office.settled(here, there)
    await office.hub.restoreTo(backup)
    await until(() => here.state().link === 'offline')
    const during = await here.add('Quill')
    await office.settled(here, there)
    const names = office.hub.rows('customer').map((row) => row['lastName']).sort()
    expect(names).toEqual(['Ayodele', 'Okonjo', 'Quill', 'Ridley', 'Vance'])
    expect(here.rows()['customer']?.map(({ id }) => id)).toContain(during)
    expect(here.rows()).toEqual(office.hubRows())
    expect(there.rows()).toEqual(office.hubRows())
  })

  it('fetches everything anew where the feed does not reach back so far, and what waits stays on top', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    office.hub.weather.down = true
    office.hub.cut()
    await there.add('Vance')
    office.hub.weather.down = false
    const gone = await here.add('Okonjo')
    await office.settled(here)
    office.hub.store.compact(office.hub.companyId ?? '', office.hub.seq)
    await office.settled(here, there)
    expect(there.rows()['customer']?.map(({ id }) => id)).toContain(gone)
    expect(there.rows()).toEqual(office.hubRows())
    expect(here.rows()).toEqual(office.hubRows())
  })

  it('tells who is at the other workstations', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    await there.page.ask('hub.viewing', { record: { kind: 'customer', id: newId() } })
    await until(() => here.services.hub.present().length > 0)
    expect(here.page.events.map(({ name }) => name)).toContain('presence')
    expect(await here.page.ask('hub.present')).toMatchObject([{ name: 'Sean Avery', state: 'here', record: { kind: 'customer' } }])
    // Which workstation is called what comes by itself; nobody has opened a list.
    expect(await there.page.ask('hub.present')).toMatchObject([{ name: 'Sean Avery', deviceName: 'Front desk', state: 'here', record: null }])
  })

  it('tells who has locked a page, and who is on the telephone', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    const record = { kind: 'invoice', id: newId() }
    const seen = (): readonly unknown[] => here.services.hub.present().map(({ state, record: shown }) => [state, shown?.kind ?? null])
    await there.page.ask('hub.viewing', { record })
    await until(() => JSON.stringify(seen()) === '[["here","invoice"]]', office.timers)
    const { person } = await there.page.ask<{ person: { userId: string } }>('session.state')
    const call = { externalId: 'call 1', direction: 'in', lineName: 'Main', lineNumber: '+15550100001', fromNumber: '+15550146638', offeredAt: office.timers.now(), practice: false, ringMs: 900 } as const
    there.office.phone.say({ kind: 'call', call: { ...call, state: 'active', agentId: person.userId, answeredAt: office.timers.now(), talkMs: 0 } })
    await until(() => JSON.stringify(seen()) === '[["onCall","invoice"]]', office.timers)
    there.office.phone.say({ kind: 'call', call: { ...call, state: 'ended', agentId: person.userId, answeredAt: office.timers.now(), endedAt: office.timers.now(), talkMs: 10, cause: 'callerHungUp' } })
    await there.page.ask('session.lock', { reason: 'asked' })
    await until(() => JSON.stringify(seen()) === '[["locked","invoice"]]', office.timers)
    await office.signIn(there)
    await until(() => JSON.stringify(seen()) === '[["here","invoice"]]', office.timers)
    there.page.close()
    await until(() => seen().length === 0, office.timers)
  })

  it('tells the hub who is here on every new line', async () => {
    const [here, there] = [await office.founder(), await office.joiner()]
    await until(() => here.services.hub.present().length > 0, office.timers)
    office.hub.cut()
    await until(() => here.state().link === 'online' && here.services.hub.present().length > 0 && there.services.hub.present().length > 0, office.timers)
    expect(there.services.hub.present()).toMatchObject([{ deviceName: 'Front desk' }])
  })

  it('goes on alone after it has left the hub', async () => {
    const here = await office.founder()
    await here.add('Okonjo')
    await office.settled(here)
    await expect(here.page.ask('hub.leave')).resolves.toMatchObject({ link: 'none' })
    const sent = office.hub.seq
    await here.add('Vance')
    await turns(50)
    expect(office.hub.seq).toBe(sent)
    expect(here.state()).toMatchObject({ link: 'none', waiting: 0 })
  })
})
