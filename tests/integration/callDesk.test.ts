import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { LiveCall, PhoneDesk } from '../../src/shared/contract/methods/calls.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import type { Ability, LineState } from '../../src/main/phone/port.ts'
import { CONSULTED_ANSWERS_MS, PracticeLine } from '../../src/main/phone/practiceLine.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const NUMBER = '+15550142210'
const OUTSIDE = '+15550149999'

let test: TestBackend
let rosa: Page
let kim: Page
let rosaId: string
let kimId: string
let practice: PracticeLine
/** What the practice line waits for, to be let happen by hand. */
let waiting: { readonly after: number; readonly due: () => void }[]

beforeEach(async () => {
  test = startBackend({ quiet: true })
  rosa = test.page()
  await rosa.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '2468' })
  rosaId = (await rosa.ask<{ person: { userId: string } }>('session.state')).person.userId
  kimId = newId()
  await rosa.ask('user.add', { id: kimId, name: 'Kim Ode', roles: ['inboundCsr'] })
  await rosa.ask('people.setPin', { userId: kimId, pin: '5822' })
  kim = test.page()
  await kim.ask('session.signIn', { userId: kimId, pin: '5822' })
  waiting = []
  practice = new PracticeLine({
    now: Date.now,
    monotonic: () => performance.now(),
    after: (after, due) => {
      const one = { after, due }
      waiting.push(one)
      return () => void (waiting = waiting.filter((other) => other !== one))
    },
  })
  practice.listen((event) => test.phone.say(event))
})

afterEach(async () => {
  practice.close()
  await test.close()
})

/** Passes on what the backend has told its telephone since the last time. */
function passOn(): void {
  for (const command of test.phone.sent.splice(0)) practice.send(command)
}

async function does(page: Page, method: string, input: unknown): Promise<void> {
  await page.ask(method, input)
  passOn()
}

/** What the line waits for this long happens now. */
function happen(after: number): void {
  const due = waiting.find((one) => one.after === after)
  if (!due) throw new Error(`Nothing is due after ${after}`)
  waiting = waiting.filter((one) => one !== due)
  due.due()
}

async function call(page: Page = rosa): Promise<LiveCall> {
  const [one] = (await page.ask<{ calls: LiveCall[] }>('calls.current')).calls
  if (!one) throw new Error('No call is up')
  return one
}

async function talking(script = 'newCaller'): Promise<string> {
  const { callId } = await rosa.ask<{ callId: string }>('practice.ring', { script })
  passOn()
  await does(rosa, 'phone.answer', { callId })
  return callId
}

const line = (abilities: readonly Ability[], more: Partial<LineState> = {}): LineState => ({ status: 'ready', at: 0, reason: '', account: '', abilities, doNotDisturb: false, messages: null, audio: null, ...more })
const refused = (code: string) => ({ error: { code } })

