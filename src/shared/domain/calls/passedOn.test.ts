import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { Office } from '../../../../tests/support/office.ts'
import { callIdOf } from './facts.ts'
import { type Call, callTable } from './tables.ts'

const NUMBER = '+15550142210'
const ring = (office: Office, more: Record<string, unknown> = {}) => ({
  externalId: 'practice:1',
  direction: 'in',
  lineName: 'HVAC line',
  lineNumber: '+15550142000',
  fromNumber: NUMBER,
  offeredAt: office.now,
  practice: false,
  ...more,
})

let office: Office
let agentId: string

beforeEach(() => {
  office = new Office()
  agentId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
})

const theCall = (): Call => {
  const [call] = office.engine.rows(callTable)
  if (!call) throw new Error('There is no call')
  return call
}

function miss(more: Record<string, unknown> = {}, endCause = 'callerHungUp'): Call {
  const base = ring(office, more)
  office.must('call.offered', base)
  office.must('call.ended', { ...base, ringMs: 14_000, answeredAt: null, agentId: null, endedAt: office.now + 14_000, talkMs: 0, endCause })
  return theCall()
}

const conclusion = (more: Record<string, unknown> = {}) => ({ callId: theCall().id, outcome: 'unbooked', reason: 'Wants to ask her husband', callBackBy: null, callerName: 'Priya', notes: '', ...more })

function addCustomer(name: string, phone: string): string {
  const customerId = newId()
  office.must(
    'customer.create',
    {
      customerId,
      kind: 'residential',
      firstName: name,
      lastName: 'Natarajan',
      companyName: '',
      leadSource: 'Referral',
      phones: [{ id: newId(), value: phone, label: 'mobile' }],
      emails: [],
      location: {
        id: newId(),
        kind: 'home',
        line1: '418 Juniper Bend',
        line2: '',
        city: 'Fairhollow',
        state: 'TX',
        postalCode: '75001',
        zone: 'America/Chicago',
        accessNotes: '',
        gateCode: '',
        pets: '',
        latitude: null,
        longitude: null,
        taxZoneId: null,
      },
    },
    agentId,
  )
  return customerId
}

