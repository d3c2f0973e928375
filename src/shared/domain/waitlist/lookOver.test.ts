import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitListProblems } from '../../../../tests/simulation/properties/drafts.ts'
import { ledgerProblems } from '../../../../tests/simulation/properties/promises.ts'
import { DispatchDesk, refusedAs } from '../../../../tests/support/dispatchDesk.ts'
import { newId } from '../../base/id.ts'
import { addDays, DAY, HOUR } from '../../base/time.ts'
import { instantOf, wallTimeOf } from '../../base/zone.ts'
import type { Appointment } from '../dispatch/tables.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseId } from '../promises/engine.ts'
import { promiseTable } from '../promises/tables.ts'
import { type WaitEntry, waitEntryTable } from './tables.ts'

const ZONE = 'America/Chicago'

class ListDesk extends DispatchDesk {
  today(): string {
    return wallTimeOf(this.office.now, ZONE).day
  }

  entry(id: string): WaitEntry {
    const entry = this.office.engine.row(waitEntryTable, id)
    if (!entry) throw new Error('The entry is gone')
    return entry
  }

  isOwed(queue: string, id: string): boolean {
    return this.office.engine.row(promiseTable, promiseId(queueId(queue), id))?.state === 'open'
  }

  /** Somebody new on the list, with the visit they keep where one is given. */
  wait(more: Readonly<Record<string, unknown>> = {}): string {
    const entryId = newId()
    this.must('waitList.add', { entryId, ...this.person(), jobTypeId: this.jobTypeId, callId: null, summary: 'No cooling', phone: null, fromDay: this.today(), toDay: addDays(this.today(), 4), part: 'any', callBackBy: this.office.now + 4 * HOUR, ...more }, this.csrId)
    return entryId
  }

  person(): { readonly customerId: string; readonly locationId: string } {
    const [customerId, locationId] = [newId(), newId()]
    this.office.must('customer.create', this.customer({ customerId, firstName: 'Nora', lastName: 'Whitfield', phones: [], emails: [], location: this.location({ id: locationId }) }), this.csrId)
    return { customerId, locationId }
  }

  /** Somebody else's visit so many days ahead, at 4 PM. */
  booked(ahead: number): Appointment {
    const appointment = this.window(ahead)
    this.office.must('job.book', this.booking({ appointment, ...this.person() }), this.csrId)
    return this.visit(String(appointment['id']))
  }

  cancel({ id }: Appointment): void {
    this.must('appointment.changeState', { appointmentId: id, to: 'canceled', reason: 'So' })
  }

  /** Moves a visit to a window, 4 PM of the day unless it says so. */
  move({ id }: Appointment, ahead: number, start = 960) {
    const windowDay = addDays(this.today(), ahead)
    return this.run('appointment.reschedule', { appointmentId: id, windowDay, windowStart: start, windowEnd: start + 120, windowStartsAt: instantOf(windowDay, start, ZONE), windowEndsAt: instantOf(windowDay, start + 120, ZONE), reason: 'So' }, this.csrId)
  }

  look() {
    return this.run('waitList.lookOver', { day: this.today(), at: this.office.now }, SYSTEM_ACTOR)
  }
}

