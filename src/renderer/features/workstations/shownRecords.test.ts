import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createShownRecords, type ShownRecord } from './shownRecords.ts'

const record = (id: string): ShownRecord => ({ kind: 'customer', id })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('tells of the record where a person stops, and of the one that is left beside it', () => {
  const told: (string | null)[] = []
  const show = createShownRecords((shown) => told.push(shown?.id ?? null))
  const hideFirst = show(record('first'))
  hideFirst()
  const hideSecond = show(record('second'))
  vi.runAllTimers()
  expect(told).toEqual(['second'])
  const hideBeside = show(record('beside'))
  vi.runAllTimers()
  hideBeside()
  vi.runAllTimers()
  hideSecond()
  vi.runAllTimers()
  expect(told).toEqual(['second', 'beside', 'second', null])
})

it('says nothing of a record that comes back at once', () => {
  const told: (string | null)[] = []
  const show = createShownRecords((shown) => told.push(shown?.id ?? null))
  const hide = show(record('one'))
  vi.runAllTimers()
  hide()
  show(record('one'))
  vi.runAllTimers()
  expect(told).toEqual(['one'])
})
