import fc from 'fast-check'
import { expect, it } from 'vitest'
import { at, day, visit } from './boardFixtures.ts'
import { newsOf } from './news.ts'
import { wallClock } from './timeline/axis.ts'

const clock = wallClock('America/Chicago')
const hatch = visit('Hatch', 'theo', 9, 10)
const by = (more: Partial<typeof hatch>): typeof hatch => ({ ...hatch, version: 2, updatedBy: 'Ana Petrov', ...more })
const news = (after: typeof hatch, acting: string | null = null): string | null => newsOf(day([hatch]), day([after]), acting, 'Sean Avery', clock)

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
  expect(newsOf(day([hatch]), day([], { unassigned: [off] }), null, '', clock)).toBe('Ana Petrov took Hatch off theo')
  const [one, two] = [by({}), by({ id: 'Vance', shortName: 'Vance' })]
  expect(newsOf(day([hatch, visit('Vance', 'lena', 9, 10)]), day([one, two]), null, '', clock)).toBe('Ana Petrov changed Hatch, and 1 more')
  expect(newsOf(day([]), day([by({})]), null, '', clock)).toBe('Ana Petrov put Hatch on the board')
})

it('says nothing of another day, of what did not change, and of what was done in this window', () => {
  expect(newsOf(day([hatch]), day([by({})], { day: '2026-07-15' }), null, '', clock)).toBeNull()
  expect(news(hatch)).toBeNull()
  expect(news(by({ updatedBy: 'Sean Avery' }), 'Sean Avery')).toBeNull()
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), (start) => {
      expect(news(by({ startsAt: at(start), updatedBy: 'Me' }), 'Me')).toBeNull()
    }),
  )
})