describe('somebody who keeps a visit while they wait', () => {
  it('is offered only what is sooner, moves up to it, and leaves their old time to the next', () => {
    const desk = new ListDesk()
    const kept = desk.booked(3)
    const entryId = desk.wait({ customerId: kept.customerId, locationId: kept.locationId, visitId: kept.id })
    expect(desk.entry(entryId)).toMatchObject({ visitId: kept.id, keptStartsAt: kept.windowStartsAt })
    const next = desk.wait()
    desk.cancel(desk.booked(4))
    expect(desk.entry(entryId).state).toBe('waiting')
    expect(desk.entry(next).state).toBe('offered')

    const last = desk.wait()
    desk.cancel(desk.booked(1))
    expect(desk.entry(entryId).state).toBe('offered')
    expect(desk.visit(kept.id).windowDay).toBe(kept.windowDay)
    desk.must('waitList.moveUp', { entryId }, desk.csrId)
    expect(desk.visit(kept.id)).toMatchObject({ windowDay: addDays(desk.today(), 1), state: 'scheduled' })
    expect(desk.entry(entryId)).toMatchObject({ state: 'accepted', jobId: kept.jobId })
    expect(desk.entry(last)).toMatchObject({ state: 'offered', offerDay: kept.windowDay })
    expect(desk.isOwed('wait-list-offers', entryId)).toBe(false)
    expect(desk.run('waitList.moveUp', { entryId }, desk.csrId)).toMatchObject(refusedAs('waitList.accepted'))
  })

  it('is on the list once, with a visit of their own that has not begun', () => {
    const desk = new ListDesk()
    const kept = desk.booked(3)
    const own = { customerId: kept.customerId, locationId: kept.locationId, visitId: kept.id }
    desk.wait(own)
    expect(() => desk.wait(own)).toThrow('waitList.exists')
    expect(() => desk.wait({ visitId: kept.id })).toThrow('waitList.visitOfOther')
    expect(() => desk.wait({ ...own, fromDay: addDays(desk.today(), 4) })).toThrow()
    const waiting = desk.wait()
    desk.cancel(desk.booked(4))
    expect(desk.run('waitList.moveUp', { entryId: waiting }, desk.csrId)).toMatchObject(refusedAs('waitList.keepsNone'))
  })

  it('waits no longer once it has begun, was canceled, or their days are over; nobody calls about it', () => {
    const desk = new ListDesk()
    const visits = [desk.booked(3), desk.booked(3)]
    const entries = visits.map((visit) => desk.wait({ customerId: visit.customerId, locationId: visit.locationId, visitId: visit.id }))
    const third = desk.booked(3)
    const over = desk.wait({ customerId: third.customerId, locationId: third.locationId, visitId: third.id, toDay: desk.today() })
    const [begun, canceled] = visits
    if (!begun || !canceled) throw new Error('Nothing was booked')
    desk.assign(begun)
    desk.must('appointment.changeState', { appointmentId: begun.id, to: 'dispatched', reason: null })
    desk.cancel(canceled)
    desk.look()
    expect(entries.map((id) => desk.entry(id).resolution)).toEqual(['Their visit has begun', 'Their visit was canceled'])
    expect(desk.entry(over).state).toBe('waiting')
    desk.office.now += DAY
    desk.look()
    expect(desk.entry(over)).toMatchObject({ state: 'expired', resolution: 'Their days are over', news: null })
    for (const id of [...entries, over]) expect([desk.isOwed('wait-list', id), desk.isOwed('wait-list-over', id)]).toEqual([false, false])
  })

  it('waits for what is sooner than the window they were given since', () => {
    const desk = new ListDesk()
    const kept = desk.booked(4)
    const entryId = desk.wait({ customerId: kept.customerId, locationId: kept.locationId, visitId: kept.id })
    desk.move(kept, 2)
    desk.look()
    desk.cancel(desk.booked(3))
    expect(desk.entry(entryId)).toMatchObject({ state: 'waiting', keptStartsAt: desk.visit(kept.id).windowStartsAt })
  })
})

