import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, formatWindow } from '../../../shared/base/zone.ts'
import type { DraftWindow } from '../../stores/booking.ts'

/** `Today, 4–6 PM`, `Tomorrow, 8–10 AM`, `Fri, Jul 17, 8–10 AM`. */
export function windowLabel(window: Pick<DraftWindow, 'day' | 'start' | 'end'>, today: IsoDay): string {
  return `${dayLabel(window.day, today)}, ${formatWindow(window.start, window.end)}`
}

/** `tomorrow 8–10 AM` for `Tomorrow, 8–10 AM`, as a button or a sentence goes on with it. */
export function inSentence(label: string): string {
  return label.replace(/^(Today|Tomorrow), /, (_whole, day: string) => `${day.toLowerCase()} `)
}

function dayLabel(day: IsoDay, today: IsoDay): string {
  if (day === today) return 'Today'
  return day === addDays(today, 1) ? 'Tomorrow' : formatWeekday(day)
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const hour = (minute: number): string => {
  const whole = Math.floor(minute / 60) % 12 || 12
  return minute % 60 === 0 ? String(whole) : `${whole}:${String(minute % 60).padStart(2, '0')}`
}

const half = (minute: number): string => (minute < 720 || minute >= 1440 ? 'in the morning' : minute < 1020 ? 'in the afternoon' : 'in the evening')

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

/** `Tuesday, July 14`, to be said aloud; today and tomorrow are said so. */
export function spokenDay(day: IsoDay, today: IsoDay): string {
  const weekday = DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
  if (day === today) return `today, ${weekday}`
  if (day === addDays(today, 1)) return `tomorrow, ${weekday}`
  return `${weekday}, ${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8, 10))}`
}

type Hours = Pick<DraftWindow, 'start' | 'end'>

/** `between 4 and 6`. */
export function spokenHours({ start, end }: Hours): string {
  return `between ${hour(start)} and ${hour(end)}`
}

/** `between 4 and 6 in the afternoon`. */
export function spokenWindow(window: Hours): string {
  return `${spokenHours(window)} ${half(window.start)}`
}

/** How much of what speaks for somebody is said in one breath. */
const SAID = 2

/** `Sam Ortiz`, `8 min away`, `was here before`: who comes, and the weightiest of why. */
export function whoAndWhy({ name, why }: { readonly name: string; readonly why: readonly string[] }): readonly string[] {
  return [name, ...why.slice(0, SAID).map((reason) => `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`)]
}

/** `1 h 30 min`. */
export function lengthLabel(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ')
}
