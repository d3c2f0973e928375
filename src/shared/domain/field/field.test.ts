import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { attachmentTable } from '../attachments/tables.ts'
import { appointmentTable, type Appointment, assignmentTable } from '../dispatch/tables.ts'
import { STANDARD_CHECKLIST } from '../handoff/checklist.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseTable } from '../promises/tables.ts'
import { taskTable } from '../tasks/tables.ts'
import { fieldReportTable, technicianLinkTable } from './tables.ts'

const refusedAs = (code: string) => ({ kind: 'refused', refusal: { code } })

describe('a technician\u2019s link', () => {
  let desk: FrontDesk
  let wes: string
  let lena: string
  let linkId: string
  let visit: Appointment

  const addTechnician = (name: string, active = true, id = newId()): string => {
    desk.office.must('technician.save', { id, name, businessUnitId: desk.unitId, skills: ['cooling'], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active }, desk.ownerId)
    return id
  }

  const issue = (more: object = {}, actorId = desk.dispatcherId) => desk.office.run('technicianLink.issue', { linkId: newId(), technicianId: wes, day: null, expiresAt: desk.office.now + DAY, ...more }, actorId)

  const say = (kind: string, more: object = {}, actorId = wes) => desk.office.run('field.report', { reportId: newId(), linkId, appointmentId: visit.id, kind, tappedAt: desk.office.now, ...more }, actorId)

  const now = (): Appointment => {
    const row = desk.office.engine.row(appointmentTable, visit.id)
    if (!row) throw new Error('The visit is gone')
    return row
  }

  beforeEach(() => {
    desk = new FrontDesk()
    wes = addTechnician('Wes Tran')
    lena = addTechnician('Lena Ruiz')
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    const booked = desk.office.engine.rows(appointmentTable).find(({ jobId }) => jobId === booking.jobId)
    if (!booked) throw new Error('The visit was not booked')
    visit = booked
    desk.office.must('appointment.assign', { appointmentId: visit.id, technicianId: wes, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    linkId = newId()
    desk.office.must('technicianLink.issue', { linkId, technicianId: wes, day: null, expiresAt: desk.office.now + 10 * DAY }, desk.dispatcherId)
    desk.office.now = visit.windowStartsAt
  })

  it('is made by who sends technicians, for who works here, and for a month at most', () => {
    expect(issue({}, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(issue({ technicianId: addTechnician('Gone', false) })).toMatchObject(refusedAs('dispatch.unknownTechnician'))
    expect(issue({ expiresAt: desk.office.now })).toMatchObject(refusedAs('technicianLink.past'))
    expect(issue({ expiresAt: desk.office.now + 32 * DAY })).toMatchObject(refusedAs('technicianLink.tooLong'))
    expect(issue({ linkId, technicianId: lena })).toMatchObject(refusedAs('technicianLink.taken'))
  })

  it('says how far the visit is, at the time of the tap, in the technician\u2019s name', () => {
    const [sent, there, ended] = [desk.office.now, desk.office.now + 20 * MINUTE, desk.office.now + 60 * MINUTE]
    desk.office.now += 2 * HOUR
    expect(say('onMyWay', { tappedAt: sent })).toMatchObject({ kind: 'accepted' })
    expect(say('arrived', { tappedAt: there })).toMatchObject({ kind: 'accepted' })
    expect(now()).toMatchObject({ state: 'working', dispatchedAt: sent, arrivedAt: there, updatedBy: wes })
    expect(say('done', { tappedAt: ended })).toMatchObject({ kind: 'accepted' })
    expect(now()).toMatchObject({ state: 'done', doneAt: ended })
    // Done early gives the rest of the time back, at the time it was done.
    expect(desk.office.engine.rows(assignmentTable)[0]?.endsAt).toBe(ended)
    expect(desk.office.engine.rows(fieldReportTable).map(({ kind, countedAt }) => [kind, countedAt])).toEqual(expect.arrayContaining([['onMyWay', sent], ['arrived', there], ['done', ended]]))
  })

  it('counts nothing in the future, nothing before the link, and nobody there before they were sent', () => {
    desk.office.must('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null }, desk.dispatcherId)
    const sentAt = now().dispatchedAt
    say('arrived', { tappedAt: (sentAt ?? 0) - HOUR })
    expect(now().arrivedAt).toBe(sentAt)
    say('done', { tappedAt: desk.office.now + 3 * HOUR })
    expect(now().doneAt).toBe(desk.office.now)
  })

  it('sends whoever arrives without having been sent', () => {
    say('arrived')
    expect(now()).toMatchObject({ state: 'working' })
    expect(now().dispatchedAt).not.toBeNull()
  })

  it('puts the visit on hold with a reason, and takes it up again', () => {
    say('arrived')
    expect(say('hold')).toMatchObject(refusedAs('dispatch.reason'))
    say('hold', { reason: 'Waiting for parts' })
    expect(now()).toMatchObject({ state: 'hold', holdReason: 'Waiting for parts' })
    const { arrivedAt } = now()
    say('resume')
    expect(now()).toMatchObject({ state: 'working', holdReason: null, arrivedAt })
  })

  it('mends what the office had guessed, once', () => {
    const there = desk.office.now + MINUTE
    desk.office.now += 15 * MINUTE
    const dispatched = desk.office.must('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null }, desk.dispatcherId)
    expect(dispatched).not.toEqual([])
    desk.office.must('appointment.changeState', { appointmentId: visit.id, to: 'working', reason: null }, desk.dispatcherId)
    const guessed = now()
    desk.office.now += 15 * MINUTE
    say('arrived', { tappedAt: there })
    // Not before they were sent, as the office says.
    expect(now().arrivedAt).toBe(guessed.dispatchedAt)
    say('arrived')
    expect(now().arrivedAt).toBe(guessed.dispatchedAt)
  })

  it('does not undo what was said after it was tapped, unless the technician had seen it', () => {
    const [saidThere, sawHold] = [desk.office.now + 10 * MINUTE, desk.office.now + 50 * MINUTE]
    desk.office.now += 30 * MINUTE
    desk.office.must('appointment.changeState', { appointmentId: visit.id, to: 'hold', reason: 'Customer has to be asked' }, desk.dispatcherId)
    desk.office.now += 30 * MINUTE
    for (const [kind, saw] of [['onMyWay', 'scheduled'], ['arrived', undefined], ['arrived', 'dispatched']] as const) {
      expect(say(kind, { tappedAt: saidThere, saw })).toMatchObject({ refusal: { code: 'field.overtaken', message: 'This visit was put on hold after you tapped this (Customer has to be asked), and stays so. If you go on, tap again.', subject: { kind: 'appointment', id: visit.id } } })
    }
    expect(now()).toMatchObject({ state: 'hold', arrivedAt: null })
    // What is changed of it beside the hold makes no tap old that was made knowing of the hold.
    desk.office.must('appointment.assign', { appointmentId: visit.id, technicianId: wes, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 60 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    expect(say('arrived', { tappedAt: sawHold, saw: 'hold' })).toMatchObject({ kind: 'accepted' })
    expect(now()).toMatchObject({ state: 'working', arrivedAt: sawHold })
  })

  it('takes what was tapped in turn without a line, and what a colleague said later by their link stands', () => {
    const at = (minutes: number): number => visit.windowStartsAt + minutes * MINUTE
    desk.office.must('appointment.setCrew', { appointmentId: visit.id, crewIds: [lena], overbookAccepted: false }, desk.dispatcherId)
    const hers = newId()
    desk.office.must('technicianLink.issue', { linkId: hers, technicianId: lena, day: null, expiresAt: desk.office.now + 10 * DAY }, desk.dispatcherId)
    desk.office.now = at(60)
    for (const [kind, minutes] of [['arrived', 10], ['hold', 20], ['resume', 25], ['hold', 40]] as const) expect(say(kind, { tappedAt: at(minutes), reason: 'Waiting for parts' })).toMatchObject({ kind: 'accepted' })
    const refused = say('resume', { linkId: hers, tappedAt: at(30), saw: 'working' }, lena)
    expect(refused).toMatchObject(refusedAs('field.overtaken'))
    expect(say('resume', { linkId: hers, tappedAt: at(45), saw: 'working' }, lena)).toMatchObject({ kind: 'accepted' })
    expect(now()).toMatchObject({ state: 'working' })
    // And the other way about: a hold from before they arrived.
    expect(say('hold', { linkId: hers, tappedAt: at(5), saw: 'dispatched', reason: 'Nobody home' }, lena)).toMatchObject({ refusal: { code: 'field.overtaken', message: 'This visit has gone on since you tapped this: it is working. If it must wait, put it on hold again.' } })
    expect(now()).toMatchObject({ state: 'working', holdReason: null })
  })

  it('takes the same tap twice for one', () => {
    const reportId = newId()
    say('arrived', { reportId })
    const before = desk.office.engine.rows(fieldReportTable)
    expect(say('arrived', { reportId })).toMatchObject({ kind: 'accepted', changes: [] })
    expect(desk.office.engine.rows(fieldReportTable)).toEqual(before)
  })

  it('says plainly what the office has changed meanwhile, and changes nothing', () => {
    desk.office.must('appointment.assign', { appointmentId: visit.id, technicianId: lena, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    expect(say('arrived')).toMatchObject({ refusal: { code: 'field.moved', message: 'This visit was given to Lena Ruiz meanwhile. Call the office before you do anything.' } })
    desk.office.must('appointment.unassign', { appointmentId: visit.id }, desk.dispatcherId)
    expect(say('arrived')).toMatchObject({ refusal: { code: 'field.moved', message: 'This visit was taken off your day meanwhile. Call the office before you do anything.' } })
    desk.office.must('appointment.changeState', { appointmentId: visit.id, to: 'canceled', reason: 'Found another company' }, desk.dispatcherId)
    expect(say('arrived')).toMatchObject({ refusal: { code: 'field.canceled', message: 'This visit was canceled meanwhile (Found another company). Call the office before you do anything.' } })
    expect(say('arrived', { appointmentId: newId() })).toMatchObject(refusedAs('field.unknownVisit'))
    expect(say('done')).toMatchObject(refusedAs('field.canceled'))
    expect(desk.office.engine.rows(fieldReportTable)).toEqual([])
  })

  it('says in the technician\u2019s words what the office has not settled, and is taken once it has', () => {
    desk.office.must('jobType.save', { id: desk.jobTypeId, name: 'No cooling', businessUnitId: desk.unitId, durationMinutes: 90, skills: ['cooling'], defaultPriorityId: desk.priorityId, defaultItemId: desk.itemId, active: true, checklist: STANDARD_CHECKLIST }, desk.ownerId)
    const open = '\u201cPhone confirmed\u201d, \u201cAddress confirmed\u201d and \u201cWho will be home\u201d are open'
    expect(say('onMyWay')).toMatchObject({ refusal: { code: 'field.notHandedOver', message: `The office has not handed this visit over yet: ${open}. Call the office, and tap again once it is settled.`, subject: { kind: 'appointment', id: visit.id } } })
    expect(say('arrived')).toMatchObject(refusedAs('field.notHandedOver'))
    expect(say('hold', { reason: 'Nobody home' })).toMatchObject({ kind: 'accepted' })
    for (const item of ['phone', 'address', 'home']) desk.office.must('handoff.tick', { appointmentId: visit.id, item, said: 'Mr. Okonjo' }, desk.dispatcherId)
    expect(say('onMyWay')).toMatchObject({ kind: 'accepted' })
    expect(now().state).toBe('dispatched')
  })

  it('is nobody else\u2019s, and nothing once it was taken back', () => {
    expect(say('arrived', {}, lena)).toMatchObject(refusedAs('field.unknownLink'))
    expect(say('arrived', {}, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(say('arrived', { linkId: newId() })).toMatchObject(refusedAs('field.unknownLink'))
    desk.office.must('technicianLink.revoke', { linkId }, desk.dispatcherId)
    expect(say('arrived')).toMatchObject(refusedAs('field.revoked'))
    addTechnician('Wes Tran', false, wes)
    expect(say('arrived')).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.office.run('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null }, lena)).toMatchObject(refusedAs('people.notAllowed'))
  })

  it('turns lateness into a call that somebody owes, one for the visit', () => {
    say('late', { minutes: 20 })
    say('late', { minutes: 45 })
    const tasks = desk.office.engine.rows(taskTable)
    expect(tasks).toMatchObject([{ type: 'etaCall', role: 'dispatcher', state: 'open', relatedKind: 'job', customerId: desk.customerId }])
    expect(tasks[0]?.title).toContain('45 minutes late')
    expect(desk.office.engine.rows(promiseTable).filter(({ subjectId, state }) => subjectId === tasks[0]?.id && state === 'open')).toHaveLength(1)
    expect(say('late')).toMatchObject(refusedAs('field.minutes'))
    say('arrived')
    say('late', { minutes: 10 })
    expect(desk.office.engine.rows(taskTable)).toHaveLength(1)
  })

  it('ends that call with its cause: somebody at the door, the visit off or somebody else\u2019s, the customer told', () => {
    const { office, dispatcherId } = desk
    const task = () => office.engine.rows(taskTable).find(({ state }) => state === 'open')
    const look = () => {
      const zeroAt = instantOf(visit.windowDay, 0, visit.zone)
      return office.run('dispatch.lookAround', { day: visit.windowDay, zeroAt, at: office.now })
    }
    const ended = () => office.engine.rows(taskTable).map(({ state, resolution }) => [state, resolution])
    say('late', { minutes: 5 })
    look()
    expect(task()).toBeDefined()
    office.must('appointment.changeState', { appointmentId: visit.id, to: 'canceled', reason: 'So' }, dispatcherId)
    look()
    expect(ended()).toEqual([['dropped', 'The visit was canceled.']])
    expect(office.engine.rows(promiseTable).filter(({ subjectKind, state }) => subjectKind === 'task' && state === 'open')).toEqual([])
    office.must('appointment.changeState', { appointmentId: visit.id, to: 'scheduled', reason: 'So' }, dispatcherId)

    // Late again is a call again.
    say('late', { minutes: 60 })
    office.now = visit.windowEndsAt + 5 * MINUTE
    look()
    const promise = office.engine.rows(promiseTable).find(({ queueId: id, state }) => id === queueId('next-in-line') && state === 'open')
    office.must('promise.recordOutcome', { promiseId: promise?.id, outcomeKey: 'told', note: 'Fine' }, dispatcherId)
    look()
    expect(ended()).toContainEqual(['done', 'They were told the new time.'])

    const giveTo = (technicianId: string) => office.must('appointment.assign', { appointmentId: visit.id, technicianId, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 90 * MINUTE, overbookAccepted: false }, dispatcherId)
    say('late', { minutes: 90 })
    giveTo(lena)
    look()
    expect(task()).toBeUndefined()

    giveTo(wes)
    say('late', { minutes: 15 })
    expect(task()).toBeDefined()
    say('arrived')
    expect(task()).toBeUndefined()
    expect(look()).toMatchObject({ changes: [] })
  })

  it('keeps that call where whoever goes along has said it, and ends it once the visit is on another day', () => {
    const { office, dispatcherId } = desk
    const tasks = () => office.engine.rows(taskTable).map(({ state, resolution }) => [state, resolution])
    const look = () => office.run('dispatch.lookAround', { day: visit.windowDay, zeroAt: instantOf(visit.windowDay, 0, visit.zone), at: office.now })
    const planAt = (startsAt: number) => office.must('appointment.assign', { appointmentId: visit.id, technicianId: wes, startsAt, endsAt: startsAt + 90 * MINUTE, overbookAccepted: true, acceptance: { acceptedBy: 'Martin', customer: 'told', words: 'Later is fine.' } }, dispatcherId)
    office.must('appointment.setCrew', { appointmentId: visit.id, crewIds: [lena], overbookAccepted: false }, dispatcherId)
    const hers = newId()
    office.must('technicianLink.issue', { linkId: hers, technicianId: lena, day: null, expiresAt: office.now + 10 * DAY }, dispatcherId)
    expect(say('late', { linkId: hers, minutes: 30 }, lena)).toMatchObject({ kind: 'accepted' })
    look()
    expect(tasks()).toEqual([['open', '']])
    planAt(visit.windowStartsAt + 3 * HOUR)
    look()
    expect(tasks()).toEqual([['open', '']])
    planAt(visit.windowStartsAt + DAY)
    look()
    expect(tasks()).toEqual([['dropped', 'The visit is on another day now.']])
  })

  it('takes nothing for a visit that was put on another day since, and everything where it was not', () => {
    const { office, dispatcherId } = desk
    const planned = now().startsAt ?? 0
    const planAt = (startsAt: number, hours = 2) => office.must('appointment.assign', { appointmentId: visit.id, technicianId: wes, startsAt, endsAt: startsAt + hours * HOUR, overbookAccepted: true, acceptance: { acceptedBy: 'Martin', customer: 'told', words: 'So be it.' } }, dispatcherId)
    const moved = { refusal: { code: 'field.moved', message: 'This visit was moved to another day meanwhile. Call the office before you do anything.', subject: { kind: 'appointment', id: visit.id } } }
    planAt(planned + 3 * DAY)
    for (const kind of ['onMyWay', 'arrived', 'late', 'hold']) {
      expect(say(kind, { saw: 'scheduled', sawStartsAt: planned, minutes: 10, reason: 'Nobody home' }), kind).toMatchObject(moved)
      // An older page does not say what it showed.
      expect(say(kind, { minutes: 10, reason: 'Nobody home' }), kind).toMatchObject(moved)
    }
    expect(now()).toMatchObject({ state: 'scheduled', dispatchedAt: null })
    // Seen as it is planned now, whenever it is tapped; and by an older page on its day.
    expect(say('late', { sawStartsAt: planned + 3 * DAY, minutes: 10 })).toMatchObject({ kind: 'accepted' })
    // Later on the same day, over midnight by a little, or of many hours that have begun long ago: still the visit that was seen.
    planAt(planned + 2 * HOUR)
    expect(say('late', { sawStartsAt: planned, minutes: 10 })).toMatchObject({ kind: 'accepted' })
    const midnight = instantOf(visit.windowDay, 24 * 60, visit.zone)
    planAt(midnight + HOUR)
    expect(say('late', { sawStartsAt: midnight - HOUR, minutes: 10 })).toMatchObject({ kind: 'accepted' })
    expect(say('late', { tappedAt: midnight - 2 * HOUR, minutes: 10 })).toMatchObject({ kind: 'accepted' })
    planAt(planned, 8)
    expect(say('arrived', { sawStartsAt: planned })).toMatchObject({ kind: 'accepted' })
    // At the door they are there, whatever the plan says since.
    planAt(planned + DAY)
    office.now = planned + 20 * HOUR
    expect(say('done', { saw: 'working', sawStartsAt: planned })).toMatchObject({ kind: 'accepted' })
  })

  it('goes on from the hold that was seen, and not from another one that the office made of it', () => {
    desk.office.must('appointment.setCrew', { appointmentId: visit.id, crewIds: [lena], overbookAccepted: false }, desk.dispatcherId)
    say('arrived')
    say('hold', { reason: 'Nobody  home ' })
    const seen = { saw: 'hold', sawHold: 'Nobody home' }
    desk.office.must('appointment.awaitParts', { appointmentId: visit.id, what: 'Blower motor', from: 'Baker', expectedAt: desk.office.now + DAY, reason: 'Waiting for parts' }, desk.dispatcherId)
    const { holdReason } = now()
    expect(say('resume', { ...seen, tappedAt: desk.office.now - MINUTE })).toMatchObject({ refusal: { code: 'field.overtaken', message: `This visit is on hold for something else by now (${holdReason}), and stays so. If you go on, tap again.` } })
    expect(say('resume', seen)).toMatchObject(refusedAs('field.overtaken'))
    expect(now()).toMatchObject({ state: 'hold', partsState: 'awaited' })
    expect(say('resume', { saw: 'hold', sawHold: holdReason })).toMatchObject({ kind: 'accepted' })
    expect(now()).toMatchObject({ state: 'working' })
  })

  it('gives an issue to the service manager, with the photo on the job', () => {
    const reportId = newId()
    desk.office.must('field.issue', { reportId, linkId, appointmentId: visit.id, tappedAt: desk.office.now, text: 'Flue is cracked.\nNot safe to light.' }, wes)
    const [task] = desk.office.engine.rows(taskTable)
    expect(task).toMatchObject({ title: 'From the field: Flue is cracked.', role: 'serviceManager', relatedKind: 'job', relatedId: visit.jobId, source: 'rule', askedBy: null })
    expect(desk.office.engine.rows(promiseTable).find(({ subjectId }) => subjectId === task?.id)).toMatchObject({ state: 'open' })
    const photo = { photoId: newId(), reportId, name: 'Wes Tran from the field.jpg', mediaType: 'image/jpeg', bytes: 4711, sha256: 'ab'.repeat(32) }
    desk.office.must('field.photo', photo, wes)
    expect(desk.office.must('field.photo', photo, wes)).toEqual([])
    expect(desk.office.engine.rows(attachmentTable)).toMatchObject([{ subjectKind: 'job', subjectId: visit.jobId, authorId: wes, deviceName: 'Wes Tran, by the link', note: 'Flue is cracked.\nNot safe to light.' }])
    expect(desk.office.run('field.photo', { ...photo, photoId: newId(), reportId: newId() }, wes)).toMatchObject(refusedAs('field.unknownReport'))
    expect(desk.office.run('field.photo', { ...photo, photoId: newId() }, lena)).toMatchObject(refusedAs('field.unknownReport'))
  })

  it('shows the office when it was first opened', () => {
    desk.office.must('technicianLink.opened', { linkId }, wes)
    const openedAt = desk.office.now
    desk.office.must('technicianLink.opened', { linkId }, wes)
    expect(desk.office.engine.row(technicianLinkTable, linkId)).toMatchObject({ openedAt })
  })
})
