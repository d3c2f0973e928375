import { newId } from '../../src/shared/base/id.ts'
import { addDays } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'

const ZONE = 'America/Chicago'

/** A window that is over is refused, and tests run at any hour. */
const LAST_MINUTE = 1439

type Give = (name: string, input: unknown) => unknown

/** Everything from a unit to a final invoice, by ordinary commands of somebody who may all of it. @returns the invoice's id */
export async function makeFinalInvoice(give: Give, now: number, email = 'martin@okonjo.example'): Promise<string> {
  const id = { unit: newId(), priority: newId(), item: newId(), type: newId(), technician: newId(), customer: newId(), location: newId(), job: newId(), visit: newId(), invoice: newId() }
  const day = wallTimeOf(now, ZONE).day
  const startsAt = instantOf(day, 480, ZONE)
  const location = { id: id.location, kind: 'home', line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  const commands: readonly (readonly [string, unknown])[] = [
    ['businessUnit.save', { id: id.unit, name: `HVAC ${id.unit.slice(-6)}`, position: 0, accountClass: 'HVAC', active: true }],
    ['priority.save', { id: id.priority, name: `Normal ${id.unit.slice(-6)}`, rank: 3, rule: '', respondWithinMinutes: 2880, active: true }],
    ['priceItem.save', { id: id.item, code: `DIAG${id.unit.slice(-6)}`, name: 'Diagnostic visit', description: '', kind: 'service', businessUnitId: null, priceCents: 8900, costCents: 2000, taxable: false, active: true }],
    ['jobType.save', { id: id.type, name: `Service ${id.unit.slice(-6)}`, businessUnitId: id.unit, durationMinutes: 60, skills: [], defaultPriorityId: id.priority, defaultItemId: id.item, active: true }],
    ['technician.save', { id: id.technician, name: 'Theo Barnard', businessUnitId: id.unit, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }],
    ['customer.create', { customerId: id.customer, kind: 'residential', firstName: 'Martin', lastName: 'Okonjo', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550146638', label: 'mobile' }], emails: email === '' ? [] : [{ id: newId(), value: email, label: '' }], location }],
    [
      'job.book',
      {
        jobId: id.job,
        customerId: id.customer,
        locationId: id.location,
        businessUnitId: id.unit,
        jobTypeId: id.type,
        priorityId: id.priority,
        summary: 'Not cooling.',
        notes: '',
        plannedPayment: 'card',
        lines: [{ id: newId(), priceItemId: id.item, kind: 'service', description: '', quantity: 1000 }],
        appointment: { id: id.visit, windowDay: day, windowStart: 480, windowEnd: LAST_MINUTE, zone: ZONE, windowStartsAt: startsAt, windowEndsAt: instantOf(day, LAST_MINUTE, ZONE), durationMinutes: 60 },
        callId: null,
        readBack: true,
        confirmation: true,
      },
    ],
    ['appointment.assign', { appointmentId: id.visit, technicianId: id.technician, startsAt, endsAt: startsAt + 3_600_000, overbookAccepted: true }],
    ...['dispatched', 'working', 'done'].map((to) => ['appointment.changeState', { appointmentId: id.visit, to, reason: '' }] as const),
    ['invoice.draft', { invoiceId: id.invoice, jobId: id.job }],
    ['invoice.finalize', { invoiceId: id.invoice, day, dueDay: addDays(day, 15), dueAt: instantOf(addDays(day, 16), 0, ZONE) - 1 }],
  ]
  for (const [name, input] of commands) {
    const outcome = (await give(name, input)) as { readonly kind?: string } | null
    if (outcome?.kind === 'refused') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
  }
  return id.invoice
}