describe('the wait list by the clock', () => {
  it('ends who has no visit with a call that nothing came free', () => {
    const desk = new ListDesk()
    const entryId = desk.wait({ toDay: desk.today() })
    desk.office.now += DAY
    desk.look()
    expect(desk.entry(entryId)).toMatchObject({ state: 'expired', news: 'owed' })
    expect([desk.isOwed('wait-list', entryId), desk.isOwed('wait-list-over', entryId)]).toEqual([false, true])
    desk.must('promise.recordOutcome', { promiseId: promiseId(queueId('wait-list-over'), entryId), outcomeKey: 'told', note: 'Booked for Monday' }, desk.csrId)
    expect(desk.isOwed('wait-list-over', entryId)).toBe(false)
  })

  it('passes an offer on that nobody answered, to somebody else and not back; where nobody else waits it stays', () => {
    const desk = new ListDesk()
    const first = desk.wait()
    desk.cancel(desk.booked(2))
    desk.office.now += 2 * HOUR
    desk.look()
    expect(desk.entry(first).state).toBe('offered')
    const second = desk.wait()
    desk.look()
    expect([first, second].map((id) => desk.entry(id).state)).toEqual(['waiting', 'offered'])
    expect(desk.entry(first).lapsedStartsAt).toBe(desk.entry(second).offerStartsAt)
    desk.office.now += 2 * HOUR
    desk.look()
    expect([first, second].map((id) => desk.entry(id).state)).toEqual(['waiting', 'offered'])
  })

  it('asks each once about one time that came free, though nobody ever answers', () => {
    const desk = new ListDesk()
    const entries = [desk.wait(), desk.wait(), desk.wait()]
    desk.cancel(desk.booked(3))
    desk.office.now += HOUR / 2
    desk.cancel(desk.booked(4))
    for (let hour = 0; hour < 12; hour++) {
      desk.office.now += HOUR
      desk.look()
    }
    // Two times, so nobody hears of more than two; the last who was asked about one keeps it, late.
    for (const id of entries) expect(desk.entry(id).offersMade).toBeLessThanOrEqual(2)
    expect(entries.filter((id) => desk.entry(id).state === 'offered')).toHaveLength(2)
    expect(desk.look()).toMatchObject({ changes: [] })
  })

  it('takes back an offer whose time is over', () => {
    const desk = new ListDesk()
    const entryId = desk.wait({ toDay: addDays(desk.today(), 4) })
    desk.cancel(desk.booked(1))
    desk.office.now += DAY + 6 * HOUR
    desk.look()
    expect(desk.entry(entryId)).toMatchObject({ state: 'waiting', offerDay: null })
  })
})