describe('a call somebody talks on', () => {
  it('is muted, hears digits and is recorded, and says what may be done', async () => {
    const callId = await talking()
    expect((await call()).can).toEqual(expect.arrayContaining(['mute', 'digits', 'consult', 'transfer', 'transferToNumber', 'record']))
    await does(rosa, 'phone.mute', { callId, on: true })
    await does(rosa, 'phone.digits', { callId, digits: '1' })
    await does(rosa, 'phone.digits', { callId, digits: '#' })
    await expect(rosa.ask('phone.record', { callId, to: 'on' })).rejects.toMatchObject(refused('recording.consent'))
    await does(rosa, 'recording.consent', { callId })
    await does(rosa, 'phone.record', { callId, to: 'on' })
    expect(await call()).toMatchObject({ state: 'live', muted: true, digits: '1#', recording: 'on', consult: null, conference: false })
    await does(rosa, 'phone.record', { callId, to: 'paused' })
    expect((await call()).recording).toBe('paused')
  })

  it('is nobody else\u2019s to steer', async () => {
    const callId = await talking()
    for (const [method, input] of [['mute', { on: true }], ['digits', { digits: '1' }], ['record', { to: 'on' }], ['consult', { toUserId: rosaId }], ['transfer', { toUserId: rosaId }], ['completeTransfer', {}], ['conference', {}], ['hold', {}]] as const) {
      await expect(kim.ask(`phone.${method}`, { callId, ...input })).rejects.toMatchObject(refused('phone.notYours'))
    }
    expect(test.phone.sent).toEqual([])
  })

  it('goes to a colleague who was asked first, with one record and their name at it', async () => {
    const callId = await talking()
    await does(rosa, 'phone.consult', { callId, toUserId: kimId })
    expect(await call()).toMatchObject({ state: 'live', consult: { to: 'Kim Ode', state: 'ringing' } })
    await expect(rosa.ask('phone.conference', { callId })).rejects.toMatchObject(refused('phone.notYet'))
    await expect(rosa.ask('phone.hangUp', { callId })).rejects.toMatchObject(refused('phone.waits'))
    await expect(rosa.ask('phone.transfer', { callId, toUserId: kimId })).rejects.toMatchObject(refused('phone.waits'))
    happen(CONSULTED_ANSWERS_MS)
    expect(await call()).toMatchObject({ consult: { state: 'talking' } })
    await does(rosa, 'phone.completeTransfer', { callId })
    expect(await call()).toMatchObject({ state: 'live', agentId: kimId, consult: null })
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ state: 'live', agentName: 'Kim Ode', transferredBy: 'Rosa Quill' })
    expect((await rosa.ask<{ rows: unknown[] }>('calls.day', { day: null })).rows).toHaveLength(1)
  })

  it('is one conversation of three, and ends for all', async () => {
    const callId = await talking()
    await does(rosa, 'phone.consult', { callId, toNumber: '(555) 014-9999' })
    expect(await call()).toMatchObject({ consult: { to: OUTSIDE, toUserId: null } })
    happen(CONSULTED_ANSWERS_MS)
    await does(rosa, 'phone.conference', { callId })
    expect(await call()).toMatchObject({ state: 'live', conference: true, consult: null })
    expect((await call()).can).not.toContain('transfer')
    await expect(rosa.ask('phone.transfer', { callId, toUserId: kimId })).rejects.toMatchObject(refused('phone.three'))
    await does(rosa, 'phone.hangUp', { callId })
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ state: 'ended', endCause: 'hungUp' })
  })

  it('is over for us where it goes to a number', async () => {
    const callId = await talking()
    await does(rosa, 'phone.transfer', { callId, toNumber: OUTSIDE })
    expect(await call()).toMatchObject({ state: 'held', transfer: { to: OUTSIDE, toUserId: null } })
    happen(CONSULTED_ANSWERS_MS)
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ state: 'ended', endCause: 'transferred', outcome: 'excused', agentName: 'Rosa Quill', followUp: 'none' })
  })

  it('goes nowhere that does not exist', async () => {
    const callId = await talking()
    await expect(rosa.ask('phone.consult', { callId, toNumber: 'front desk' })).rejects.toMatchObject(refused('input.invalid'))
    await expect(rosa.ask('phone.consult', { callId })).rejects.toMatchObject(refused('input.invalid'))
    await expect(rosa.ask('phone.consult', { callId, toUserId: newId() })).rejects.toMatchObject(refused('phone.nobody'))
    await expect(rosa.ask('phone.completeTransfer', { callId })).rejects.toMatchObject(refused('phone.nobodyAsked'))
  })
})

describe('a ring', () => {
  it('is sent away, and the caller is owed a call back', async () => {
    const { callId } = await rosa.ask<{ callId: string }>('practice.ring', { script: 'newCaller' })
    passOn()
    expect((await call()).can).toEqual(['answer', 'reject'])
    await expect(rosa.ask('phone.mute', { callId, on: true })).rejects.toMatchObject(refused('phone.notUp'))
    await does(rosa, 'phone.reject', { callId })
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ endCause: 'rejected', outcome: 'abandoned', followUp: 'owed' })
  })

  it('at a colleague\u2019s telephone is picked up', async () => {
    const callId = await talking()
    await does(rosa, 'phone.transfer', { callId, toUserId: kimId })
    expect((await rosa.ask<PhoneDesk>('phone.desk')).ringing).toEqual([{ extension: kimId, name: 'Kim Ode' }])
    expect((await kim.ask<PhoneDesk>('phone.desk')).ringing).toEqual([])
    await does(rosa, 'phone.pickUp', { extension: kimId })
    expect(await call()).toMatchObject({ state: 'live', agentId: rosaId })
  })

  it('rings nobody while this desk is not to be disturbed', async () => {
    await does(rosa, 'phone.doNotDisturb', { on: true })
    expect(await rosa.ask<PhoneDesk>('phone.desk')).toMatchObject({ doNotDisturb: true, line: 'none' })
    const { callId } = await rosa.ask<{ callId: string }>('practice.ring', { script: 'newCaller' })
    passOn()
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ state: 'ended', endCause: 'busy', followUp: 'owed' })
  })
})

