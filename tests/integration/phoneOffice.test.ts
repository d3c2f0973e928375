import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { newId } from '../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import type { CallLogRow, LiveCall } from '../../src/shared/contract/methods/calls.ts'
import type { Colleague, PersonDay, Wall } from '../../src/shared/contract/methods/phoneOffice.ts'
import { phoneOutageTable } from '../../src/shared/domain/phone/tables.ts'
import type { CallPhase, LineState, PhoneCall } from '../../src/main/phone/port.ts'
import type { Page } from '../support/backend.ts'
import { until } from '../support/handTimers.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const MAIN = '+15550142000'
const SALES = '+15550142009'
const PIN = '5822'

let office: LinkedOffice
let first: Desk
let second: Desk
let kimId: string
let kim: Page

const line = (more: Record<string, unknown>) => ({
  id: newId(),
  number: MAIN,
  name: 'Copper Ridge HVAC',
  businessUnitId: null,
  purpose: 'general',
  skills: [],
  roles: [],
  firstSeconds: null,
  backupNumber: '',
  ringLimitSeconds: null,
  hours: [],
  consentText: '',
  recordingDays: null,
  position: 0,
  active: true,
  ...more,
})

/** What the telephone of a workstation says of a call. */
function say({ office: { phone }, services }: Desk, externalId: string, phase: CallPhase, more: Partial<PhoneCall> = {}): void {
  const identity = { externalId, direction: 'in', lineName: '', lineNumber: MAIN, fromNumber: '+15550142210', offeredAt: services.now(), practice: false } as const
  phone.say({ kind: 'call', call: { ...identity, ...more, ...phase } as PhoneCall })
}

const heard = (page: Page): LiveCall => page.events.filter((event) => event.name === 'phone').at(-1)?.payload as LiveCall

const wall = (page: Page): Promise<Wall> => page.ask<Wall>('phoneOffice.wall')
const colleague = async (page: Page, name: string): Promise<Colleague> => {
  const found = (await page.ask<{ people: readonly Colleague[] }>('phoneOffice.people')).people.find((person) => person.name === name)
  if (!found) throw new Error(`${name} is nobody's colleague`)
  return found
}

const lineState = (status: LineState['status'], reason = ''): LineState => ({ status, at: first.services.now(), reason, account: 'Extension 101 at phones.example.com', abilities: [], doNotDisturb: false, messages: null, audio: null })

let seanId: string

/** Sean sits at the first workstation, Kim at the second: two telephones of one office. */
beforeEach(async () => {
  office = new LinkedOffice()
  first = await office.founder()
  second = await office.joiner()
  const { people } = await first.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  seanId = people[0]?.userId ?? ''
  kimId = newId()
  await first.page.ask('user.add', { id: kimId, name: 'Kim Ode', roles: ['inboundCsr'] })
  await first.page.ask('people.setPin', { userId: kimId, pin: PIN })
  await first.page.ask('phoneLine.save', line({}))
  await first.page.ask('phoneLine.save', line({ number: SALES, name: 'Copper Ridge Estimates', purpose: 'sales', skills: ['Sales'], firstSeconds: 12, ringLimitSeconds: 24, position: 1 }))
  await first.page.ask('phoneExtension.save', { userId: kimId, extension: '102', groups: [], skills: ['Sales'] })
  await office.settled(first, second)
  kim = second.page
  await kim.ask('session.signIn', { userId: kimId, pin: PIN })
  await office.settled(first, second)
  await until(() => first.services.hub.present().some(({ userId }) => userId === kimId), office.timers)
})

afterEach(() => office.close())

