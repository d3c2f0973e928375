import type { Page } from '@playwright/test'
import { newId } from '../../../src/shared/base/id.ts'
import { MINUTE } from '../../../src/shared/base/time.ts'
import { askBeside } from '../../support/askBeside.ts'
import { WHOLE_HANDOFF } from '../../support/wholeHandOff.ts'

/** Asks beside the page, for what a spec needs and does not try. */
export async function ask<T>(page: Page, method: string, input: unknown): Promise<T> {
  const [answer] = await askBeside(page, [{ method, input }])
  return answer as T
}

interface BookingForm {
  readonly priorities: readonly { readonly id: string; readonly name: string }[]
  readonly jobTypes: readonly { readonly id: string; readonly name: string; readonly businessUnitId: string; readonly durationMinutes: number; readonly defaultItem: { readonly id: string; readonly kind: string } | null }[]
}

interface Proposal {
  readonly day: string
  readonly start: number
  readonly end: number
  readonly startsAt: number
  readonly endsAt: number
  readonly zone: string
  readonly technicians: readonly { readonly id: string; readonly startsAt: number; readonly endsAt: number }[]
}

export interface VisitWish {
  /** Give it to the first technician who is free in the window. */
  readonly planned?: boolean
  /** So many minutes after the first time that is free. */
  readonly laterBy?: number
  /** Planned for so many minutes in place of what the job type takes. */
  readonly lasting?: number
  /** Which of the day's windows: 0 is the first. */
  readonly window?: number
  /** Minutes of the day instead of one of the company's windows. */
  readonly between?: readonly [number, number]
  readonly lastName?: string
  readonly phone?: string | null
  readonly gateCode?: string
  readonly jobType?: string
  /** By its name; else the last of the table. */
  readonly priority?: string
  readonly handOff?: readonly { readonly item: string; readonly said: string }[]
}

export interface BookedVisit {
  readonly appointmentId: string
  readonly jobId: string
  readonly customerId: string
  readonly technicianId: string | null
  readonly windowStartsAt: number
  readonly windowEndsAt: number
}

/** Books a visit to somebody new on a day, and plans it where that is wished. */
export async function bookedVisit(page: Page, day: string, wish: VisitWish = {}): Promise<BookedVisit> {
  const form = await ask<BookingForm>(page, 'booking.form', {})
  const jobType = form.jobTypes.find(({ name }) => name === (wish.jobType ?? 'Faucet'))
  if (!jobType) throw new Error('There is no such job type')
  const { windows } = await ask<{ readonly windows: readonly Proposal[] }>(page, 'dispatch.windows', { jobTypeId: jobType.id, fromDay: day, days: 1 })
  const offered = windows[wish.window ?? 0]
  const [start, end] = wish.between ?? []
  const window = offered && start !== undefined && end !== undefined ? { ...offered, start, end, startsAt: offered.startsAt + (start - offered.start) * MINUTE, endsAt: offered.startsAt + (end - offered.start) * MINUTE } : offered
  if (!window) throw new Error('The day has no such window')
  const [customerId, locationId, jobId, appointmentId] = [newId(), newId(), newId(), newId()]
  const phone = wish.phone === undefined ? '+15550148821' : wish.phone
  await ask(page, 'customer.create', {
    customerId,
    kind: 'residential',
    firstName: 'Omar',
    lastName: wish.lastName ?? 'Castellan',
    companyName: '',
    leadSource: '',
    phones: phone === null ? [] : [{ id: newId(), value: phone, label: 'mobile' }],
    emails: [],
    location: { id: locationId, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: window.zone, accessNotes: '', gateCode: wish.gateCode ?? '', pets: '', parking: '', latitude: null, longitude: null, taxZoneId: null },
  })
  await ask(page, 'job.book', {
    jobId,
    customerId,
    locationId,
    businessUnitId: jobType.businessUnitId,
    jobTypeId: jobType.id,
    priorityId: (form.priorities.find(({ name }) => name === wish.priority) ?? form.priorities.at(-1))?.id,
    summary: 'The kitchen faucet drips',
    notes: '',
    plannedPayment: 'check',
    lines: [{ id: newId(), priceItemId: jobType.defaultItem?.id, kind: jobType.defaultItem?.kind, description: '', quantity: 1000 }],
    appointment: { id: appointmentId, windowDay: window.day, windowStart: window.start, windowEnd: window.end, zone: window.zone, windowStartsAt: window.startsAt, windowEndsAt: window.endsAt, durationMinutes: jobType.durationMinutes },
    callId: null,
    readBack: true,
    confirmation: false,
    handOff: wish.handOff ?? WHOLE_HANDOFF,
  })
  const [free] = window.technicians
  if (wish.planned && !free) throw new Error('Nobody is free in the window')
  if (wish.planned && free) {
    const startsAt = free.startsAt + (wish.laterBy ?? 0) * MINUTE
    await ask(page, 'appointment.assign', { appointmentId, technicianId: free.id, startsAt, endsAt: startsAt + (wish.lasting ?? Math.ceil(jobType.durationMinutes / 5) * 5) * MINUTE, overbookAccepted: false })
  }
  return { appointmentId, jobId, customerId, technicianId: wish.planned ? (free?.id ?? null) : null, windowStartsAt: window.startsAt, windowEndsAt: window.endsAt }
}
