import type { MinuteOfDay } from './time.ts'

const clock = (minute: MinuteOfDay): { hour: number; minute: number; half: 'AM' | 'PM' } => ({
  hour: Math.floor(minute / 60) % 12 === 0 ? 12 : Math.floor(minute / 60) % 12,
  minute: minute % 60,
  half: Math.floor(minute / 60) % 24 < 12 ? 'AM' : 'PM',
})

/** `1:50 PM` for 830. */
export function formatMinute(minute: MinuteOfDay): string {
  const { hour, minute: past, half } = clock(minute)
  return `${hour}:${past.toString().padStart(2, '0')} ${half}`
}

/** `4–6 PM`, `11 AM–1 PM`, `8:30–10 AM`: an arrival window as people say it. */
export function formatWindow(start: MinuteOfDay, end: MinuteOfDay): string {
  const say = (minute: MinuteOfDay): string => {
    const { hour, minute: past } = clock(minute)
    return past === 0 ? String(hour) : `${hour}:${past.toString().padStart(2, '0')}`
  }
  const [from, to] = [clock(start), clock(end)]
  return from.half === to.half ? `${say(start)}\u2013${say(end)} ${to.half}` : `${say(start)} ${from.half}\u2013${say(end)} ${to.half}`
}
