import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { DAY, HOUR } from '../../base/time.ts'
import { Office } from '../../../../tests/support/office.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { callIdOf } from '../calls/facts.ts'
import { callTable } from '../calls/tables.ts'
import { noteTable } from '../customers/tables.ts'
import { DEFAULT_QUEUES, queueId } from './defaultQueues.ts'
import { promiseId } from './engine.ts'
import { expr } from './expression.ts'
import { promiseTable, queueTable } from './tables.ts'

const owner = newId()
const csr = newId()
const other = newId()
const CALLS = queueId('calls-to-return')

let office: Office
let callId: string

/** A call that nobody answered: the office owes a call back. */
function missCall(): string {
  const externalId = 'line-1/1'
  const identity = { externalId, direction: 'in', lineName: 'Main', lineNumber: '+15550142000', fromNumber: '+15550147731', offeredAt: office.now, practice: false }
  office.must('call.ended', { ...identity, ringMs: 24_000, answeredAt: null, agentId: null, endedAt: office.now + 24_000, talkMs: null, endCause: 'callerHungUp' })
  return callIdOf(office.companyId, externalId)
}

const promise = () => office.engine.row(promiseTable, promiseId(CALLS, callId))
const work = (outcomeKey: string, note = '', more: object = {}) => office.run('promise.recordOutcome', { promiseId: promiseId(CALLS, callId), outcomeKey, note, ...more }, csr)

beforeEach(() => {
  office = new Office()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: owner, ownerName: 'Rosa Quill' })
  office.must('user.add', { id: csr, name: 'Kim Ode', roles: ['inboundCsr'] }, owner)
  office.must('user.add', { id: other, name: 'Lena Hart', roles: ['inboundCsr'] }, owner)
  callId = missCall()
})

