import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { LiveCall, Pop } from '../../src/shared/contract/methods/calls.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { hashPin } from '../../src/main/services/session/pin.ts'
import { explainPop } from '../../src/main/services/calls/popStatement.ts'
import { PracticeLine } from '../../src/main/phone/practiceLine.ts'
import type { CallPhase, PhoneCall } from '../../src/main/phone/port.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const ZONE = 'America/Chicago'
const NUMBER = '+15550142210'

interface Day {
  readonly rows: readonly { readonly callId: string; readonly outcome: string | null; readonly practice: boolean; readonly followUp: string }[]
  readonly counted: Readonly<Record<'incoming' | 'answered' | 'inTime' | 'missed' | 'unbooked' | 'callBacks', number>>
  readonly practiced: number
}

/** A Tuesday at 10:24 in Chicago: what comes while the lines are closed is in lists of its own. */
const MORNING = Date.UTC(2026, 6, 14, 15, 24)
const now = (): number => MORNING + Math.round(performance.now())

let test: TestBackend
let page: Page
let practice: PracticeLine

beforeEach(async () => {
  test = startBackend({ now })
  page = test.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Rosa Quill', pin: '2468' })
  // What the backend tells its telephone reaches a real practice line, and back.
  practice = new PracticeLine({
    now,
    monotonic: () => performance.now(),
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds)
      return () => clearTimeout(timer)
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

async function addCustomer(firstName: string, lastName: string, phone = NUMBER): Promise<{ customerId: string; locationId: string }> {
  const customerId = newId()
  const locationId = newId()
  await page.ask('customer.create', {
    customerId,
    kind: 'residential',
    firstName,
    lastName,
    companyName: '',
    leadSource: '',
    phones: [{ id: newId(), value: phone, label: 'mobile' }],
    emails: [],
    location: {
      id: locationId,
      kind: 'home',
      line1: '418 Juniper Bend',
      line2: '',
      city: 'Fairhollow',
      state: 'IL',
      postalCode: '60601',
      zone: ZONE,
      accessNotes: '',
      gateCode: '',
      pets: '',
      latitude: null,
      longitude: null,
      taxZoneId: null,
    },
  })
  return { customerId, locationId }
}

const offeredAt = MORNING - 9_000
const identity = (externalId: string, fromNumber: string | null = NUMBER) => ({ externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber, offeredAt, practice: false }) as const
const say = (externalId: string, phase: CallPhase, fromNumber: string | null = NUMBER): string => {
  test.phone.say({ kind: 'call', call: { ...identity(externalId, fromNumber), ...phase } as PhoneCall })
  return callIdOf(test.backend.services?.store.companyId ?? '', externalId)
}
/** What the page heard last; an answer comes after the events that were sent before it. */
async function lastPhone(): Promise<LiveCall> {
  await page.ask('session.state')
  return page.events.filter((event) => event.name === 'phone').at(-1)?.payload as LiveCall
}

describe('a ring', () => {
  it('tells every page who calls, after it is in the log', async () => {
    const other = test.page()
    const { person } = await page.ask<{ person: { userId: string } }>('session.state')
    await other.ask('session.signIn', { userId: person.userId, pin: '2468' })
    await addCustomer('Priya', 'Natarajan')
    const callId = say('sip:1', { state: 'offered', ringMs: 40 })
    expect(await lastPhone()).toMatchObject({ callId, state: 'ringing', name: 'Priya Natarajan', fromNumber: NUMBER, practice: false, pop: { sharedBy: 1 } })
    await other.ask('session.state')
    expect(other.events.some((event) => event.name === 'phone')).toBe(true)
    const pop = await page.ask<Pop>('calls.pop', { callId })
    expect(pop).toMatchObject({ sharedBy: 1, candidates: [{ name: 'Priya Natarajan', balanceCents: 0, locations: [{ line1: '418 Juniper Bend' }] }] })
    expect((await page.ask<{ calls: LiveCall[] }>('calls.current')).calls).toHaveLength(1)
  })

  it('says when customers share a number, and puts the one first who was confirmed last', async () => {
    await addCustomer('Priya', 'Natarajan')
    const arun = await addCustomer('Arun', 'Natarajan')
    const first = say('sip:1', { state: 'offered', ringMs: 0 })
    const shared = await page.ask<Pop>('calls.pop', { callId: first })
    expect(shared).toMatchObject({ sharedBy: 2, customerId: null, guess: null })
    await page.ask('call.link', { callId: first, customerId: arun.customerId, locationId: arun.locationId })
    const next = await page.ask<Pop>('calls.pop', { callId: say('sip:2', { state: 'offered', ringMs: 0 }) })
    expect(next.candidates.map((candidate) => candidate.name)).toEqual(['Arun Natarajan', 'Priya Natarajan'])
    expect(next.candidates[0]?.confirmedAt).toBe(offeredAt)
  })

  it('shows a withheld and an unknown number without candidates', async () => {
    await addCustomer('Priya', 'Natarajan')
    expect(await page.ask<Pop>('calls.pop', { callId: say('sip:1', { state: 'offered', ringMs: 0 }, null) })).toMatchObject({ fromNumber: null, candidates: [], sharedBy: 0 })
    expect(await page.ask<Pop>('calls.pop', { callId: say('sip:2', { state: 'offered', ringMs: 0 }, '+15550149999') })).toMatchObject({ candidates: [] })
  })

  it('is one log row however often the telephone repeats itself', async () => {
    say('sip:1', { state: 'offered', ringMs: 0 })
    say('sip:1', { state: 'offered', ringMs: 500 })
    say('sip:1', { state: 'ended', cause: 'callerHungUp', ringMs: 9_000, agentId: null, answeredAt: null, endedAt: offeredAt + 9_000, talkMs: 0 })
    say('sip:1', { state: 'ended', cause: 'callerHungUp', ringMs: 9_000, agentId: null, answeredAt: null, endedAt: offeredAt + 9_000, talkMs: 0 })
    const day = await page.ask<Day>('calls.day', { day: null })
    expect(day.rows).toMatchObject([{ outcome: 'abandoned', followUp: 'owed' }])
    expect(day.counted).toMatchObject({ incoming: 1, answered: 0, missed: 1, callBacks: 1 })
  })

  it('of a colleague is in the log, and nobody\u2019s customer: no figure, no promise, no wrap-up', async () => {
    const { person } = await page.ask<{ person: { userId: string } }>('session.state')
    const kim = newId()
    await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] })
    await page.ask('phoneExtension.save', { userId: kim, extension: '111', groups: [], skills: [] })
    const hear = (externalId: string, phase: CallPhase): void => test.phone.say({ kind: 'call', call: { ...identity(externalId, null), fromExtension: '111', ...phase } as PhoneCall })
    hear('sip:asked', { state: 'offered', ringMs: 0 })
    expect(await lastPhone()).toMatchObject({ extension: '111', name: 'Kim Ode', fromNumber: null, ringsFirst: null })
    const end = { state: 'ended', cause: 'callerHungUp', ringMs: 4_000, endedAt: offeredAt + 9_000 } as const
    hear('sip:asked', { ...end, agentId: person.userId, answeredAt: offeredAt + 4_000, talkMs: 90_000 })
    hear('sip:missed', { ...end, agentId: null, answeredAt: null, talkMs: 0 })
    const day = await page.ask<Day>('calls.day', { day: null })
    expect(day.rows).toMatchObject([{ extension: '111', name: 'Kim Ode', outcome: null, followUp: 'none' }, { extension: '111', outcome: null, followUp: 'none' }])
    expect(day.counted).toMatchObject({ incoming: 0, answered: 0, missed: 0, callBacks: 0 })
    expect(await page.ask('phoneOffice.wall')).toMatchObject({ today: { incoming: 0 }, missed: { owed: 0 } })
    const { people } = await page.ask<{ people: { userId: string; status: string }[] }>('phoneOffice.people')
    expect(people.find(({ userId }) => userId === person.userId)?.status).toBe('available')
  })

  it('is looked up without reading a whole table', () => {
    const store = test.backend.services?.store
    if (!store) throw new Error('The backend did not start')
    // A search by the company alone reads the whole table; only the few technicians may be read so.
    const whole = explainPop(store).filter((step) => (step.startsWith('SEARCH') && step.endsWith('(company_id=?)') && !step.startsWith('SEARCH technician')) || /^SCAN ([a-z]|call|customer|location|contact_method|job|appointment|note|invoice)\b/.test(step))
    expect(whole).toEqual([])
  })
})

