import { beforeEach, describe, expect, it } from 'vitest'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { clockOf } from '../../base/zoneClock.ts'
import { noteTable } from '../customers/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { acceptedMoveTable, appointmentTable, assignmentTable, datedShiftTable, onCallTable, technicianTimeTable } from './tables.ts'

const CHICAGO = 'America/Chicago'

const message = (text: RegExp) => ({ kind: 'refused', refusal: { message: expect.stringMatching(text) as string } })

describe('what a technician has beside visits', () => {
  let desk: DispatchDesk

  beforeEach(() => {
    desk = new DispatchDesk()
  })

  it('is in the way of visits by its name, and visits are in the way of it', () => {
    const visit = desk.book()
    const training = { startsAt: visit.windowStartsAt - HOUR, endsAt: visit.windowStartsAt + HOUR }
    const [id] = desk.block(desk.theo, 'training', [training])
    expect(desk.tryAssign(visit)).toMatchObject(message(/^Theo Barnard is at training until 5:00 PM\. Choose another time/))
    expect(desk.tryAssign(visit, { overbookAccepted: true })).toMatchObject({ kind: 'accepted' })
    expect(desk.assignments(visit.id)).toMatchObject([{ overbookAccepted: true }])
    desk.must('technicianTime.remove', { ids: [id] })
    expect(desk.tryBlock(desk.theo, 'meeting', [training])).toMatchObject(message(/^Theo Barnard is with Martin Okonjo, job \d+ at that time/))
    expect(desk.tryBlock(desk.theo, 'meeting', [training], { overbookAccepted: true })).toMatchObject({ kind: 'accepted' })
  })

  it('is changed, moved to another technician and given back, each only as it was seen', () => {
    const visit = desk.book()
    const at = visit.windowStartsAt
    const [id] = desk.block(desk.theo, 'other', [{ startsAt: at, endsAt: at + HOUR }])
    const change = { id, technicianId: desk.lena, kind: 'timeOff', startsAt: at, endsAt: at + 2 * HOUR, note: 'Dentist', overbookAccepted: false }
    expect(desk.run('technicianTime.change', { ...change, expectedVersion: 7 })).toMatchObject(refusedAs('dispatch.timeMovedOn'))
    desk.must('technicianTime.change', { ...change, expectedVersion: 1 })
    expect(desk.tryAssign(visit, { technicianId: desk.lena })).toMatchObject(message(/^Lena Ruiz is off until 6:00 PM/))
    expect(desk.tryAssign(visit)).toMatchObject({ kind: 'accepted' })
    // Giving time back is everybody's who plans; taking an act back is its own person's.
    expect(desk.run('technicianTime.remove', { ids: [id], expectedVersion: 2, undoing: true }, desk.ownerId)).toMatchObject(refusedAs('dispatch.notYours'))
    expect(desk.run('technicianTime.remove', { ids: [id], expectedVersion: 1, undoing: true })).toMatchObject(refusedAs('dispatch.timeMovedOn'))
    desk.must('technicianTime.remove', { ids: [id], expectedVersion: 2, undoing: true })
    expect(desk.rows(technicianTimeTable)).toEqual([])
  })

  it('is kept as a series at once, whole or not at all', () => {
    const at = desk.book().windowStartsAt
    const weeks = [0, 1, 2, 3].map((week) => ({ startsAt: at + week * 7 * 24 * HOUR, endsAt: at + week * 7 * 24 * HOUR + HOUR }))
    desk.block(desk.theo, 'training', weeks)
    expect(desk.rows(technicianTimeTable)).toHaveLength(4)
    expect(new Set(desk.rows(technicianTimeTable).map(({ seriesId }) => seriesId)).size).toBe(1)
    expect(desk.tryBlock(desk.theo, 'meeting', [{ startsAt: at - 3 * HOUR, endsAt: at - 2 * HOUR }, ...weeks.slice(3)])).toMatchObject(refusedAs('dispatch.doubleBooked'))
    expect(desk.rows(technicianTimeTable)).toHaveLength(4)
    expect(desk.tryBlock(desk.lena, 'meeting', [...weeks.slice(0, 1), ...weeks.slice(0, 1)])).toMatchObject(refusedAs('dispatch.seriesOverlaps'))
  })

  it('asks for the right to plan technicians', () => {
    const at = desk.book().windowStartsAt
    expect(desk.tryBlock(desk.theo, 'lunch', [{ startsAt: at, endsAt: at + HOUR }], {}, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.run('shift.set', { technicianId: desk.theo, day: '2026-07-15', spans: [] }, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.run('onCall.save', { id: newId(), technicianId: desk.theo, startsAt: at, endsAt: at + HOUR }, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
  })

  it('knows the lunch of the week, the technician\u2019s before the company\u2019s, and one that was entered before both', () => {
    const visit = desk.book({ windowStart: 720, windowEnd: 840 })
    desk.must('clock.learn', { clocks: [{ zone: CHICAGO, changes: [...clockOf(CHICAGO, desk.office.now).clock], until: clockOf(CHICAGO, desk.office.now).until }] }, null)
    desk.must('dispatch.configure', { set: { lunch: { start: 720, end: 750 } } }, desk.ownerId)
    expect(desk.tryAssign(visit)).toMatchObject(message(/^Theo Barnard is at lunch until 12:30 PM/))
    desk.saveTechnician(desk.theo, 'Theo Barnard', { lunches: [{ weekday: 3, start: 780, end: 810 }] })
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt + HOUR })).toMatchObject({ kind: 'accepted' })
    expect(desk.tryAssign(visit, { startsAt: visit.windowStartsAt + 30 * MINUTE, endsAt: visit.windowStartsAt + 2 * HOUR })).toMatchObject(message(/at lunch until 1:30 PM/))
    desk.block(desk.theo, 'lunch', [{ startsAt: visit.windowStartsAt + 2 * HOUR, endsAt: visit.windowStartsAt + 150 * MINUTE }])
    expect(desk.tryAssign(visit, { startsAt: visit.windowStartsAt + 30 * MINUTE, endsAt: visit.windowStartsAt + 2 * HOUR })).toMatchObject({ kind: 'accepted' })
    desk.saveTechnician(desk.theo, 'Theo Barnard', { lunches: [] })
  })

  it('takes the shift of a date in place of the week\u2019s, and the week\u2019s again', () => {
    const set = (spans: readonly (readonly [number, number])[], day = '2026-07-16') =>
      desk.run('shift.set', { technicianId: desk.theo, day, spans: spans.map(([from, to]) => ({ startsAt: instantOf('2026-07-16', from, CHICAGO), endsAt: instantOf('2026-07-16', to, CHICAGO) })) })
    expect(set([[1320, 1800]])).toMatchObject({ kind: 'accepted' })
    expect(set([[480, 720], [660, 900]])).toMatchObject(refusedAs('dispatch.shiftsOverlap'))
    expect(set([[480, 720]], '2026-07-19')).toMatchObject(refusedAs('dispatch.shiftDay'))
    expect(desk.rows(datedShiftTable)).toMatchObject([{ day: '2026-07-16', startsAt: instantOf('2026-07-16', 1320, CHICAGO) }])
    expect(set([])).toMatchObject({ kind: 'accepted' })
    expect(desk.rows(datedShiftTable)).toMatchObject([{ startsAt: null, endsAt: null }])
    desk.must('shift.clear', { technicianId: desk.theo, day: '2026-07-16' })
    expect(desk.run('shift.clear', { technicianId: desk.theo, day: '2026-07-16' })).toMatchObject(refusedAs('dispatch.usualShift'))
  })

  it('says who is on call', () => {
    const id = newId()
    const span = { startsAt: instantOf('2026-07-17', 1080, CHICAGO), endsAt: instantOf('2026-07-20', 420, CHICAGO) }
    desk.must('onCall.save', { id, technicianId: desk.theo, ...span, note: 'Weekend' })
    desk.must('onCall.save', { id, technicianId: desk.lena, ...span })
    expect(desk.rows(onCallTable)).toMatchObject([{ technicianId: desk.lena, ...span }])
    desk.must('onCall.remove', { id })
    expect(desk.run('onCall.remove', { id })).toMatchObject(refusedAs('dispatch.unknownOnCall'))
  })
})

describe('a crew', () => {
  let desk: DispatchDesk

  beforeEach(() => {
    desk = new DispatchDesk()
  })

  const visitWithCrew = () => {
    const visit = desk.book()
    desk.assign(visit)
    desk.must('appointment.setCrew', { appointmentId: visit.id, crewIds: [desk.lena], overbookAccepted: false })
    return desk.visit(visit.id)
  }

  it('has the same time as the visit, and moves with it', () => {
    const visit = visitWithCrew()
    expect(visit.crewIds).toEqual([desk.lena])
    desk.assign(visit, { startsAt: visit.windowStartsAt + 30 * MINUTE, endsAt: visit.windowStartsAt + 60 * MINUTE })
    expect(desk.assignments(visit.id)).toMatchObject([
      { technicianId: desk.theo, role: 'lead', startsAt: visit.windowStartsAt + 30 * MINUTE },
      { technicianId: desk.lena, role: 'crew', startsAt: visit.windowStartsAt + 30 * MINUTE, endsAt: visit.windowStartsAt + 60 * MINUTE },
    ])
    desk.must('appointment.unassign', { appointmentId: visit.id })
    expect(desk.assignments(visit.id)).toEqual([])
    expect(desk.visit(visit.id).crewIds).toBeNull()
  })

  it('is checked for double booking one by one, where it joins and where it moves', () => {
    const [other, visit] = [desk.book(), desk.book()]
    desk.assign(other, { technicianId: desk.lena })
    desk.assign(visit)
    const join = { appointmentId: visit.id, crewIds: [desk.lena], overbookAccepted: false }
    expect(desk.run('appointment.setCrew', join)).toMatchObject(message(/^Lena Ruiz is with Martin Okonjo/))
    desk.must('appointment.setCrew', { ...join, overbookAccepted: true })
    expect(desk.assignments(visit.id)).toMatchObject([{ overbookAccepted: false }, { technicianId: desk.lena, overbookAccepted: true }])
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt + 100 * MINUTE })).toMatchObject(message(/^Lena Ruiz is with/))
  })

  it('changes its lead where the visit is given to one of the crew, and drops who left', () => {
    const visit = visitWithCrew()
    desk.assign(visit, { technicianId: desk.lena })
    expect(desk.assignments(visit.id)).toMatchObject([{ technicianId: desk.lena, role: 'lead' }])
    desk.must('appointment.setCrew', { appointmentId: visit.id, crewIds: [desk.theo], overbookAccepted: false })
    desk.saveTechnician(desk.theo, 'Theo Barnard', { active: false })
    desk.assign(visit, { technicianId: desk.lena, startsAt: visit.windowStartsAt + 15 * MINUTE })
    expect(desk.visit(visit.id).crewIds).toBeNull()
  })

  it('is remembered while the visit is canceled, and comes back where it can', () => {
    const visit = visitWithCrew()
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'canceled', reason: 'Nobody home' })
    expect(desk.assignments(visit.id)).toEqual([])
    const other = desk.book()
    desk.assign(other, { technicianId: desk.lena })
    desk.must('appointment.changeState', { appointmentId: visit.id, to: 'scheduled', reason: 'Home again' })
    expect(desk.assignments(visit.id)).toMatchObject([{ technicianId: desk.theo, role: 'lead' }])
    expect(desk.visit(visit.id).crewIds).toBeNull()
  })
})

