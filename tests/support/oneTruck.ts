import { newId } from '../../src/shared/base/id.ts'
import { type Appointment, appointmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { type Promised, promiseTable } from '../../src/shared/domain/promises/tables.ts'
import { FrontDesk } from './frontDesk.ts'
import { dayShifts } from './shifts.ts'

/** A front desk on a hub with one technician, who works from eight to six and has the skill. */
export class OneTruck extends FrontDesk {
  readonly technicianId = newId()

  constructor(phase: 'rehearsal' | 'live' = 'rehearsal') {
    super(phase)
    this.office.shared = true
    this.technician()
  }

  technician(changed: Readonly<Record<string, unknown>> = {}): void {
    const technician = { id: this.technicianId, name: 'Theo Barnard', businessUnitId: this.unitId, skills: ['cooling'], shifts: dayShifts(480, 1080), homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }
    this.office.must('technician.save', { ...technician, ...changed }, this.ownerId)
  }

  visit(id: string): Appointment {
    const visit = this.office.engine.row(appointmentTable, id)
    if (!visit) throw new Error('There is no such visit')
    return visit
  }

  /** Books a window and gives the visit's id. */
  book(appointment = this.window()): string {
    this.office.must('job.book', this.booking({ appointment }), this.csrId)
    return String(appointment['id'])
  }

  /** A booking that another workstation made on a window it saw free, run as the hub runs it. */
  arrives(appointment = this.window()): string {
    const outcome = this.office.run('job.book', this.booking({ appointment, lines: [this.line({ description: 'Diagnostic visit' })], claimed: true }), this.csrId, 'hub')
    if (outcome.kind === 'refused') throw new Error(`The hub refused a booking: ${outcome.refusal.code}`)
    return String(appointment['id'])
  }

  /** What is owed to whoever promised a time that was gone. */
  taken(visitId: string): Promised | undefined {
    return this.office.engine.row(promiseTable, promiseId(queueId('slots-lost'), visitId))
  }
}
