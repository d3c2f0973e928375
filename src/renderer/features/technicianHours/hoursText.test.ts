import { describe, expect, it } from 'vitest'
import { momentsWords, shiftsWords, typedShift, typedSpan } from './hoursText.ts'

const ZONE = 'America/Chicago'

describe('hours as typed', () => {
  it('reads a shift, also one into the next morning and over the change of clocks', () => {
    expect(typedShift('2026-07-14', '8', '2:30 PM', ZONE)).toEqual({ startsAt: Date.UTC(2026, 6, 14, 13), endsAt: Date.UTC(2026, 6, 14, 19, 30) })
    expect(typedShift('2026-10-31', '10 pm', '6 am', ZONE)).toEqual({ startsAt: Date.UTC(2026, 10, 1, 3), endsAt: Date.UTC(2026, 10, 1, 12) })
  })

  it('says what is missing', () => {
    expect([typedShift('', '8', '4 pm', ZONE), typedShift('2026-07-14', '8', '', ZONE), typedSpan('2026-07-14', '5 pm', '2026-07-14', '4 pm', ZONE)]).toEqual([
      'Choose a day.',
      'Write from when to when, such as 8:00 AM and 2:30 PM.',
      'It must end after it starts.',
    ])
  })

  it('says spans as people do', () => {
    const weekend = typedSpan('2026-07-17', '5 pm', '2026-07-20', '7 am', ZONE)
    expect(typeof weekend === 'string' ? '' : momentsWords(weekend, ZONE)).toBe('Fri, Jul 17, 5:00 PM to Mon, Jul 20, 7:00 AM')
    const shift = typedShift('2026-07-14', '8', '2:30 PM', ZONE)
    expect([typeof shift === 'string' ? '' : momentsWords(shift, ZONE), typeof shift === 'string' ? '' : shiftsWords([shift], ZONE), shiftsWords([], ZONE)]).toEqual([
      'Tue, Jul 14, 8:00 AM to 2:30 PM',
      '8:00 AM to 2:30 PM',
      'day off',
    ])
  })
})
