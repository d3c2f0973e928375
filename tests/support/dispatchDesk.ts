import { newId } from '../../src/shared/base/id.ts'
import { MINUTE } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import { type Standing, standingOf } from '../../src/shared/domain/dispatch/standing.ts'
import { type Appointment, appointmentTable, type Assignment, assignmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import type { Row, Table } from '../../src/shared/domain/kernel/table.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { FrontDesk } from './frontDesk.ts'
import type { Outcome } from './office.ts'
import { dayShifts } from './shifts.ts'

export const refusedAs = (code: string) => ({ kind: 'refused', refusal: { code } })

type More = Readonly<Record<string, unknown>>

/** A front desk with two technicians, for what a dispatcher does to their days. */
export class DispatchDesk extends FrontDesk {
  readonly theo = newId()
  readonly lena = newId()

  constructor() {
    super()
    this.saveTechnician(this.theo, 'Theo Barnard')
    this.saveTechnician(this.lena, 'Lena Ruiz')
  }

  saveTechnician(id: string, name: string, more: More = {}): void {
    const technician = { id, name, businessUnitId: this.unitId, skills: ['cooling'], shifts: dayShifts(420, 1140), homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }
    this.office.must('technician.save', { ...technician, ...more }, this.ownerId)
  }

  run(name: string, input: unknown, actorId: string | null = this.dispatcherId): Outcome {
    return this.office.run(name, input, actorId ?? SYSTEM_ACTOR)
  }

  must(name: string, input: unknown, actorId: string | null = this.dispatcherId): void {
    this.office.must(name, input, actorId ?? SYSTEM_ACTOR)
  }

  rows<T extends Table>(table: T): readonly Row<T>[] {
    return this.office.engine.rows(table)
  }

  visit(id: string): Appointment {
    const visit = this.office.engine.row(appointmentTable, id)
    if (!visit) throw new Error('The visit is gone')
    return visit
  }

  /** The lead's first. */
  assignments(visitId: string): readonly Assignment[] {
    return this.rows(assignmentTable)
      .filter(({ appointmentId }) => appointmentId === visitId)
      .toSorted((left, right) => (left.role === right.role ? 0 : left.role === 'lead' ? -1 : 1))
  }

  standing(visitId: string): Standing {
    return standingOf(this.visit(visitId), this.assignments(visitId))
  }

  /** Books a job and gives its visit. */
  book(window: { readonly windowStart?: number; readonly windowEnd?: number; readonly ahead?: number } = {}): Appointment {
    const { windowStart = 960, windowEnd = 1080, ahead = 1 } = window
    const day = String(this.window(ahead)['windowDay'])
    const appointment = this.window(ahead, { windowStart, windowEnd, windowStartsAt: instantOf(day, windowStart, 'America/Chicago'), windowEndsAt: instantOf(day, windowEnd, 'America/Chicago') })
    this.office.must('job.book', this.booking({ appointment }), this.csrId)
    return this.visit(String(appointment['id']))
  }

  /** To Theo, from the window's start on, where nothing else is said. */
  tryAssign(visit: Appointment, more: More = {}, actorId = this.dispatcherId): Outcome {
    const startsAt = typeof more['startsAt'] === 'number' ? more['startsAt'] : visit.windowStartsAt
    return this.run('appointment.assign', { appointmentId: visit.id, technicianId: this.theo, startsAt, endsAt: startsAt + 90 * MINUTE, overbookAccepted: false, ...more }, actorId)
  }

  assign(visit: Appointment, more: More = {}): void {
    const outcome = this.tryAssign(visit, more)
    if (outcome.kind === 'refused') throw new Error(`The visit was not assigned: ${outcome.refusal.code} ${outcome.refusal.message}`)
  }

  tryBlock(technicianId: string, kind: string, spans: readonly { readonly startsAt: number; readonly endsAt: number }[], more: More = {}, actorId = this.dispatcherId): Outcome {
    return this.run('technicianTime.add', { technicianId, kind, spans: spans.map((span) => ({ id: newId(), ...span })), seriesId: spans.length > 1 ? newId() : null, overbookAccepted: false, ...more }, actorId)
  }

  /** Keeps the time and gives the ids of its rows. */
  block(technicianId: string, kind: string, spans: readonly { readonly startsAt: number; readonly endsAt: number }[]): readonly string[] {
    const outcome = this.tryBlock(technicianId, kind, spans)
    if (outcome.kind === 'refused') throw new Error(`The time was not kept: ${outcome.refusal.code} ${outcome.refusal.message}`)
    return outcome.changes.map(({ id }) => id)
  }
}
