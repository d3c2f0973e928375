import { assertNever } from '../../../shared/base/assertNever.ts'
import { addDays, HOUR, MINUTE, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { formatDay, formatWindow } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'
import { TIME_KIND_NAMES, whereabouts } from '../../../shared/domain/dispatch/timeKinds.ts'
import type { Trial } from './boardLayout.ts'
import type { WallClock } from './timeline/axis.ts'

/** `promised 1–3`, as it stands on a tall bar. */
export function promisedWords(visit: BoardVisit): string {
  return `promised ${formatWindow(visit.windowStart, visit.windowEnd).replace(/ [AP]M/g, '')}`
}

/** `Today 4–6 PM`, `Tomorrow 8–10 AM`, `Jul 17, 2–4 PM`. */
export function windowWords(visit: Pick<BoardVisit, 'windowDay' | 'windowStart' | 'windowEnd'>, today: IsoDay): string {
  const window = formatWindow(visit.windowStart, visit.windowEnd)
  if (visit.windowDay === today) return `Today ${window}`
  if (visit.windowDay === addDays(today, 1)) return `Tomorrow ${window}`
  return `${formatDay(visit.windowDay)}, ${window}`
}

/** `25 min`, `2 h 05`, `3 days`. */
export function ageWords(since: Instant, now: Instant): string {
  const minutes = Math.max(0, Math.floor((now - since) / MINUTE))
  return minutes < 48 * 60 ? lengthWords(minutes) : `${Math.floor(minutes / 1440)} days`
}

/** How a visit stands, in a sentence: `on hold`. */
export function stateWords(state: AppointmentState): string {
  return state === 'hold' ? 'on hold' : STATE_NAMES[state].toLowerCase()
}

/** `25 min`, `2 h 05`. */
export function lengthWords(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${(minutes % 60).toString().padStart(2, '0')}`
}

/** Reads `90`, `90 min`, `1:30`, `1 h 30`, `2 h` or `1.5 h` as minutes. */
export function parseLength(text: string): number | undefined {
  const words = text.trim().toLowerCase()
  const minutes = /^(\d{1,4})\s*(?:m|min|minutes)?$/.exec(words)
  if (minutes) return Number(minutes[1])
  const hours = /^(\d{1,2}(?:\.\d+)?)\s*(?:h|hour|hours)$/.exec(words)
  if (hours) return Math.round(Number(hours[1]) * 60)
  const both = /^(\d{1,2})\s*(?::|h|hours?)\s*(\d{1,2})\s*(?:m|min|minutes)?$/.exec(words)
  return both && Number(both[2]) < 60 ? Number(both[1]) * 60 + Number(both[2]) : undefined
}

/** `1.5 h`, `+0.2 h` beyond the shift. */
export function hoursLeftWords(leftMinutes: number): string {
  const hours = Math.abs(leftMinutes) / (HOUR / MINUTE)
  return `${leftMinutes < 0 ? '+' : ''}${hours.toFixed(1)} h`
}

/** An alert in words, its times as the clocks of the board's zone show them. */
export function alertWords(alert: VisitAlert, clock: WallClock, now: Instant): string {
  switch (alert.kind) {
    case 'planMissesWindow':
      return `Planned at ${clock.time(alert.startsAt)}, outside the promised window`
    case 'windowMissed':
      return `Promised by ${clock.time(alert.endedAt)}, nobody on site`
    case 'atRisk':
      return `Earlier work runs over: ${clock.time(alert.expectedAt)} at best`
    case 'notDispatched':
      return `Planned at ${clock.time(alert.since)}, not dispatched`
    case 'notOnSite':
      return `Planned at ${clock.time(alert.since)}, not on site`
    case 'overrun':
      return now - alert.since < MINUTE ? 'Should be done by now' : `Runs ${ageWords(alert.since, now)} over`
    case 'noUpdate':
      return `No word since ${clock.time(alert.since)}`
    case 'overbooked':
      return 'Overbooked'
    case 'skillMissing':
      return `The technician has no ${alert.skills.join(', no ')} skill`
    case 'overtime':
      return `Ends at ${clock.time(alert.until)}, after the shift`
    case 'notThere':
      return `The technician is ${whereabouts(alert.block)} until ${clock.time(alert.until)}`
    case 'waiverMissing':
      return 'The waiver is not back: work may not start'
    case 'technicianLeft':
      return 'The technician left: give this visit to somebody else'
    default:
      return assertNever(alert, 'alert')
  }
}

/** Which alerts ask for something now; the others are said when asked. */
export function isUrgent(alert: VisitAlert): boolean {
  return alert.kind === 'windowMissed' || alert.kind === 'atRisk' || alert.kind === 'notOnSite' || alert.kind === 'notDispatched' || alert.kind === 'planMissesWindow' || alert.kind === 'overrun' || alert.kind === 'technicianLeft'
}

/** What stands against a plan, the worst first; empty where nothing does. */
export function trialProblems(trial: Trial, clock: WallClock): readonly string[] {
  const [first] = trial.inTheWay
  return [
    ...(first ? [`${first.customerName} is there ${clock.span(first.startsAt, first.endsAt)}`] : []),
    ...trial.blocks.map(({ kind, note, startsAt, endsAt }) => `${TIME_KIND_NAMES[kind]}${kind === 'lunch' || note === '' ? '' : `: ${note}`} ${clock.span(startsAt, endsAt)}`),
    ...(trial.missesWindow ? ['Outside the promised window'] : []),
    ...(trial.offShift ? ['Outside the shift'] : []),
    ...(trial.missingSkills.length > 0 ? [`No ${trial.missingSkills.join(', no ')} skill`] : []),
  ]
}

/** Reads `2:15 PM`, `215p`, `14:15`, `2 pm` or `9` (an hour from 7 on is morning) as minutes of the day. */
export function parseTime(text: string): number | undefined {
  const match = /^\s*(\d{1,2})(?::?(\d{2}))?\s*([ap])?\.?m?\.?\s*$/i.exec(text)
  if (!match) return undefined
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? '0'), match[3]?.toLowerCase()]
  if (minute > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined
  if (half === 'a') return (hour % 12) * 60 + minute
  if (half === 'p') return ((hour % 12) + 12) * 60 + minute
  return (hour > 0 && hour < 7 ? hour + 12 : hour) * 60 + minute
}
