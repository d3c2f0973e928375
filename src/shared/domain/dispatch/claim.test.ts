import { describe, expect, it } from 'vitest'
import type { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { OneTruck } from '../../../../tests/support/oneTruck.ts'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { noteTable } from '../customers/tables.ts'
import { callIdOf } from '../calls/facts.ts'
import { COMMANDS } from '../commands.ts'
import type { Loading, LoadRequest } from '../kernel/load.ts'
import { promiseId } from '../promises/engine.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { mayClaim } from './claim.ts'
import { appointmentTable } from './tables.ts'

const windowAt = (desk: FrontDesk, ahead: number, start: number) => {
  const { windowDay } = desk.window(ahead)
  const day = String(windowDay)
  return desk.window(ahead, { windowStart: start, windowEnd: start + 120, windowStartsAt: instantOf(day, start, 'America/Chicago'), windowEndsAt: instantOf(day, start + 120, 'America/Chicago') })
}

describe('a slot', () => {
  it('is claimed where the window has a free skilled technician, and what is claimed is held', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    expect(desk.visit(visitId).slot).toBe('held')
    expect(desk.office.log.at(-1)?.input).toMatchObject({ claimed: true })
  })

  it('is not claimed where the window is promised knowing it is full, or nobody has the skill, whatever the page says', () => {
    const desk = new OneTruck()
    desk.book()
    const full = desk.window()
    desk.office.must('job.book', desk.booking({ appointment: full, claimed: true }), desk.csrId)
    expect(desk.visit(String(full['id'])).slot).toBe('none')
    desk.technician({ skills: [] })
    expect(desk.visit(desk.book(desk.window(2))).slot).toBe('none')
  })

  it('is lost to whoever came first: the visit keeps its window, the job is booked, and who promised it is told', () => {
    const desk = new OneTruck()
    const first = desk.arrives()
    const second = desk.arrives()
    expect([desk.visit(first).slot, desk.visit(second).slot]).toEqual(['held', 'lost'])
    expect(desk.visit(second)).toMatchObject({ state: 'scheduled', windowStart: 960 })
    expect(desk.taken(first)).toBeUndefined()
    expect(desk.taken(second)).toMatchObject({ state: 'open', holderUserId: desk.csrId, assignedRole: 'dispatcher', dueAt: desk.office.now + HOUR })
  })

  it('is not taken by a canceled visit, nor by practice, which claims none', () => {
    const desk = new OneTruck('live')
    const { jobId, ...canceled } = desk.booking()
    desk.office.must('job.book', { jobId, ...canceled }, desk.csrId)
    desk.office.must('job.cancel', { jobId, reason: 'Solved it himself' }, desk.csrId)
    const externalId = 'practice:1'
    desk.office.must('call.offered', { externalId, direction: 'in', lineName: '', lineNumber: '', fromNumber: null, offeredAt: desk.office.now, practice: true })
    const practice = desk.window()
    desk.office.must('job.book', desk.booking({ appointment: practice, callId: callIdOf(desk.office.companyId, externalId) }), desk.csrId)
    expect(desk.visit(String(practice['id']))).toMatchObject({ practice: true, slot: 'none' })
    expect(desk.visit(desk.arrives()).slot).toBe('held')
  })

  it('counts what is planned, and the hours that are worked', () => {
    const desk = new OneTruck()
    const first = desk.book(windowAt(desk, 1, 480))
    const { windowStartsAt } = desk.visit(first)
    desk.office.must('appointment.assign', { appointmentId: first, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + 10 * HOUR, overbookAccepted: false }, desk.dispatcherId)
    expect(desk.visit(desk.arrives(windowAt(desk, 1, 840))).slot).toBe('lost')
    expect(desk.visit(desk.arrives(windowAt(desk, 2, 1080))).slot).toBe('lost')
    expect(desk.visit(desk.arrives(windowAt(desk, 2, 840))).slot).toBe('held')
  })

  it('is kept by a word from the dispatcher, or by a technician found in the window', () => {
    const desk = new OneTruck()
    desk.arrives()
    const [kept, planned] = [desk.arrives(), desk.arrives()]
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('slots-lost'), kept), outcomeKey: 'kept', note: '' }, desk.dispatcherId)
    expect(desk.visit(kept).slot).toBe('held')
    expect(desk.taken(kept)).toMatchObject({ state: 'closed' })
    const assign = (startsAt: number) =>
      desk.office.must('appointment.assign', { appointmentId: planned, technicianId: desk.technicianId, startsAt, endsAt: startsAt + 90 * MINUTE, overbookAccepted: false, acceptance: { acceptedBy: 'Dana Wray', customer: 'toCall' } }, desk.dispatcherId)
    assign(desk.visit(planned).windowStartsAt - 4 * HOUR)
    expect(desk.visit(planned).slot).toBe('lost')
    assign(desk.visit(planned).windowStartsAt)
    expect(desk.visit(planned).slot).toBe('held')
    expect(desk.taken(planned)).toMatchObject({ state: 'closed' })
  })

  it('is another one once the visit moves', () => {
    const desk = new OneTruck()
    desk.arrives()
    const visitId = desk.arrives()
    const { id: _id, zone: _zone, durationMinutes: _duration, ...other } = windowAt(desk, 3, 600)
    const move = (changed: Readonly<Record<string, unknown>>, place: 'origin' | 'hub') =>
      desk.office.run('appointment.reschedule', { appointmentId: visitId, reason: 'Asked for it', ...other, ...changed }, desk.csrId, place)
    expect(move({}, 'origin')).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(visitId).slot).toBe('held')
    expect(desk.taken(visitId)).toMatchObject({ state: 'closed' })
    const { id: _otherId, zone: _otherZone, durationMinutes: _otherDuration, ...first } = desk.window()
    expect(move({ ...first, claimed: true }, 'hub')).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(visitId).slot).toBe('lost')
    expect(move(first, 'hub')).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(visitId).slot).toBe('none')
  })

  it('is refused in words where the last place is gone, also without a hub, and nothing is booked', () => {
    const desk = new OneTruck()
    desk.office.shared = false
    const free = () => ({ ...desk.booking({ appointment: desk.window(), capacity: { kind: 'free' } }) })
    const first = free()
    desk.office.must('job.book', first, desk.csrId)
    expect(desk.visit(String((first['appointment'] as { id: string }).id)).slot).toBe('held')
    const second = free()
    expect(desk.office.run('job.book', second, desk.csrId)).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.windowFull', field: 'appointment.windowDay', message: expect.stringContaining('4\u20136 PM') as string } })
    expect(desk.office.engine.row(appointmentTable, String((second['appointment'] as { id: string }).id))).toBeUndefined()
  })

  it('is promised beyond capacity only with the reason, which stands in the job\u2019s history under who promised it', () => {
    const desk = new OneTruck()
    desk.book()
    const appointment = desk.window()
    const book = (capacity: unknown) => desk.office.run('job.book', desk.booking({ appointment, capacity }), desk.csrId)
    expect(book({ kind: 'overbook', why: ' ' })).toMatchObject({ kind: 'refused', refusal: { code: 'input.invalid' } })
    expect(book({ kind: 'overbook', why: 'Mrs Vance has no heat' })).toMatchObject({ kind: 'accepted' })
    const visit = desk.visit(String(appointment['id']))
    expect(visit.slot).toBe('none')
    expect(desk.office.engine.rows(noteTable)).toMatchObject([{ subjectKind: 'job', subjectId: visit.jobId, authorId: desk.csrId, body: `Promised ${visit.windowDay}, 4\u20136 PM though nobody was free: Mrs Vance has no heat` }])
  })

  it('was lost, and is settled by another window or by the reason to keep it', () => {
    const desk = new OneTruck()
    desk.arrives()
    const [moved, kept] = [desk.arrives(), desk.arrives()]
    const settle = (appointmentId: string, window: Readonly<Record<string, unknown>>, capacity: unknown) => {
      const { id: _id, zone: _zone, durationMinutes: _duration, ...to } = window
      return desk.office.run('appointment.reschedule', { appointmentId, reason: 'Its time was taken meanwhile', ...to, capacity }, desk.csrId)
    }
    expect(settle(moved, desk.window(), { kind: 'free' })).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.windowFull' } })
    expect(settle(moved, windowAt(desk, 3, 600), { kind: 'free' })).toMatchObject({ kind: 'accepted' })
    expect(settle(kept, desk.window(), { kind: 'overbook', why: 'She took the day off' })).toMatchObject({ kind: 'accepted' })
    expect([desk.visit(moved).slot, desk.visit(kept).slot]).toEqual(['held', 'none'])
    expect([desk.taken(moved)?.state, desk.taken(kept)?.state]).toEqual(['closed', 'closed'])
    expect(desk.office.engine.rows(noteTable).map(({ body }) => body)).toContainEqual(expect.stringContaining('though nobody was free: She took the day off'))
  })

  it('is claimed by a settled reschedule as by a booking: refused where it is gone, beyond capacity only with the reason', () => {
    const desk = new OneTruck()
    desk.office.shared = false
    const promise = (ahead: number) => {
      const booking = desk.booking({ appointment: desk.window(ahead), capacity: { kind: 'free' } })
      desk.office.must('job.book', booking, desk.csrId)
      return String((booking['appointment'] as { id: string }).id)
    }
    const [first, second] = [promise(1), promise(2)]
    const settle = (capacity: unknown) => {
      const { id: _id, zone: _zone, durationMinutes: _duration, ...window } = desk.window(1)
      return desk.office.run('reschedule.settle', { appointmentId: second, how: { kind: 'moved', ...window, capacity }, objection: 'At work then', said: '' }, desk.csrId)
    }
    expect(settle({ kind: 'free' })).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.windowFull', field: 'windowDay' } })
    expect(desk.visit(second)).toMatchObject({ slot: 'held', windowDay: desk.window(2)['windowDay'] })
    expect(settle({ kind: 'overbook', why: 'Her only day off' })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(second)).toMatchObject({ slot: 'none', windowDay: desk.visit(first).windowDay, reschedule: 'moved' })
    expect(desk.office.engine.rows(noteTable).map(({ body }) => body)).toContainEqual(expect.stringContaining('though nobody was free: Her only day off'))
  })

  it('is claimed by a return trip as by a booking', () => {
    const desk = new OneTruck()
    desk.office.shared = false
    desk.book(desk.window(1))
    const visitId = desk.book(windowAt(desk, 1, 480))
    const { windowStartsAt } = desk.visit(visitId)
    desk.office.must('appointment.assign', { appointmentId: visitId, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + HOUR, overbookAccepted: false }, desk.dispatcherId)
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'hold', reason: 'Needs a part' }, desk.dispatcherId)
    const comeAgain = (returnId: string, ahead: number, capacity: unknown) => {
      const { id: _id, zone: _zone, ...window } = desk.window(ahead)
      return desk.office.run('appointment.returnTrip', { appointmentId: visitId, returnId, ...window, work: 'Blower motor', capacity }, desk.dispatcherId)
    }
    const [full, free, beyond] = [newId(), newId(), newId()]
    expect(comeAgain(full, 1, { kind: 'free' })).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.windowFull', field: 'windowDay' } })
    expect(desk.office.engine.row(appointmentTable, full)).toBeUndefined()
    expect(comeAgain(free, 3, { kind: 'free' })).toMatchObject({ kind: 'accepted' })
    expect(comeAgain(beyond, 1, { kind: 'overbook', why: 'The part is on the truck' })).toMatchObject({ kind: 'accepted' })
    expect([desk.visit(free).slot, desk.visit(beyond).slot]).toEqual(['held', 'none'])
    expect(desk.office.engine.rows(noteTable).map(({ body }) => body)).toContainEqual(expect.stringContaining('though nobody was free: The part is on the truck'))
  })

  it('is moved with what was said of the confirmation since', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    const move = (ahead: number, confirmation?: boolean) => {
      const { id: _id, zone: _zone, durationMinutes: _duration, ...window } = desk.window(ahead)
      desk.office.must('appointment.reschedule', { appointmentId: visitId, reason: 'In the call', ...window, ...(confirmation === undefined ? {} : { confirmation }) }, desk.csrId)
      return desk.visit(visitId).confirmation
    }
    expect(desk.visit(visitId).confirmation).toBe('owed')
    expect([move(2), move(3, false), move(4), move(5, true), move(6, true)]).toEqual(['owed', 'none', 'none', 'owed', 'owed'])
    // Of the window that it has, it is a word about the confirmation and moves nothing.
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'confirmed', reason: null }, desk.dispatcherId)
    const before = desk.visit(visitId)
    expect([before.confirmation, move(6, false), move(6, true)]).toEqual(['sent', 'sent', 'sent'])
    expect(desk.visit(visitId)).toEqual(before)
  })

  it('is not in its own way when the visit moves within the day', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    const move = (start: number, end: number) => {
      const { windowDay } = desk.visit(visitId)
      const window = { windowDay, windowStart: start, windowEnd: end, windowStartsAt: instantOf(windowDay, start, 'America/Chicago'), windowEndsAt: instantOf(windowDay, end, 'America/Chicago') }
      desk.office.must('appointment.reschedule', { appointmentId: visitId, reason: 'An hour earlier', ...window }, desk.csrId)
      return desk.visit(visitId)
    }
    // Promised from four to six; the ninety minutes from three on would run into its own.
    expect(move(900, 1020)).toMatchObject({ slot: 'held', technicianId: null })
    const { windowStartsAt } = desk.visit(visitId)
    desk.office.must('appointment.assign', { appointmentId: visitId, technicianId: desk.technicianId, startsAt: windowStartsAt + HOUR, endsAt: windowStartsAt + 2.5 * HOUR, overbookAccepted: false }, desk.dispatcherId)
    expect(move(960, 1080)).toMatchObject({ slot: 'held', technicianId: desk.technicianId })
    expect(move(885, 945)).toMatchObject({ slot: 'held', technicianId: null })
  })

  it('follows the clock on the wall where the clocks change that night', () => {
    const desk = new OneTruck()
    const claim = (day: string, start: number) => {
      const window = { windowDay: day, windowStart: start, windowEnd: start + 120, windowStartsAt: instantOf(day, start, 'America/Chicago'), windowEndsAt: instantOf(day, start + 120, 'America/Chicago') }
      return desk.office.engine.run(mayClaim({ window, durationMinutes: 120, jobTypeId: desk.jobTypeId, appointmentId: null }))
    }
    // The last two hours of the shift are free, the two after them are not worked: to the minute.
    for (const day of ['2026-11-01', '2027-03-14', '2026-07-15']) expect([claim(day, 480), claim(day, 960), claim(day, 1065)], day).toEqual([true, true, false])
  })

  it('costs nothing without a hub: nobody\u2019s day is read', () => {
    const desk = new OneTruck()
    desk.office.shared = false
    const command = COMMANDS.get('job.book')
    const input = command?.input.parse(desk.booking())
    if (!command?.prepare) throw new Error('job.book completes its lines')
    const asked: LoadRequest[] = []
    const listen = <T>(body: Loading<T>): T => {
      for (let step = body.next(); ; step = body.next(desk.office.engine.answer(step.value))) {
        if (step.done) return step.value
        asked.push(step.value)
      }
    }
    const by = { actorId: desk.csrId, deviceId: desk.office.deviceId }
    listen(command.load(listen(command.prepare(input, by)), by))
    expect(asked.map(({ table }) => table.name)).not.toContain('technician')
    expect(asked.map(({ table }) => table.name)).not.toContain('assignment')
    expect(asked.filter(({ kind }) => kind === 'range')).toEqual([])
    expect(desk.visit(desk.book()).slot).toBe('none')
  })
})
