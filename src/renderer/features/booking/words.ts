import type { BookingForm } from '../../../shared/contract/methods/jobs.ts'
import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { formatDay, formatWeekday, formatWindow } from '../../../shared/base/zone.ts'
import type { DraftWindow, PaymentForm } from '../../stores/booking.ts'

/** `Today, 4–6 PM`, `Tomorrow, 8–10 AM`, `Fri, Jul 17, 8–10 AM`. */
export function windowLabel(window: Pick<DraftWindow, 'day' | 'start' | 'end'>, today: IsoDay): string {
  return `${dayLabel(window.day, today)}, ${formatWindow(window.start, window.end)}`
}

export function dayLabel(day: IsoDay, today: IsoDay): string {
  if (day === today) return 'Today'
  return day === addDays(today, 1) ? 'Tomorrow' : formatWeekday(day)
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const hour = (minute: number): string => {
  const whole = Math.floor(minute / 60) % 12 || 12
  return minute % 60 === 0 ? String(whole) : `${whole}:${String(minute % 60).padStart(2, '0')}`
}

const half = (minute: number): string => (minute < 720 || minute >= 1440 ? 'in the morning' : minute < 1020 ? 'in the afternoon' : 'in the evening')

/** `Tuesday, July 14`, to be said aloud. */
export function spokenDay(day: IsoDay, today: IsoDay): string {
  const weekday = DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
  return `${day === today ? 'today, ' : day === addDays(today, 1) ? 'tomorrow, ' : ''}${weekday}, ${formatDay(day)}`
}

/** `between 4 and 6 in the afternoon`. */
export function spokenWindow({ start, end }: Pick<DraftWindow, 'start' | 'end'>): string {
  return `between ${hour(start)} and ${hour(end)} ${half(start)}`
}

export function paymentName(form: PaymentForm | null, forms: BookingForm['paymentForms']): string {
  return forms.find((candidate) => candidate.form === form)?.name ?? ''
}

/** `1 h 30 min`. */
export function lengthLabel(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ')
}
