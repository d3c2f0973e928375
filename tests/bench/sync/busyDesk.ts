import type { Services } from '../../../src/main/core/service.ts'
import { and, eq, schema } from '../../../src/main/store/schema.ts'
import { newId } from '../../../src/shared/base/id.ts'
import { addDays, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import type { Role } from '../../../src/shared/domain/people/permissions.ts'
import { WHOLE_HANDOFF } from '../../support/wholeHandOff.ts'

/** One command as a person gives it. */
export interface Given {
  readonly name: string
  readonly actorId: string
  readonly input: unknown
}

/** When a day's visits begin: nobody is sent while the technicians are at lunch. */
const HOURS = [8, 10, 14, 16, 18] as const

/**
 * The same work for every measurement: customers one after the other are booked, put on a technician's day and noted.
 * @param from the first customer, so that two desks work on different ones
 */
export function* deskWork({ store }: Pick<Services, 'store'>, from: number, daysAhead: number): Generator<Given> {
  const people = store.db.select().from(schema.user).all()
  const person = (role: Role): string => people.find((user) => (user.roles as readonly Role[]).includes(role))?.id ?? ''
  const [csr, dispatcher] = [person('inboundCsr'), person('dispatcher')]
  const customers = store.db
    .select({ customerId: schema.location.customerId, locationId: schema.location.id, zone: schema.location.zone })
    .from(schema.location)
    .innerJoin(schema.customer, eq(schema.customer.id, schema.location.customerId))
    .where(and(eq(schema.customer.archived, false), eq(schema.customer.doNotService, false), eq(schema.customer.creditHold, false)))
    .offset(from)
    .limit(1000)
    .all()
  const jobType = store.db.select().from(schema.jobType).where(eq(schema.jobType.active, true)).get()
  const technicians = store.db.select().from(schema.technician).where(eq(schema.technician.active, true)).all()
  if (!jobType || technicians.length === 0) throw new Error('The sample company has no job type or technician')
  for (const [index, { customerId, locationId, zone }] of customers.entries()) {
    const technician = technicians[index % technicians.length]
    const slot = Math.floor(index / technicians.length)
    const day = addDays(wallTimeOf(Date.now(), zone).day, daysAhead + Math.floor(slot / HOURS.length))
    const start = (HOURS[slot % HOURS.length] ?? 8) * 60
    const startsAt = instantOf(day, start, zone)
    const appointmentId = newId()
    yield {
      name: 'job.book',
      actorId: csr,
      input: {
        jobId: newId(),
        customerId,
        locationId,
        businessUnitId: jobType.businessUnitId,
        jobTypeId: jobType.id,
        priorityId: jobType.defaultPriorityId,
        summary: 'Upstairs not cooling since last night, blowing air but warm.',
        notes: '',
        plannedPayment: 'check',
        lines: [{ id: newId(), priceItemId: jobType.defaultItemId, kind: 'service', description: '', quantity: 1000 }],
        appointment: { id: appointmentId, windowDay: day, windowStart: start, windowEnd: start + 120, zone, windowStartsAt: startsAt, windowEndsAt: startsAt + 2 * HOUR, durationMinutes: 90 },
        callId: null,
        readBack: true,
        confirmation: true,
        handOff: WHOLE_HANDOFF,
      },
    }
    yield { name: 'appointment.assign', actorId: dispatcher, input: { appointmentId, technicianId: technician?.id ?? '', startsAt, endsAt: startsAt + 90 * MINUTE, overbookAccepted: false } }
    yield { name: 'note.add', actorId: csr, input: { noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: 'Works nights. Text before calling back.', pinned: false } }
  }
}
