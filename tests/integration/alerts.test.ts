import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

let office: LinkedOffice
let here: Desk
let there: Desk

const PIN = '4711'

/** A person of this role, signed in at a page of their own at that workstation. */
async function person(desk: Desk, role: string) {
  const userId = newId()
  await here.page.ask('user.add', { id: userId, name: `The ${role}`, roles: [role] })
  await here.page.ask('people.setPin', { userId, pin: PIN })
  await office.settled(here, there)
  const page = desk.office.page()
  await page.ask('session.signIn', { userId, pin: PIN })
  return page
}

const raising = (more: object = {}) => ({ alertId: newId(), kind: 'gas', noticedBy: 'words', summary: 'Smells gas', caller: 'Martin Okonjo', place: '27 Larkspur Court', callId: null, customerId: null, locationId: null, ...more })

type Open = { readonly alerts: readonly { readonly alertId: string; readonly kind: string; readonly raisedBy: string }[] }

beforeEach(async () => {
  office = new LinkedOffice()
  here = await office.founder()
  there = await office.joiner()
})

afterEach(() => office.close())

describe('an emergency raised at one workstation', () => {
  it('is told to every page at once, here and through the hub, and shown to dispatch and management alone', async () => {
    const [csr, dispatch] = [await person(here, 'inboundCsr'), await person(there, 'dispatcher')]
    const input = raising()
    await csr.ask('alert.raise', input)
    // Its own workstation: with the commit, before the hub has heard of it.
    expect(here.page.events.some(({ name, payload }) => name === 'changed' && JSON.stringify(payload).includes('"alert"'))).toBe(true)
    expect((await here.page.ask<Open>('alerts.open')).alerts).toMatchObject([{ alertId: input.alertId, kind: 'gas', raisedBy: 'The inboundCsr' }])
    await office.settled(here, there)
    expect(dispatch.events.some(({ name, payload }) => name === 'changed' && JSON.stringify(payload).includes('"alert"'))).toBe(true)
    expect((await dispatch.ask<Open>('alerts.open')).alerts).toMatchObject([{ alertId: input.alertId }])
    expect((await csr.ask<Open>('alerts.open')).alerts).toEqual([])

    await dispatch.ask('alert.acknowledge', { alertId: input.alertId })
    await office.settled(here, there)
    expect((await here.page.ask<Open>('alerts.open')).alerts).toEqual([])
    expect(await csr.ask('alerts.get', { alertId: input.alertId })).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'The dispatcher' })
    expect(here.rows()).toEqual(there.rows())
  })

  it('is acknowledged once, though both did it while the line was down: the later one is told', async () => {
    const dispatch = await person(there, 'dispatcher')
    const input = raising()
    await here.page.ask('alert.raise', input)
    await office.settled(here, there)
    office.hub.weather.down = true
    office.hub.cut()
    await here.page.ask('alert.acknowledge', { alertId: input.alertId })
    await dispatch.ask('alert.acknowledge', { alertId: input.alertId })
    office.hub.weather.down = false
    await office.settled(here, there)
    expect(here.rows()['alert']).toMatchObject([{ state: 'acknowledged' }])
    expect(here.rows()['refused_change']).toMatchObject([{ commandName: 'alert.acknowledge', code: 'alert.acknowledged' }])
    expect(here.rows()).toEqual(there.rows())
  })
})

describe('better screening', () => {
  it('begins at every desk with the load, and ends when nobody waits any more', async () => {
    await here.page.ask('desk.configure', { set: { screening: 'auto', threshold: 2 } })
    const ring = (externalId: string) => ({ externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: null, offeredAt: office.timers.now(), practice: false })
    const report = (name: string, input: object) => here.services.run({ name, input, actorId: '00000000-0000-7000-8000-000000000001' })
    const [first, second] = [ring('test:1'), ring('test:2')]
    report('call.offered', first)
    await office.settled(here, there)
    expect(await there.page.ask('desk.standing')).toMatchObject({ active: false, waiting: 1 })
    report('call.offered', second)
    await office.settled(here, there)
    expect(await there.page.ask('desk.standing')).toMatchObject({ active: true, why: 'load', waiting: 2 })
    report('call.answered', { ...first, ringMs: 1000, answeredAt: office.timers.now(), agentId: null })
    await office.settled(here, there)
    expect(await there.page.ask('desk.standing')).toMatchObject({ active: false, waiting: 1 })
    expect(there.rows()['call']?.map(({ id }) => id)).toContain(callIdOf(here.services.store.companyId, 'test:1'))
  })
})
