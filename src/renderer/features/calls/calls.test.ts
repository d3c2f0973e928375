import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import { callBackInstant, callBackOptions, OTHER, readReason, REASONS, reasonText, resultWords, usualCallBack } from './conclusion.ts'
import { passes, ringSummary } from './callFilters.ts'
import { formatDuration, numberWords, ringWords } from './callWords.ts'
import { farthestCorner } from './popPlace.ts'

const ZONE = 'America/Chicago'
const at = (minute: number) => ({ now: instantOf('2026-07-14', minute, ZONE), zone: ZONE, opensAt: 7 * 60, closesAt: 18 * 60 })
const NO_DAY = { laterDay: '', laterMinute: 0 } as const

describe('where the pop appears', () => {
  const viewport = { width: 1440, height: 900 }

  it('prefers the bottom right, and goes to the corner farthest from the typing', () => {
    expect(farthestCorner(null, viewport)).toBe('bottomRight')
    expect(farthestCorner({ x: 200, y: 20 }, viewport)).toBe('bottomRight')
    expect(farthestCorner({ x: 1300, y: 850 }, viewport)).toBe('topLeft')
    expect(farthestCorner({ x: 1300, y: 60 }, viewport)).toBe('bottomLeft')
    expect(farthestCorner({ x: 200, y: 850 }, viewport)).toBe('topRight')
  })

  it('never covers the caret, wherever somebody types on a screen of at least 1280 by 720', () => {
    const place = fc.record({ width: fc.integer({ min: 1280, max: 2560 }), height: fc.integer({ min: 720, max: 1440 }), across: fc.double({ min: 0, max: 1, noNaN: true }), down: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(place, ({ width, height, across, down }) => {
        const caret = { x: across * width, y: down * height }
        const corner = farthestCorner(caret, { width, height })
        const left = corner.endsWith('Right') ? width - 16 - 384 : 80
        const top = corner.startsWith('bottom') ? height - 40 - 328 : 60
        const covered = caret.x >= left && caret.x <= left + 384 && caret.y >= top && caret.y <= top + 328
        expect(covered).toBe(false)
      }),
    )
  })
})

describe('the words for a call', () => {
  it('counts durations and rings as people say them', () => {
    expect([0, 9_400, 222_000, 3_725_000].map(formatDuration)).toEqual(['0:00', '0:09', '3:42', '1:02:05'])
    expect([9_000, 17_999, 18_000].map((ms) => ringWords(ms, 18))).toEqual(['ring 2 of 3', 'ring 3 of 3', 'ring 4, past 3'])
    expect([numberWords('+15550142210'), numberWords(null)]).toEqual(['(555) 014-2210', 'Number withheld'])
  })

  it('says how the office answered, of real calls only', () => {
    expect(ringSummary({ incoming: 25, inTime: 24 })).toBe('96\u00a0% answered within three rings, 24 of 25 calls')
    expect(ringSummary({ incoming: 0, inTime: 0 })).toBe('No calls to count yet')
  })

  it('filters what somebody must work', () => {
    const row = { outcome: 'abandoned', followUp: 'owed' } as Parameters<typeof passes>[1]
    expect([passes('missed', row), passes('unbooked', row), passes('callBacks', row), passes('all', row)]).toEqual([true, false, true, true])
    expect(passes('callBacks', { ...row, followUp: 'done' })).toBe(false)
  })
})

describe('saying how a call ended', () => {
  it('offers the hour while the office is open long enough, and tomorrow morning after that', () => {
    expect(callBackOptions(at(13 * 60 + 42)).map(({ value }) => value)).toEqual(['hour', 'today', 'tomorrow', 'later', 'none'])
    expect(callBackOptions(at(17 * 60 + 30)).map(({ value }) => value)).toEqual(['tomorrow', 'hour', 'later', 'none'])
    expect(usualCallBack('unbooked', at(13 * 60), true)).toBe('hour')
    expect(usualCallBack('unbooked', at(13 * 60), false)).toBe('none')
    expect(usualCallBack('notLead', at(13 * 60), true)).toBe('none')
  })

  it('resolves each choice to an instant, across a change of the clocks', () => {
    const office = at(13 * 60 + 42)
    expect(callBackInstant('hour', office, NO_DAY)).toBe(office.now + HOUR)
    expect(callBackInstant('today', office, NO_DAY)).toBe(instantOf('2026-07-14', 18 * 60, ZONE))
    expect(callBackInstant('tomorrow', office, NO_DAY)).toBe(instantOf('2026-07-15', 8 * 60, ZONE))
    expect(callBackInstant('later', office, NO_DAY)).toBeNull()
    const eve = { now: instantOf('2026-10-31', 17 * 60, ZONE), zone: ZONE, opensAt: 7 * 60, closesAt: 18 * 60 }
    expect(callBackInstant('tomorrow', eve, NO_DAY)).toBe(instantOf('2026-11-01', 8 * 60, ZONE))
  })

  it('says on the button what will be promised', () => {
    const office = at(13 * 60 + 42)
    expect(resultWords('unbooked', office.now + HOUR, office)).toBe('Unbooked, call back by 2:42 PM')
    expect(resultWords('unbooked', instantOf('2026-07-15', 480, ZONE), office)).toBe('Unbooked, call back tomorrow by 8:00 AM')
    expect(resultWords('notLead', null, office)).toBe('Not a lead, no call back')
  })

  it('keeps reason and own words together and takes them apart again', () => {
    const words = fc.string({ maxLength: 60 }).map((text) => text.trim())
    fc.assert(
      fc.property(fc.constantFrom(...REASONS.map(({ label }) => label)), words, (reason, own) => {
        const text = reasonText({ reason, words: own })
        fc.pre(!(reason === OTHER && REASONS.some(({ label }) => own === label || own.startsWith(`${label}: `))))
        expect(reasonText(readReason(text))).toBe(text)
      }),
    )
    expect(readReason('')).toEqual({ reason: null, words: '' })
    expect(reasonText({ reason: OTHER, words: '  ' })).toBe('')
  })
})
