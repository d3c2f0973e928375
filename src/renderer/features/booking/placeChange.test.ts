import { expect, test } from 'vitest'
import { type BookingDraft, EMPTY_PLACE, emptyDraft } from '../../stores/booking.ts'
import { withPlace } from './placeChange.ts'

const WINDOW = { day: '2026-07-15', start: 480, end: 600, startsAt: 0, endsAt: 1, zone: 'America/Chicago', technicianName: 'Sam Ortiz' }
const draft = (more: Partial<BookingDraft> = {}): BookingDraft => ({ ...emptyDraft('new', null), locationId: 'home', window: WINDOW, readBack: [true, true, true, false], ...more })
const after = (before: BookingDraft, change: Parameters<typeof withPlace>[1]): BookingDraft => ({ ...before, ...withPlace(before, change) })

test('another place asks for the window anew and has everything read back again, and says so', () => {
  for (const change of [{ locationId: 'shop' }, { locationId: null, newPlace: EMPTY_PLACE }, { customerId: 'other', locationId: null, newPlace: null }]) {
    expect(after(draft(), change)).toMatchObject({ ...change, window: null, readBack: [false, false, false, false], askedAnew: 'place' })
  }
  expect(after(draft({ locationId: null, newPlace: EMPTY_PLACE }), { newPlace: null })).toMatchObject({ window: null, askedAnew: 'place' })
})

test('the same place, the first one, and one of which nothing was said yet change nothing else', () => {
  expect(withPlace(draft(), { locationId: 'home', newPlace: null })).toEqual({ locationId: 'home', newPlace: null })
  expect(withPlace(draft({ locationId: null }), { locationId: 'home' })).toEqual({ locationId: 'home' })
  expect(withPlace(draft({ window: null, readBack: [false, false, false, false] }), { locationId: 'shop' })).toEqual({ locationId: 'shop' })
  expect(withPlace(draft(), { summary: 'Drips' })).toEqual({ summary: 'Drips' })
})

test('an address that was read back and is typed otherwise since is read back again, the window stays', () => {
  const typed = draft({ locationId: null, newPlace: { ...EMPTY_PLACE, line1: '61 Saltbrook Lane' } })
  expect(after(typed, { newPlace: { ...EMPTY_PLACE, line1: '63 Saltbrook Lane' } })).toMatchObject({ window: WINDOW, readBack: [true, false, true, false], askedAnew: 'address' })
  expect(after(typed, { newPlace: { ...EMPTY_PLACE, line1: '61 Saltbrook Lane', pets: 'A dog' } }).readBack).toEqual([true, true, true, false])
  expect(after({ ...typed, readBack: [true, false, false, false] }, { newPlace: { ...EMPTY_PLACE, line1: '63 Saltbrook Lane' } }).askedAnew).toBeUndefined()
})