describe('a ring at two workstations', () => {
  it('is named by the number that was dialled, and rings the lead coordinator first and the others after a while', async () => {
    say(first, 'sip:1', { state: 'offered', ringMs: 100 }, { lineNumber: '(555) 014-2009' })
    await first.page.ask('session.state')
    expect(heard(first.page)).toMatchObject({ lineName: 'Copper Ridge Estimates', line: { purpose: 'sales', ringLimitSeconds: 24 }, ringsFirst: { userIds: [kimId], untilMs: 12_000 }, pop: { lineName: 'Copper Ridge Estimates' } })
    // Kim goes to lunch while it rings: nobody whom the line is for is left, so Sean is next.
    await kim.ask('status.enter', { userId: kimId, status: 'lunch' })
    await office.settled(first, second)
    await first.page.ask('session.state')
    expect(heard(first.page).ringsFirst).toMatchObject({ userIds: [seanId] })
    say(first, 'sip:1', { state: 'active', agentId: seanId, ringMs: 20_000, answeredAt: first.services.now(), talkMs: 0 }, { lineNumber: '(555) 014-2009' })
    const { rows } = await first.page.ask<{ rows: readonly CallLogRow[] }>('calls.day', { day: null })
    expect(rows[0]).toMatchObject({ lineName: 'Copper Ridge Estimates', inTime: true })
  })

  it('is said anew when somebody begins to talk, and not when others ring and give up', async () => {
    const { companyId } = first.services.store
    const reports = (): number => first.page.events.filter(({ name, payload }) => name === 'phone' && (payload as LiveCall).callId === callIdOf(companyId, 'sip:waits')).length
    say(first, 'sip:waits', { state: 'offered', ringMs: 100 })
    for (const externalId of ['sip:one', 'sip:two']) {
      say(first, externalId, { state: 'offered', ringMs: 100 }, { fromNumber: '+15550142211' })
      say(first, externalId, { state: 'ended', cause: 'callerHungUp', agentId: null, ringMs: 900, answeredAt: null, endedAt: first.services.now(), talkMs: 0 }, { fromNumber: '+15550142211' })
    }
    await first.page.ask('session.state')
    expect(reports()).toBe(1)
    say(first, 'sip:taken', { state: 'active', agentId: seanId, ringMs: 500, answeredAt: first.services.now(), talkMs: 0 }, { fromNumber: '+15550142212' })
    await first.page.ask('session.state')
    expect(reports()).toBe(2)
  })

  it('rings everybody at once where nobody is free', async () => {
    for (const [page, userId] of [[first.page, seanId], [kim, kimId]] as const) await page.ask('status.enter', { userId, status: 'meeting' })
    await office.settled(first, second)
    say(second, 'sip:2', { state: 'offered', ringMs: 100 })
    await kim.ask('session.state')
    expect(heard(kim).ringsFirst).toBeNull()
  })
})

describe('who is on the telephone', () => {
  it('is known at the other workstation, with since when, through call, hold, wrap-up and its end', async () => {
    const answeredAt = second.services.now()
    const up = { agentId: kimId, ringMs: 4_000, answeredAt, talkMs: 0 }
    say(second, 'sip:3', { state: 'active', ...up })
    await until(() => first.services.hub.present().some(({ call }) => call?.state === 'talking'), office.timers)
    expect(await colleague(first.page, 'Kim Ode')).toMatchObject({ at: 'here', deviceName: expect.any(String) as string, call: { state: 'talking', since: answeredAt }, free: false, extension: '102' })
    say(second, 'sip:3', { state: 'held', heldMs: 0, ...up })
    await until(() => first.services.hub.present().some(({ call }) => call?.state === 'holding'), office.timers)

    say(second, 'sip:3', { state: 'ended', cause: 'hungUp', agentId: kimId, ringMs: 4_000, answeredAt, endedAt: answeredAt + 70_000, talkMs: 70_000 })
    await office.settled(first, second)
    await until(() => first.services.hub.present().every(({ call }) => call === null), office.timers)
    expect(await colleague(first.page, 'Kim Ode')).toMatchObject({ status: 'wrapUp', call: null, free: false })

    const [row] = (await kim.ask<{ rows: readonly CallLogRow[] }>('calls.day', { day: null })).rows
    await office.timers.pass(20_000)
    await kim.ask('call.conclude', { callId: row?.callId, outcome: 'unbooked', reason: 'Will think about it', callBackBy: null, callerName: '', notes: '' })
    await office.settled(first, second)
    expect(await colleague(first.page, 'Kim Ode')).toMatchObject({ status: 'available', free: true })
    expect(first.rows()['status_change']?.map(({ status }) => status).sort()).toEqual(['available', 'wrapUp'])
    await office.timers.pass(60_000)
    // A manager sees the day at another workstation; the person themselves does not look at others' days.
    const day = await first.page.ask<PersonDay>('phoneOffice.personDay', { userId: kimId, day: null })
    expect(day).toMatchObject({ name: 'Kim Ode', calls: { count: 1, talkMs: 70_000 } })
    expect(day.spans.map(({ status }) => status)).toEqual(['wrapUp', 'available'])
    await expect(kim.ask('phoneOffice.personDay', { userId: seanId, day: null })).rejects.toMatchObject({ error: { code: 'people.notAllowed' } })
    await expect(first.page.ask('phoneOffice.personDay', { userId: newId(), day: null })).rejects.toMatchObject({ error: { code: 'people.unknown' } })
  })

  it('wraps up no longer than the company allows, and back from home is back at work', async () => {
    await first.page.ask('phoneRules.configure', { set: { wrapUpSeconds: 30 } })
    await office.settled(first, second)
    const answeredAt = second.services.now()
    say(second, 'sip:4', { state: 'ended', cause: 'hungUp', agentId: kimId, ringMs: 4_000, answeredAt, endedAt: answeredAt + 70_000, talkMs: 70_000 })
    await office.settled(first, second)
    expect((await colleague(first.page, 'Kim Ode')).status).toBe('wrapUp')
    await office.timers.pass(31_000)
    expect((await colleague(first.page, 'Kim Ode')).status).toBe('available')
    await kim.ask('status.enter', { userId: kimId, status: 'gone' })
    await kim.ask('session.signIn', { userId: kimId, pin: PIN })
    await office.settled(first, second)
    expect((await colleague(first.page, 'Kim Ode')).status).toBe('available')
  })

  it('is nobody elsewhere while the hub is away, and the wall says since when', async () => {
    expect((await wall(first.page)).staleSince).toBeNull()
    office.hub.cut()
    await until(() => first.state().link === 'offline', office.timers)
    expect((await wall(first.page)).staleSince).toBe(first.state().since)
    expect(await colleague(first.page, 'Kim Ode')).toMatchObject({ at: 'out', free: false })
  })
})

