import { newId } from '../../src/shared/base/id.ts'
import { addDays, type IsoDay } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import type { Role } from '../../src/shared/domain/people/permissions.ts'
import { Office } from './office.ts'

const ZONE = 'America/Chicago'

/** A small office that can take a call: people, a unit, a job type, priced items, one customer. */
export class FrontDesk {
  readonly office: Office
  readonly ownerId = newId()
  readonly csrId = newId()
  readonly dispatcherId = newId()
  readonly unitId = newId()
  readonly otherUnitId = newId()
  readonly priorityId = newId()
  readonly itemId = newId()
  readonly discountId = newId()
  readonly jobTypeId = newId()
  readonly otherJobTypeId = newId()
  readonly customerId = newId()
  readonly locationId = newId()

  constructor(phase: 'rehearsal' | 'live' = 'rehearsal') {
    this.office = new Office()
    const { office, ownerId } = this
    office.must('company.create', { name: 'Copper Ridge', zone: ZONE, phase, ownerId, ownerName: 'Ivo Marsh' })
    this.#person(this.csrId, 'Rosa Quill', 'inboundCsr')
    this.#person(this.dispatcherId, 'Dana Wray', 'dispatcher')
    for (const [id, name, position] of [[this.unitId, 'HVAC', 0], [this.otherUnitId, 'Plumbing', 1]] as const) {
      office.must('businessUnit.save', { id, name, position, accountClass: name, active: true }, ownerId)
    }
    office.must('priority.save', { id: this.priorityId, name: 'High', rank: 2, rule: 'Heat over 95 degrees', respondWithinMinutes: 480, active: true }, ownerId)
    this.saveItem(this.itemId, 'DIAG', 'Diagnostic visit', 'service', 8900)
    this.saveItem(this.discountId, 'COUPON', 'Coupon', 'discount', 2500)
    for (const [id, businessUnitId, name] of [[this.jobTypeId, this.unitId, 'Service, no cooling'], [this.otherJobTypeId, this.otherUnitId, 'Drain cleaning']] as const) {
      office.must(
        'jobType.save',
        { id, name, businessUnitId, durationMinutes: 90, skills: ['cooling'], defaultPriorityId: this.priorityId, defaultItemId: this.itemId, active: true },
        ownerId,
      )
    }
    office.must('customer.create', this.customer({ customerId: this.customerId, location: this.location({ id: this.locationId }) }), this.csrId)
  }

  #person(id: string, name: string, role: Role): void {
    this.office.must('user.add', { id, name, roles: [role] }, this.ownerId)
  }

  saveItem(id: string, code: string, name: string, kind: string, priceCents: number, active = true): void {
    this.office.must(
      'priceItem.save',
      { id, code, name, description: '', kind, businessUnitId: null, priceCents, costCents: 1200, taxable: kind !== 'service', active },
      this.ownerId,
    )
  }

  location(changed: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    return {
      id: newId(),
      kind: 'home',
      line1: '27 Larkspur Court',
      line2: '',
      city: 'Fairhollow',
      state: 'IL',
      postalCode: '60601',
      zone: ZONE,
      accessNotes: '',
      gateCode: '2290#',
      pets: 'one dog, friendly',
      latitude: null,
      longitude: null,
      taxZoneId: null,
      ...changed,
    }
  }

  customer(changed: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    return {
      customerId: newId(),
      kind: 'residential',
      firstName: 'Martin',
      lastName: 'Okonjo',
      companyName: '',
      leadSource: 'Returning customer',
      phones: [{ id: newId(), value: '+15550146638', label: 'mobile' }],
      emails: [{ id: newId(), value: 'martin@okonjo.example', label: '' }],
      location: this.location(),
      ...changed,
    }
  }

  /** An arrival window on the day `ahead` of today. */
  window(ahead = 1, changed: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    const day: IsoDay = addDays(wallTimeOf(this.office.now, ZONE).day, ahead)
    return {
      id: newId(),
      windowDay: day,
      windowStart: 960,
      windowEnd: 1080,
      zone: ZONE,
      windowStartsAt: instantOf(day, 960, ZONE),
      windowEndsAt: instantOf(day, 1080, ZONE),
      durationMinutes: 90,
      ...changed,
    }
  }

  line(changed: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    return { id: newId(), priceItemId: this.itemId, kind: 'service', description: '', quantity: 1000, ...changed }
  }

  booking(changed: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> & { readonly jobId: string } {
    return {
      jobId: newId(),
      customerId: this.customerId,
      locationId: this.locationId,
      businessUnitId: this.unitId,
      jobTypeId: this.jobTypeId,
      priorityId: this.priorityId,
      summary: 'Upstairs not cooling since last night.',
      notes: '',
      plannedPayment: 'card',
      lines: [this.line()],
      appointment: this.window(),
      callId: null,
      readBack: true,
      confirmation: true,
      ...changed,
    }
  }
}
