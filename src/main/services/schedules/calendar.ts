import type { Instant } from '../../../shared/base/time.ts'

/** One entry of a calendar file. */
export interface CalendarEvent {
  /** The same for good: a calendar that has the event takes a newer file as its change. */
  readonly uid: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly summary: string
  readonly location: string
  readonly description: string
  /** Millionths of a degree. */
  readonly latitude: number | null
  readonly longitude: number | null
}

/** `20260714T150000Z`: instants in UTC need no time zone component (RFC 5545, 3.3.5). */
const stamp = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** A TEXT value (RFC 5545, 3.3.11): backslash, semicolon and comma escaped, line ends as `\n`, no control characters. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- the format allows none
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
}

const OCTETS = 75
const encoder = new TextEncoder()

/** A content line of at most 75 octets before each line end; what goes on begins with a space, and no character is torn (RFC 5545, 3.1). */
function folded(line: string): string {
  let done = ''
  let part = ''
  let room = OCTETS
  for (const letter of line) {
    const { length } = encoder.encode(letter)
    if (length > room) {
      done += `${part}\r\n `
      part = ''
      room = OCTETS - 1
    }
    part += letter
    room -= length
  }
  return `${done}${part}\r\n`
}

function eventLines({ uid, startsAt, endsAt, summary, location, description, latitude, longitude }: CalendarEvent, madeAt: Instant): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `DTSTAMP:${stamp(madeAt)}`,
    `DTSTART:${stamp(startsAt)}`,
    // An end must lie after the beginning (3.8.2.2); a visit of no time has none.
    ...(endsAt > startsAt ? [`DTEND:${stamp(endsAt)}`] : []),
    `SUMMARY:${text(summary)}`,
    ...(location === '' ? [] : [`LOCATION:${text(location)}`]),
    ...(latitude === null || longitude === null ? [] : [`GEO:${(latitude / 1e6).toFixed(6)};${(longitude / 1e6).toFixed(6)}`]),
    ...(description === '' ? [] : [`DESCRIPTION:${text(description)}`]),
    'STATUS:CONFIRMED',
    'END:VEVENT',
  ]
}

/** A calendar file of these events (RFC 5545). @param madeAt stands as the moment of each event's last change */
export function calendarFile(name: string, events: readonly CalendarEvent[], madeAt: Instant): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Baton//Day sheets//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${text(name)}`, ...events.flatMap((event) => eventLines(event, madeAt)), 'END:VCALENDAR']
    .map(folded)
    .join('')
}