describe('the desk', () => {
  it('names colleagues, whoever is free first, and says why nothing can be dialled', async () => {
    const lee = newId()
    await rosa.ask('user.add', { id: lee, name: 'Lee Park', roles: ['dispatcher'] })
    const callId = await talking()
    await does(rosa, 'phone.consult', { callId, toUserId: kimId })
    happen(CONSULTED_ANSWERS_MS)
    await does(rosa, 'phone.completeTransfer', { callId })
    const desk = await rosa.ask<PhoneDesk>('phone.desk')
    expect(desk.colleagues).toEqual([{ userId: lee, name: 'Lee Park', state: 'free' }, { userId: kimId, name: 'Kim Ode', state: 'onCall' }])
    expect(desk.noDial).toMatch(/desk phone/)
  })

  it('offers of a real telephone only what its line can do', async () => {
    test.phone.say({ kind: 'line', line: line(['answer', 'hangUp', 'hold', 'dial']) })
    test.phone.say({ kind: 'call', call: { externalId: 'sip:1', direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: NUMBER, offeredAt: Date.now(), practice: false, state: 'active', ringMs: 1, agentId: rosaId, answeredAt: Date.now(), talkMs: 0 } })
    const { callId, can } = await call()
    expect(can).toEqual(['hangUp', 'hold'])
    for (const [method, input] of [['mute', { on: true }], ['digits', { digits: '1' }], ['consult', { toUserId: kimId }], ['transfer', { toNumber: OUTSIDE }], ['record', { to: 'on' }]] as const) {
      await expect(rosa.ask(`phone.${method}`, { callId, ...input })).rejects.toMatchObject(refused('phone.cannot'))
    }
    await expect(rosa.ask('phone.doNotDisturb', { on: true })).rejects.toMatchObject(refused('phone.cannot'))
    await expect(rosa.ask('phone.pickUp', { extension: '204' })).rejects.toMatchObject(refused('phone.cannot'))
    test.phone.say({ kind: 'line', line: line(['transfer']) })
    await expect(rosa.ask('phone.transfer', { callId, toUserId: kimId })).rejects.toMatchObject(refused('phone.noExtension'))
    expect(test.phone.sent.filter(({ kind }) => kind !== 'report' && kind !== 'watch')).toEqual([])
  })

  it('tells whoever asked, and nobody else, what the telephone refused', async () => {
    const callId = await talking()
    await rosa.ask('phone.mute', { callId, on: true })
    const externalId = test.backend.services?.liveCalls.get(callId)?.call.externalId ?? ''
    test.phone.say({ kind: 'refused', command: 'mute', externalId, message: 'The microphone is not there.' })
    test.phone.say({ kind: 'refused', command: 'hold', externalId, message: 'Nobody asked for this.' })
    await rosa.ask('session.state')
    expect(rosa.events.filter(({ name }) => name === 'phoneRefused').map(({ payload }) => payload)).toEqual([{ userId: rosaId, callId, message: 'The microphone is not there.' }])
  })
})

describe('a call that is returned', () => {
  it('is practice where the caller was, is linked to both, and settles the promise by itself', async () => {
    const { callId } = await rosa.ask<{ callId: string }>('practice.ring', { script: 'newCaller' })
    passOn()
    const { fromNumber } = await call()
    await does(rosa, 'phone.reject', { callId })
    const open = (): unknown => test.backend.services?.store.prepare("SELECT count(*) AS open FROM promise WHERE subject_id = ? AND state = 'open'").get(callId)
    expect(open()).toEqual({ open: 1 })
    await does(rosa, 'phone.dial', { number: fromNumber, returnsCallId: callId })
    const out = await call()
    expect(out).toMatchObject({ direction: 'out', state: 'ringing', agentId: rosaId, practice: true, can: ['hangUp'], card: { title: 'The caller, called back' } })
    expect(open()).toEqual({ open: 1 })
    happen(3_000)
    expect(await call()).toMatchObject({ state: 'live', agentId: rosaId })
    expect(open()).toEqual({ open: 0 })
    await does(rosa, 'phone.hangUp', { callId: out.callId })
    expect(await rosa.ask('calls.detail', { callId: out.callId })).toMatchObject({ direction: 'out', answered: true, returnsCallId: callId, agentName: 'Rosa Quill', outcome: null })
    expect(await rosa.ask('calls.detail', { callId })).toMatchObject({ outcome: 'abandoned', followUp: 'done' })
  })

  it('goes over a real telephone where that dials, for the customer who was meant', async () => {
    const customerId = newId()
    const place = { line1: '418 Juniper Bend', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: 'America/Chicago', accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
    for (const [id, firstName] of [[newId(), 'Arun'], [customerId, 'Priya']] as const) {
      await rosa.ask('customer.create', { customerId: id, kind: 'residential', firstName, lastName: 'Natarajan', companyName: '', leadSource: '', phones: [{ id: newId(), value: NUMBER, label: '' }], emails: [], location: { id: newId(), kind: 'home', ...place } })
    }
    test.phone.say({ kind: 'line', line: line(['dial', 'hangUp'], { status: 'down', reason: 'The server does not answer.' }) })
    await expect(rosa.ask('phone.dial', { number: NUMBER, customerId })).rejects.toMatchObject(refused('phone.lineDown'))
    test.phone.say({ kind: 'line', line: line(['dial', 'hangUp']) })
    await rosa.ask('phone.dial', { number: NUMBER, customerId })
    expect(test.phone.sent.at(-1)).toEqual({ kind: 'dial', number: NUMBER, agentId: rosaId })
    const identity = { externalId: 'sip:out', direction: 'out', lineName: '', lineNumber: '', fromNumber: NUMBER, offeredAt: Date.now(), practice: false } as const
    test.phone.say({ kind: 'call', call: { ...identity, state: 'dialing', ringMs: 0, agentId: rosaId } })
    expect(await call()).toMatchObject({ state: 'ringing', direction: 'out', name: 'Priya Natarajan' })
    await expect(rosa.ask('phone.dial', { number: OUTSIDE })).rejects.toMatchObject(refused('phone.talking'))
    expect(await rosa.ask('calls.detail', { callId: callIdOf(test.backend.services?.store.companyId ?? '', 'sip:out') })).toMatchObject({ customerId, agentName: 'Rosa Quill' })
  })
})