describe('the wall', () => {
  it('says at one workstation what happens at the other', async () => {
    const now = second.services.now()
    say(second, 'sip:5', { state: 'offered', ringMs: 100 }, { offeredAt: now })
    await office.settled(first, second)
    expect((await wall(first.page)).waiting).toMatchObject([{ lineName: 'Copper Ridge HVAC', number: '+15550142210', since: now, limitSeconds: 18 }])

    say(second, 'sip:5', { state: 'ended', cause: 'callerHungUp', agentId: null, ringMs: 20_000, answeredAt: null, endedAt: now + 20_000, talkMs: 0 }, { offeredAt: now })
    const answered = (externalId: string, ringMs: number, lineNumber: string): void =>
      say(second, externalId, { state: 'ended', cause: 'hungUp', agentId: kimId, ringMs, answeredAt: now + ringMs, endedAt: now + 90_000, talkMs: 70_000 }, { offeredAt: now, lineNumber, fromNumber: '+15550142299' })
    answered('sip:6', 17_000, MAIN)
    answered('sip:7', 20_000, MAIN)
    answered('sip:8', 20_000, SALES)
    second.office.phone.say({ kind: 'voicemail', call: { externalId: 'sip:9', direction: 'in', lineName: '', lineNumber: '+15550149999', fromNumber: '+15550142300', offeredAt: now, practice: false }, voicemail: { leftAt: now + MINUTE, seconds: 30, recording: null } })
    say(second, 'sip:9', { state: 'ended', cause: 'callerHungUp', agentId: null, ringMs: 20_000, answeredAt: null, endedAt: now + MINUTE, talkMs: 0 }, { offeredAt: now, lineNumber: '+15550149999', fromNumber: '+15550142300' })
    await first.page.ask('call.logByHand', { id: newId(), callerName: 'Priya', fromNumber: null, notes: 'No heat', at: now, lineName: '', lineNumber: '', customerId: null, callBackBy: null, answered: true })
    await office.settled(first, second)

    const seen = await wall(first.page)
    expect(seen.waiting).toEqual([])
    expect(seen.today).toEqual({ incoming: 6, answered: 4, measured: 3, inTime: 2, abandoned: 2 })
    expect(seen.missed).toEqual({ owed: 1, late: 0, returnedInTime: 0, returnedLate: 0 })
    expect(seen.voicemails).toMatchObject([{ number: '+15550142300', leftAt: now + MINUTE, dueAt: now + MINUTE + HOUR }])
    expect(seen.lines.map(({ name, incoming, answered: taken, inTime, abandoned }) => [name, incoming, taken, inTime, abandoned])).toEqual([
      ['Copper Ridge HVAC', 3, 2, 1, 1],
      ['Copper Ridge Estimates', 1, 1, 1, 0],
      ['Other numbers', 2, 1, 0, 1],
    ])
    expect(seen.expected).toBeNull()
    await kim.ask('session.state')
    // What is read at the second workstation is the same office.
    const there = await wall(kim)
    expect({ today: there.today, missed: there.missed, lines: there.lines }).toEqual({ today: seen.today, missed: seen.missed, lines: seen.lines })

    await office.timers.pass(2 * HOUR)
    expect((await wall(first.page)).missed).toMatchObject({ owed: 1, late: 1 })
  })

  it('expects as many calls as the same weekday has usually brought', async () => {
    const now = first.services.now()
    for (const weeks of [1, 2]) {
      for (const [index, after] of [-HOUR, HOUR, 2 * HOUR].entries()) {
        const offeredAt = now - weeks * 7 * 24 * HOUR + after
        say(first, `sip:w${weeks}${index}`, { state: 'ended', cause: 'hungUp', agentId: seanId, ringMs: 2_000, answeredAt: offeredAt, endedAt: offeredAt + 90_000, talkMs: 90_000 }, { offeredAt })
      }
    }
    expect((await wall(first.page)).expected).toMatchObject({ weeks: 2, usualSoFar: 1, usualRest: 2 })
  })
})

