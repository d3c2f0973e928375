import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../base/id.ts'
import { HOUR, MINUTE } from '../../base/time.ts'
import { instantOf } from '../../base/zone.ts'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { ALERT_KINDS, DEFAULT_LATENESS, type PlannedVisit, type VisitAlert } from '../dispatch/lateness.ts'
import { type Appointment, appointmentTable, assignmentTable, technicianTimeTable } from '../dispatch/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { lacksWaiver } from '../jobs/waivers.ts'
import type { Row, Table } from '../kernel/table.ts'
import { technicianTable, userTable } from '../people/tables.ts'
import { alertStandings, type AlertStanding } from './alerts.ts'
import { type DispatchDay, loadDispatchDay, technicianDays } from './day.ts'
import { alertSeenTable } from './tables.ts'

const ZONE = 'America/Chicago'

/** Minutes of the day. */
const SHIFT_END = 1080

/** An office with two technicians and four visits of one day, and a hand that does anything to them. */
class DayInHand {
  readonly desk = new FrontDesk()
  readonly technicians = [newId(), newId()]
  readonly visits: string[] = []
  readonly otherDispatcher = newId()

  constructor() {
    const { desk } = this
    desk.office.must('user.add', { id: this.otherDispatcher, name: 'Ana Petrov', roles: ['dispatcher'] }, desk.ownerId)
    for (const position of this.technicians.keys()) this.saveTechnician(position, true)
    for (let index = 0; index < 4; index++) {
      const booking = desk.booking()
      desk.office.must('job.book', booking, desk.csrId)
      const visit = this.rows().find(({ jobId }) => jobId === booking.jobId)
      if (visit) this.visits.push(visit.id)
    }
  }

  saveTechnician(position: number, active: boolean): void {
    const { desk } = this
    const shifts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 420, end: SHIFT_END }))
    desk.office.must('technician.save', { id: this.technicians[position], name: `Technician ${position}`, businessUnitId: desk.unitId, skills: position === 0 ? ['cooling'] : [], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position, active }, desk.ownerId)
  }

  rows(): readonly Appointment[] {
    return this.desk.office.engine.rows(appointmentTable)
  }

  run(name: string, input: unknown, actor = this.desk.dispatcherId): void {
    this.desk.office.run(name, input, actor)
  }

  day(): DispatchDay {
    const [first] = this.rows()
    const day = first?.windowDay ?? ''
    return this.desk.office.engine.run(loadDispatchDay(day, instantOf(day, 0, ZONE)))
  }

  /** As the dispatcher's page makes them of the day. */
  standings(now: number): readonly AlertStanding[] {
    const { engine } = this.desk.office
    const today = this.day()
    const visits = today.visits.flatMap(({ appointment: row, job, overbooked, jobType }): readonly PlannedVisit[] => {
      const { technicianId, startsAt, endsAt } = row
      return technicianId === null || startsAt === null || endsAt === null
        ? []
        : [{ ...row, technicianId, startsAt, endsAt, crewIds: row.crewIds ?? [], overbooked, skills: jobType?.skills ?? [], waiverMissing: lacksWaiver(job), heardAt: row.arrivedAt ?? row.dispatchedAt }]
    })
    const technicians = technicianDays(today).map(({ technician: { id, skills, active }, work }) => ({ id, skills, active, ...work }))
    const present = new Set(engine.rows(userTable).flatMap(({ id, presence }) => (presence === 'active' ? [id] : [])))
    return alertStandings({ visits, technicians, seen: engine.rows(alertSeenTable), present }, now, DEFAULT_LATENESS)
  }
}

/** The cause of an alert, said a second time and another way: of the stored rows and the clock alone. `perhaps`: earlier work decides. */
function causeStands(visit: Appointment, kind: VisitAlert['kind'], now: number, rows: <T extends Table>(table: T) => readonly Row<T>[]): boolean | 'perhaps' {
  const { technicianId, startsAt, endsAt } = visit
  if (technicianId === null || startsAt === null || endsAt === null || visit.state === 'done' || visit.state === 'canceled') return false
  const waiting = visit.state === 'scheduled' || visit.state === 'confirmed' || visit.state === 'dispatched'
  const latest = visit.promisedAt === null ? visit.windowEndsAt : visit.promisedAt + 15 * MINUTE
  const asPromised = visit.promisedAt === null ? startsAt >= visit.windowStartsAt && startsAt < visit.windowEndsAt : startsAt === visit.promisedAt
  const technician = rows(technicianTable).find(({ id }) => id === technicianId)
  const meets = (other: { readonly startsAt: number; readonly endsAt: number }): boolean => other.startsAt < endsAt && other.endsAt > startsAt
  const away = technician?.active === true && rows(technicianTimeTable).some((block) => block.technicianId === technicianId && meets(block))
  const assignments = rows(assignmentTable)
  const accepted = assignments.some((own) => own.appointmentId === visit.id && own.role !== 'crew' && own.overbookAccepted)
  const open = new Set(rows(appointmentTable).flatMap(({ id, state }) => (state === 'done' || state === 'canceled' ? [] : [id])))
  const elsewhere = assignments.some((other) => other.technicianId === technicianId && other.appointmentId !== visit.id && open.has(other.appointmentId) && meets(other))
  switch (kind) {
    case 'windowMissed':
      return waiting && now >= latest
    case 'notDispatched':
      return waiting && visit.state !== 'dispatched' && now >= startsAt + 15 * MINUTE && now < latest
    case 'notOnSite':
      return visit.state === 'dispatched' && now >= startsAt + 15 * MINUTE && now < latest
    case 'planMissesWindow':
      return waiting && now < latest && !asPromised
    case 'overrun':
      return visit.state === 'working' && now > endsAt
    case 'noUpdate':
      return (visit.state === 'dispatched' || visit.state === 'working') && now >= (visit.arrivedAt ?? visit.dispatchedAt ?? Infinity) + 2 * HOUR
    case 'waiverMissing': {
      const waiver = rows(jobTable).find(({ id }) => id === visit.jobId)?.waiver
      return technician?.active === true && (waiver === 'owed' || waiver === 'sent') && (waiting || visit.state === 'hold')
    }
    case 'technicianLeft':
      return technician?.active === false
    case 'skillMissing':
      return technician?.active === true && !technician.skills.includes('cooling')
    case 'overbooked':
      return technician?.active === true && accepted && (elsewhere || away)
    case 'notThere':
      return away && !accepted
    case 'overtime':
      return technician?.active === true && endsAt > instantOf(visit.windowDay, SHIFT_END, ZONE)
    case 'atRisk': {
      // Nothing stands before it and nobody is away: then nothing can make it late but the clock.
      const before = assignments.some((other) => other.technicianId === technicianId && other.appointmentId !== visit.id && open.has(other.appointmentId) && other.startsAt <= startsAt)
      const kept = rows(technicianTimeTable).some((block) => block.technicianId === technicianId)
      return waiting && now < latest && asPromised && (before || kept) ? 'perhaps' : false
    }
  }
}

