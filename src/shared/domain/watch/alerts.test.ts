import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { DEFAULT_LATENESS, type PlannedVisit, type VisitAlert } from '../dispatch/lateness.ts'
import { type Appointment, appointmentTable, assignmentTable } from '../dispatch/tables.ts'
import { userTable } from '../people/tables.ts'
import { alertStandings, type AlertStanding } from './alerts.ts'
import { alertSeenTable } from './tables.ts'

/** An office with two technicians and four visits of one day, and a hand that does anything to them. */
class DayInHand {
  readonly desk = new FrontDesk()
  readonly technicians = [newId(), newId()]
  readonly visits: string[] = []
  readonly otherDispatcher = newId()

  constructor() {
    const { desk } = this
    desk.office.must('user.add', { id: this.otherDispatcher, name: 'Ana Petrov', roles: ['dispatcher'] }, desk.ownerId)
    for (const [position, id] of this.technicians.entries()) {
      const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 420, end: 1020 }))
      desk.office.must('technician.save', { id, name: `Technician ${position}`, businessUnitId: desk.unitId, skills: position === 0 ? ['cooling'] : [], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position, active: true }, desk.ownerId)
    }
    for (let index = 0; index < 4; index++) {
      const booking = desk.booking()
      desk.office.must('job.book', booking, desk.csrId)
      const visit = this.rows().find(({ jobId }) => jobId === booking.jobId)
      if (visit) this.visits.push(visit.id)
    }
  }

  rows(): readonly Appointment[] {
    return this.desk.office.engine.rows(appointmentTable)
  }

  run(name: string, input: unknown, actor = this.desk.dispatcherId): void {
    this.desk.office.run(name, input, actor)
  }

  standings(now: number): readonly AlertStanding[] {
    const { engine } = this.desk.office
    const overbooked = new Set(engine.rows(assignmentTable).flatMap(({ appointmentId, overbookAccepted }) => (overbookAccepted ? [appointmentId] : [])))
    const visits = this.rows().flatMap((row): readonly PlannedVisit[] => {
      const { technicianId, startsAt, endsAt } = row
      return technicianId === null || startsAt === null || endsAt === null
        ? []
        : [{ ...row, technicianId, startsAt, endsAt, crewIds: row.crewIds ?? [], overbooked: overbooked.has(row.id), skills: ['cooling'], heardAt: row.arrivedAt ?? row.dispatchedAt }]
    })
    const technicians = this.technicians.map((id, position) => ({ id, skills: position === 0 ? ['cooling'] : [], shifts: [], onCall: [], blocks: [], active: true }))
    const present = new Set(engine.rows(userTable).flatMap(({ id, presence }) => (presence === 'active' ? [id] : [])))
    return alertStandings({ visits, technicians, seen: engine.rows(alertSeenTable), present }, now, DEFAULT_LATENESS)
  }
}

/** The cause of an alert, said a second time and another way: of the visit's own record and the clock alone. */
function causeStands(visit: Appointment, kind: VisitAlert['kind'], now: number): boolean | 'fromOthers' {
  const waiting = visit.state === 'scheduled' || visit.state === 'confirmed' || visit.state === 'dispatched'
  const planned = visit.technicianId !== null && visit.startsAt !== null
  if (!planned || visit.state === 'done' || visit.state === 'canceled') return false
  const startsAt = visit.startsAt ?? 0
  switch (kind) {
    case 'windowMissed':
      return waiting && now >= visit.windowEndsAt
    case 'notDispatched':
      return waiting && visit.state !== 'dispatched' && now >= startsAt + 15 * MINUTE && now < visit.windowEndsAt
    case 'notOnSite':
      return visit.state === 'dispatched' && now >= startsAt + 15 * MINUTE && now < visit.windowEndsAt
    case 'planMissesWindow':
      return waiting && now < visit.windowEndsAt && (startsAt < visit.windowStartsAt || startsAt >= visit.windowEndsAt)
    case 'overrun':
      return visit.state === 'working' && now > (visit.endsAt ?? 0)
    case 'noUpdate':
      return (visit.state === 'dispatched' || visit.state === 'working') && now >= (visit.arrivedAt ?? visit.dispatchedAt ?? Infinity) + 2 * HOUR
    case 'atRisk':
    case 'overbooked':
    case 'skillMissing':
    case 'overtime':
    case 'notThere':
    case 'waiverMissing':
    case 'technicianLeft':
      return 'fromOthers'
  }
}

const KINDS: readonly VisitAlert['kind'][] = ['windowMissed', 'notDispatched', 'notOnSite', 'planMissesWindow', 'overrun', 'noUpdate']

type Deed =
  | { readonly kind: 'assign'; readonly visit: number; readonly technician: number; readonly hours: number }
  | { readonly kind: 'state'; readonly visit: number; readonly to: string }
  | { readonly kind: 'unassign'; readonly visit: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'see'; readonly who: 0 | 1; readonly minutes: number }
  | { readonly kind: 'goes'; readonly who: 0 | 1; readonly back: boolean }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('assign' as const), visit: fc.nat(3), technician: fc.nat(1), hours: fc.integer({ min: -2, max: 4 }) }),
  fc.record({ kind: fc.constant('state' as const), visit: fc.nat(3), to: fc.constantFrom('confirmed', 'dispatched', 'working', 'done', 'hold', 'canceled', 'scheduled') }),
  fc.record({ kind: fc.constant('unassign' as const), visit: fc.nat(3) }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 180 }) }),
  fc.record({ kind: fc.constant('see' as const), who: fc.constantFrom(0 as const, 1 as const), minutes: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ kind: fc.constant('goes' as const), who: fc.constantFrom(0 as const, 1 as const), back: fc.boolean() }),
)