describe('splitting and length', () => {
  it('makes the rest of the work a second visit, which waits, and puts both together again', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    desk.assign(visit)
    const restId = newId()
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 60 })
    expect(desk.visit(visit.id)).toMatchObject({ durationMinutes: 60, endsAt: visit.windowStartsAt + HOUR })
    expect(desk.visit(restId)).toMatchObject({ jobId: visit.jobId, durationMinutes: 30, technicianId: null, state: 'scheduled', confirmation: 'owed' })
    const { version } = desk.visit(visit.id)
    // What somebody else split is not put together by whoever signs in after them.
    expect(desk.run('appointment.join', { appointmentId: visit.id, restId, durationMinutes: 90, overbookAccepted: false, expectedVersion: version, restVersion: 1 }, desk.ownerId)).toMatchObject(refusedAs('dispatch.notYours'))
    desk.must('appointment.join', { appointmentId: visit.id, restId, durationMinutes: 90, overbookAccepted: false, expectedVersion: version, restVersion: 1 })
    expect(desk.visit(visit.id)).toMatchObject({ durationMinutes: 90, endsAt: visit.windowStartsAt + 90 * MINUTE })
    expect(desk.office.engine.row(appointmentTable, restId)).toBeUndefined()
    expect(desk.rows(promiseTable).filter(({ subjectId, state }) => subjectId === restId && state === 'open')).toEqual([])
  })

  it('puts both together again also after the rest was given to somebody and that was undone', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    desk.assign(visit)
    const restId = newId()
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 60 })
    const before = desk.standing(restId)
    desk.assign(desk.visit(restId), { technicianId: desk.lena })
    const join = { appointmentId: visit.id, restId, durationMinutes: 90, overbookAccepted: false, expectedVersion: desk.visit(visit.id).version }
    expect(desk.run('appointment.join', { ...join, restVersion: 2 })).toMatchObject(refusedAs('dispatch.restInUse'))
    desk.must('appointment.putBack', { appointmentId: restId, standing: before, expectedVersion: 2 })
    expect(desk.run('appointment.join', { ...join, restVersion: 1 })).toMatchObject(refusedAs('dispatch.movedOn'))
    desk.must('appointment.join', { ...join, restVersion: 3 })
    expect(desk.office.engine.row(appointmentTable, restId)).toBeUndefined()
  })

  it('leaves nothing over nobody can work in, and no rest that is somebody\u2019s work by now', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    desk.assign(visit)
    const restId = newId()
    expect(desk.run('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 90 })).toMatchObject(refusedAs('dispatch.nothingLeft'))
    desk.must('appointment.split', { appointmentId: visit.id, restId, firstMinutes: 45 })
    desk.assign(desk.visit(restId), { technicianId: desk.lena })
    const join = { appointmentId: visit.id, restId, durationMinutes: 90, overbookAccepted: false, expectedVersion: desk.visit(visit.id).version, restVersion: desk.visit(restId).version }
    expect(desk.run('appointment.join', join)).toMatchObject(refusedAs('dispatch.restInUse'))
  })

  it('has a visit take five minutes at least and a day at most, and says what to do', () => {
    const desk = new DispatchDesk()
    const visit = desk.book()
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt })).toMatchObject(message(/at least five minutes/))
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt + 30 * HOUR })).toMatchObject(message(/longer than a day\. Split it/))
    expect(desk.tryAssign(visit, { endsAt: visit.windowStartsAt + 24 * HOUR })).toMatchObject({ kind: 'accepted' })
  })
})