describe('an outage', () => {
  it('is told to the pages, gives the back-up number, is over by itself, and the other workstation’s wall knows of it', async () => {
    await first.page.ask('phoneRules.configure', { set: { backupNumber: '+15550149000' } })
    first.office.phone.say({ kind: 'line', line: lineState('ready') })
    const began = first.services.now()
    first.office.phone.say({ kind: 'line', line: lineState('down', 'The server does not answer.') })
    first.office.phone.say({ kind: 'line', line: lineState('connecting') })
    first.office.phone.say({ kind: 'line', line: lineState('down', 'The server does not answer.') })
    expect(await first.page.ask('phoneOffice.outage')).toEqual({ down: { since: began, reason: 'The server does not answer.', account: 'Extension 101 at phones.example.com' }, backups: [{ name: 'All lines', number: '+15550149000' }] })
    expect(first.page.events.filter(({ name }) => name === 'phoneOutage')).toHaveLength(1)
    await office.settled(first, second)
    expect((await wall(kim)).outages).toMatchObject([{ deviceName: 'Front desk', reason: 'The server does not answer.', downAt: began, upAt: null }])
    expect(await kim.ask('phoneOffice.outage')).toMatchObject({ down: null })

    await office.timers.pass(5 * MINUTE)
    first.office.phone.say({ kind: 'line', line: lineState('ready') })
    expect(await first.page.ask('phoneOffice.outage')).toMatchObject({ down: null })
    await office.settled(first, second)
    expect((await wall(kim)).outages).toMatchObject([{ downAt: began, upAt: first.services.now() }])
    expect(first.services.store.engine.answer({ kind: 'all', table: phoneOutageTable })).toHaveLength(1)
  })
})

describe('a call while the office is closed', () => {
  it('is promised for the hour after it opens, whatever was left', async () => {
    // 8 AM in Chicago; the evening before, at 10 PM.
    const evening = first.services.now() - 10 * HOUR
    const opens = Date.UTC(2026, 6, 14, 12)
    say(first, 'sip:10', { state: 'ended', cause: 'callerHungUp', agentId: null, ringMs: 20_000, answeredAt: null, endedAt: evening + 20_000, talkMs: 0 }, { offeredAt: evening })
    const { rows } = await first.page.ask<{ rows: readonly CallLogRow[] }>('calls.day', { day: '2026-07-13' })
    expect(rows).toMatchObject([{ followUp: 'owed', callBackBy: opens + HOUR }])
  })
})
