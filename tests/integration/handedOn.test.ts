import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { wallTimeOf } from '../../src/shared/base/zone.ts'
import type { CallPhase, ExtensionState, PhoneCall } from '../../src/main/phone/port.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const START = 1_783_000_000_000
const ZONE = 'America/Chicago'
const DESK_PHONE = '201'
const IDENTITY = { externalId: 'sip:one@pbx', direction: 'in', lineName: 'Main line', lineNumber: '+15550142000', fromNumber: '+15550142210', offeredAt: START, practice: false } as const

let office: TestBackend
let rosa: Page
let rosaId: string
let danaId: string

beforeEach(async () => {
  office = startBackend({ quiet: true })
  rosa = office.page()
  await rosa.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Rosa Quill', pin: '2468' })
  rosaId = (await rosa.ask<{ person: { userId: string } }>('session.state')).person.userId
  danaId = newId()
  await rosa.ask('user.add', { id: danaId, name: 'Dana Wray', roles: ['dispatcher'] })
  await rosa.ask('phoneExtension.save', { userId: danaId, extension: DESK_PHONE, groups: [], skills: [] })
})

afterEach(() => office.close())

const says = (phase: CallPhase): void => office.phone.say({ kind: 'call', call: { ...IDENTITY, ...phase } as PhoneCall })
const deskPhoneIs = (state: ExtensionState['state']): void => office.phone.say({ kind: 'extension', extension: { extension: DESK_PHONE, state } })

async function record(): Promise<unknown> {
  const { rows } = await rosa.ask<{ rows: readonly { callId: string }[] }>('calls.day', { day: wallTimeOf(START, ZONE).day })
  expect(rows).toHaveLength(1)
  return rosa.ask('calls.detail', { callId: rows[0]?.callId })
}

/** Rosa put the caller through to dispatch's desk telephone, which is no Baton's. */
function putThrough(): void {
  says({ state: 'offered', ringMs: 0 })
  says({ state: 'active', ringMs: 4_000, agentId: rosaId, answeredAt: START + 4_000, talkMs: 0 })
  deskPhoneIs('busy')
  says({ state: 'ended', cause: 'transferred', ringMs: 4_000, agentId: danaId, answeredAt: START + 4_000, endedAt: START + 30_000, talkMs: 26_000, transferred: { byAgentId: rosaId, at: START + 30_000 } })
}

it('ends a call that went to a colleague\u2019s own telephone once that is idle, and owes nothing', async () => {
  putThrough()
  expect(await record()).toMatchObject({ state: 'live', agentName: 'Dana Wray', transferredBy: 'Rosa Quill' })
  deskPhoneIs('idle')
  expect(await record()).toMatchObject({ state: 'ended', endCause: 'transferred', agentName: 'Dana Wray', outcome: 'excused', followUp: 'none' })
})

it('lets an end that the colleague\u2019s telephone reports itself stand above it', async () => {
  putThrough()
  deskPhoneIs('idle')
  says({ state: 'ended', cause: 'callerHungUp', ringMs: 4_000, agentId: danaId, answeredAt: START + 4_000, endedAt: START + 200_000, talkMs: 196_000, transferred: { byAgentId: rosaId, at: START + 30_000 } })
  expect(await record()).toMatchObject({ state: 'ended', endCause: 'callerHungUp', endedAt: START + 200_000, outcome: 'unbooked' })
})

it('ends nothing else that is up, and nothing where the telephone has been idle all along', async () => {
  says({ state: 'offered', ringMs: 0 })
  says({ state: 'active', ringMs: 4_000, agentId: danaId, answeredAt: START + 4_000, talkMs: 0 })
  deskPhoneIs('busy')
  deskPhoneIs('idle')
  expect(await record()).toMatchObject({ state: 'live', agentName: 'Dana Wray' })
})