describe('a call that is put through to another telephone', () => {
  let kim: string
  let rang: ReturnType<typeof ring>
  const start = (): number => rang.offeredAt + 9_000
  const base = () => ({ ...rang, ringMs: 9_000, answeredAt: start() })
  const putOn = (by: string, after: number): void => void office.must('call.ended', { ...base(), agentId: by, endedAt: start() + after, talkMs: after, endCause: 'transferred' })
  const takeOver = (by: string, from: string, after: number): void => void office.must('call.transferred', { ...base(), agentId: by, transferredAt: start() + after, transferredBy: from })
  beforeEach(() => {
    kim = newId()
    rang = ring(office)
    office.must('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] }, agentId)
    office.must('call.offered', rang)
    office.must('call.answered', { ...base(), agentId })
  })

  it('is over for us where the other telephone reports nothing, and owes nothing', () => {
    putOn(agentId, 90_000)
    expect(theCall()).toMatchObject({ state: 'ended', endCause: 'transferred', endedAt: start() + 90_000, outcome: 'excused', outcomeByRule: true, followUp: 'none' })
    expect(office.engine.rows(callTable)).toHaveLength(1)
  })

  it('goes on with the colleague, though their machine\u2019s clock is behind', () => {
    putOn(agentId, 90_000)
    takeOver(kim, agentId, 60_000)
    expect(theCall()).toMatchObject({ state: 'live', endedAt: null, endCause: null, outcome: null, agentId: kim })
    office.must('call.ended', { ...base(), agentId: kim, endedAt: start() + 200_000, talkMs: 200_000, endCause: 'callerHungUp' })
    expect(theCall()).toMatchObject({ state: 'ended', endCause: 'callerHungUp', endedAt: start() + 200_000, talkMs: 200_000, agentId: kim, outcome: 'unbooked' })
    expect(office.engine.rows(callTable)).toHaveLength(1)
  })

  it('goes on with the colleague who took it at that moment, though their telephone has said nothing yet', () => {
    const taken = { ...base(), agentId: kim, transferredAt: start() + 90_000, transferredBy: agentId }
    office.must('call.ended', { ...base(), agentId: kim, leftBy: agentId, endedAt: start() + 90_000, talkMs: 90_000, endCause: 'transferred' })
    office.must('call.transferred', taken)
    expect(theCall()).toMatchObject({ state: 'live', agentId: kim, transferredBy: agentId })
    // Their own telephone knows of no transfer.
    office.must('call.answered', { ...base(), agentId: kim })
    expect(theCall()).toMatchObject({ state: 'live', agentId: kim })
    office.must('call.ended', { ...base(), agentId: kim, endedAt: start() + 200_000, talkMs: 110_000, endCause: 'hungUp' })
    expect(theCall()).toMatchObject({ state: 'ended', endCause: 'hungUp', agentId: kim })
  })

  it('is over when the colleague put it on as well', () => {
    takeOver(kim, agentId, 60_000)
    putOn(agentId, 60_100)
    expect(theCall().state).toBe('live')
    putOn(kim, 120_000)
    expect(theCall()).toMatchObject({ state: 'ended', endCause: 'transferred', leftBy: kim })
  })
})

describe('a call that is returned', () => {
  const out = (more: Record<string, unknown> = {}) => ({ ...ring(office), externalId: 'practice:out', direction: 'out', offeredAt: office.now + 60_000, ...more })
  const reach = (more: Record<string, unknown> = {}): void => {
    const call = out(more)
    office.must('call.offered', { ...call, agentId })
    office.must('call.answered', { ...call, ringMs: 4_000, answeredAt: office.now + 64_000, agentId })
  }
  const incoming = (): Call => {
    const call = office.engine.row(callTable, callIdOf(office.companyId, 'practice:1'))
    if (!call) throw new Error('There is no incoming call')
    return call
  }

  it('is done when the number answers, and not while it only rings', () => {
    miss()
    office.must('call.offered', { ...out(), agentId })
    expect(incoming().followUp).toBe('owed')
    reach()
    expect(incoming()).toMatchObject({ followUp: 'done', callBackBy: null, outcome: 'abandoned' })
  })

  it('is done when the customer answers at another number, or where they asked to be called', () => {
    const customerId = addCustomer('Priya', NUMBER)
    miss()
    expect(incoming().customerId).toBe(customerId)
    reach({ fromNumber: '+15550149999', externalId: 'practice:other' })
    expect(incoming().followUp).toBe('owed')
    office.must('call.offered', { ...out({ fromNumber: '+15550149998', externalId: 'practice:meant' }), agentId, customerId })
    office.must('call.answered', { ...out({ fromNumber: '+15550149998', externalId: 'practice:meant' }), ringMs: 1, answeredAt: office.now + 64_000, agentId })
    expect(incoming().followUp).toBe('done')
  })

  it('is done when the named call is answered for, whoever picked up', () => {
    miss({ fromNumber: null })
    const customerId = addCustomer('Priya', '+15550149997')
    office.must('call.link', { callId: incoming().id, customerId, locationId: null }, agentId)
    expect(incoming().followUp).toBe('owed')
    office.must('call.offered', { ...out({ fromNumber: '+15550141111' }), agentId, returnsCallId: incoming().id })
    office.must('call.answered', { ...out({ fromNumber: '+15550141111' }), ringMs: 1, answeredAt: office.now + 64_000, agentId })
    expect(incoming().followUp).toBe('done')
  })

  it('is done in whichever order the two calls are heard of', () => {
    reach()
    miss()
    expect(incoming()).toMatchObject({ outcome: 'abandoned', followUp: 'done', callBackBy: null })
  })

  it('is not done by practice, by an earlier call, or against what a person promised', () => {
    miss()
    reach({ practice: true, externalId: 'practice:p' })
    reach({ offeredAt: office.now - 60_000, externalId: 'practice:before' })
    expect(incoming().followUp).toBe('owed')
    reach()
    office.must('call.conclude', { ...conclusion(), callId: incoming().id, outcome: 'abandoned', callBackBy: office.now + 90 * MINUTE }, agentId)
    expect(incoming().followUp).toBe('owed')
    miss()
    expect(incoming().followUp).toBe('owed')
  })

  it('belongs to whoever dialled, and to the customer they meant', () => {
    addCustomer('Arun', NUMBER)
    const customerId = addCustomer('Priya', NUMBER)
    office.must('call.offered', { ...out(), agentId, customerId })
    expect(office.engine.row(callTable, callIdOf(office.companyId, 'practice:out'))).toMatchObject({ agentId, customerId, direction: 'out', outcome: null, followUp: 'none' })
  })
})