describe('the practice line', () => {
  it('rings, is answered, ends, and leaves an unbooked call with a call back, out of every number', async () => {
    await addCustomer('Priya', 'Natarajan')
    const { callId } = await page.ask<{ callId: string }>('practice.ring', { script: 'known' })
    passOn()
    expect(await lastPhone()).toMatchObject({ callId, state: 'ringing', practice: true, name: 'Priya Natarajan' })
    expect((await lastPhone()).card?.lines.join(' ')).toContain('Priya')
    await page.ask('phone.answer', { callId })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'live' })
    await page.ask('phone.hold', { callId })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'held' })
    await page.ask('phone.resume', { callId })
    await page.ask('phone.hangUp', { callId })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'ended' })
    await page.ask('call.conclude', { callId, outcome: 'unbooked', reason: 'Wants to think it over', callBackBy: null, callerName: '', notes: '' })
    const day = await page.ask<Day>('calls.day', { day: null })
    expect(day.rows).toMatchObject([{ callId, outcome: 'unbooked', practice: true, followUp: 'owed' }])
    expect(day.counted).toMatchObject({ incoming: 0, unbooked: 0, callBacks: 0 })
    expect(day.practiced).toBe(1)
    const promises = test.backend.services?.store.prepare("SELECT count(*) AS open FROM promise WHERE subject_id = ? AND state = 'open' AND practice = 1").get(callId)
    expect(promises).toEqual({ open: 1 })
  })

  it('puts a caller through to a colleague, who has the call and its promise from then on', async () => {
    const kim = newId()
    const { person } = await page.ask<{ person: { userId: string } }>('session.state')
    await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] })
    await page.ask('people.setPin', { userId: kim, pin: '5822' })
    const kims = test.page()
    await kims.ask('session.signIn', { userId: kim, pin: '5822' })
    const { callId } = await page.ask<{ callId: string }>('practice.ring', { script: 'newCaller' })
    passOn()
    await expect(page.ask('phone.transfer', { callId, toUserId: kim })).rejects.toMatchObject({ error: { code: 'phone.notUp' } })
    await page.ask('phone.answer', { callId })
    passOn()
    await expect(page.ask('phone.transfer', { callId, toUserId: person.userId })).rejects.toMatchObject({ error: { code: 'phone.nobody' } })
    await page.ask('phone.transfer', { callId, toUserId: kim })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'held', agentId: person.userId, transfer: { state: 'ringing', from: 'Rosa Quill', to: 'Kim Ode', toUserId: kim } })
    await expect(page.ask('phone.hangUp', { callId })).rejects.toMatchObject({ error: { code: 'phone.waits' } })
    await expect(page.ask('phone.answer', { callId })).rejects.toMatchObject({ error: { code: 'phone.elsewhere' } })
    await page.ask('phone.resume', { callId })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'live', agentId: person.userId, transfer: null })

    await page.ask('phone.transfer', { callId, toUserId: kim })
    passOn()
    await kims.ask('phone.answer', { callId })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'live', agentId: kim, transfer: null })
    await expect(page.ask('phone.resume', { callId })).rejects.toMatchObject({ error: { code: 'phone.transferred', message: 'Kim Ode has just answered, and talks with the caller.' } })
    expect(await page.ask('calls.detail', { callId })).toMatchObject({ agentName: 'Kim Ode', transferredBy: 'Rosa Quill', transferredAt: expect.any(Number) as number })
    await kims.ask('phone.hangUp', { callId })
    passOn()
    await kims.ask('call.conclude', { callId, outcome: 'unbooked', reason: 'Wants to think it over', callBackBy: null, callerName: '', notes: '' })
    expect(test.backend.services?.store.prepare("SELECT holder_user_id AS holder FROM promise WHERE subject_id = ? AND state = 'open'").get(callId)).toEqual({ holder: kim })
  })

  it('lists whoever spoke to the machine apart from the missed, and a voicemail that is heard of before its call counts too', async () => {
    await addCustomer('Priya', 'Natarajan')
    const leave = (externalId: string): void => test.phone.say({ kind: 'voicemail', call: identity(externalId, null), voicemail: { leftAt: offeredAt + 30_000, seconds: 38, recording: 'vm/38.wav' } })
    const missed = (externalId: string): string => say(externalId, { state: 'ended', cause: 'callerHungUp', ringMs: 9_000, agentId: null, answeredAt: null, endedAt: offeredAt + 9_000, talkMs: 0 }, externalId === 'sip:5' ? NUMBER : null)
    leave('sip:3')
    const early = missed('sip:3')
    const late = missed('sip:4')
    leave('sip:4')
    leave('sip:4')
    const only = missed('sip:5')
    const listed = async (list: string): Promise<readonly string[]> => (await page.ask<{ items: { subjectId: string; cameFrom: string }[] }>('queue.items', { of: { kind: 'calls', list } })).items.map(({ subjectId }) => subjectId)
    expect([...(await listed('voicemail'))].sort()).toEqual([early, late].sort())
    expect(await listed('missed')).toEqual([only])
    const [first] = (await page.ask<{ items: { cameFrom: string }[] }>('queue.items', { of: { kind: 'calls', list: 'voicemail' } })).items
    expect(first?.cameFrom).toMatch(/^Voicemail of 0:38 /)
    expect(await page.ask('calls.detail', { callId: late })).toMatchObject({ voicemailSeconds: 38, voicemailRecording: 'vm/38.wav', outcome: 'abandoned', followUp: 'owed' })
  })

  it('keeps a voicemail that the telephone describes beyond all bounds', async () => {
    const leave = (externalId: string, voicemail: { readonly seconds: number; readonly recording: string | null }): string => {
      test.phone.say({ kind: 'voicemail', call: identity(externalId, NUMBER), voicemail: { leftAt: offeredAt + 30_000, ...voicemail } })
      return say(externalId, { state: 'ended', cause: 'callerHungUp', ringMs: 9_000, agentId: null, answeredAt: null, endedAt: offeredAt + 9_000, talkMs: 0 }, NUMBER)
    }
    const long = leave('sip:6', { seconds: 90_000.4, recording: `vm/${'6'.repeat(500)}.wav` })
    expect(await page.ask('calls.detail', { callId: long })).toMatchObject({ voicemailSeconds: 7_200, voicemailRecording: `vm/${'6'.repeat(397)}`, followUp: 'owed' })
    const wrong = leave('sip:7', { seconds: -3, recording: ' ' })
    expect(await page.ask('calls.detail', { callId: wrong })).toMatchObject({ voicemailSeconds: 0, voicemailRecording: null, followUp: 'owed' })
  })

  it('plays every script, also in an office without customers', async () => {
    const { scripts } = await page.ask<{ scripts: { key: string }[] }>('practice.state')
    for (const { key } of scripts) {
      await page.ask('practice.ring', { script: key })
      passOn()
    }
    expect((await page.ask<{ calls: LiveCall[] }>('calls.current')).calls).toHaveLength(scripts.length)
    await expect(page.ask('practice.ring', { script: 'prank' })).rejects.toMatchObject({ error: { code: 'practice.unknownScript' } })
  })

  it('plays the next caller when the schedule says so', async () => {
    expect(await page.ask('practice.schedule', { everyMinutes: 5 })).toEqual({ everyMinutes: 5 })
    expect(test.phone.sent).toContainEqual({ kind: 'practiceSchedule', everyMinutes: 5 })
    test.phone.say({ kind: 'practiceDue', at: now() })
    passOn()
    expect(await lastPhone()).toMatchObject({ state: 'ringing', practice: true })
  })

  it('never dials', async () => {
    await expect(page.ask('phone.dial', { number: NUMBER })).rejects.toMatchObject({ error: { code: 'phone.noLine' } })
    expect(test.phone.sent.some((command) => command.kind === 'dial')).toBe(false)
  })
})

