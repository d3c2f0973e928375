import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { noteTable } from '../customers/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import type { ArrivalWindow } from './arrivalWindow.ts'
import { TRANSITIONS, transitionsFrom } from './states.ts'
import { APPOINTMENT_STATES, appointmentTable, assignmentTable, dispatchSettingsTable, type Appointment } from './tables.ts'

const refusedAs = (code: string) => ({ kind: 'refused', refusal: { code } })

const quarter = (at: number): number => Math.ceil(at / (15 * MINUTE)) * 15 * MINUTE

describe('dispatch', () => {
  let desk: FrontDesk
  let technicianId: string
  let otherTechnicianId: string

  const addTechnician = (name: string): string => {
    const id = newId()
    const shifts = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: 420, end: 1080 }))
    desk.office.must(
      'technician.save',
      { id, name, businessUnitId: desk.unitId, skills: ['cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true },
      desk.ownerId,
    )
    return id
  }

  const book = (): Appointment => {
    const booking = desk.booking()
    desk.office.must('job.book', booking, desk.csrId)
    const visit = desk.office.engine.rows(appointmentTable).find((row) => row.jobId === booking.jobId)
    if (!visit) throw new Error('The visit was not booked')
    return visit
  }

  const visitNow = (id: string): Appointment => {
    const visit = desk.office.engine.row(appointmentTable, id)
    if (!visit) throw new Error('The visit is gone')
    return visit
  }

  const plan = (visit: Appointment, more: Readonly<Record<string, unknown>> = {}) => ({
    appointmentId: visit.id,
    technicianId,
    startsAt: visit.windowStartsAt,
    endsAt: visit.windowStartsAt + 90 * MINUTE,
    overbookAccepted: false,
    ...more,
  })

  const to = (id: string, state: string, reason: string | null = null, more: Readonly<Record<string, unknown>> = {}) =>
    desk.office.run('appointment.changeState', { appointmentId: id, to: state, reason, ...more }, desk.dispatcherId)

  beforeEach(() => {
    desk = new FrontDesk()
    technicianId = addTechnician('Theo Barnard')
    otherTechnicianId = addTechnician('Lena Ruiz')
  })

  it('writes the visit and its assignment alike, and moves both', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    desk.office.must('appointment.assign', plan(visit, { technicianId: otherTechnicianId, endsAt: visit.windowStartsAt + 60 * MINUTE }), desk.dispatcherId)
    const expected = { technicianId: otherTechnicianId, startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + 60 * MINUTE }
    expect(visitNow(visit.id)).toMatchObject(expected)
    expect(desk.office.engine.rows(assignmentTable)).toMatchObject([{ appointmentId: visit.id, overbookAccepted: false, ...expected }])
  })

  it('refuses a double booking by name, unless somebody with the right accepts it', () => {
    const [first, second] = [book(), book()]
    desk.office.must('appointment.assign', plan(first), desk.dispatcherId)
    const refused = desk.office.run('appointment.assign', plan(second), desk.dispatcherId)
    expect(refused).toMatchObject({
      ...refusedAs('dispatch.doubleBooked'),
      refusal: { message: expect.stringMatching(/^Theo Barnard is with Martin Okonjo, job \d+ at that time\./) as string, subject: { kind: 'appointment', id: first.id } },
    })
    desk.office.must('user.add', { id: newId(), name: 'Ann Lee', roles: ['dispatchCoordinator'] }, desk.ownerId)
    const coordinator = desk.office.log.at(-1)?.input as { id: string }
    expect(desk.office.run('appointment.assign', plan(second, { overbookAccepted: true }), coordinator.id)).toMatchObject(refusedAs('dispatch.overbookRight'))
    desk.office.must('appointment.assign', plan(second, { overbookAccepted: true }), desk.dispatcherId)
    expect(desk.office.engine.rows(assignmentTable).find((row) => row.appointmentId === second.id)).toMatchObject({ overbookAccepted: true })
  })

  it('lets visits touch, and forgets an acceptance nobody needed', () => {
    const [first, second] = [book(), book()]
    desk.office.must('appointment.assign', plan(first), desk.dispatcherId)
    const next = plan(second, { startsAt: first.windowStartsAt + 90 * MINUTE, endsAt: first.windowStartsAt + 120 * MINUTE, overbookAccepted: true })
    desk.office.must('appointment.assign', next, desk.dispatcherId)
    expect(desk.office.engine.rows(assignmentTable).every((row) => !row.overbookAccepted)).toBe(true)
  })

  it('refuses odd minutes, no length, a stranger, a CSR and a stale version', () => {
    const visit = book()
    const run = (more: Readonly<Record<string, unknown>>, actor = desk.dispatcherId) => desk.office.run('appointment.assign', plan(visit, more), actor)
    expect(run({ startsAt: visit.windowStartsAt + MINUTE })).toMatchObject(refusedAs('input.invalid'))
    expect(run({ endsAt: visit.windowStartsAt })).toMatchObject(refusedAs('input.invalid'))
    expect(run({ technicianId: newId() })).toMatchObject(refusedAs('dispatch.unknownTechnician'))
    expect(run({}, desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(run({ expectedVersion: visit.version + 1 })).toMatchObject({ ...refusedAs('dispatch.movedOn'), refusal: { message: expect.stringContaining('Rosa Quill') as string } })
    expect(desk.office.engine.rows(assignmentTable)).toEqual([])
  })

  it('sends nobody without a technician', () => {
    const visit = book()
    expect(to(visit.id, 'dispatched')).toMatchObject(refusedAs('dispatch.noTechnician'))
    expect(to(visit.id, 'working')).toMatchObject(refusedAs('dispatch.transition'))
  })

  it('walks a visit to its close-out, with a stamp at each step', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    for (const state of ['confirmed', 'dispatched', 'working', 'done']) expect(to(visit.id, state)).toMatchObject({ kind: 'accepted' })
    const done = visitNow(visit.id)
    expect([done.dispatchedAt, done.arrivedAt, done.doneAt].every((stamp) => stamp !== null)).toBe(true)
    expect(done.confirmation).toBe('sent')
    const closing = { appointmentId: visit.id, notes: 'Replaced the capacitor.', equipment: 'Heat pump, 2019' }
    expect(desk.office.run('appointment.closeOut', { ...closing, notes: ' ' }, desk.dispatcherId)).toMatchObject(refusedAs('input.invalid'))
    desk.office.must('appointment.closeOut', closing, desk.dispatcherId)
    expect(visitNow(visit.id)).toMatchObject({ closeOutNotes: 'Replaced the capacitor.\n\nEquipment: Heat pump, 2019' })
    expect(visitNow(visit.id).closedOutAt).not.toBeNull()
    expect(desk.office.engine.row(jobTable, visit.jobId)).toMatchObject({ state: 'done' })
  })

  it('closes out only what is done', () => {
    const visit = book()
    expect(desk.office.run('appointment.closeOut', { appointmentId: visit.id, notes: 'Done.' }, desk.dispatcherId)).toMatchObject(refusedAs('dispatch.notDone'))
  })

  it('goes back a step with a reason that the history keeps', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    for (const state of ['dispatched', 'working', 'done']) to(visit.id, state)
    desk.office.must('appointment.closeOut', { appointmentId: visit.id, notes: 'Done.' }, desk.dispatcherId)
    expect(to(visit.id, 'working')).toMatchObject(refusedAs('dispatch.reason'))
    expect(to(visit.id, 'working', 'Clicked the wrong row')).toMatchObject({ kind: 'accepted' })
    expect(visitNow(visit.id)).toMatchObject({ state: 'working', doneAt: null, closedOutAt: null })
    expect(desk.office.engine.row(jobTable, visit.jobId)).toMatchObject({ state: 'open' })
    expect(desk.office.engine.rows(noteTable)).toMatchObject([{ subjectId: visit.jobId, body: 'Set back from Done to Working: Clicked the wrong row' }])
  })

  it('never goes back once invoiced', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    for (const state of ['dispatched', 'working', 'done']) to(visit.id, state)
    desk.office.engine.apply([{ table: appointmentTable, id: visit.id, before: null, after: { ...visitNow(visit.id), invoiced: true } }])
    expect(to(visit.id, 'working', 'Wrong row')).toMatchObject(refusedAs('dispatch.invoiced'))
  })

  it('gives the rest of an early visit back to the day', () => {
    const visit = book()
    const startsAt = quarter(desk.office.now) - 30 * MINUTE
    desk.office.must('appointment.assign', plan(visit, { startsAt, endsAt: startsAt + 120 * MINUTE, acceptance: { acceptedBy: 'Dana Wray', customer: 'told', words: 'We come now.' } }), desk.dispatcherId)
    for (const state of ['dispatched', 'working', 'done']) to(visit.id, state)
    const done = visitNow(visit.id)
    expect(done.endsAt).toBe(Math.ceil((done.doneAt ?? 0) / (5 * MINUTE)) * 5 * MINUTE)
    expect(desk.office.engine.rows(assignmentTable)).toMatchObject([{ endsAt: done.endsAt }])
    to(visit.id, 'working', 'Clicked too early')
    expect(visitNow(visit.id).endsAt).toBe(startsAt + 90 * MINUTE)
  })

  it('needs a reason for hold and for cancel, and frees the time of a canceled visit', () => {
    const [visit, other] = [book(), book()]
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    expect(to(visit.id, 'hold')).toMatchObject(refusedAs('dispatch.reason'))
    to(visit.id, 'hold', 'Waiting for parts')
    expect(visitNow(visit.id)).toMatchObject({ state: 'hold', holdReason: 'Waiting for parts' })
    to(visit.id, 'canceled', 'Nobody home')
    expect(visitNow(visit.id)).toMatchObject({ state: 'canceled', cancelReason: 'Nobody home', holdReason: null, technicianId })
    expect(desk.office.engine.rows(assignmentTable)).toEqual([])
    expect(desk.office.engine.row(jobTable, visit.jobId)).toMatchObject({ state: 'open' })
    desk.office.must('appointment.assign', plan(other), desk.dispatcherId)
    // Brought back while somebody else has its time, it waits in the tray.
    to(visit.id, 'scheduled', 'They are home after all')
    expect(visitNow(visit.id)).toMatchObject({ state: 'scheduled', cancelReason: null, technicianId: null, startsAt: null })
  })

  it('takes its own time again where nobody has it', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    to(visit.id, 'canceled', 'Nobody home')
    to(visit.id, 'scheduled', 'Clicked wrongly')
    expect(visitNow(visit.id)).toMatchObject({ state: 'scheduled', technicianId })
    expect(desk.office.engine.rows(assignmentTable)).toMatchObject([{ technicianId, startsAt: visit.windowStartsAt }])
  })

  it('sends the next technician anew when a dispatched visit changes hands, and leaves one at work alone', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    to(visit.id, 'dispatched')
    desk.office.must('appointment.assign', plan(visit, { technicianId: otherTechnicianId }), desk.dispatcherId)
    expect(visitNow(visit.id)).toMatchObject({ state: 'scheduled', dispatchedAt: null })
    to(visit.id, 'dispatched')
    to(visit.id, 'working')
    expect(desk.office.run('appointment.assign', plan(visit), desk.dispatcherId)).toMatchObject(refusedAs('dispatch.atWork'))
    expect(desk.office.run('appointment.unassign', { appointmentId: visit.id }, desk.dispatcherId)).toMatchObject(refusedAs('dispatch.atWork'))
  })

  it('promises another window, takes the plan back where it no longer fits and owes the customer word', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    to(visit.id, 'confirmed')
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = desk.window(3) as ArrivalWindow
    const input = { appointmentId: visit.id, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'Out of town' }
    desk.office.must('appointment.reschedule', input, desk.csrId)
    expect(visitNow(visit.id)).toMatchObject({ windowDay, state: 'scheduled', technicianId: null, confirmation: 'owed' })
    expect(desk.office.engine.rows(assignmentTable)).toEqual([])
    expect(desk.office.engine.rows(noteTable)).toMatchObject([{ body: `Window moved from ${visit.windowDay} to ${windowDay}: Out of town` }])
  })

  it('promises no other window that is over, or whose day and times do not fit', () => {
    const visit = book()
    const moved = (days: number, changed: Partial<ArrivalWindow> = {}) => {
      const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = { ...(desk.window(days) as ArrivalWindow), ...changed }
      return desk.office.run('appointment.reschedule', { appointmentId: visit.id, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, reason: 'Out of town' }, desk.csrId)
    }
    expect(moved(-1)).toMatchObject(refusedAs('dispatch.windowPast'))
    expect(moved(3, { windowDay: '2026-01-02' })).toMatchObject(refusedAs('dispatch.windowMismatch'))
    expect(moved(3, { windowEnd: 0 })).toMatchObject(refusedAs('dispatch.windowOrder'))
    expect(moved(800)).toMatchObject(refusedAs('dispatch.windowFar'))
  })

  it('refuses an undo when somebody has changed the visit since', () => {
    const visit = book()
    desk.office.must('appointment.assign', plan(visit), desk.dispatcherId)
    const seen = visitNow(visit.id).version
    to(visit.id, 'confirmed')
    expect(desk.office.run('appointment.unassign', { appointmentId: visit.id, expectedVersion: seen }, desk.ownerId)).toMatchObject({
      ...refusedAs('dispatch.movedOn'),
      refusal: { message: expect.stringContaining('Dana Wray') as string },
    })
  })

  it('owes the customer of a job without any visit left a call, until it is rebooked, declined or set back', () => {
    const visit = book()
    const owed = () => desk.office.engine.row(promiseTable, promiseId(queueId('canceled-to-rebook'), visit.id))?.state
    expect(owed()).toBeUndefined()
    to(visit.id, 'canceled', 'Nobody home')
    expect(visitNow(visit.id).rebooking).toBe('owed')
    expect(owed()).toBe('open')
    to(visit.id, 'scheduled', 'She called, she is home')
    expect(owed()).toBe('closed')
    to(visit.id, 'canceled', 'Moved away')
    expect(owed()).toBe('open')
    desk.office.must('job.cancel', { jobId: visit.jobId, reason: 'Moved away' }, desk.csrId)
    expect(owed()).toBe('closed')
  })

  it('leaves a canceled job alone', () => {
    const visit = book()
    desk.office.must('job.cancel', { jobId: visit.jobId, reason: 'Sold the house' }, desk.csrId)
    expect(to(visit.id, 'scheduled', 'Came back')).toMatchObject(refusedAs('dispatch.jobCanceled'))
  })

  it('keeps the company\u2019s own windows and reasons', () => {
    desk.office.must('dispatch.configure', { set: { windows: [{ start: 480, end: 720 }] } }, desk.ownerId)
    desk.office.must('dispatch.configure', { set: { holdReasons: ['Weather'] } }, desk.ownerId)
    expect(desk.office.engine.rows(dispatchSettingsTable)).toMatchObject([{ id: desk.office.companyId, windows: [{ start: 480, end: 720 }], holdReasons: ['Weather'] }])
    expect(desk.office.run('dispatch.configure', { set: { windows: [] } }, desk.ownerId)).toMatchObject(refusedAs('input.invalid'))
  })
})

describe('the transition table', () => {
  it('names each way once, and no state leads nowhere', () => {
    expect(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size).toBe(TRANSITIONS.length)
    for (const state of APPOINTMENT_STATES) expect(transitionsFrom(state).length).toBeGreaterThan(0)
  })
})
