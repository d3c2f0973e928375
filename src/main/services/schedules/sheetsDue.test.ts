import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { sheetsDue } from './sheetsDue.ts'

const mark = Date.UTC(2026, 6, 14, 10, 30)
const standing = { marks: [mark, mark + 12 * HOUR], touched: false }

describe('when kept day sheets are made again', () => {
  it('is at once where there are none', () => {
    expect(sheetsDue({ ...standing, now: mark - HOUR, madeAt: null })).toBe(true)
  })

  it('is in the morning and in the evening, whether anything changed or not', () => {
    expect(sheetsDue({ ...standing, now: mark - 1, madeAt: mark - 10 * HOUR })).toBe(false)
    expect(sheetsDue({ ...standing, now: mark, madeAt: mark - 10 * HOUR })).toBe(true)
    expect(sheetsDue({ ...standing, now: mark + HOUR, madeAt: mark })).toBe(false)
    expect(sheetsDue({ ...standing, now: mark + 13 * HOUR, madeAt: mark + HOUR })).toBe(true)
  })

  it('is after changes, but not more often than every quarter of an hour', () => {
    const madeAt = mark + HOUR
    expect(sheetsDue({ ...standing, touched: true, now: madeAt + 14 * MINUTE, madeAt })).toBe(false)
    expect(sheetsDue({ ...standing, touched: true, now: madeAt + 15 * MINUTE, madeAt })).toBe(true)
    expect(sheetsDue({ ...standing, touched: false, now: madeAt + 15 * MINUTE, madeAt })).toBe(false)
  })

  it('is after changes where the clock was set back', () => {
    expect(sheetsDue({ ...standing, touched: true, now: mark + HOUR, madeAt: mark + 20 * HOUR })).toBe(true)
  })
})
