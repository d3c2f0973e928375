import { derivedId } from '../../../shared/base/id.ts'
import { MINUTE, weekdayOf } from '../../../shared/base/time.ts'
import { clockOf } from '../../../shared/base/zoneClock.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { personId, shiftsOf, TECHNICIANS, technicianId } from './staff.ts'
import type { Moment, Setting, VisitStory } from './visitStory.ts'
import type { Visit } from './visits.ts'

/** What the technicians do beside visits, and what two customers were promised more exactly. */

const LUNCH = 30
const TRAINING = 60

/** The first stretch of so many minutes between two times of a day in which the technician has no visit planned. */
function gap(visits: readonly Visit[], from: number, to: number, minutes: number): number | undefined {
  for (let start = from; start + minutes <= to; start += 15) {
    if (!visits.some((visit) => visit.start < start + minutes && start < visit.end)) return start
  }
  return undefined
}

/** Lunches and training where the day leaves room, an on-call rota for the nights, a vacation next week. */
export function timeMoments({ seed, calendar }: Setting, visits: readonly Visit[], opened: number): readonly Moment[] {
  const at = calendar.at(opened, 8 * 60 + 30)
  const { clock, until } = clockOf(calendar.zone, calendar.now)
  const dana = (name: string, input: unknown): Moment => ({ at, name, actorId: personId(seed, 'dana'), input })
  const id = (...parts: readonly string[]): string => derivedId('sample', String(seed), 'time', ...parts)
  const keep = (technician: number, day: number, kind: string, start: number, minutes: number, note = ''): Moment =>
    dana('technicianTime.add', {
      technicianId: technicianId(seed, technician),
      kind,
      spans: [{ id: id(kind, String(day), String(technician)), startsAt: calendar.at(day, start), endsAt: calendar.at(day, start + minutes) }],
      note,
      seriesId: null,
      overbookAccepted: false,
    })
  const moments: Moment[] = [{ at, name: 'clock.learn', actorId: SYSTEM_ACTOR, input: { clocks: [{ zone: calendar.zone, changes: [...clock], until }] } }]
  for (let day = -1; day <= 6; day++) {
    TECHNICIANS.forEach((_, technician) => {
      const shift = shiftsOf(technician).find(({ weekday }) => weekday === weekdayOf(calendar.day(day)))
      if (!shift) return
      const own = visits.filter((visit) => visit.day === day && visit.technician === technician)
      const lunch = gap(own, 11 * 60, 14 * 60, LUNCH)
      if (lunch !== undefined) moments.push(keep(technician, day, 'lunch', lunch, LUNCH))
      if ((technician + day) % 7 !== 3) return
      const training = gap(own, 14 * 60, shift.end, TRAINING)
      if (training !== undefined) moments.push(keep(technician, day, technician % 2 === 0 ? 'training' : 'meeting', training, TRAINING, technician % 2 === 0 ? 'Heat pump course' : 'Truck check with the service manager'))
    })
    const called = (day + 8) % TECHNICIANS.length
    moments.push(dana('onCall.save', { id: id('on-call', String(day)), technicianId: technicianId(seed, called), startsAt: calendar.at(day, 17 * 60), endsAt: calendar.at(day + 1, 7 * 60), note: '' }))
  }
  return [...moments, keep(7, 8, 'timeOff', 0, 3 * 24 * 60, 'Vacation')]
}

/** Two of tomorrow's visits: one was promised its technician, the other moved out of its window, and the customer is still to be called. */
export function promiseMoments({ seed, calendar }: Setting, told: readonly { readonly visit: Visit; readonly story: Pick<VisitStory, 'appointmentId'> }[]): readonly Moment[] {
  const [locked, moved] = told
  const at = calendar.now - 12 * MINUTE
  const technician = (visit: Visit): string => technicianId(seed, visit.technician)
  return [
    ...(locked
      ? [{ at, name: 'appointment.promise', actorId: personId(seed, 'rosa'), input: { appointmentId: locked.story.appointmentId, technicianId: technician(locked.visit), startsAt: null } }]
      : []),
    ...(moved
      ? [
          {
            at,
            name: 'appointment.assign',
            actorId: personId(seed, 'dana'),
            input: {
              appointmentId: moved.story.appointmentId,
              technicianId: technician(moved.visit),
              startsAt: calendar.at(moved.visit.day, moved.visit.window.end),
              endsAt: calendar.at(moved.visit.day, moved.visit.window.end + moved.visit.end - moved.visit.start),
              overbookAccepted: true,
              acceptance: { acceptedBy: 'Sean Avery', customer: 'toCall', words: 'The part comes at noon.' },
            },
          },
        ]
      : []),
  ]
}