describe('what is said about a time', () => {
  const seen = (entry: WaitEntry) => ({ startsAt: entry.offerStartsAt, endsAt: entry.offerEndsAt })

  it('is about the one that they were told of, not about what is held out by then', () => {
    const desk = new ListDesk()
    const kept = desk.booked(4)
    const entryId = desk.wait({ customerId: kept.customerId, locationId: kept.locationId, visitId: kept.id })
    const [first, other] = [desk.booked(2), desk.booked(1)]
    desk.cancel(first)
    const told = seen(desk.entry(entryId))
    desk.run('appointment.changeState', { appointmentId: first.id, to: 'scheduled', reason: 'So' })
    desk.cancel(other)
    expect(desk.run('waitList.moveUp', { entryId, offer: told }, desk.csrId)).toMatchObject(refusedAs('waitList.otherOffer'))
    expect(desk.run('waitList.decline', { entryId, callBackBy: desk.office.now + HOUR, reason: '', offer: told }, desk.csrId)).toMatchObject(refusedAs('waitList.otherOffer'))
    expect(desk.visit(kept.id).windowDay).toBe(kept.windowDay)
    expect(desk.run('waitList.moveUp', { entryId, offer: seen(desk.entry(entryId)) }, desk.csrId)).toMatchObject({ kind: 'accepted' })
  })

  it('passes it on where another was booked, and where another is held out in its place', () => {
    const desk = new ListDesk()
    const own = desk.person()
    const [first, second, third] = [desk.wait(own), desk.wait(), desk.wait()]
    const book = (visit: Appointment): string => {
      const window = { windowDay: visit.windowDay, windowStart: visit.windowStart, windowEnd: visit.windowEnd, windowStartsAt: visit.windowStartsAt, windowEndsAt: visit.windowEndsAt }
      const booking = desk.booking({ appointment: desk.window(3, window), ...own })
      desk.office.must('job.book', booking, desk.csrId)
      return booking.jobId
    }
    const freed = desk.booked(2)
    desk.cancel(freed)
    desk.must('waitList.accept', { entryId: first, jobId: book(desk.booked(3)) }, desk.csrId)
    expect([first, second].map((id) => [desk.entry(id).state, desk.entry(id).offerDay])).toEqual([
      ['accepted', freed.windowDay],
      ['offered', freed.windowDay],
    ])
    const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, zone } = desk.booked(4)
    desk.must('waitList.offer', { entryId: second, windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, zone }, desk.csrId)
    expect([second, third].map((id) => desk.entry(id).offerDay)).toEqual([windowDay, freed.windowDay])
  })

  it('goes to whoever has waited longest by then, also to those who had another time in hand when it came free', () => {
    const desk = new ListDesk()
    const [first, second] = [desk.wait(), desk.wait()]
    const [one, other] = [desk.booked(2), desk.booked(3)]
    desk.cancel(one)
    desk.cancel(other)
    const days = () => [first, second].map((id) => desk.entry(id).offerDay)
    expect(days()).toEqual([one.windowDay, other.windowDay])
    desk.must('waitList.decline', { entryId: first, callBackBy: desk.office.now + HOUR, reason: 'Works then' }, desk.csrId)
    expect(days()).toEqual([null, other.windowDay])
    desk.must('waitList.decline', { entryId: second, callBackBy: null, reason: 'Bought a fan' }, desk.csrId)
    expect(days()).toEqual([other.windowDay, other.windowDay])
    expect(desk.entry(first).state).toBe('offered')
    // Refused by both, it stays free; nobody is asked about it again.
    desk.must('waitList.decline', { entryId: first, callBackBy: desk.office.now + HOUR, reason: 'Works then too' }, desk.csrId)
    desk.look()
    expect([desk.entry(first).state, desk.entry(first).offersMade]).toEqual(['waiting', 2])
  })

  it('goes to nobody else where the booking took part of it', () => {
    const desk = new ListDesk()
    const own = desk.person()
    const [first, second] = [desk.wait(own), desk.wait()]
    const freed = desk.booked(2)
    desk.cancel(freed)
    const book = (start: number): string => {
      const window = { windowStart: start, windowEnd: start + 240, windowStartsAt: instantOf(freed.windowDay, start, ZONE), windowEndsAt: instantOf(freed.windowDay, start + 240, ZONE) }
      const booking = desk.booking({ appointment: desk.window(2, window), ...own })
      desk.office.must('job.book', booking, desk.csrId)
      return booking.jobId
    }
    desk.must('waitList.accept', { entryId: first, jobId: book(840) }, desk.csrId)
    expect([desk.entry(first).state, desk.entry(second).state]).toEqual(['accepted', 'waiting'])
    // Beside it, the time is free for the next.
    desk.must('waitList.decline', { entryId: second, callBackBy: null, reason: 'Bought a fan' }, desk.csrId)
    const [third, fourth] = [desk.wait(own), desk.wait()]
    desk.cancel(desk.booked(2))
    desk.must('waitList.accept', { entryId: third, jobId: book(720) }, desk.csrId)
    expect([desk.entry(third).state, desk.entry(fourth).state]).toEqual(['accepted', 'offered'])
  })

  it('keeps it from nobody else where the very time was booked, and is not asked again where it was not wanted', () => {
    const desk = new ListDesk()
    const own = desk.person()
    const [first, second] = [desk.wait(own), desk.wait()]
    const freed = desk.booked(2)
    desk.cancel(freed)
    desk.must('waitList.decline', { entryId: first, callBackBy: desk.office.now + HOUR, reason: 'Works then' }, desk.csrId)
    desk.must('waitList.decline', { entryId: second, callBackBy: desk.office.now + HOUR, reason: 'Works then' }, desk.csrId)
    expect([first, second].map((id) => [desk.entry(id).state, desk.entry(id).offersMade])).toEqual([
      ['waiting', 1],
      ['waiting', 1],
    ])
    desk.cancel(desk.booked(3))
    const booking = desk.booking({ appointment: desk.window(3), ...own })
    desk.office.must('job.book', booking, desk.csrId)
    desk.must('waitList.accept', { entryId: first, jobId: booking.jobId }, desk.csrId)
    expect(desk.entry(second).state).toBe('waiting')
  })
})

