import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { instantOf } from '../../../shared/base/zone.ts'
import { dueGroup } from './dueGroups.ts'
import { freshList, mergeList, neighbourOf, rowsOf, waitingIn, workedIn } from '../../stores/steadyList.ts'
import { whenOptions } from './whenOptions.ts'

const ZONE = 'America/Chicago'
const now = instantOf('2026-07-14', 10 * 60 + 5, ZONE)

describe('due groups', () => {
  it('name the part of the day a promise falls in', () => {
    const at = (day: string, minute: number) => dueGroup(instantOf(day, minute, ZONE), now, ZONE)
    expect([now - 1, now, now + HOUR].map((dueAt) => dueGroup(dueAt, now, ZONE))).toEqual(['Late', 'Next hour', 'This morning'])
    expect(at('2026-07-14', 13 * 60)).toBe('This afternoon')
    expect(at('2026-07-14', 18 * 60)).toBe('This evening')
    expect(at('2026-07-15', 8 * 60)).toBe('Tomorrow')
    expect(at('2026-07-16', 8 * 60)).toBe('Later')
  })
})

describe('a steady list', () => {
  const item = (promiseId: string, dueAt: number) => ({ promiseId, dueAt })
  const [a, b, c] = [item('a', 10), item('b', 20), item('c', 30)]
  const ids = (list: ReturnType<typeof freshList>) => list.order

  it('keeps rows where they are while others arrive and go', () => {
    const list = mergeList(freshList([a, b, c], now), [item('x', 5), item('b', 99), c])
    expect(ids(list)).toEqual(['a', 'b', 'c'])
    expect(rowsOf(list, [item('x', 5), item('b', 99), c]).map(({ item: { dueAt }, gone }) => [dueAt, gone])).toEqual([[10, true], [99, false], [30, false]])
    expect(waitingIn(list, [item('x', 5), item('b', 99), c])).toEqual({ fresh: 1, gone: 1 })
  })

  it('lets the row the person worked go or move, and nothing else', () => {
    const settled = mergeList({ ...freshList([a, b, c], now), worked: new Set(['a']) }, [b, c])
    expect(ids(settled)).toEqual(['b', 'c'])
    const tried = mergeList({ ...freshList([a, b, c], now), worked: new Set(['a']) }, [b, item('a', 25), c])
    expect(ids(tried)).toEqual(['b', 'a', 'c'])
    expect(tried.worked.size).toBe(0)
  })

  it('lets a row go that was settled before the person who worked it heard so', () => {
    const settled = mergeList(freshList([a, b], now), [b])
    expect(ids(settled)).toEqual(['a', 'b'])
    expect(ids(workedIn(settled, 'a', [b]))).toEqual(['b'])
    expect(ids(workedIn(freshList([a], now), 'a', []))).toEqual([])
  })

  it('hands over to the next row, or to the one before at the end', () => {
    const rows = rowsOf(freshList([a, b, c], now), [a, c])
    expect(neighbourOf(rows, 'a')).toBe('c')
    expect(neighbourOf(rows, 'c')).toBe('a')
    expect(neighbourOf(rowsOf(freshList([a], now), [a]), 'a')).toBeNull()
  })
})

describe('times to come back', () => {
  it('are later than now, within the bound and on round minutes', () => {
    const options = whenOptions(now, now + 2 * DAY, ZONE)
    expect(options.map(({ label }) => label)).toEqual([
      'In 30 minutes', 'In 1 hour', 'In 2 hours', 'Today, end of the day', 'Tomorrow morning', 'Tomorrow at noon', 'Tomorrow, end of the day',
    ])
    expect(options[0]).toMatchObject({ at: now + 40 * MINUTE, detail: '10:45 AM' })
    expect(options[4]?.detail).toBe('Wed, Jul 15, 8:00 AM')
  })
})
