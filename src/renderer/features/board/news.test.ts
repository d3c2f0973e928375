import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { at, day, visit } from './boardFixtures.ts'
import { newsOf } from './news.ts'
import { wallClock } from './timeline/axis.ts'

const clock = wallClock('America/Chicago')
const hatch = visit('Hatch', 'theo', 9, 10)
const by = (more: Partial<typeof hatch>): typeof hatch => ({ ...hatch, version: 2, updatedBy: 'Ana Petrov', ...more })
const between = (before: BoardDay, after: BoardDay, ownIds: readonly string[] = []): string | null => newsOf({ before, after, ownIds: new Set(ownIds), ownName: 'Sean Avery', clock })
const news = (after: typeof hatch, ownIds: readonly string[] = []): string | null => between(day([hatch]), day([after]), ownIds)

it.each([
  [by({ startsAt: at(10), endsAt: at(11) }), 'Ana Petrov moved Hatch, 10:00 AM'],
  [by({ technicianId: 'lena' }), 'Ana Petrov gave Hatch to lena, 9:00 AM'],
  [by({ endsAt: at(12) }), 'Ana Petrov: Hatch now ends 12:00 PM'],
  [by({ state: 'working' }), 'Ana Petrov: Hatch is working'],
  [by({ state: 'hold' }), 'Ana Petrov: Hatch is on hold'],
  [by({ summary: 'x' }), 'Ana Petrov changed Hatch'],
  [by({ technicianId: 'somebody gone' }), 'Ana Petrov gave Hatch to somebody who left, 9:00 AM'],
  [by({ updatedBy: 'Sean Avery', startsAt: at(10), endsAt: at(11) }), 'Sean Avery, in another window, moved Hatch, 10:00 AM'],
])('names who changed what', (after, sentence) => {
  expect(news(after)).toBe(sentence)
})

it('says what came, what lost its technician, and how many more', () => {
  const off = by({ technicianId: null, startsAt: null, endsAt: null })
  expect(between(day([hatch]), day([], { unassigned: [off] }))).toBe('Ana Petrov took Hatch off theo')
  const [one, two] = [by({}), by({ id: 'Vance', shortName: 'Vance' })]
  expect(between(day([hatch, visit('Vance', 'lena', 9, 10)]), day([one, two]))).toBe('Ana Petrov changed Hatch, and 1 more')
  expect(between(day([]), day([by({})]))).toBe('Ana Petrov put Hatch on the board')
})

it('says nothing of another day, of what did not change, and of what was done in this window', () => {
  expect(between(day([hatch]), day([by({})], { day: '2026-07-15' }))).toBeNull()
  expect(news(hatch)).toBeNull()
  expect(news(by({ updatedBy: 'Sean Avery' }), ['Hatch'])).toBeNull()
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), (start) => {
      expect(news(by({ startsAt: at(start), updatedBy: 'Sean Avery' }), ['Hatch'])).toBeNull()
    }),
  )
})

it('names each for their own, whoever of them was last', () => {
  const before = day([hatch, visit('Vance', 'lena', 9, 10), visit('Cole', 'lena', 11, 12)])
  const after = day([by({ technicianId: 'lena' }), by({ id: 'Vance', shortName: 'Vance', technicianId: 'lena', startsAt: at(13), endsAt: at(14), updatedBy: 'Ben Ito' }), by({ id: 'Cole', shortName: 'Cole', technicianId: 'lena', updatedBy: 'Sean Avery' })])
  expect(between(before, after, ['Cole'])).toBe('Ana Petrov gave Hatch to lena, 9:00 AM; Ben Ito moved Vance, 1:00 PM')
})

it('gives nobody what others did to the same visit: they are the last who changed it, and no more is said', () => {
  expect(news(by({ technicianId: 'lena', version: 3 }))).toBe('Ana Petrov changed Hatch last: lena, 9:00 AM')
  // A colleague's change is news although this person changed the visit just before.
  expect(news(by({ technicianId: 'lena', version: 3 }), ['Hatch'])).toBe('Ana Petrov changed Hatch last: lena, 9:00 AM')
})

it('says of many people how much more there is', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const after = ids.map((id, index) => visit(id, 'theo', index, index + 1, { version: 2, updatedBy: `Person ${id}` }))
  expect(between(day(ids.map((id, index) => visit(id, 'theo', index, index + 1))), day(after))).toBe('Person a changed a; Person b changed b; Person c changed c; 2 more by others')
})
