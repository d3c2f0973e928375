import { HOUR, MINUTE } from '../../../shared/base/time.ts'

/** `0:09`, `3:42`: how long somebody waits or talks. */
export function waitWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `12 min`, `3 h`, `2 days`: how old something is, as far as it matters. */
export function ageWords(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE))
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(milliseconds / HOUR)
  return hours < 36 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** `45 min`, `6 h 05 min`: how long somebody was where they were. */
export function spanWords(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE))
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** Whole percent; null of nothing. Only all is 100. */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0) return null
  return part === whole ? 100 : Math.min(99, Math.round((part / whole) * 100))
}
