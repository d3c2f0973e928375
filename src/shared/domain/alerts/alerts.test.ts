import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { callIdOf } from '../calls/facts.ts'
import { callTable } from '../calls/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { DEFAULT_DESK_RULES, deskRules, heldBack, isWaiting, screeningOf, STILL_WAITING } from './settings.ts'
import { alertTable, deskSettingTable } from './tables.ts'

let desk: FrontDesk
let alertId: string

const alert = (id = alertId) => desk.office.engine.row(alertTable, id)
const promise = (id = alertId) => desk.office.engine.row(promiseTable, promiseId(queueId('emergencies'), id))
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })
const accepted = { kind: 'accepted' }

function ring(practice = false): string {
  const externalId = `test:${newId()}`
  desk.office.must('call.offered', { externalId, direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: '+15550149027', offeredAt: desk.office.now, practice })
  return callIdOf(desk.office.companyId, externalId)
}

function raise(more: Readonly<Record<string, unknown>> = {}) {
  alertId = newId()
  desk.office.must('alert.raise', { alertId, kind: 'flood', noticedBy: 'words', summary: 'Water pouring in', caller: 'Martin Okonjo', place: '27 Larkspur Court', callId: null, customerId: desk.customerId, locationId: desk.locationId, ...more }, desk.csrId)
}
const acknowledge = (actorId = desk.dispatcherId) => desk.office.run('alert.acknowledge', { alertId }, actorId)
const change = (kind: string, more: object = {}) => desk.office.run('alert.change', { alertId, kind, summary: 'It is near the panel', caller: '', place: '', customerId: desk.customerId, locationId: null, ...more }, desk.csrId)

beforeEach(() => {
  desk = new FrontDesk()
})

describe('an emergency', () => {
  it('is dispatch\u2019s promise for five minutes, until a person acknowledges it', () => {
    raise()
    expect(alert()).toMatchObject({ state: 'open', kind: 'flood', raisedBy: desk.csrId, customerId: desk.customerId, acknowledgedAt: null, practice: false })
    expect(promise()).toMatchObject({ state: 'open', holderRole: 'dispatcher', holderUserId: null, customerId: desk.customerId, dueAt: (alert()?.raisedAt ?? 0) + 5 * MINUTE })
    expect(acknowledge()).toMatchObject(accepted)
    expect(alert()).toMatchObject({ state: 'acknowledged', acknowledgedBy: desk.dispatcherId, acknowledgedAt: desk.office.now })
    expect(promise()).toMatchObject({ state: 'closed' })
    expect(acknowledge(desk.ownerId)).toMatchObject(refusal('alert.acknowledged', { message: 'Dana Wray has acknowledged this already.' }))
  })

  it('is acknowledged by dispatch, by management, and by whoever stands in for them, never by the one who raised it', () => {
    raise()
    expect(acknowledge(desk.csrId)).toMatchObject(refusal('alert.notYours'))
    desk.office.must('user.change', { userId: desk.dispatcherId, set: { coverUserId: desk.csrId } }, desk.ownerId)
    desk.office.must('user.setPresence', { presence: 'away' }, desk.dispatcherId)
    expect(promise()).toMatchObject({ state: 'open', holderUserId: desk.csrId })
    expect(acknowledge(desk.csrId)).toMatchObject(accepted)
    raise()
    expect(acknowledge(desk.ownerId)).toMatchObject(accepted)
  })

  it('makes its call an emergency call, and taken back a service call again', () => {
    const callId = ring()
    raise({ callId })
    expect(desk.office.engine.row(callTable, callId)).toMatchObject({ kind: 'emergency' })
    expect(desk.office.run('alert.withdraw', { alertId, reason: 'A dripping faucet' }, desk.csrId)).toMatchObject(accepted)
    expect(alert()).toMatchObject({ state: 'withdrawn', reason: 'A dripping faucet', withdrawnBy: desk.csrId })
    expect(desk.office.engine.row(callTable, callId)).toMatchObject({ kind: 'service' })
    expect(promise()).toMatchObject({ state: 'closed' })
    for (const command of ['alert.acknowledge', 'alert.withdraw']) {
      expect(desk.office.run(command, { alertId, ...(command === 'alert.withdraw' ? { reason: 'Again' } : {}) }, desk.dispatcherId)).toMatchObject(refusal('alert.withdrawn', { message: 'Rosa Quill has taken this alert back already: A dripping faucet' }))
    }
    expect(change('gas')).toMatchObject(refusal('alert.withdrawn'))
  })

  it('leaves what somebody said the call is about, and asks for a reason when it is taken back', () => {
    const callId = ring()
    desk.office.must('call.setKind', { callId, kind: 'billing' }, desk.csrId)
    raise({ callId })
    expect(desk.office.engine.row(callTable, callId)).toMatchObject({ kind: 'billing' })
    expect(desk.office.run('alert.withdraw', { alertId, reason: ' ' }, desk.csrId)).toMatchObject({ kind: 'refused' })
  })

  it('alarms again where it turns out more dangerous than was acknowledged, and not where it does not', () => {
    raise()
    acknowledge()
    expect(change('noHeat')).toMatchObject(accepted)
    expect(alert()).toMatchObject({ state: 'acknowledged', kind: 'noHeat' })
    expect(change('floodElectric')).toMatchObject(accepted)
    expect(alert()).toMatchObject({ state: 'open', acknowledgedBy: null, kind: 'floodElectric', raisedAt: desk.office.now, summary: 'It is near the panel' })
    expect(promise()).toMatchObject({ state: 'open', occurrence: 2, dueAt: desk.office.now + 5 * MINUTE })
    expect(ledgerProblems(desk.office.engine.rows.bind(desk.office.engine))).toEqual([])
  })

  it('stands beside a second one, each acknowledged by itself', () => {
    raise()
    const first = alertId
    raise({ kind: 'gas' })
    expect([promise(first), promise()]).toMatchObject([{ state: 'open' }, { state: 'open' }])
    expect(acknowledge()).toMatchObject(accepted)
    expect([promise(first), promise()]).toMatchObject([{ state: 'open' }, { state: 'closed' }])
    expect(alert(first)).toMatchObject({ state: 'open' })
  })

  it('of the practice line counts as practice once the company is live, and the one who practices answers it', () => {
    raise({ callId: ring(true) })
    expect(alert()).toMatchObject({ practice: false })
    desk = new FrontDesk('live')
    raise({ callId: ring(true) })
    expect([alert(), promise()]).toMatchObject([{ practice: true }, { practice: true }])
    expect(acknowledge(desk.csrId)).toMatchObject(accepted)
  })

  it('is nobody\u2019s to take back but the one who raised it, dispatch and management, and unknown where it is not there', () => {
    const otherId = newId()
    desk.office.must('user.add', { id: otherId, name: 'Tom Idle', roles: ['inboundCsr'] }, desk.ownerId)
    raise()
    expect(desk.office.run('alert.withdraw', { alertId, reason: 'No' }, otherId)).toMatchObject(refusal('alert.notYours', { message: 'Only Rosa Quill, dispatch or a manager can take this alert back.' }))
    alertId = newId()
    expect([acknowledge(), change('gas'), desk.office.run('alert.withdraw', { alertId, reason: 'No' }, desk.csrId)]).toMatchObject([refusal('alert.unknown'), refusal('alert.unknown'), refusal('alert.unknown')])
  })
})

