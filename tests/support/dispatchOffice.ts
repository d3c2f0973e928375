import { newId } from '../../src/shared/base/id.ts'
import type { IsoDay } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import type { BoardDay, WindowProposal } from '../../src/shared/contract/methods/dispatch.ts'
import type { Page, TestBackend } from './backend.ts'

export const ZONE = 'America/Chicago'
export const NOW = instantOf('2026-07-14', 7 * 60, ZONE)
export const TODAY: IsoDay = '2026-07-14'

const everyDay = (start: number, end: number) => Array.from({ length: 7 }, (_, weekday) => ({ weekday, start, end }))

/** A company with as many technicians as asked, and a way to book. */
export class DispatchOffice {
  readonly page: Page
  readonly unitId = newId()
  readonly jobTypeId = newId()
  readonly customerId = newId()
  readonly locationId = newId()
  readonly priorityId = newId()
  readonly technicianIds: string[] = []

  constructor(backend: TestBackend) {
    this.page = backend.page()
  }

  async open(technicians: readonly { readonly name: string; readonly skills: readonly string[]; readonly start?: number; readonly end?: number }[]): Promise<void> {
    const { page, unitId, priorityId } = this
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
    await page.ask('businessUnit.save', { id: unitId, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
    await page.ask('priority.save', { id: priorityId, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
    await page.ask('jobType.save', { id: this.jobTypeId, name: 'No cooling', businessUnitId: unitId, durationMinutes: 90, skills: ['Cooling'], defaultPriorityId: priorityId, defaultItemId: null, active: true })
    for (const [position, { name, skills, start = 480, end = 1020 }] of technicians.entries()) {
      const id = newId()
      this.technicianIds.push(id)
      await page.ask('technician.save', { id, name, businessUnitId: unitId, skills, shifts: everyDay(start, end), homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position, active: true })
    }
    const location = { id: this.locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '4471#', pets: '', latitude: null, longitude: null, taxZoneId: null }
    await page.ask('customer.create', { customerId: this.customerId, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [{ id: newId(), value: '+15550149027', label: 'mobile' }], emails: [], location })
  }

  async book(day: IsoDay, start: number, end: number): Promise<string> {
    const id = newId()
    await this.page.ask('job.book', {
      jobId: newId(),
      customerId: this.customerId,
      locationId: this.locationId,
      businessUnitId: this.unitId,
      jobTypeId: this.jobTypeId,
      priorityId: this.priorityId,
      summary: 'No cool upstairs',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: null, kind: 'service', description: 'Diagnosis', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false }],
      appointment: { id, windowDay: day, windowStart: start, windowEnd: end, zone: ZONE, windowStartsAt: instantOf(day, start, ZONE), windowEndsAt: instantOf(day, end, ZONE), durationMinutes: 90 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
    return id
  }

  async windows(more: object = {}): Promise<readonly WindowProposal[]> {
    return (await this.page.ask<{ windows: readonly WindowProposal[] }>('dispatch.windows', { jobTypeId: this.jobTypeId, fromDay: TODAY, days: 1, ...more })).windows
  }

  board(day: IsoDay = TODAY): Promise<BoardDay> {
    return this.page.ask<BoardDay>('board.day', { day })
  }
}
