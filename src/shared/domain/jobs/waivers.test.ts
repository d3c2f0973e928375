import { beforeEach, describe, expect, it } from 'vitest'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { jobTable, jobTypeTable } from './tables.ts'
import { waiverStanding } from './waivers.ts'

let desk: DispatchDesk

const type = (waiver: string | null) => desk.must('jobType.save', { id: desk.jobTypeId, name: 'Service, no cooling', businessUnitId: desk.unitId, durationMinutes: 90, skills: ['cooling'], defaultPriorityId: desk.priorityId, defaultItemId: desk.itemId, active: true, waiver }, desk.ownerId)
const say = (jobId: string, waiver: string, said = '') => desk.run('job.setWaiver', { jobId, waiver, said }, desk.csrId)
const owed = (jobId: string): boolean => desk.office.engine.row(promiseTable, promiseId(queueId('waivers'), jobId))?.state === 'open'

beforeEach(() => {
  desk = new DispatchDesk()
  type('Roof access release')
})

describe('a waiver', () => {
  it('is owed from the booking until it is back, and nobody is sent before', () => {
    const visit = desk.book()
    expect(desk.office.engine.row(jobTable, visit.jobId)?.waiver).toBe('owed')
    expect(owed(visit.jobId)).toBe(true)
    desk.assign(visit)
    const go = () => desk.run('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null })
    expect(go()).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.hole', field: 'handoff.waiver' } })
    say(visit.jobId, 'sent')
    expect(owed(visit.jobId)).toBe(true)
    expect(go()).toMatchObject(refusedAs('dispatch.hole'))
    desk.must('promise.recordOutcome', { promiseId: promiseId(queueId('waivers'), visit.jobId), outcomeKey: 'returned', note: '' }, desk.csrId)
    expect(desk.office.engine.row(jobTable, visit.jobId)).toMatchObject({ waiver: 'returned' })
    expect(desk.office.engine.row(jobTable, visit.jobId)?.waiverAt).not.toBeNull()
    expect(owed(visit.jobId)).toBe(false)
    expect(go()).toMatchObject({ kind: 'accepted' })
  })

  it('may not be needed, with the reason, and ends with its job', () => {
    const [first, second] = [desk.book(), desk.book()]
    expect(say(first.jobId, 'none')).toMatchObject(refusedAs('job.waiverReason'))
    say(first.jobId, 'none', 'Ground floor')
    expect(owed(first.jobId)).toBe(false)
    desk.must('job.cancel', { jobId: second.jobId, reason: 'So' }, desk.csrId)
    expect(owed(second.jobId)).toBe(false)
    expect(say(second.jobId, 'returned')).toMatchObject(refusedAs('job.canceled'))
  })

  it('that is switched on later is owed by the open jobs as well, and can be said of them', () => {
    type(null)
    const visit = desk.book()
    desk.assign(visit)
    type('Roof access release')
    const job = () => {
      const row = desk.office.engine.row(jobTable, visit.jobId)
      if (!row) throw new Error('The job is gone')
      return row
    }
    const standing = () => waiverStanding(job(), desk.office.engine.row(jobTypeTable, desk.jobTypeId))
    const go = () => desk.run('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null })
    expect(go()).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.hole', field: 'handoff.waiver' } })
    expect(standing()).toBe('owed')
    say(visit.jobId, 'sent')
    // From here on somebody owes it.
    expect([standing(), owed(visit.jobId)]).toEqual(['sent', true])
    say(visit.jobId, 'returned')
    expect([standing(), owed(visit.jobId)]).toEqual(['returned', false])
    expect(go()).toMatchObject({ kind: 'accepted' })
  })

  it('is asked for by the job type alone', () => {
    type(null)
    const visit = desk.book()
    expect(desk.office.engine.row(jobTable, visit.jobId)?.waiver).toBeNull()
    expect(owed(visit.jobId)).toBe(false)
  })
})