describe('what was promised', () => {
  let desk: DispatchDesk

  beforeEach(() => {
    desk = new DispatchDesk()
  })

  const told = { acceptedBy: 'Mrs. Okonjo', customer: 'told', words: 'Lena comes at 5:30.' }
  const owed = (visitId: string) => desk.office.engine.row(promiseTable, promiseId(queueId('new-times-to-tell'), visitId))

  it('is not moved out of the window without a word, and then stands where it was agreed', () => {
    const visit = desk.book()
    desk.assign(visit)
    const late = { startsAt: visit.windowEndsAt + HOUR, endsAt: visit.windowEndsAt + 2 * HOUR }
    expect(desk.tryAssign(visit, late)).toMatchObject({ ...refusedAs('dispatch.acceptance'), refusal: { message: 'Martin Okonjo was promised 4\u20136 PM. Say who accepted the change and how the customer hears of it.' } })
    expect(desk.tryAssign(visit, { ...late, acceptance: { acceptedBy: 'Dana', customer: 'told' } })).toMatchObject(refusedAs('input.invalid'))
    desk.assign(visit, { ...late, acceptance: { acceptedBy: 'Dana Wray', customer: 'toCall', words: '' } })
    expect(desk.visit(visit.id)).toMatchObject({ promisedAt: late.startsAt, newTime: 'owed' })
    expect(owed(visit.id)).toMatchObject({ state: 'open', assignedRole: 'dispatcher' })
    expect(desk.rows(acceptedMoveTable)).toMatchObject([{ broke: 'window', fromStartsAt: visit.windowStartsAt, toStartsAt: late.startsAt, acceptedBy: 'Dana Wray', customer: 'toCall' }])
    expect(desk.rows(noteTable)).toMatchObject([{ body: 'Moved though promised, accepted by Dana Wray. The customer will be called.' }])
    // What was agreed is what is promised now: back into the window is a change as well.
    expect(desk.tryAssign(visit)).toMatchObject(refusedAs('dispatch.acceptance'))
    desk.must('promise.recordOutcome', { promiseId: promiseId(queueId('new-times-to-tell'), visit.id), outcomeKey: 'told', note: '' })
    expect(owed(visit.id)).toMatchObject({ state: 'closed' })
  })

  it('is not taken out of the tray to another time either, and not by way of the tray', () => {
    const visit = desk.book()
    const late = { startsAt: visit.windowEndsAt, endsAt: visit.windowEndsAt + HOUR }
    expect(desk.tryAssign(visit, late)).toMatchObject(refusedAs('dispatch.acceptance'))
    desk.assign(visit)
    desk.must('appointment.unassign', { appointmentId: visit.id })
    expect(desk.tryAssign(visit, late)).toMatchObject(refusedAs('dispatch.acceptance'))
  })

  it('keeps the technician who was promised', () => {
    const visit = desk.book()
    desk.assign(visit)
    desk.must('appointment.promise', { appointmentId: visit.id, technicianId: desk.theo, startsAt: null }, desk.csrId)
    expect(desk.tryAssign(visit, { startsAt: visit.windowStartsAt + 30 * MINUTE })).toMatchObject({ kind: 'accepted' })
    expect(desk.tryAssign(visit, { technicianId: desk.lena })).toMatchObject(message(/^Martin Okonjo was promised Theo Barnard\./))
    expect(desk.run('appointment.unassign', { appointmentId: visit.id })).toMatchObject(refusedAs('dispatch.acceptance'))
    expect(desk.run('appointment.promise', { appointmentId: visit.id, technicianId: null, startsAt: null }, desk.csrId)).toMatchObject(refusedAs('dispatch.acceptance'))
    desk.assign(visit, { technicianId: desk.lena, acceptance: told })
    expect(desk.visit(visit.id)).toMatchObject({ promisedTechnicianId: desk.lena, promisedAt: null, newTime: 'told' })
    expect(owed(visit.id)).toBeUndefined()
  })

  it('keeps the very time, until another window is promised', () => {
    const visit = desk.book()
    const sharp = visit.windowStartsAt + 30 * MINUTE
    desk.assign(visit, { startsAt: sharp })
    desk.must('appointment.promise', { appointmentId: visit.id, technicianId: null, startsAt: sharp }, desk.csrId)
    expect(desk.tryAssign(visit, { startsAt: visit.windowStartsAt })).toMatchObject(message(/was promised another time, to the minute/))
    expect(desk.tryAssign(visit, { startsAt: sharp, endsAt: sharp + 3 * HOUR })).toMatchObject({ kind: 'accepted' })
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = desk.window(3) as Record<string, unknown>
    desk.must('appointment.reschedule', { appointmentId: visit.id, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'Out of town' }, desk.csrId)
    expect(desk.visit(visit.id)).toMatchObject({ promisedAt: null, technicianId: null })
  })
})