describe('promise.recordOutcome', () => {
  it('settles: the record, the promise and a note on the record in one command', () => {
    expect(promise()).toMatchObject({ state: 'open', holderRole: 'inboundCsr', holderUserId: null })
    expect(work('reached', 'Booked for Friday.')).toMatchObject({ kind: 'accepted' })
    expect(office.engine.row(callTable, callId)?.followUp).toBe('done')
    expect(promise()).toMatchObject({ state: 'closed', lastOutcome: 'reached', tries: 1, note: 'Booked for Friday.' })
    expect(office.engine.rows(noteTable)).toMatchObject([{ subjectKind: 'call', subjectId: callId, body: 'Reached: Booked for Friday.', authorId: csr }])
    expect(ledgerProblems((table) => office.engine.rows(table))).toEqual([])
  })

  it('comes back later after a try, never beyond the bound', () => {
    work('noAnswer')
    expect(promise()).toMatchObject({ state: 'open', tries: 1, lastOutcome: 'noAnswer', dueAt: office.now + HOUR, dueSetAt: office.now })
    work('leftMessage', '', { dueAt: office.now + 300 * DAY })
    expect(promise()).toMatchObject({ tries: 2, dueAt: office.now + 30 * DAY })
  })

  it('asks for the reason where the outcome needs one', () => {
    expect(work('declined')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.note', field: 'note' } })
    expect(work('declined', 'Sold the house.')).toMatchObject({ kind: 'accepted' })
    expect(office.engine.row(callTable, callId)?.followUp).toBe('dropped')
  })

  it('refuses what is settled already, what is not there and what the queue does not know', () => {
    expect(work('nonsense')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.outcome' } })
    expect(work('noAnswer', '', { dueAt: office.now - 1 })).toMatchObject({ kind: 'refused', refusal: { code: 'promise.past', field: 'dueAt' } })
    work('reached')
    expect(work('reached')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.closed' } })
    expect(office.run('promise.recordOutcome', { promiseId: newId(), outcomeKey: 'reached', note: '' }, csr)).toMatchObject({ kind: 'refused', refusal: { code: 'promise.unknown' } })
  })
})

describe('holders', () => {
  const handOver = (toUserId: string | null, toRole: string) => office.run('promise.handOver', { promiseId: promiseId(CALLS, callId), toUserId, toRole }, csr)

  it('take and hand over to who is there, and to nobody else', () => {
    office.must('promise.take', { promiseId: promiseId(CALLS, callId) }, csr)
    expect(promise()).toMatchObject({ holderUserId: csr })
    expect(handOver(other, 'inboundCsr')).toMatchObject({ kind: 'accepted' })
    expect(promise()).toMatchObject({ holderUserId: other })
    office.must('user.setPresence', { presence: 'away' }, other)
    expect(promise()).toMatchObject({ holderUserId: null, holderRole: 'inboundCsr', assignedUserId: other })
    expect(handOver(other, 'inboundCsr')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.toAbsent', message: 'Lena Hart is not here. Hand it to somebody who is.' } })
    expect(handOver(null, 'dispatcher')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.toNobody', field: 'toRole' } })
    expect(handOver(newId(), 'dispatcher')).toMatchObject({ kind: 'refused', refusal: { code: 'promise.toNobody', field: 'toUserId' } })
    office.must('user.setPresence', { presence: 'active' }, other)
    expect(promise()).toMatchObject({ holderUserId: other })
  })
})

describe('promise.postpone', () => {
  const postpone = (dueAt: number) => office.run('promise.postpone', { promiseId: promiseId(CALLS, callId), dueAt, reason: 'She is at work until five.' }, csr)

  it('moves the due time within the bound, with the reason', () => {
    expect(postpone(office.now + 5 * HOUR)).toMatchObject({ kind: 'accepted' })
    expect(promise()).toMatchObject({ note: 'She is at work until five.', dueSetAt: office.now })
    expect(postpone(office.now)).toMatchObject({ kind: 'refused', refusal: { code: 'promise.past' } })
    expect(postpone(office.now + 31 * DAY)).toMatchObject({ kind: 'refused', refusal: { code: 'promise.tooFar', message: 'A promise in \u201cCalls to return\u201d is due within 30 days.' } })
  })
})

describe('queue.adopt', () => {
  it('adds what a newer Baton brings, and leaves alone what is there', () => {
    const tasks = DEFAULT_QUEUES.find(({ key }) => key === 'tasks')
    office.must('queue.save', { ...tasks, name: 'Things to do', active: false }, owner)
    const later = { ...DEFAULT_QUEUES[0], id: queueId('later'), key: 'later', name: 'Of a later Baton' }
    office.must('queue.adopt', { queues: [tasks, later, { ...later, id: queueId('other') }, { ...later, id: queueId('broken'), key: 'broken', condition: expr.is('colour', 'red') }] })
    expect(office.engine.row(queueTable, queueId('tasks'))).toMatchObject({ name: 'Things to do', active: false })
    expect(office.engine.rows(queueTable)).toHaveLength(DEFAULT_QUEUES.length + 1)
    expect(office.engine.row(promiseTable, promiseId(queueId('later'), callId))).toMatchObject({ state: 'open' })
    expect(ledgerProblems((table) => office.engine.rows(table))).toEqual([])
  })
})

describe('queue.save', () => {
  const base = { ...DEFAULT_QUEUES[0], id: queueId('mine'), key: 'mine', name: 'Mine' }
  const save = (more: object) => office.run('queue.save', { ...base, ...more }, owner)

  it('keeps every queue Baton ships with', () => {
    expect(office.engine.rows(queueTable)).toHaveLength(DEFAULT_QUEUES.length)
    for (const queue of DEFAULT_QUEUES) expect(office.run('queue.save', queue, owner)).toMatchObject({ kind: 'accepted' })
  })

  it('opens and closes promises as its condition says, at once', () => {
    save({})
    expect(office.engine.row(promiseTable, promiseId(base.id, callId))?.state).toBe('open')
    save({ condition: expr.all(expr.is('followUp', 'owed'), expr.is('direction', 'out')), outcomes: [base.outcomes?.[0]] })
    expect(office.engine.row(promiseTable, promiseId(base.id, callId))?.state).toBe('closed')
    expect(ledgerProblems((table) => office.engine.rows(table))).toEqual([])
  })

  it.each([
    ['a field that records do not have', { condition: expr.is('colour', 'red') }, 'condition', 'A call has no field \u201ccolour\u201d.'],
    ['a value that a field never takes', { condition: expr.is('followUp', 'owing') }, 'condition', '\u201cfollowUp\u201d is never \u201cowing\u201d; it is one of none, owed, done, dropped.'],
    ['a condition that is not true or false', { condition: expr.field('reason') }, 'condition', 'The condition must come to true or false.'],
    ['a condition about nothing', { condition: expr.value(true) }, 'condition', 'The condition must read at least one field of the record.'],
    ['a condition with a clock', { condition: { kind: 'compare', by: 'lt', left: expr.openedAt, right: expr.field('offeredAt') } }, 'condition', 'A condition can\u2019t depend on when the promise was opened; only a due time can.'],
    ['a comparison of kinds', { condition: expr.is('practice', 'yes') }, 'condition', 'A comparison sets boolean against text.'],
    ['a due time that is no time', { due: expr.field('ringMs') }, 'due', 'The due time must come to a point in time.'],
    ['a holder that is no person', { holderField: 'customerId' }, 'holderField', 'A call has no field \u201ccustomerId\u201d that names a person.'],
    ['a role that is none', { roleField: 'reason' }, 'roleField', 'A call has no field \u201creason\u201d that names a role.'],
    ['an outcome that settles nothing', { condition: expr.any(expr.is('followUp', 'owed'), expr.is('practice', true)) }, 'outcomes.0.effect.set', '\u201cReached\u201d would leave the record in this queue: what it sets must make the condition untrue.'],
  ])('refuses %s, in words', (_name, more, field, message) => {
    expect(save(more)).toMatchObject({ kind: 'refused', refusal: { code: 'queue.rule', field, message } })
  })

  it('refuses outcomes that write what is not theirs, share a key or take the screen\u2019s keys', () => {
    const outcome = (more: object) => ({ key: 'a', label: 'A', shortcut: 'A', effect: { kind: 'retry', afterMinutes: 60, asksWhen: false }, needsNote: false, ...more })
    const settle = (set: object) => ({ outcomes: [outcome({ effect: { kind: 'settle', set } })] })
    expect(save(settle({ customerId: 'x' }))).toMatchObject({ refusal: { code: 'queue.rule', message: 'An outcome may not write \u201ccustomerId\u201d, only followUp.' } })
    expect(save(settle({ followUp: 'owed' }))).toMatchObject({ refusal: { code: 'queue.rule' } })
    expect(save(settle({ constructor: 'x' }))).toMatchObject({ refusal: { code: 'queue.rule' } })
    expect(save({ outcomes: [outcome({}), outcome({ key: 'b' })] })).toMatchObject({ refusal: { code: 'queue.rule', field: 'outcomes.1.shortcut' } })
    expect(save({ outcomes: [outcome({ shortcut: 'J' })] })).toMatchObject({ refusal: { code: 'queue.rule', field: 'outcomes.0.shortcut' } })
  })

  it('refuses a tree too deep to walk', () => {
    let deep: object = expr.is('followUp', 'owed')
    for (let depth = 0; depth < 20_000; depth++) deep = { kind: 'not', of: deep }
    expect(save({ condition: deep })).toMatchObject({ refusal: { code: 'input.invalid', message: 'This rule is nested too deeply.' } })
  })

  it('keeps a queue\u2019s key and what it is about', () => {
    expect(save({ key: 'other' })).toMatchObject({ refusal: { code: 'queue.key' } })
    expect(office.run('queue.save', { ...DEFAULT_QUEUES.find((queue) => queue.subjectKind === 'batch'), id: CALLS, key: 'calls-to-return' }, owner)).toMatchObject({ refusal: { code: 'queue.subject' } })
  })

  it('is for those who may change settings', () => {
    expect(office.run('queue.save', base, csr)).toMatchObject({ refusal: { code: 'people.notAllowed' } })
  })
})

