import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../shared/base/time.ts'
import { calendarFile, type CalendarEvent } from './calendar.ts'

const at = Date.UTC(2026, 6, 14, 13)
const event: CalendarEvent = { uid: 'one@baton', startsAt: at, endsAt: at + HOUR, summary: 'Castellan, job 48190', location: '61 Saltbrook Lane, Fairhollow', description: 'Gate 44;\\left\nPark: street', latitude: 41_900_001, longitude: -87_650_000 }

/** Reads a file back as calendars do: folded lines joined, then the escapes undone. */
function read(file: string): ReadonlyMap<string, string> {
  const lines = file.replaceAll('\r\n ', '').split('\r\n')
  const undone = (value: string): string => value.replace(/\\([\\;,nN])/g, (_all, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))
  return new Map(lines.filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')), undone(line.slice(line.indexOf(':') + 1))]))
}

describe('a calendar file', () => {
  it('says instants in UTC and escapes what would end a value', () => {
    const file = calendarFile('Al, visits', [event], at - HOUR)
    expect(file.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Baton//Day sheets//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Al\\, visits',
      'BEGIN:VEVENT',
      'UID:one@baton',
      'DTSTAMP:20260714T120000Z',
      'DTSTART:20260714T130000Z',
      'DTEND:20260714T140000Z',
      'SUMMARY:Castellan\\, job 48190',
      'LOCATION:61 Saltbrook Lane\\, Fairhollow',
      'GEO:41.900001;-87.650000',
      'DESCRIPTION:Gate 44\\;\\\\left\\nPark: street',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('gives a visit of no time no end', () => {
    expect(calendarFile('Al', [{ ...event, endsAt: at }], at)).not.toContain('DTEND')
  })

  it('never has a line of more than 75 octets, and tears no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 200 }), (summary, description) => {
        const file = calendarFile('Al', [{ ...event, summary, description }], at)
        for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        expect(file.isWellFormed()).toBe(true)
        // eslint-disable-next-line no-control-regex -- what the format does not allow is left out
        const allowed = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
        expect(read(file).get('SUMMARY')).toBe(allowed(summary))
      }),
    )
  })
})