describe('the desk', () => {
  const configure = (set: object, actorId = desk.ownerId) => desk.office.run('desk.configure', { set }, actorId)

  it('works by what a company starts with until somebody sets it, part by part', () => {
    expect(deskRules([])).toEqual(DEFAULT_DESK_RULES)
    expect(configure({ weather: 'cold' })).toMatchObject(accepted)
    expect(configure({ screening: 'auto', heldBackJobTypeIds: [desk.jobTypeId] })).toMatchObject(accepted)
    expect(desk.office.engine.rows(deskSettingTable)).toMatchObject([{ ...DEFAULT_DESK_RULES, weather: 'cold', screening: 'auto', heldBackJobTypeIds: [desk.jobTypeId] }])
  })

  it('is set by those who set the company, within limits', () => {
    expect(configure({ weather: 'heat' }, desk.csrId)).toMatchObject({ kind: 'refused' })
    expect(configure({ heldBackJobTypeIds: [newId()] })).toMatchObject(refusal('desk.unknownJobType'))
    for (const set of [{ threshold: 0 }, { etaMinutes: 4 }, { emergencySlots: -1 }, { heldBackJobTypeIds: [desk.jobTypeId, desk.jobTypeId] }]) expect(configure(set)).toMatchObject({ kind: 'refused' })
  })
})

describe('better screening', () => {
  const auto = { screening: 'auto', threshold: 3 } as const

  it('begins by the switch or the load, and ends as it began', () => {
    expect([0, 2, 3, 9].map((waiting) => screeningOf(auto, waiting).active)).toEqual([false, false, true, true])
    expect([0, 9].map((waiting) => screeningOf({ ...auto, screening: 'off' }, waiting).why)).toEqual([null, null])
    expect([0, 9].map((waiting) => screeningOf({ ...auto, screening: 'on' }, waiting).why)).toEqual(['switch', 'switch'])
    expect(screeningOf(auto, 3).why).toBe('load')
  })

  it('counts who rings and who was missed lately, no practice, nobody who was called back', () => {
    const now = 1_000_000_000_000
    const call = { direction: 'in', state: 'ringing', followUp: 'none', offeredAt: now - MINUTE, answeredAt: null, practice: false } as const
    expect(isWaiting(call, now)).toBe(true)
    const missed = { ...call, state: 'ended', followUp: 'owed' } as const
    expect(isWaiting(missed, now)).toBe(true)
    for (const other of [{ ...call, practice: true }, { ...call, direction: 'out' as const }, { ...call, state: 'live' as const }, { ...missed, followUp: 'done' as const }, { ...missed, offeredAt: now - STILL_WAITING }, { ...missed, answeredAt: now - MINUTE }]) expect(isWaiting(other, now)).toBe(false)
  })

  it('holds back what the manager chose, and no emergency', () => {
    const rules = { heldBackJobTypeIds: ['tune-up'] }
    const [on, off] = [screeningOf({ ...auto, screening: 'on' }, 0), screeningOf(auto, 0)]
    expect(heldBack('tune-up', rules, on, false)).toMatch(/manager/)
    expect(heldBack('tune-up', rules, screeningOf(auto, 5), false)).toMatch(/waiting/)
    expect([heldBack('tune-up', rules, on, true), heldBack('tune-up', rules, off, false), heldBack('repair', rules, on, false)]).toEqual([null, null, null])
  })
})
