import { derivedId, newId } from '../../src/shared/base/id.ts'
import { addDays, DAY } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { DEFAULT_QUEUES } from '../../src/shared/domain/promises/defaultQueues.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'

const ZONE = 'America/Chicago'

/** The ids of a small office that can book; the same at every start. */
export interface BookingOffice {
  readonly csrId: string
  readonly customerId: string
  readonly locationId: string
  readonly unitId: string
  readonly jobTypeId: string
  readonly priorityId: string
  readonly itemId: string
}

const id = (label: string): string => derivedId('booking-office', label)

const office: BookingOffice = {
  csrId: id('csr'),
  customerId: id('customer'),
  locationId: id('location'),
  unitId: id('unit'),
  jobTypeId: id('job-type'),
  priorityId: id('priority'),
  itemId: id('item'),
}

type Run = (name: string, input: unknown, actorId?: string) => { readonly kind: string }

/** Sets an empty store up, by ordinary commands, so that a visit can be booked. */
export function openForBooking(run: Run): BookingOffice {
  const ownerId = id('owner')
  const must = (name: string, input: unknown, actorId: string): void => {
    const outcome = run(name, input, actorId)
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
  }
  must('company.create', { name: 'Copper Ridge', zone: ZONE, phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' }, SYSTEM_ACTOR)
  must('user.add', { id: office.csrId, name: 'Rosa Quill', roles: ['inboundCsr'] }, ownerId)
  must('businessUnit.save', { id: office.unitId, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true }, ownerId)
  must('priority.save', { id: office.priorityId, name: 'Normal', rank: 3, rule: 'Everything else', respondWithinMinutes: 2880, active: true }, ownerId)
  must(
    'priceItem.save',
    { id: office.itemId, code: 'DIAG', name: 'Diagnostic visit', description: '', kind: 'service', businessUnitId: null, priceCents: 8900, costCents: 2000, taxable: false, active: true },
    ownerId,
  )
  must(
    'jobType.save',
    { id: office.jobTypeId, name: 'Service', businessUnitId: office.unitId, durationMinutes: 90, skills: [], defaultPriorityId: office.priorityId, defaultItemId: office.itemId, active: true },
    ownerId,
  )
  for (const queue of DEFAULT_QUEUES) must('queue.save', queue, ownerId)
  const location = { id: office.locationId, kind: 'home', line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  must(
    'customer.create',
    { customerId: office.customerId, kind: 'residential', firstName: 'Martin', lastName: 'Okonjo', companyName: '', leadSource: '', phones: [{ id: id('phone'), value: '+15550146638', label: 'mobile' }], emails: [], location },
    office.csrId,
  )
  return office
}

/** A booking for tomorrow afternoon, three lines long, ready for `job.book`. */
export function bookingInput(from: BookingOffice, jobId: string): { readonly jobId: string } & Readonly<Record<string, unknown>> {
  const day = addDays(wallTimeOf(Date.now() + DAY, ZONE).day, 0)
  const line = () => ({ id: newId(), priceItemId: from.itemId, kind: 'service', description: '', quantity: 1000 })
  return {
    jobId,
    customerId: from.customerId,
    locationId: from.locationId,
    businessUnitId: from.unitId,
    jobTypeId: from.jobTypeId,
    priorityId: from.priorityId,
    summary: 'Upstairs not cooling since last night.',
    notes: '',
    plannedPayment: 'card',
    lines: [line(), line(), line()],
    appointment: { id: newId(), windowDay: day, windowStart: 960, windowEnd: 1080, zone: ZONE, windowStartsAt: instantOf(day, 960, ZONE), windowEndsAt: instantOf(day, 1080, ZONE), durationMinutes: 90 },
    callId: null,
    readBack: true,
    confirmation: true,
  }
}