describe('a sample company', () => {
  it('never dials, whatever telephone is connected', async () => {
    const sample = startBackend()
    const ownerId = newId()
    const services = sample.backend.services
    services?.run({ name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: 'Sample', zone: ZONE, phase: 'sample', ownerId, ownerName: 'Sean Avery' } })
    services?.run({ name: 'user.setPin', actorId: ownerId, input: { userId: ownerId, ...hashPin('1234') } })
    const guest = sample.page()
    await guest.ask('session.signIn', { userId: ownerId, pin: '1234' })
    await expect(guest.ask('phone.dial', { number: NUMBER })).rejects.toMatchObject({ error: { code: 'phone.sampleNeverDials' } })
    expect(sample.phone.sent.some((command) => command.kind === 'dial')).toBe(false)
    await sample.close()
  })
})

describe('what a person does to a call', () => {
  it('is refused when the call is over or somebody else has it', async () => {
    const callId = say('sip:1', { state: 'active', ringMs: 4_000, agentId: newId(), answeredAt: offeredAt + 4_000, talkMs: 0 })
    await expect(page.ask('phone.answer', { callId })).rejects.toMatchObject({ error: { code: 'phone.taken' } })
    await expect(page.ask('phone.hangUp', { callId })).rejects.toMatchObject({ error: { code: 'phone.notYours' } })
    await expect(page.ask('phone.hangUp', { callId: newId() })).rejects.toMatchObject({ error: { code: 'phone.over' } })
  })

  it('ends in a log row with a person, even where only the end was heard', async () => {
    const { person } = await page.ask<{ person: { userId: string } }>('session.state')
    const callId = say('sip:7', { state: 'ended', cause: 'hungUp', ringMs: 5_000, agentId: person.userId, answeredAt: offeredAt, endedAt: offeredAt + 80_000, talkMs: 80_000 })
    expect(await page.ask('calls.detail', { callId })).toMatchObject({ agentName: 'Rosa Quill', outcome: 'unbooked', outcomeByRule: true, inTime: true, talkMs: 80_000 })
  })

  it('closes what was up when the office last stopped, and owes those callers', async () => {
    const callId = say('sip:8', { state: 'active', ringMs: 4_000, agentId: null, answeredAt: offeredAt + 4_000, talkMs: 0 })
    const up = say('sip:9', { state: 'active', ringMs: 4_000, agentId: null, answeredAt: offeredAt + 4_000, talkMs: 0 })
    // As after a start: nothing is known to be up until the telephone has said so.
    for (const entry of test.backend.services?.liveCalls.all() ?? []) {
      if (entry.callId === callId) test.backend.services?.liveCalls.heard(callId, { ...entry.call, state: 'ended', cause: 'lost', ringMs: 0, agentId: null, answeredAt: null, endedAt: 0, talkMs: 0 })
    }
    test.phone.say({ kind: 'reported' })
    expect(await page.ask('calls.detail', { callId })).toMatchObject({ state: 'ended', outcome: 'unbooked', followUp: 'owed' })
    expect(await page.ask('calls.detail', { callId: up })).toMatchObject({ state: 'live', outcome: null })
  })
})
