import { describe, expect, it } from 'vitest'
import { digitsOf, formatPhone, normalizePhone, phoneDigits, reverseDigits } from './phone.ts'

describe('normalizePhone', () => {
  it.each([
    '(555) 014-2210',
    '555-014-2210',
    '555.014.2210',
    '5550142210',
    '1 555 014 2210',
    '+1 (555) 014-2210',
    'tel:+15550142210',
    '555-014-2210 x12',
    '555-014-2210 ext. 12',
    '\uff15\uff15\uff15\uff10\uff11\uff14\uff12\uff12\uff11\uff10',
  ])('reads %s', (text) => {
    expect(normalizePhone(text)).toBe('+15550142210')
  })

  it.each(['+44 20 7946 0958', '011 44 20 7946 0958', '0044 20 7946 0958'])('reads %s as a number in London', (text) => {
    expect(normalizePhone(text)).toBe('+442079460958')
  })

  it('takes a number without a country code to be of the country given', () => {
    expect(normalizePhone('020 7946 0958', 'GB')).toBe('+442079460958')
    expect(normalizePhone('020 7946 0958')).toBeUndefined()
  })

  it.each(['', ' ', 'abc', 'Anonymous', 'Restricted', 'unavailable', '+', '911', '014-2210', '555-014-221', '555-014-22100', '\u0000', '555-014-2210, 555-014-2211'])(
    'does not guess at %j',
    (text) => {
      expect(normalizePhone(text)).toBeUndefined()
    },
  )

  it('accepts the block reserved for fiction', () => {
    expect(normalizePhone('212-555-0142')).toBe('+12125550142')
  })
})

describe('formatPhone', () => {
  it('shows a North American number as people write it', () => {
    expect(formatPhone('+15550142210')).toBe('(555) 014-2210')
  })

  it('shows a foreign number with its country code', () => {
    expect(formatPhone('+442079460958')).toBe('+44 20 7946 0958')
  })

  it('leaves what is not a number alone', () => {
    expect(formatPhone('withheld')).toBe('withheld')
  })
})

describe('phoneDigits', () => {
  it('gives the forms that search looks for', () => {
    expect(phoneDigits('+15550142210')).toEqual({ national: '5550142210', lastSeven: '0142210', reversed: '0122410555' })
    expect(phoneDigits('+442079460958')).toEqual({ national: '2079460958', lastSeven: '9460958', reversed: '8590649702' })
  })

  it('takes digits out of what was typed', () => {
    expect(digitsOf('(555) 014-22')).toBe('55501422')
    expect(reverseDigits('2210')).toBe('0122')
  })
})
