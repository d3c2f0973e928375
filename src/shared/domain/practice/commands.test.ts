import { describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { practiceResultTable } from './tables.ts'

const ownerId = newId()

function office(): Office {
  const made = new Office()
  made.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId, ownerName: 'Sean Avery' }, SYSTEM_ACTOR)
  return made
}

const report = (more: object = {}) => ({
  resultId: newId(),
  userId: ownerId,
  callerKey: 'whereIs',
  callerVersion: 1,
  points: { fields: 38, order: 16, words: 20, time: 10 },
  seconds: 95,
  finishedAt: Date.UTC(2026, 6, 14, 18, 42),
  findings: [{ part: 'fields', verdict: 'missing', what: 'Handed on', yours: '', better: 'A call in a week' }],
  ...more,
})

describe('practice.finish', () => {
  it('keeps what was scored, once, with the total of its parts', () => {
    const here = office()
    const input = report()
    here.must('practice.finish', input)
    expect(here.must('practice.finish', { ...input, seconds: 1 })).toEqual([])
    expect(here.engine.rows(practiceResultTable)).toMatchObject([{ id: input.resultId, userId: ownerId, total: 84, fieldPoints: 38, seconds: 95, findings: input.findings }])
  })

  it('asks about somebody unknown where it is reported, and nowhere else', () => {
    const input = report({ userId: newId() })
    expect(office().run('practice.finish', input)).toMatchObject({ kind: 'refused', refusal: { code: 'practice.unknownPerson' } })
    expect(office().run('practice.finish', input, SYSTEM_ACTOR, 'hub')).toMatchObject({ kind: 'accepted' })
  })

  it('is the software\u2019s to report: nobody gives themselves points, nor more than there are', () => {
    const here = office()
    expect(here.run('practice.finish', report(), ownerId)).toMatchObject({ kind: 'refused', refusal: { code: 'people.notAllowed' } })
    expect(here.run('practice.finish', report({ points: { fields: 46, order: 16, words: 20, time: 10 } }))).toMatchObject({ kind: 'refused', refusal: { code: 'input.invalid' } })
    expect(here.run('practice.finish', report({ points: { fields: -1, order: 16, words: 20, time: 10 } }))).toMatchObject({ kind: 'refused' })
  })
})