describe('putting back', () => {
  it('refuses what is somebody else\u2019s, what was never so, and a time that is taken by now', () => {
    const desk = new DispatchDesk()
    const [visit, other] = [desk.book(), desk.book()]
    desk.assign(visit)
    const before = desk.standing(visit.id)
    const moved = { startsAt: visit.windowStartsAt + 90 * MINUTE, endsAt: visit.windowStartsAt + 115 * MINUTE }
    desk.assign(visit, moved)
    desk.assign(other)
    const { version } = desk.visit(visit.id)
    const back = { appointmentId: visit.id, standing: before, expectedVersion: version }
    expect(desk.run('appointment.putBack', back)).toMatchObject(refusedAs('dispatch.doubleBooked'))
    expect(desk.run('appointment.putBack', back, desk.ownerId)).toMatchObject(refusedAs('dispatch.notYours'))
    expect(desk.run('appointment.putBack', { ...back, standing: { ...before, state: 'done' } })).toMatchObject(refusedAs('dispatch.noWayBack'))
    expect(desk.run('appointment.putBack', { ...back, standing: { ...before, technicianId: null } })).toMatchObject(refusedAs('dispatch.noWayBack'))
    expect(desk.run('appointment.putBack', { ...back, expectedVersion: version - 1 })).toMatchObject(refusedAs('dispatch.movedOn'))
    expect(desk.rows(assignmentTable)).toHaveLength(2)
  })
})
