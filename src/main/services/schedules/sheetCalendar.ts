import { formatQuantity } from '../../../shared/base/money.ts'
import type { Instant } from '../../../shared/base/time.ts'
import { calendarFile, type CalendarEvent } from './calendar.ts'
import type { DaySheet, SheetVisit } from './daySheet.ts'

function eventOf(visit: SheetVisit, sheet: DaySheet): CalendarEvent {
  const description = [
    ...visit.phones.map(({ shown, label }) => ['Phone', shown, label].filter(Boolean).join(' ')),
    ...visit.access.map(({ label, text }) => `${label}: ${text}`),
    visit.summary,
    ...visit.lines.map(({ description: line, quantity }) => (quantity === 1000 ? line : `${formatQuantity(quantity)} x ${line}`)),
    ...visit.notes,
    ...visit.promised,
    ...visit.owed.map((step) => `Still owed: ${step}`),
  ]
  return {
    // Somebody who goes along has an event of their own.
    uid: `${visit.id}.${sheet.technicianId ?? 'nobody'}@baton`,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    summary: [visit.customer, visit.jobType, `job ${visit.jobNumber}`].filter(Boolean).join(', '),
    location: visit.address,
    description: description.filter((line) => line !== '').join('\n'),
    latitude: visit.latitude,
    longitude: visit.longitude,
  }
}

/** A technician's day as a calendar file. */
export function sheetCalendar(sheet: DaySheet, madeAt: Instant): string {
  return calendarFile(`${sheet.technician}, visits`, sheet.visits.map((visit) => eventOf(visit, sheet)), madeAt)
}
