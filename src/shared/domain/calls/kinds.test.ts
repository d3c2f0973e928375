import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { Office } from '../../../../tests/support/office.ts'
import { CALL_KIND_RULES, CALL_KINDS, type CallKind } from './kinds.ts'
import { type Call, callTable, knownNumberTable } from './tables.ts'

const NUMBER = '+15550142210'

let office: Office
let agentId: string

beforeEach(() => {
  office = new Office()
  agentId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
})

const identity = (externalId = 'sip:1') => ({ externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: NUMBER, offeredAt: office.now, practice: false })

const theCall = (): Call => {
  const [call] = office.engine.rows(callTable)
  if (!call) throw new Error('There is no call')
  return call
}

const answer = (): void => void office.must('call.answered', { ...identity(), ringMs: 9_000, answeredAt: office.now + 9_000, agentId })
const ringOut = (): void => void office.must('call.ended', { ...identity(), ringMs: 20_000, answeredAt: null, agentId: null, endedAt: office.now + 20_000, talkMs: 0, endCause: 'callerHungUp' })
const hangUp = (): void =>
  void office.must('call.ended', { ...identity(), ringMs: 9_000, answeredAt: office.now + 9_000, agentId, endedAt: office.now + 129_000, talkMs: 120_000, endCause: 'callerHungUp' })

function addCustomer(phone: string): void {
  office.must('customer.create', {
    customerId: newId(),
    kind: 'residential',
    firstName: 'Priya',
    lastName: 'Natarajan',
    companyName: '',
    leadSource: '',
    phones: [{ id: newId(), value: phone, label: 'mobile' }],
    emails: [],
    location: null,
  }, agentId)
}

describe('what a call is about', () => {
  it('gives every kind a key of its own', () => {
    expect(new Set(CALL_KINDS.map((kind) => CALL_KIND_RULES[kind].shortcut)).size).toBe(CALL_KINDS.length)
  })

  it.each([
    ['whereIsTechnician', 'excused'],
    ['solicitor', 'notLead'],
    ['wrongNumber', 'notLead'],
  ] as const)('ends a call about %s as %s where the answer was all of it', (kind, outcome) => {
    answer()
    office.must('call.setKind', { callId: theCall().id, kind }, agentId)
    hangUp()
    expect(theCall()).toMatchObject({ outcome, outcomeByRule: true, followUp: 'none' })
  })

  it.each(CALL_KINDS.filter((kind) => CALL_KIND_RULES[kind].answered === null))('owes a call back after a call about %s of which nothing came', (kind) => {
    answer()
    office.must('call.setKind', { callId: theCall().id, kind }, agentId)
    hangUp()
    expect(theCall()).toMatchObject({ outcome: 'unbooked', followUp: 'owed' })
  })

  it('comes to the same whether the kind is said during the call or after', () => {
    const end = (kind: CallKind, after: boolean): unknown => {
      office = new Office()
      office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: agentId, ownerName: 'Rosa Quill' })
      answer()
      if (!after) office.must('call.setKind', { callId: theCall().id, kind }, agentId)
      hangUp()
      if (after) office.must('call.setKind', { callId: theCall().id, kind }, agentId)
      const { outcome, reason, followUp, callBackBy, endedAt } = theCall()
      return { outcome, reason, followUp, callBackAfter: callBackBy === null || endedAt === null ? null : callBackBy - endedAt }
    }
    for (const kind of CALL_KINDS) expect(end(kind, true), kind).toEqual(end(kind, false))
  })
})

describe('who else rings', () => {
  it('keeps a vendor\u2019s number, and says what the next call from it is about', () => {
    office.must('number.remember', { number: NUMBER, kind: 'vendor', name: 'Keystone Supply' }, agentId)
    office.must('call.offered', identity())
    expect(theCall().kind).toBe('vendor')
    ringOut()
    expect(theCall().followUp, 'a vendor who was missed is called back').toBe('owed')
  })

  it('logs the call of a blocked number and owes it nothing', () => {
    office.must('number.block', { number: NUMBER }, agentId)
    office.must('call.offered', identity())
    ringOut()
    expect(theCall()).toMatchObject({ kind: 'solicitor', outcome: 'notLead', followUp: 'none' })
    office.must('number.forget', { number: NUMBER }, agentId)
    expect(office.engine.rows(knownNumberTable)).toEqual([])
  })

  it('never blocks a customer or one of ours', () => {
    addCustomer(NUMBER)
    expect(office.run('number.block', { number: NUMBER }, agentId)).toMatchObject({ kind: 'refused', refusal: { code: 'number.customer' } })
    office.must('number.remember', { number: '+15550140001', kind: 'technician', name: 'Al Reyes' }, agentId)
    expect(office.run('number.block', { number: '+15550140001' }, agentId)).toMatchObject({ kind: 'refused', refusal: { code: 'number.technician' } })
  })

  it('takes whoever has become a customer meanwhile for a customer', () => {
    office.must('number.block', { number: NUMBER }, agentId)
    addCustomer(NUMBER)
    office.must('call.offered', identity())
    expect(theCall()).toMatchObject({ kind: null })
    expect(theCall().customerId).not.toBeNull()
  })
})
