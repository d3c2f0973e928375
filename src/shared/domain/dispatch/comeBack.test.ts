import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OneTruck } from '../../../../tests/support/oneTruck.ts'
import { newId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { waitEntryTable } from '../waitlist/tables.ts'
import { keepsPromisedTime } from './promisedTime.ts'
import { standingOf } from './standing.ts'
import { appointmentTable, assignmentTable } from './tables.ts'

describe('a slot that was let go of', () => {
  it('is claimed anew by a visit that comes back from canceled or from hold: whoever has it since keeps it', () => {
    const desk = new OneTruck()
    const to = (appointmentId: string, state: string) => desk.office.must('appointment.changeState', { appointmentId, to: state, reason: 'Changed their mind' }, desk.dispatcherId)
    for (const away of ['canceled', 'hold']) {
      const ahead = away === 'hold' ? 2 : 3
      const first = desk.book(desk.window(ahead))
      to(first, away)
      to(first, 'scheduled')
      expect(desk.visit(first), away).toMatchObject({ slot: 'held', state: 'scheduled' })
      to(first, away)
      const second = desk.book(desk.window(ahead))
      expect(desk.visit(second).slot, away).toBe('held')
      to(first, 'scheduled')
      expect([desk.visit(first).slot, desk.visit(second).slot], away).toEqual(['lost', 'held'])
      expect(desk.taken(first), away).toMatchObject({ state: 'open', holderUserId: desk.csrId })
      // Once the other one is gone, it comes back to a free window.
      to(second, 'canceled')
      to(first, 'canceled')
      to(first, 'scheduled')
      expect(desk.visit(first).slot, away).toBe('held')
      expect(desk.taken(first), away).toMatchObject({ state: 'closed' })
    }
  })

  it('is not taken back with the technician by a canceled visit where somebody was promised that time since', () => {
    const desk = new OneTruck()
    const plan = (appointmentId: string) => {
      const { windowStartsAt } = desk.visit(appointmentId)
      desk.office.must('appointment.assign', { appointmentId, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    }
    const first = desk.book()
    plan(first)
    desk.office.must('appointment.changeState', { appointmentId: first, to: 'canceled', reason: 'Nobody home' }, desk.dispatcherId)
    const second = desk.book()
    desk.office.must('appointment.changeState', { appointmentId: first, to: 'scheduled', reason: 'They are home' }, desk.dispatcherId)
    expect(desk.visit(first)).toMatchObject({ slot: 'lost', technicianId: null, startsAt: null })
    plan(second)
    expect(desk.visit(second)).toMatchObject({ slot: 'held', technicianId: desk.technicianId })
  })

  it('is lost by an undo as well, where somebody has claimed it in between; else all is as it was', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    const standing = standingOf(desk.visit(visitId), [])
    const cancel = () => desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'canceled', reason: 'Clicked wrongly' }, desk.dispatcherId)
    const undo = () => desk.office.must('appointment.putBack', { appointmentId: visitId, standing, expectedVersion: desk.visit(visitId).version }, desk.dispatcherId)
    cancel()
    undo()
    expect(standingOf(desk.visit(visitId), [])).toEqual(standing)
    cancel()
    const other = desk.book()
    undo()
    expect([desk.visit(visitId), desk.visit(other)]).toMatchObject([{ state: 'scheduled', slot: 'lost' }, { slot: 'held' }])
  })

  it('leaves the technician with it where an undo comes too late', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    const { windowStartsAt } = desk.visit(visitId)
    desk.office.must('appointment.assign', { appointmentId: visitId, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    const standing = standingOf(desk.visit(visitId), desk.office.engine.rows(assignmentTable))
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'canceled', reason: 'Clicked wrongly' }, desk.dispatcherId)
    const other = desk.book()
    desk.office.must('appointment.putBack', { appointmentId: visitId, standing, expectedVersion: desk.visit(visitId).version }, desk.dispatcherId)
    expect(desk.visit(visitId)).toMatchObject({ state: 'scheduled', slot: 'lost', technicianId: null, startsAt: null, endsAt: null, crewIds: null })
    expect(desk.office.engine.rows(assignmentTable)).toEqual([])
    desk.office.must('appointment.assign', { appointmentId: other, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    expect(desk.visit(other).slot).toBe('held')
  })

  it.each(['undone', 'brought back'])('is lost to nobody where a mistaken cancel on an overbooked day is %s: the technician and the wait list stand as before', (how) => {
    const desk = new OneTruck()
    const visitId = desk.book()
    const { windowStartsAt, windowDay } = desk.visit(visitId)
    desk.office.must('appointment.assign', { appointmentId: visitId, technicianId: desk.technicianId, startsAt: windowStartsAt, endsAt: windowStartsAt + 90 * MINUTE, overbookAccepted: false }, desk.dispatcherId)
    desk.office.must('job.book', desk.booking({ appointment: desk.window(), capacity: { kind: 'overbook', why: 'No heat' } }), desk.csrId)
    const [customerId, locationId, entryId] = [newId(), newId(), newId()]
    desk.office.must('customer.create', desk.customer({ customerId, firstName: 'Nora', lastName: 'Whitfield', phones: [], emails: [], location: desk.location({ id: locationId }) }), desk.csrId)
    desk.office.must('waitList.add', { entryId, customerId, locationId, jobTypeId: desk.jobTypeId, callId: null, summary: 'No cooling', phone: null, fromDay: windowDay, toDay: windowDay, part: 'any', callBackBy: desk.office.now + 4 * HOUR }, desk.csrId)
    const standing = standingOf(desk.visit(visitId), desk.office.engine.rows(assignmentTable))
    const cancel = () => {
      desk.office.now += MINUTE
      desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'canceled', reason: 'Clicked wrongly' }, desk.dispatcherId)
      expect(desk.office.engine.row(waitEntryTable, entryId)?.state).toBe('offered')
      desk.office.now += MINUTE
    }
    const back = () =>
      how === 'undone'
        ? desk.office.must('appointment.putBack', { appointmentId: visitId, standing, expectedVersion: desk.visit(visitId).version }, desk.dispatcherId)
        : desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'scheduled', reason: 'Clicked wrongly' }, desk.dispatcherId)
    cancel()
    back()
    expect(standingOf(desk.visit(visitId), desk.office.engine.rows(assignmentTable))).toEqual(standing)
    expect(desk.office.engine.row(waitEntryTable, entryId)?.state).toBe('waiting')
    expect(desk.taken(visitId)).toBeUndefined()
  })

  it('that was kept beyond capacity is not lost once more by a cancel that was a mistake', () => {
    const desk = new OneTruck()
    desk.arrives()
    const kept = desk.arrives()
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('slots-lost'), kept), outcomeKey: 'kept', note: '' }, desk.dispatcherId)
    for (const state of ['canceled', 'scheduled']) {
      desk.office.now += MINUTE
      desk.office.must('appointment.changeState', { appointmentId: kept, to: state, reason: 'Clicked wrongly' }, desk.dispatcherId)
    }
    expect(desk.visit(kept)).toMatchObject({ state: 'scheduled', slot: 'held' })
  })

  it('is lost where somebody came while it was away, also on an overbooked day and with the customer settled', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    desk.office.now += MINUTE
    const cancel = () => desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'canceled', reason: 'Moved away' }, desk.dispatcherId)
    cancel()
    desk.office.now += MINUTE
    const other = desk.book()
    desk.office.now += MINUTE
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('canceled-to-rebook'), visitId), outcomeKey: 'declined', note: 'Moved away' }, desk.dispatcherId)
    desk.office.now += MINUTE
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'scheduled', reason: 'They stay' }, desk.dispatcherId)
    expect([desk.visit(visitId).slot, desk.visit(other).slot]).toEqual(['lost', 'held'])
  })

  it('is asked of nobody any more once its window is over', () => {
    const desk = new OneTruck()
    const visitId = desk.book()
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'hold', reason: 'Not at home' }, desk.dispatcherId)
    desk.book()
    desk.office.now = desk.visit(visitId).windowEndsAt
    desk.office.must('appointment.changeState', { appointmentId: visitId, to: 'scheduled', reason: null }, desk.dispatcherId)
    expect(desk.visit(visitId)).toMatchObject({ state: 'scheduled', slot: 'held' })
    expect(desk.taken(visitId)).toBeUndefined()
  })
})

