import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { APPOINTMENT_STATES } from '../../../shared/domain/dispatch/tables.ts'
import { at, day, technician, visit } from '../board/boardFixtures.ts'
import { lastKnown, lastKnownWords, sinceWords } from './lastKnown.ts'
import { filtered, mapDayOf, pointsOf } from './mapDay.ts'
import { project } from './mercator.ts'

const ZONE = 'America/Chicago'
const PLACE = { latitude: 44_050_000, longitude: -92_980_000 }
const OTHER = { latitude: 44_100_000, longitude: -92_950_000 }
const HOME = { latitude: 44_000_000, longitude: -93_000_000 }
const theo = technician('theo', 7, 17, [], { home: HOME, homeArea: 'Northgate' })
const lena = technician('lena', 7, 17, [], { home: null })

const shown = (planned: readonly BoardVisit[], more: Partial<BoardDay> = {}): BoardDay => day(planned, { groups: [{ id: 'hvac', name: 'HVAC', technicians: [theo, lena] }], ...more })

describe('the day on the map', () => {
  it('numbers visits in the technician\u2019s order and leaves canceled ones without a number', () => {
    const map = mapDayOf(shown([visit('late', 'theo', 13, 14), visit('early', 'theo', 8, 9), visit('off', 'theo', 9, 10, { state: 'canceled' }), visit('hers', 'lena', 8, 9)]), at(7))
    expect(map.visits.map(({ visit: { id }, number }) => [id, number])).toEqual([['early', 1], ['off', null], ['late', 2], ['hers', 1]])
  })

  it('drops no visit: one without a place is there without a point, one without a technician is first', () => {
    const waiting = visit('waiting', null, 10, 11)
    const tomorrows = visit('tomorrow', null, 10, 11, { windowDay: '2026-07-15' })
    const map = mapDayOf(shown([visit('placed', 'theo', 8, 9, PLACE), visit('lost', 'theo', 9, 10)], { unassigned: [waiting, tomorrows] }), at(7))
    expect(map.visits.map(({ visit: { id }, at: point }) => [id, point !== null])).toEqual([['waiting', false], ['placed', true], ['lost', false]])
    expect(pointsOf(map)).toContainEqual(project(PLACE.latitude, PLACE.longitude))
  })

  it('draws each drive from the visit before or from home, and says whether it is over', () => {
    const leg = { technicianId: 'theo', startsAt: 0, endsAt: 0, minutes: 10 }
    const map = mapDayOf(
      shown([visit('a', 'theo', 8, 9, { ...PLACE, state: 'done' }), visit('b', 'theo', 10, 11, { ...OTHER, state: 'dispatched' })], { legs: [{ ...leg, fromVisitId: null, toVisitId: 'a' }, { ...leg, fromVisitId: 'a', toVisitId: 'b' }] }),
      at(9.5),
    )
    expect(map.legs.map(({ from, when }) => [from, when])).toEqual([
      [project(HOME.latitude, HOME.longitude), 'driven'],
      [project(PLACE.latitude, PLACE.longitude), 'now'],
    ])
    const [driver] = map.technicians
    const [here, there] = [project(PLACE.latitude, PLACE.longitude), project(OTHER.latitude, OTHER.longitude)]
    expect(driver?.at).toEqual({ x: (here.x + there.x) / 2, y: (here.y + there.y) / 2 })
  })

  it('shows a helper the visits they go along to, numbered in their own order', () => {
    const map = mapDayOf(shown([visit('hers', 'lena', 8, 9), visit('both', 'theo', 10, 11, { crewIds: ['lena'] }), visit('his', 'theo', 8, 9)]), at(7))
    expect(filtered(map, { technicianId: 'lena', unitId: null }).visits.map(({ visit: { id }, number }) => [id, number])).toEqual([['hers', 1], ['both', 2]])
    expect(filtered(map, { technicianId: null, unitId: null })).toBe(map)
    expect(filtered(map, { technicianId: null, unitId: 'plumbing' }).visits).toEqual([])
  })

  it('filters to a part of itself, and each visit belongs to just one of those who lead', () => {
    const visits = fc.array(fc.record({ who: fc.constantFrom('theo', 'lena'), hour: fc.integer({ min: 6, max: 18 }), state: fc.constantFrom(...APPOINTMENT_STATES) }), { maxLength: 20 })
    fc.assert(
      fc.property(visits, (list) => {
        const map = mapDayOf(shown(list.map(({ who, hour, state }, index) => visit(`v${index}`, who, hour, hour + 1, { state }))), at(12))
        const parts = ['theo', 'lena'].map((technicianId) => filtered(map, { technicianId, unitId: null }))
        expect(parts.flatMap((part) => part.visits).length).toBe(map.visits.length)
        for (const part of parts) {
          const numbers = part.visits.flatMap(({ number }) => number ?? [])
          expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        }
      }),
    )
  })
})

describe('where somebody is', () => {
  const [done, next] = [visit('Ames', 'theo', 8, 9, { state: 'done', doneAt: at(9) }), visit('Boone', 'theo', 10, 11)]
  const sent = { ...next, state: 'dispatched' as const, dispatchedAt: at(8.5) }
  const words = (visits: readonly BoardVisit[], isToday = true): string => [lastKnownWords(lastKnown(visits, isToday), 'Northgate'), sinceWords(lastKnown(visits, isToday), ZONE)].filter(Boolean).join(' since ')

  it('is what was recorded last', () => {
    expect(words([{ ...done, state: 'working', arrivedAt: at(8) }, sent])).toBe('Working at Ames since 8:00 AM')
    expect(words([done, next])).toBe('Done at Ames since 9:00 AM')
    expect(words([next])).toBe('No word yet; home is Northgate')
    expect(words([done, sent], false)).toBe('Home is Northgate')
  })

  it('begins a drive when the work before was done, though it was sent out earlier', () => {
    expect(words([done, sent])).toBe('On the way to Boone since 9:00 AM')
    expect(words([done, { ...sent, dispatchedAt: at(9.25) }])).toBe('On the way to Boone since 9:15 AM')
  })

  it('is at a visit put on hold only where somebody had arrived', () => {
    expect(words([{ ...done, state: 'hold', doneAt: null, arrivedAt: at(8.25) }])).toBe('On hold at Ames since 8:15 AM')
    expect(words([{ ...done, state: 'hold', doneAt: null }])).toBe('No word yet; home is Northgate')
  })
})
