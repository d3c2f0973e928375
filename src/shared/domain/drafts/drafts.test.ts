import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { draftProblems } from '../../../../tests/simulation/properties/drafts.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { callIdOf } from '../calls/facts.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { MAX_DRAFT_CHARACTERS } from './commands.ts'
import { handedDraftTable } from './tables.ts'

let desk: FrontDesk
let handedId: string

const accepted = { kind: 'accepted' }
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })
const handed = () => desk.office.engine.row(handedDraftTable, handedId)
const promise = () => desk.office.engine.row(promiseTable, promiseId(queueId('handed-drafts'), handedId))
const take = (actorId: string) => desk.office.run('draft.take', { handedId }, actorId)
const takeBack = (actorId: string) => desk.office.run('draft.takeBack', { handedId }, actorId)

function handOver(more: Readonly<Record<string, unknown>> = {}, actorId = desk.csrId) {
  handedId = newId()
  return desk.office.run(
    'draft.handOver',
    { handedId, who: 'Nora Whitfield', about: 'No cooling', callId: null, customerId: desk.customerId, body: '{"summary":"No cooling"}', note: '', toUserId: desk.dispatcherId, toRole: null, ...more },
    actorId,
  )
}

beforeEach(() => {
  desk = new FrontDesk()
})

describe('a draft that is handed over', () => {
  it('is a promise of whoever gets it, due within the quarter of an hour, until somebody goes on with it', () => {
    expect(handOver()).toMatchObject(accepted)
    expect(handed()).toMatchObject({ state: 'waiting', toUserId: desk.dispatcherId, toRole: 'dispatcher', fromUserId: desk.csrId, customerId: desk.customerId, body: '{"summary":"No cooling"}' })
    expect(promise()).toMatchObject({ state: 'open', holderUserId: desk.dispatcherId, dueAt: desk.office.now + 15 * MINUTE })
    expect(take(desk.dispatcherId)).toMatchObject(accepted)
    expect(handed()).toMatchObject({ state: 'taken', settledBy: desk.dispatcherId })
    expect(promise()).toMatchObject({ state: 'closed' })
  })

  it('may go to a role, and whoever is free goes on with it', () => {
    expect(handOver({ toUserId: null, toRole: 'dispatcher' })).toMatchObject(accepted)
    expect(promise()).toMatchObject({ holderUserId: null, holderRole: 'dispatcher' })
    expect(take(desk.ownerId)).toMatchObject(accepted)
  })

  it('goes to one only, and says to whom', () => {
    handOver()
    take(desk.dispatcherId)
    expect(take(desk.ownerId)).toMatchObject(refusal('draft.taken', { message: 'Dana Wray has taken it already and goes on with it. Ask Dana Wray where it stands.' }))
    expect(takeBack(desk.csrId)).toMatchObject(refusal('draft.taken'))
  })

  it('is taken back by the one who gave it, where nobody took it', () => {
    handOver()
    expect(take(desk.csrId)).toMatchObject(refusal('draft.yours'))
    expect(takeBack(desk.ownerId)).toMatchObject(refusal('draft.notYours'))
    expect(takeBack(desk.csrId)).toMatchObject(accepted)
    expect(promise()).toMatchObject({ state: 'closed' })
    expect(take(desk.dispatcherId)).toMatchObject(refusal('draft.takenBack'))
  })

  it('is not handed to an empty chair, to nobody, or to oneself', () => {
    expect(handOver({ toUserId: desk.csrId })).toMatchObject(refusal('draft.yourself'))
    expect(handOver({ toUserId: null })).toMatchObject(refusal('draft.nobody'))
    expect(handOver({ toUserId: newId() })).toMatchObject(refusal('draft.nobody'))
    desk.office.must('user.goAway', { userId: desk.dispatcherId, absence: 'lunch', backAt: null, toUserId: null, toRole: null }, desk.dispatcherId)
    expect(handOver()).toMatchObject(refusal('draft.away', { message: 'Dana Wray is away, and the caller is waiting. Choose somebody who is here, or a role.' }))
  })

  it('is lost by nothing that happened meanwhile elsewhere: the hub finds somebody for it', () => {
    handedId = newId()
    const input = { handedId, who: 'Nora', about: '', callId: newId(), customerId: newId(), body: '{}', note: '', toUserId: newId(), toRole: null }
    expect(desk.office.run('draft.handOver', input, desk.csrId, 'hub')).toMatchObject(accepted)
    expect(handed()).toMatchObject({ state: 'waiting', toUserId: null, toRole: 'inboundCsr', callId: null, customerId: null })
    expect(promise()).toMatchObject({ state: 'open', holderRole: 'inboundCsr' })
    // Sent twice it is there once.
    expect(desk.office.run('draft.handOver', input, desk.csrId, 'hub')).toMatchObject({ kind: 'accepted', changes: [] })
  })

  it('must be one that a colleague can read', () => {
    expect(handOver({ body: '[]' })).toMatchObject(refusal('input.invalid', { message: expect.stringContaining('stays at your desk') as string }))
    expect(handOver({ body: '{"summary":' })).toMatchObject(refusal('input.invalid'))
    expect(handOver({ body: JSON.stringify({ notes: 'x'.repeat(MAX_DRAFT_CHARACTERS) }) })).toMatchObject(refusal('input.invalid', { message: 'This draft is too long to be handed over. Shorten its notes.' }))
  })

  it.each([['live', true], ['rehearsal', false]] as const)('of a practice call is practice where the company is %s: %s', (phase, practice) => {
    desk = new FrontDesk(phase)
    desk.office.must('call.offered', { externalId: 'practice:1', direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: null, offeredAt: desk.office.now, practice: true })
    handOver({ callId: callIdOf(desk.office.companyId, 'practice:1') })
    expect(handed()).toMatchObject({ practice })
    expect(promise()).toMatchObject({ state: 'open', practice })
  })

  it('keeps the ledger and its own story whole', () => {
    handOver()
    take(desk.dispatcherId)
    handOver()
    takeBack(desk.csrId)
    handOver()
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('handed-drafts'), handedId), outcomeKey: 'dropped', note: 'She booked online.' }, desk.dispatcherId)
    expect(handed()).toMatchObject({ state: 'dropped', settledAt: desk.office.now })
    expect(take(desk.dispatcherId)).toMatchObject(refusal('draft.dropped'))
    expect([...draftProblems((table) => desk.office.engine.rows(table)), ...ledgerProblems((table) => desk.office.engine.rows(table))]).toEqual([])
  })
})
