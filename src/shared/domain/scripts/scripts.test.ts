import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { scriptProblems } from '../../../../tests/simulation/properties/scripts.ts'
import { newId } from '../../base/id.ts'
import { DAY, HOUR } from '../../base/time.ts'
import { jobTable, jobTypeTable } from '../jobs/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { receiptId } from './reading.ts'
import { shippedScript } from './shipped.ts'
import { manualTable, readReceiptTable, scriptTable, scriptVersionTable } from './tables.ts'

let desk: FrontDesk
const accepted = { kind: 'accepted' }
const refusal = (code: string, more: object = {}) => ({ kind: 'refused', refusal: { code, ...more } })

beforeEach(() => {
  desk = new FrontDesk()
})

describe('a script', () => {
  const { content } = shippedScript('booking')
  const greeting = (words: string) => ({ ...content, steps: content.steps.map((step) => (step.key === 'customer' ? { ...step, words: [words] } : step)) })
  const save = (more: Readonly<Record<string, unknown>> = {}, actorId = desk.ownerId) =>
    desk.office.run('script.save', { scriptId: 'x', name: 'HVAC', purpose: 'booking', businessUnitId: desk.unitId, jobTypeId: null, content, ...more }, actorId)
  const publish = (scriptId: string, versionId = newId(), note = '') => desk.office.run('script.publish', { scriptId, versionId, note }, desk.ownerId)

  it('is written, published and written again, and what was published stays as it was', () => {
    const [scriptId, first, second] = [newId(), newId(), newId()]
    expect(save({ scriptId })).toMatchObject(accepted)
    expect(desk.office.engine.row(scriptTable, scriptId)).toMatchObject({ state: 'draft', versionId: null, versionNumber: 0 })
    expect(publish(scriptId, first, 'The first')).toMatchObject(accepted)
    save({ scriptId, content: greeting('\u201cGood day, {company}.\u201d') })
    expect(desk.office.engine.row(scriptVersionTable, first)?.content).toEqual(content)
    expect(publish(scriptId, second)).toMatchObject(accepted)
    expect(desk.office.engine.row(scriptTable, scriptId)).toMatchObject({ state: 'published', versionId: second, versionNumber: 2 })
    expect(desk.office.engine.row(scriptVersionTable, first)).toMatchObject({ number: 1, content, version: 1, note: 'The first' })
    expect(publish(scriptId)).toMatchObject(refusal('script.unchanged', { message: 'Nothing has changed since version 2.' }))
    expect(publish(scriptId, first)).toMatchObject(refusal('script.published'))
    expect(desk.office.run('script.retire', { scriptId }, desk.ownerId)).toMatchObject(accepted)
    expect(publish(scriptId)).toMatchObject(refusal('script.retired'))
    expect(scriptProblems((table) => desk.office.engine.rows(table))).toEqual([])
  })

  it('is refused where nobody could say which one is read out', () => {
    const scriptId = newId()
    save({ scriptId })
    expect(save({ scriptId: newId() })).toMatchObject(refusal('script.sameCalls', { field: 'jobTypeId' }))
    expect(save({ scriptId: newId(), purpose: 'triage' })).toMatchObject(accepted)
    expect(save({ scriptId: newId(), jobTypeId: desk.otherJobTypeId })).toMatchObject(refusal('script.wrongUnit'))
    expect(save({ scriptId: newId(), jobTypeId: newId() })).toMatchObject(refusal('script.unknownType'))
    expect(save({ scriptId: newId(), businessUnitId: newId() })).toMatchObject(refusal('script.unknownUnit'))
    expect(save({ scriptId: newId() }, desk.csrId)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['a price', '\u201cThat is $89.\u201d', /must not quote/],
    ['a field nobody knows', '\u201cHello {frist}.\u201d', /\{frist\}/],
    ['a brace too many', '\u201cHello {first.\u201d', /filled in/],
    ['nothing', ' ', /says nothing/],
  ])('is not published with %s', (_what, words, message) => {
    const scriptId = newId()
    expect(save({ scriptId, content: greeting(words) })).toMatchObject(accepted)
    expect(publish(scriptId)).toMatchObject(refusal('script.notReady', { message: expect.stringMatching(message) as unknown }))
  })

  it('for an emergency says the safety words', () => {
    const scriptId = newId()
    save({ scriptId, purpose: 'emergency' })
    expect(publish(scriptId)).toMatchObject(refusal('script.notReady', { message: expect.stringContaining('safety words') as unknown }))
  })
})

describe('a call that has begun', () => {
  const retireType = () => {
    const { id, name, businessUnitId, durationMinutes, skills, defaultPriorityId, defaultItemId } = desk.office.engine.row(jobTypeTable, desk.jobTypeId) ?? { id: '' }
    desk.office.must('jobType.save', { id, name, businessUnitId, durationMinutes, skills, defaultPriorityId, defaultItemId, active: false }, desk.ownerId)
  }

  it('is booked with what it was offered, though it was taken out of use meanwhile', () => {
    const begunAt = desk.office.now
    const versionId = newId()
    const answers = [{ key: newId(), question: 'When did it start?', answer: 'Last night' }]
    retireType()
    desk.saveItem(desk.itemId, 'DIAG', 'Diagnostic visit', 'service', 8900, false)
    expect(desk.office.run('job.book', desk.booking(), desk.csrId)).toMatchObject(refusal('job.unknownType'))
    const booking = desk.booking({ begunAt, scriptVersionId: versionId, answers })
    expect(desk.office.run('job.book', booking, desk.csrId)).toMatchObject(accepted)
    expect(desk.office.engine.row(jobTable, booking.jobId)).toMatchObject({ jobTypeId: desk.jobTypeId, scriptVersionId: versionId, answers })
  })

  it('cannot have begun after the change, in the future, or days ago', () => {
    retireType()
    desk.office.now += HOUR
    for (const begunAt of [desk.office.now - 1000, desk.office.now + DAY, desk.office.now - 2 * DAY]) {
      expect(desk.office.run('job.book', desk.booking({ begunAt }), desk.csrId)).toMatchObject(refusal('job.unknownType'))
    }
  })

  it('keeps no answers where nothing was asked', () => {
    const booking = desk.booking({ answers: [] })
    desk.office.must('job.book', booking, desk.csrId)
    expect(desk.office.engine.row(jobTable, booking.jobId)).toMatchObject({ scriptVersionId: null, answers: null })
  })
})

describe('a special', () => {
  const save = (more: object) =>
    desk.office.run('special.save', { id: newId(), name: 'Tune-up', kind: 'special', words: 'Tune-ups are on special.', fromDay: '2026-07-01', toDay: '2026-07-31', businessUnitId: null, active: true, ...more }, desk.ownerId)

  it('has days in their order, a unit that is there, and no braces', () => {
    expect(save({})).toMatchObject(accepted)
    expect(save({ toDay: '2026-06-30' })).toMatchObject(refusal('special.days'))
    expect(save({ businessUnitId: newId() })).toMatchObject(refusal('special.unknownUnit'))
    expect(save({ words: 'For {first} only' })).toMatchObject(refusal('special.braces'))
  })
})

describe('a manual', () => {
  let manualId: string
  const save = (more: object = {}) => desk.office.run('manual.save', { manualId, name: 'CSR manual', body: 'Answer within three rings.', roles: ['inboundCsr'], ...more }, desk.ownerId)
  const publish = (versionId = newId()) => {
    desk.office.must('manual.publish', { manualId, versionId, note: '', readByAt: desk.office.now + DAY }, desk.ownerId)
    return versionId
  }
  const receipt = (versionId: string, userId = desk.csrId) => desk.office.engine.row(readReceiptTable, receiptId(versionId, userId))
  const owed = (versionId: string, userId = desk.csrId) => desk.office.engine.row(promiseTable, promiseId(queueId('manuals-to-read'), receiptId(versionId, userId)))
  const sound = () => expect(scriptProblems((table) => desk.office.engine.rows(table))).toEqual([])

  beforeEach(() => {
    manualId = newId()
    save()
  })

  it('is a promise of everybody in its roles until they say that they have read it', () => {
    const versionId = publish()
    expect(owed(versionId)).toMatchObject({ state: 'open', holderUserId: desk.csrId, dueAt: receipt(versionId)?.dueAt })
    expect(receipt(versionId, desk.dispatcherId)).toBeUndefined()
    expect(desk.office.run('manual.acknowledge', { versionId }, desk.csrId)).toMatchObject(accepted)
    expect(receipt(versionId)).toMatchObject({ state: 'read', readAt: desk.office.now })
    expect(owed(versionId)).toMatchObject({ state: 'closed' })
    // Others may read it too.
    expect(desk.office.run('manual.acknowledge', { versionId }, desk.dispatcherId)).toMatchObject(accepted)
    sound()
  })

  it('is nobody else’s to take or to be given, and stays with its reader', () => {
    const id = owed(publish())?.id
    const theirs = refusal('promise.onlyTheirs', { message: expect.stringMatching(/^Only .+ can say that they have read it, so it stays with .+\. Ask them to read it\.$/) })
    expect(desk.office.run('promise.take', { promiseId: id }, desk.dispatcherId)).toMatchObject(theirs)
    expect(desk.office.run('promise.handOver', { promiseId: id, toUserId: desk.dispatcherId, toRole: 'dispatcher' }, desk.ownerId)).toMatchObject(theirs)
    expect(desk.office.run('promise.handOver', { promiseId: id, toUserId: null, toRole: 'dispatcher' }, desk.ownerId)).toMatchObject(theirs)
    expect(desk.office.run('promise.take', { promiseId: id }, desk.csrId)).toMatchObject(accepted)
    sound()
  })

  it('waits for its reader while they are away, and goes to nobody who could not settle it', () => {
    const versionId = publish()
    desk.office.must('user.goAway', { userId: desk.csrId, absence: 'sick', backAt: null, toUserId: desk.dispatcherId, toRole: null }, desk.csrId)
    expect(owed(versionId)).toMatchObject({ state: 'open', assignedUserId: desk.csrId, holderUserId: desk.csrId })
    expect(ledgerProblems((table) => desk.office.engine.rows(table))).toEqual([])
    desk.office.must('user.comeBack', { userId: desk.csrId }, desk.csrId)
    expect(owed(versionId)).toMatchObject({ state: 'open', holderUserId: desk.csrId })
    desk.office.must('user.goAway', { userId: desk.csrId, absence: 'left', backAt: null, toUserId: desk.dispatcherId, toRole: null }, desk.ownerId)
    expect(owed(versionId)).toMatchObject({ state: 'closed' })
    sound()
  })

  it('in a new version is owed anew, and the old one no more; reading the old one was not in vain', () => {
    const first = publish()
    save({ body: 'Answer within two rings.' })
    const second = publish()
    expect(receipt(first)).toMatchObject({ state: 'dropped' })
    expect(owed(first)).toMatchObject({ state: 'closed' })
    expect(owed(second)).toMatchObject({ state: 'open' })
    expect(desk.office.run('manual.acknowledge', { versionId: first }, desk.csrId)).toMatchObject(accepted)
    expect(receipt(first)).toMatchObject({ state: 'read' })
    expect(owed(second)).toMatchObject({ state: 'open' })
    sound()
  })

  it('is owed by whoever joins its roles, and by nobody who leaves them', () => {
    const versionId = publish()
    const newHire = newId()
    desk.office.must('user.add', { id: newHire, name: 'Ada Finch', roles: ['inboundCsr'] }, desk.ownerId)
    expect(owed(versionId, newHire)).toMatchObject({ state: 'open', holderUserId: newHire })
    desk.office.must('user.change', { userId: desk.dispatcherId, set: { roles: ['dispatcher', 'inboundCsr'] } }, desk.ownerId)
    expect(receipt(versionId, desk.dispatcherId)).toMatchObject({ state: 'due' })
    desk.office.must('user.change', { userId: desk.dispatcherId, set: { roles: ['dispatcher'] } }, desk.ownerId)
    expect(receipt(versionId, desk.dispatcherId)).toMatchObject({ state: 'dropped' })
    desk.office.must('user.goAway', { userId: newHire, absence: 'left', backAt: null, toUserId: null, toRole: null }, desk.ownerId)
    expect(owed(versionId, newHire)).toMatchObject({ state: 'closed' })
    sound()
    desk.office.must('manual.retire', { manualId }, desk.ownerId)
    expect(owed(versionId)).toMatchObject({ state: 'closed' })
    expect(desk.office.engine.row(manualTable, manualId)).toMatchObject({ state: 'retired' })
    sound()
  })

  it('says why it cannot be published', () => {
    const again = (more: object = {}) => desk.office.run('manual.publish', { manualId, versionId: newId(), note: '', readByAt: desk.office.now + DAY, ...more }, desk.ownerId)
    expect(again({ readByAt: desk.office.now - DAY })).toMatchObject(refusal('manual.past', { field: 'readByAt' }))
    expect(again()).toMatchObject(accepted)
    expect(again()).toMatchObject(refusal('manual.unchanged'))
    save({ body: '' })
    expect(again()).toMatchObject(refusal('manual.empty'))
    expect(desk.office.run('manual.acknowledge', { versionId: newId() }, desk.csrId)).toMatchObject(refusal('manual.unknownVersion'))
  })
})