describe('a visit that takes its window again', () => {
  it('by moving back, withdraws what was offered of it', () => {
    const desk = new ListDesk()
    const entryId = desk.wait()
    const visit = desk.booked(1)
    desk.move(visit, 3)
    expect(desk.entry(entryId)).toMatchObject({ state: 'offered', offerFromId: visit.id })
    desk.move(visit, 1)
    expect(desk.entry(entryId)).toMatchObject({ state: 'waiting', offerFromId: null })
  })

  it('leaves alone what another visit left, and what somebody has taken since', () => {
    const desk = new ListDesk()
    const entryId = desk.wait()
    const [left, moves] = [desk.booked(1), desk.booked(3)]
    desk.cancel(left)
    expect(desk.entry(entryId).state).toBe('offered')
    desk.move(moves, 1)
    expect(desk.entry(entryId)).toMatchObject({ state: 'offered', offerFromId: left.id })
  })

  it('takes back the last offer where two were made of the same window, and the first stays for the other', () => {
    const desk = new ListDesk()
    const [first, second] = [desk.wait(), desk.wait()]
    const [one, other] = [desk.booked(1), desk.booked(1)]
    desk.move(one, 3)
    desk.move(other, 4)
    expect([first, second].map((id) => desk.entry(id).offerFromId)).toEqual([one.id, other.id])
    desk.move(one, 1)
    expect([first, second].map((id) => [desk.entry(id).state, desk.entry(id).offerFromId])).toEqual([
      ['offered', other.id],
      ['waiting', null],
    ])
  })
})

it('keeps the list whole, each time held out to one, whatever happens in whatever order', () => {
  const deed = fc.record({ what: fc.constantFrom('wait', 'keep', 'book', 'cancel', 'move', 'moveUp', 'decline', 'hours', 'look'), which: fc.nat(3), ahead: fc.integer({ min: 1, max: 4 }) })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 16 }), (deeds) => {
      const desk = new ListDesk()
      const [visits, entries]: [Appointment[], string[]] = [[desk.booked(2), desk.booked(3)], [desk.wait()]]
      for (const { what, which, ahead } of deeds) {
        const visit = visits[which % visits.length]
        const entryId = entries[which % entries.length]
        if (!visit || entryId === undefined) continue
        if (what === 'wait') entries.push(desk.wait({ toDay: addDays(desk.today(), ahead) }))
        else if (what === 'book') visits.push(desk.booked(ahead))
        else if (what === 'keep') {
          const id = newId()
          const kept = desk.run('waitList.add', { entryId: id, customerId: visit.customerId, locationId: visit.locationId, jobTypeId: desk.jobTypeId, callId: null, summary: '', phone: null, fromDay: desk.today(), toDay: addDays(desk.today(), ahead), part: 'any', callBackBy: desk.office.now + HOUR, visitId: visit.id }, desk.csrId)
          if (kept.kind === 'accepted') entries.push(id)
        } else if (what === 'cancel') desk.run('appointment.changeState', { appointmentId: visit.id, to: desk.visit(visit.id).state === 'canceled' ? 'scheduled' : 'canceled', reason: 'So' })
        else if (what === 'move') desk.move(visit, ahead)
        else if (what === 'moveUp') desk.run('waitList.moveUp', { entryId }, desk.csrId)
        else if (what === 'decline') desk.run('waitList.decline', { entryId, callBackBy: desk.office.now + HOUR, reason: '' }, desk.csrId)
        else if (what === 'hours') desk.office.now += ahead * 5 * HOUR
        if (what === 'hours' || what === 'look') expect(desk.look()).toMatchObject({ kind: 'accepted' })
        expect([...waitListProblems((table) => desk.rows(table)), ...ledgerProblems((table) => desk.rows(table))]).toEqual([])
        // A visit that is moved twice leaves two times.
        const offers = desk.rows(waitEntryTable).flatMap(({ state, offerFromId, offerStartsAt }) => (state === 'offered' && offerFromId !== null ? [`${offerFromId} ${offerStartsAt}`] : []))
        expect(new Set(offers).size).toBe(offers.length)
      }
      // The clock sees everything at once: a second look finds nothing.
      desk.look()
      expect(desk.look()).toMatchObject({ changes: [] })
    }),
    { numRuns: 40 },
  )
})