type Deed =
  | { readonly kind: 'assign'; readonly visit: number; readonly technician: number; readonly hours: number }
  | { readonly kind: 'state'; readonly visit: number; readonly to: string }
  | { readonly kind: 'unassign'; readonly visit: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'see'; readonly who: 0 | 1; readonly minutes: number }
  | { readonly kind: 'goes'; readonly who: 0 | 1; readonly back: boolean }
  | { readonly kind: 'keep'; readonly technician: number; readonly hours: number }
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'waiver'; readonly visit: number; readonly waiver: 'owed' | 'sent' | 'returned' }
  | { readonly kind: 'along'; readonly visit: number; readonly technician: number }
  | { readonly kind: 'leaves'; readonly technician: number; readonly back: boolean }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('assign' as const), visit: fc.nat(3), technician: fc.nat(1), hours: fc.integer({ min: -2, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('state' as const), visit: fc.nat(3), to: fc.constantFrom('confirmed', 'dispatched', 'dispatched', 'dispatched', 'working', 'working', 'working', 'done', 'hold', 'canceled', 'scheduled') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unassign' as const), visit: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 180 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('see' as const), who: fc.constantFrom(0 as const, 1 as const), minutes: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('keep' as const), technician: fc.nat(1), hours: fc.integer({ min: -2, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('giveBack' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('waiver' as const), visit: fc.nat(3), waiver: fc.constantFrom('owed' as const, 'sent' as const, 'returned' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('along' as const), visit: fc.nat(3), technician: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leaves' as const), technician: fc.nat(1), back: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('goes' as const), who: fc.constantFrom(0 as const, 1 as const), back: fc.boolean() }) },
)

describe('alerts about visits', () => {
  it('stand exactly as long as their cause, are quiet while somebody who is here is at it, and never longer', () => {
    const met = new Set<VisitAlert['kind']>()
    fc.assert(
      fc.property(fc.array(deed, { minLength: 4, maxLength: 40, size: 'max' }), (deeds) => {
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
              day.run('appointment.assign', { appointmentId: visitId, technicianId: day.technicians[step.technician], startsAt, endsAt: startsAt + HOUR, overbookAccepted: true, acceptance: { acceptedBy: 'Dana Wray', customer: 'told', words: 'At another time.' } })
              break
            }
            case 'keep': {
              const startsAt = (start?.windowStartsAt ?? 0) + step.hours * HOUR
              day.run('technicianTime.add', { technicianId: day.technicians[step.technician], kind: 'training', spans: [{ id: newId(), startsAt, endsAt: startsAt + HOUR }], overbookAccepted: true })
              break
            }
            case 'giveBack': {
              const [kept] = office.engine.rows(technicianTimeTable)
              if (kept) day.run('technicianTime.remove', { ids: [kept.id] })
              break
            }
            case 'waiver':
              day.run('job.setWaiver', { jobId: visit?.jobId, waiver: step.waiver, said: '' })
              break
            case 'along':
              day.run('appointment.setCrew', { appointmentId: visitId, crewIds: [day.technicians[step.technician]], overbookAccepted: true })
              break
            case 'leaves':
              day.saveTechnician(step.technician, step.back)
              break
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
            for (const kind of ALERT_KINDS) {
              const stands = standings.some((standing) => standing.visitId === row.id && standing.alert.kind === kind)
              const cause = causeStands(row, kind, now, (table) => office.engine.rows(table))
              if (cause !== 'perhaps') expect(stands, `${kind} at ${row.state}`).toBe(cause)
              if (stands) met.add(kind)
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
      { numRuns: 120 },
    )
    // Of an alert that never stood nothing was shown. What was promised is planned as promised here.
    expect(ALERT_KINDS.filter((kind) => !met.has(kind) && kind !== 'planMissesWindow')).toEqual([])
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
