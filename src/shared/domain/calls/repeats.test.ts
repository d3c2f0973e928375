import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { promiseTable } from '../promises/tables.ts'
import { callIdOf } from './facts.ts'
import { REASON_REPEAT } from './rules.ts'
import { type Call, callTable } from './tables.ts'

const NUMBER = '+15550142210'
let office: Office
let agentId: string
let named: number

beforeEach(() => {
  office = new Office()
  agentId = newId()
  named = 0
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId: agentId, ownerName: 'Rosa Quill' })
})

const identity = (externalId: string, more: Record<string, unknown> = {}) => ({ externalId, direction: 'in', lineName: 'HVAC', lineNumber: '+15550142000', fromNumber: NUMBER, offeredAt: office.now, practice: false, ...more })

const find = (externalId: string): Call => {
  const call = office.engine.row(callTable, callIdOf(office.companyId, externalId))
  if (!call) throw new Error(`${externalId} is not in the log`)
  return call
}

function miss(more: Record<string, unknown> = {}): Call {
  const externalId = `sip:${named++}`
  office.now += MINUTE
  office.must('call.ended', { ...identity(externalId), ringMs: 14_000, answeredAt: null, agentId: null, endedAt: office.now + 14_000, talkMs: 0, endCause: 'callerHungUp', ...more })
  return find(externalId)
}

function talk(talkMs: number, more: Record<string, unknown> = {}): Call {
  const externalId = `sip:${named++}`
  office.now += MINUTE
  office.must('call.ended', { ...identity(externalId), ringMs: 5_000, answeredAt: office.now, agentId, endedAt: office.now + talkMs, talkMs, endCause: 'callerHungUp', ...more })
  return find(externalId)
}

const open = (): number => office.engine.rows(promiseTable).filter(({ state, subjectKind }) => state === 'open' && subjectKind === 'call').length

describe('a caller who tries again', () => {
  it('is owed one call back, by the deadline of the first try', () => {
    const first = miss()
    const second = miss()
    expect(first).toMatchObject({ followUp: 'owed', repeatOf: null })
    expect(second).toMatchObject({ outcome: 'abandoned', followUp: 'none', repeatOf: first.id, reason: REASON_REPEAT, callBackBy: null })
    expect(miss()).toMatchObject({ repeatOf: first.id })
    expect(open()).toBe(1)
  })

  it('is owed another one after the first was returned', () => {
    const first = miss()
    const promise = office.engine.rows(promiseTable).find(({ subjectId }) => subjectId === first.id)
    office.must('promise.recordOutcome', { promiseId: promise?.id, outcomeKey: 'reached', note: '' }, agentId)
    expect(miss()).toMatchObject({ followUp: 'owed', repeatOf: null })
  })

  it('is owed none any more once they have talked with somebody, and still one after a word or two', () => {
    const first = miss()
    talk(20_000)
    expect(find(first.externalId).followUp).toBe('owed')
    talk(90_000)
    expect(find(first.externalId).followUp).toBe('done')
  })

  it('is still owed one where somebody else of theirs rang while they talked', () => {
    const began = office.now
    const during = miss()
    talk(90_000, { offeredAt: began, answeredAt: began + 5_000 })
    expect(find(during.externalId).followUp).toBe('owed')
  })

  it('keeps what they said to the machine apart: somebody must listen to it', () => {
    miss()
    const second = miss()
    office.must('call.voicemailLeft', { ...identity(second.externalId, { offeredAt: second.offeredAt }), voicemailAt: office.now, voicemailSeconds: 30, voicemailRecording: null })
    expect(find(second.externalId)).toMatchObject({ followUp: 'owed' })
    expect(open()).toBe(2)
  })

  it('is not lost where the first try turns out to have been answered after all', () => {
    const first = miss()
    const [second, third] = [miss(), miss()]
    office.must('call.answered', { ...identity(first.externalId, { offeredAt: first.offeredAt }), ringMs: 3_000, answeredAt: first.offeredAt, agentId })
    expect(find(first.externalId).followUp).toBe('none')
    expect(find(second.externalId)).toMatchObject({ followUp: 'owed', repeatOf: null })
    expect(find(third.externalId)).toMatchObject({ followUp: 'none', repeatOf: second.id })
  })

  it('is told from others: another number, a practice caller, one who withheld the number', () => {
    miss()
    expect(miss({ fromNumber: '+15550142211' }).followUp).toBe('owed')
    expect(miss({ practice: true }).followUp).toBe('owed')
    expect(miss({ fromNumber: null }).repeatOf).toBeNull()
  })

  it('is owed exactly one call back however many tries there are, unless somebody talked with them since', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('miss', 'talk', 'blip'), { minLength: 1, maxLength: 10 }), (story) => {
        office = new Office()
        office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId: agentId, ownerName: 'Rosa Quill' })
        for (const step of story) {
          if (step === 'miss') miss()
          else talk(step === 'talk' ? 90_000 : 9_000)
        }
        const missed = office.engine.rows(callTable).filter((call) => call.followUp === 'owed' && call.outcome === 'abandoned')
        const since = story.slice(story.lastIndexOf('talk') + 1)
        expect(missed).toHaveLength(since.includes('miss') ? 1 : 0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a call while the line is closed', () => {
  it('is called back within the hour after it opens', () => {
    const countsFrom = office.now + 9 * HOUR
    expect(miss({ countsFrom })).toMatchObject({ followUp: 'owed', countsFrom, callBackBy: countsFrom + HOUR })
  })
})

describe('a call that is logged by hand', () => {
  const byHand = (more: Record<string, unknown> = {}) => ({ id: newId(), callerName: 'Priya', fromNumber: NUMBER, notes: 'No heat upstairs', at: office.now - 5 * MINUTE, lineName: 'HVAC', lineNumber: '', customerId: null, callBackBy: null, answered: true, ...more })

  it('is in the log at once, and owes a call back only where one was promised', () => {
    const done = byHand()
    office.must('call.logByHand', done, agentId)
    expect(office.engine.row(callTable, done.id)).toMatchObject({ state: 'ended', outcome: 'excused', followUp: 'none', agentId, ringMs: null })
    const owed = byHand({ callBackBy: office.now + HOUR })
    office.must('call.logByHand', owed, agentId)
    expect(office.engine.row(callTable, owed.id)).toMatchObject({ outcome: 'unbooked', followUp: 'owed', callBackBy: owed.callBackBy })
    const unheard = byHand({ answered: false })
    office.must('call.logByHand', unheard, agentId)
    expect(office.engine.row(callTable, unheard.id)).toMatchObject({ outcome: 'abandoned', followUp: 'owed', agentId: null })
    expect(open()).toBe(2)
  })

  it('asks for what it can\u2019t do without, in sentences', () => {
    for (const [more, code] of [
      [{ callerName: '', fromNumber: null }, 'call.nobody'],
      [{ notes: ' ' }, 'call.noSubject'],
      [{ at: office.now + HOUR }, 'call.notYet'],
      [{ callBackBy: office.now - HOUR }, 'call.callBackPast'],
      [{ fromNumber: null, callBackBy: office.now + HOUR }, 'call.noNumber'],
    ] as const) {
      expect(office.run('call.logByHand', byHand(more), agentId)).toMatchObject({ refusal: { code } })
    }
    expect(office.run('call.logByHand', byHand({ notes: '' }), agentId, 'hub')).toMatchObject({ kind: 'accepted' })
  })
})
