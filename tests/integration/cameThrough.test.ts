import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { LiveCall } from '../../src/shared/contract/methods/calls.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { type Call, callTable } from '../../src/shared/domain/calls/tables.ts'
import { get } from '../../src/shared/domain/kernel/load.ts'
import type { CallPhase, LineState, PhoneCall } from '../../src/main/phone/port.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const EMERGENCIES = '+15550142009'
const ALWAYS_OPEN = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opensAt: 0, closesAt: 1_439 }))
const LINE = { number: EMERGENCIES, name: 'Copper Ridge Emergencies', businessUnitId: null, purpose: 'emergency', skills: [], roles: [], firstSeconds: null, backupNumber: '', ringLimitSeconds: null, hours: ALWAYS_OPEN, consentText: '', recordingDays: null, recordMode: 'always', consentBy: 'system', position: 0, active: true }
/** Eight in the evening of a Tuesday in Chicago: the office is closed. */
const EVENING = Date.UTC(2026, 6, 15, 1, 0)
const TALKS = { state: 'active', ringMs: 4_000, answeredAt: EVENING + 4_000, talkMs: 0 } as const

let office: LinkedOffice
let rung: Desk
let asked: Desk
let seanId: string

beforeEach(async () => {
  office = new LinkedOffice()
  rung = await office.founder()
  asked = await office.joiner()
  seanId = (await rung.page.ask<{ people: readonly { userId: string }[] }>('session.state')).people[0]?.userId ?? ''
  await rung.page.ask('phoneLine.save', { id: newId(), ...LINE })
  const line: LineState = { status: 'ready', at: EVENING, reason: '', account: 'Extension 102', abilities: ['record'], doNotDisturb: false, messages: null, audio: null }
  asked.office.phone.say({ kind: 'line', line })
  await office.settled(rung, asked)
})

afterEach(() => office.close())

function say({ office: { phone } }: Desk, externalId: string, phase: CallPhase, more: Partial<PhoneCall> = {}): void {
  const identity = { externalId, direction: 'in', lineName: '', lineNumber: '', fromNumber: '+15550142210', offeredAt: EVENING, practice: false } as const
  phone.say({ kind: 'call', call: { ...identity, ...more, ...phase } as PhoneCall })
}

const heard = async ({ page }: Desk): Promise<LiveCall> => {
  await page.ask('session.state')
  return page.events.filter(({ name }) => name === 'phone').at(-1)?.payload as LiveCall
}

const recordOf = ({ services: { store } }: Desk, externalId: string): Call | undefined => store.engine.run(get(callTable, callIdOf(store.companyId, externalId)))

const ends = (by: Desk, externalId: string, more: Partial<PhoneCall> = {}): void =>
  say(by, externalId, { state: 'ended', cause: 'callerHungUp', ringMs: 0, agentId: seanId, answeredAt: EVENING + 30_000, endedAt: EVENING + 60_000, talkMs: 30_000 }, more)

it.for([
  ['came through to whoever was asked', { cameThrough: true }],
  ['was picked up', {}],
] as const)('gives a caller who %s the line that they dialled, with its rules and its hours', async ([, how]) => {
  say(rung, 'sip:first', { state: 'offered', ringMs: 100 }, { lineNumber: EMERGENCIES })
  say(rung, 'sip:first', { ...TALKS, agentId: seanId }, { lineNumber: EMERGENCIES })
  await office.settled(rung, asked)
  asked.office.phone.sent.splice(0)
  say(asked, 'sip:first', { ...TALKS, agentId: seanId, answeredAt: EVENING + 30_000 }, how)
  expect(await heard(asked)).toMatchObject({ lineName: LINE.name, line: { purpose: 'emergency' }, tape: { mode: 'always' } })
  expect(asked.office.phone.sent).toMatchObject([{ kind: 'record', externalId: 'sip:first', to: 'on' }])
  ends(asked, 'sip:first', how)
  expect(recordOf(asked, 'sip:first')).toMatchObject({ lineName: LINE.name, lineNumber: EMERGENCIES, countsFrom: null })
})

it('follows the rule of their line as soon as it is known, where the caller was here before the hub said who they are', async () => {
  say(rung, 'sip:early', { state: 'offered', ringMs: 100 }, { lineNumber: EMERGENCIES })
  // Nothing has come over the line between the two yet.
  say(asked, 'sip:early', { ...TALKS, agentId: seanId, answeredAt: EVENING + 30_000 }, { cameThrough: true })
  expect(await heard(asked)).toMatchObject({ tape: { mode: 'onRequest', consented: false } })
  asked.office.phone.sent.splice(0)
  await office.settled(rung, asked)
  expect(await heard(asked)).toMatchObject({ lineName: LINE.name, line: { purpose: 'emergency' }, tape: { mode: 'always', consented: true } })
  expect(asked.office.phone.sent).toMatchObject([{ kind: 'record', externalId: 'sip:early', to: 'on' }])
  ends(asked, 'sip:early', { cameThrough: true })
  expect(recordOf(asked, 'sip:early')).toMatchObject({ lineNumber: EMERGENCIES })
})

it('leaves it to the telephone that rang which hours hold, where their line is not known here yet', () => {
  say(asked, 'sip:unheard', { ...TALKS, agentId: seanId }, { cameThrough: true })
  ends(asked, 'sip:unheard', { cameThrough: true })
  expect(recordOf(asked, 'sip:unheard')).toMatchObject({ countsFrom: null })
  // Whoever rings on no line of ours rings the office, which is closed.
  say(asked, 'sip:rang', { state: 'offered', ringMs: 100 })
  ends(asked, 'sip:rang')
  expect(recordOf(asked, 'sip:rang')?.countsFrom).toBe(Date.UTC(2026, 6, 15, 12, 0))
})

it('is over with a transfer to a colleague of whose telephone nothing is heard, and up again where that one says so', async () => {
  const kimId = newId()
  await rung.page.ask('user.add', { id: kimId, name: 'Kim Ode', roles: ['inboundCsr'] })
  say(rung, 'ringcentral:s-1', { ...TALKS, agentId: seanId }, { lineNumber: EMERGENCIES })
  say(rung, 'ringcentral:s-1', { state: 'ended', cause: 'transferred', unheard: true, ringMs: 4_000, agentId: kimId, answeredAt: EVENING + 4_000, endedAt: EVENING + 30_000, talkMs: 26_000, transferred: { byAgentId: seanId, at: EVENING + 30_000 } }, { lineNumber: EMERGENCIES })
  expect(recordOf(rung, 'ringcentral:s-1')).toMatchObject({ state: 'ended', endCause: 'transferred', agentId: kimId, transferredBy: seanId })
  await office.settled(rung, asked)
  say(asked, 'ringcentral:s-1', { ...TALKS, agentId: kimId, answeredAt: EVENING + 30_000 }, { lineNumber: EMERGENCIES })
  expect(recordOf(asked, 'ringcentral:s-1')).toMatchObject({ state: 'live', agentId: kimId })
  say(asked, 'ringcentral:s-1', { state: 'ended', cause: 'callerHungUp', ringMs: 1_000, agentId: kimId, answeredAt: EVENING + 30_000, endedAt: EVENING + 200_000, talkMs: 170_000 }, { lineNumber: EMERGENCIES })
  expect(recordOf(asked, 'ringcentral:s-1')).toMatchObject({ state: 'ended', endCause: 'callerHungUp', endedAt: EVENING + 200_000, agentId: kimId, transferredBy: seanId })
})