it('is kept for one at a time, whatever becomes of the visits and their parts in whatever order', () => {
  const deed = fc.record({ what: fc.constantFrom('book', 'hold', 'parts', 'later', 'received', 'notNeeded', 'resume', 'cancel', 'back', 'declined', 'undo', 'move'), which: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 14 }), (deeds) => {
      const desk = new OneTruck()
      const visits: string[] = [desk.book()]
      const undos: (() => unknown)[] = []
      for (const { what, which } of deeds) {
        desk.office.now += MINUTE
        const id = visits[which % visits.length]
        if (id === undefined) throw new Error('Nothing is booked')
        const standing = standingOf(desk.visit(id), [])
        const to = (state: string) => {
          const said = desk.office.run('appointment.changeState', { appointmentId: id, to: state, reason: 'So' }, desk.dispatcherId)
          if (said.kind === 'accepted') undos.push(() => desk.office.run('appointment.putBack', { appointmentId: id, standing, expectedVersion: desk.visit(id).version }, desk.dispatcherId))
        }
        const come = (queue: string, outcomeKey: string) => desk.office.run('promise.recordOutcome', { promiseId: promiseId(queueId(queue), id), outcomeKey, note: 'So' }, desk.dispatcherId)
        const order = (expectedAt: number) => desk.office.run('appointment.awaitParts', { appointmentId: id, what: 'Blower motor', from: 'Hale Supply', expectedAt, reason: 'Waiting for parts' }, desk.dispatcherId)
        if (what === 'book') {
          const appointment = desk.window()
          if (desk.office.run('job.book', desk.booking({ appointment, capacity: { kind: 'free' } }), desk.csrId).kind === 'accepted') visits.push(String(appointment['id']))
        } else if (what === 'move') {
          const { id: _id, zone: _zone, durationMinutes: _duration, ...window } = desk.window()
          desk.office.run('appointment.reschedule', { appointmentId: id, reason: 'So', ...window, capacity: { kind: 'free' } }, desk.csrId)
        } else if (what === 'hold') to('hold')
        else if (what === 'parts') order(desk.visit(id).windowStartsAt)
        else if (what === 'later') order(desk.office.now + 9 * DAY)
        else if (what === 'received' || what === 'notNeeded') come('parts-to-come', what)
        else if (what === 'declined') come('canceled-to-rebook', what)
        else if (what === 'undo') undos.pop()?.()
        else to(what === 'cancel' ? 'canceled' : 'scheduled')
        const kept = desk.office.engine.rows(appointmentTable).filter((visit) => visit.slot === 'held' && keepsPromisedTime(visit))
        expect(kept.length, what).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 200 },
  )
})