describe('alerts about visits', () => {
  it('stand exactly as long as their cause, are quiet while somebody who is here is at it, and never longer', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 4, maxLength: 24 }), (deeds) => {
        const day = new DayInHand()
        const { office } = day.desk
        const [start] = day.rows()
        // The clock stands shortly before the windows of the day.
        office.now = (start?.windowStartsAt ?? office.now) - HOUR
        const people = [day.desk.dispatcherId, day.otherDispatcher] as const
        /** What was seen, as this test remembers it. */
        const seen = new Map<string, { readonly by: string; readonly until: number; readonly cause: string }>()
        const here = new Set<string>(people)
        for (const step of deeds) {
          const visitId = 'visit' in step ? (day.visits[step.visit] ?? '') : ''
          const visit = day.rows().find(({ id }) => id === visitId)
          switch (step.kind) {
            case 'assign': {
              const startsAt = Math.ceil((visit?.windowStartsAt ?? 0) / (5 * MINUTE)) * 5 * MINUTE + step.hours * HOUR
              day.run('appointment.assign', { appointmentId: visitId, technicianId: day.technicians[step.technician], startsAt, endsAt: startsAt + HOUR, overbookAccepted: true })
              break
            }
            case 'state':
              day.run('appointment.changeState', { appointmentId: visitId, to: step.to, reason: 'Clicked wrongly' })
              break
            case 'unassign':
              day.run('appointment.unassign', { appointmentId: visitId })
              break
            case 'wait':
              office.now += step.minutes * MINUTE
              break
            case 'see': {
              const [first] = day.standings(office.now).filter(({ loud }) => loud)
              const by = people[step.who]
              if (!first || !here.has(by)) break
              const until = office.now + step.minutes * MINUTE
              const said = office.run('visitAlert.see', { appointmentId: first.visitId, kind: first.alert.kind, cause: first.cause, doing: 'Calling the customer', lookAgainAt: until }, by)
              expect(said.kind).toBe('accepted')
              seen.set(`${first.visitId} ${first.alert.kind}`, { by, until, cause: first.cause })
              break
            }
            case 'goes':
              day.run('user.change', { userId: people[step.who], set: { presence: step.back ? 'active' : 'away' } }, day.desk.ownerId)
              if (step.back) here.add(people[step.who])
              else here.delete(people[step.who])
          }
          const now = office.now
          const standings = day.standings(now)
          for (const row of day.rows()) {
            for (const kind of KINDS) {
              const stands = standings.some((standing) => standing.visitId === row.id && standing.alert.kind === kind)
              expect(stands, `${kind} at ${row.state}`).toBe(causeStands(row, kind, now))
            }
          }
          for (const { visitId: id, alert, cause, loud } of standings) {
            const known = seen.get(`${id} ${alert.kind}`)
            const quiet = known?.cause === cause && here.has(known.by) && now < known.until
            // Neither nags before its time, nor is lost when the time or the person is gone.
            expect(loud).toBe(!quiet)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('lets somebody take it on for a while, and nobody for a day', () => {
    const day = new DayInHand()
    const { office, dispatcherId } = day.desk
    const [visit] = day.rows()
    if (!visit) throw new Error('Nothing was booked')
    day.run('appointment.assign', { appointmentId: visit.id, technicianId: day.technicians[0], startsAt: visit.windowStartsAt, endsAt: visit.windowStartsAt + HOUR, overbookAccepted: false })
    office.now = visit.windowStartsAt + 20 * MINUTE
    const [alert] = day.standings(office.now)
    expect(alert).toMatchObject({ alert: { kind: 'notDispatched' }, loud: true, seen: null })
    const see = (lookAgainAt: number) => office.run('visitAlert.see', { appointmentId: visit.id, kind: 'notDispatched', cause: alert?.cause ?? '', doing: 'Calling Theo', lookAgainAt }, dispatcherId)
    expect(see(office.now)).toMatchObject({ refusal: { code: 'visitAlert.past' } })
    expect(see(office.now + 13 * HOUR)).toMatchObject({ refusal: { code: 'visitAlert.tooFar' } })
    expect(see(office.now + 15 * MINUTE).kind).toBe('accepted')
    expect(day.standings(office.now)[0]).toMatchObject({ loud: false, seen: { seenBy: dispatcherId, doing: 'Calling Theo' } })
    expect(day.standings(office.now + 15 * MINUTE)[0]).toMatchObject({ loud: true })
    day.run('appointment.changeState', { appointmentId: visit.id, to: 'dispatched', reason: null })
    // Another cause: he is sent now, and not there.
    expect(day.standings(office.now)[0]).toMatchObject({ alert: { kind: 'notOnSite' }, loud: true })
    day.run('appointment.changeState', { appointmentId: visit.id, to: 'working', reason: null })
    expect(day.standings(office.now)).toEqual([])
  })
})
