import { beforeEach, describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../tests/support/frontDesk.ts'
import { newId } from '../base/id.ts'
import { DAY, HOUR, MINUTE } from '../base/time.ts'
import { instantOf, wallTimeOf } from '../base/zone.ts'
import { appointmentTable } from '../domain/dispatch/tables.ts'
import { loadTechnicianDay } from './technicianDay.ts'
import type { TechnicianDay } from './wire.ts'

const ZONE = 'America/Chicago'

describe('a technician\u2019s day', () => {
  let desk: FrontDesk
  let wes: string

  const save = (active: boolean): void => void desk.office.must('technician.save', { id: wes, name: 'Wes Tran', businessUnitId: desk.unitId, skills: ['cooling'], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active }, desk.ownerId)

  const visitAt = (startsAt: number, hours = 1, changed: Readonly<Record<string, unknown>> = {}): string => {
    // Promised as it is planned.
    const { day, minute } = wallTimeOf(startsAt, ZONE)
    const windowEnd = Math.min(1440, minute + 60)
    const appointment = desk.window(0, { windowDay: day, windowStart: minute, windowEnd, windowStartsAt: startsAt, windowEndsAt: instantOf(day, windowEnd, ZONE) })
    const booking = desk.booking({ appointment, ...changed })
    desk.office.must('job.book', booking, desk.csrId)
    const id = desk.office.engine.rows(appointmentTable).find(({ jobId }) => jobId === booking.jobId)?.id ?? ''
    desk.office.must('appointment.assign', { appointmentId: id, technicianId: wes, startsAt, endsAt: startsAt + hours * HOUR, overbookAccepted: false }, desk.dispatcherId)
    return id
  }

  const dayAt = (now: number, day: string | null = null): TechnicianDay => {
    const shown = desk.office.engine.run(loadTechnicianDay({ technicianId: wes, day, expiresAt: now + DAY }, 'e1', now))
    if (!shown) throw new Error('There is nothing to see')
    return shown
  }

  const idsAt = (now: number, day: string | null = null): readonly string[] => dayAt(now, day).visits.map(({ id }) => id)

  beforeEach(() => {
    desk = new FrontDesk()
    wes = newId()
    save(true)
  })

  it('has the visits in order, the night after it, and what the night before left open', () => {
    const midnight = instantOf('2026-07-15', 0, ZONE)
    const before = visitAt(midnight - 2 * HOUR)
    const [noon, night, morning] = [visitAt(midnight + 12 * HOUR), visitAt(midnight + 26 * HOUR), visitAt(midnight + 30 * HOUR)]
    const early = visitAt(midnight + 8 * HOUR)
    expect(idsAt(midnight + 9 * HOUR)).toEqual([before, early, noon, night])
    expect(idsAt(midnight + 9 * HOUR, '2026-07-16')).toEqual([noon, night, morning])
    desk.office.must('appointment.changeState', { appointmentId: before, to: 'canceled', reason: 'Nobody home' }, desk.dispatcherId)
    expect(idsAt(midnight + 9 * HOUR)).toEqual([early, noon, night])
  })

  it('is as long as the clocks make it', () => {
    // 23 hours in spring, 25 in autumn: the night begins where the day ends.
    desk.office.now = Date.UTC(2027, 2, 10)
    for (const [day, hours] of [['2027-03-14', 23], ['2027-11-07', 25]] as const) {
      const midnight = instantOf(day, 0, ZONE)
      const last = visitAt(midnight + hours * HOUR - 30 * MINUTE)
      const after = visitAt(midnight + hours * HOUR + 4 * HOUR)
      expect(idsAt(midnight + 9 * HOUR)).toContain(last)
      expect(idsAt(midnight + 9 * HOUR)).not.toContain(after)
    }
  })

  it('has what is needed at the door and no price', () => {
    const at = instantOf('2026-07-15', 540, ZONE)
    visitAt(at, 1, { notes: 'Call before coming', lines: [desk.line({ quantity: 1500 }), desk.line({ priceItemId: desk.discountId, kind: 'discount' })] })
    desk.office.must('note.add', { noteId: newId(), subjectKind: 'location', subjectId: desk.locationId, body: 'Meter is behind the shed', pinned: true }, desk.csrId)
    desk.office.must('note.add', { noteId: newId(), subjectKind: 'customer', subjectId: desk.customerId, body: 'Only for the office', pinned: false }, desk.csrId)
    const [visit] = dayAt(at).visits
    expect(visit).toMatchObject({ notes: ['Call before coming', 'Meter is behind the shed'], lines: [{ quantity: 1500 }], phones: [{ value: '+15550146638', shown: '(555) 014-6638', label: 'mobile' }] })
    expect(visit?.access).toEqual([{ label: 'Gate code', text: '2290#' }, { label: 'Pets', text: 'one dog, friendly' }])
    expect(JSON.stringify(dayAt(at))).not.toMatch(/8900|Cents|Coupon|Only for the office/)
  })

  it('is nobody\u2019s who does not work here any more', () => {
    save(false)
    expect(() => dayAt(desk.office.now)).toThrow('nothing to see')
  })
})
