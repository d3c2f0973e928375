import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../../shared/base/time.ts'
import type { BoardDay } from '../../../../shared/contract/methods/dispatch.ts'
import { at, day, technician, visit, ZERO } from '../boardFixtures.ts'
import { boardRows, type BarModel, findRow, type TechnicianRow } from '../boardLayout.ts'
import { axisOf, wallClock } from './axis.ts'
import { barLabel, headWords, marksOf, NARROWEST_BAR, placeBar, placeBars, placeBlock, rowPaths, type Scale, tentativeWord } from './placing.ts'

const rowIn = (of: BoardDay, id: string, now = at(7)): TechnicianRow => {
  const row = findRow(boardRows(of, now), id)
  if (!row) throw new Error(`No row ${id}`)
  return row
}
const clock = wallClock('America/Chicago')
const scale = (of: BoardDay, hourWidth = 60): Scale => ({ axis: axisOf(of), clock, hourWidth, rowHeight: 28, large: false })
const barsOf = (of: BoardDay, id = 'theo'): readonly BarModel[] => rowIn(of, id).bars
const one = <Item>(items: readonly Item[]): Item => {
  const [item] = items
  if (item === undefined) throw new Error('Nothing there')
  return item
}

describe('a bar\u2019s place', () => {
  it('follows the instants, whatever the length: none, thirty hours, before the first day and beyond the last', () => {
    const of = day([visit('nothing', 'theo', 9, 9), visit('long', 'lena', -4, 26)])
    expect(placeBar(one(barsOf(of)), scale(of))).toEqual({ x: 540, y: 2, width: NARROWEST_BAR, height: 20 })
    expect(placeBar(one(barsOf(of, 'lena')), scale(of))).toEqual({ x: -240, y: 2, width: 30 * 60 - 2, height: 20 })
  })

  it('shares the row with what it overlaps, so that both can be read', () => {
    const of = day([visit('a', 'theo', 9, 11), visit('b', 'theo', 10, 12), visit('c', 'theo', 14, 15)])
    expect(barsOf(of).map((bar) => placeBar(bar, scale(of))).map(({ y, height }) => [y, height])).toEqual([[1, 11], [13, 11], [2, 20]])
  })

  it('never covers another where hours are so narrow that bars are wider than their time', () => {
    const of = day([visit('a', 'theo', 8, 9), visit('b', 'theo', 9, 10), visit('c', 'theo', 10, 11), visit('d', 'theo', 15, 16)])
    const inDay = placeBars(rowIn(of, 'theo'), scale(of))
    expect(inDay.map(({ y }) => y)).toEqual([2, 2, 2, 2])
    const inWeek = placeBars(rowIn(of, 'theo'), scale(of, 5.4))
    inWeek.forEach((left, index) =>
      inWeek.slice(index + 1).forEach((right) => {
        const apart = left.x + left.width <= right.x || right.x + right.width <= left.x || left.y + left.height <= right.y || right.y + right.height <= left.y
        expect(apart).toBe(true)
      }),
    )
    expect(inWeek.at(-1)).toMatchObject({ y: 2, height: 20 })
  })
})

describe('a bar\u2019s signs and words', () => {
  const rich = visit('x', 'theo', 9, 10.5, {
    crewIds: ['lena'],
    locked: true,
    tentative: true,
    priorityRank: 1,
    priorityName: 'Emergency',
    customerFlag: 'Credit hold',
    flags: ['Credit hold', 'Dog in the yard'],
    dispatchedAt: at(8.75),
    arrivedAt: at(9.1),
    overbooked: true,
  })

  /** Taken although theirs is the time already. */
  const doubled = day([rich, visit('under', 'theo', 10, 11)])

  it('has a sign for each, the gravest alone where there is no room', () => {
    const bar = one(barsOf(doubled))
    expect(marksOf(bar, 'wide')).toEqual(['crew', 'locked', 'priority', 'flag', 'alert'])
    expect(marksOf(bar, 'narrow')).toEqual(['alert'])
    expect(marksOf(one(barsOf(day([rich]), 'lena')), 'wide')).toEqual(['crew', 'locked', 'priority', 'flag'])
    expect(marksOf(one(barsOf(day([visit('calm', 'theo', 10, 11)]))), 'wide')).toEqual([])
  })

  it('says all of it to a screen reader', () => {
    expect(barLabel(one(barsOf(doubled)), clock, at(9.2))).toBe(
      'Customer x, No cool, Confirmed, 9:00\u201310:30 AM, promised 8\u201310, crew of 2, promised as it is, tentative, Emergency, Credit hold, Dog in the yard, dispatched 8:45 AM, arrived 9:06 AM, Overbooked',
    )
    expect([40, 120, 300].map(tentativeWord)).toEqual(['?', 'tent.', 'tentative'])
  })
})

describe('what is drawn on a row', () => {
  const of = day([visit('a', 'theo', 8, 10, { state: 'done', dispatchedAt: at(7.5), arrivedAt: at(8), doneAt: at(9.5) }), visit('late', 'theo', 17, 19.5)], {
    groups: [
      {
        id: 'hvac',
        name: 'HVAC',
        technicians: [
          technician('theo', 8, 18, ['cooling'], {
            onCall: [{ startsAt: at(18), endsAt: at(24) }],
            blocks: [
              { id: null, kind: 'lunch', startsAt: at(12), endsAt: at(12.5), note: '' },
              { id: 't', kind: 'training', startsAt: at(13), endsAt: at(15), note: 'Arc-flash course' },
            ],
          }),
          technician('night', 22, 30),
        ],
      },
    ],
    legs: [{ technicianId: 'theo', toVisitId: 'a', startsAt: at(7.75), endsAt: at(8), minutes: 15 }],
  })

  it('are the shift and its end, on call, the drive, the promised window, what happened, and overtime', () => {
    const paths = rowPaths(rowIn(of, 'theo'), scale(of), at(11))
    expect(paths.off).toBe('M0 0h480v27H0zM1080 0h360v27H1080z')
    expect(paths.onCall).toBe('M1080 0.5H1440')
    expect(paths.legs).toBe('M465 12H478')
    expect(paths.overtime).toBe('M1080 0h90v2H1080z')
    expect(paths.actual).toContain('M480 22h90v2H480z')
    expect(paths.actual).toContain('M450 ')
    expect(paths.kept).not.toBe('')
    expect(rowPaths(rowIn(of, 'night'), scale(of), at(11)).off).toBe('M0 0h1320v27H0z')
  })

  it('are lunch and training with their words', () => {
    const placed = rowIn(of, 'theo').technician.blocks.map((block) => placeBlock('theo', block, scale(of)))
    expect(placed.map(({ words, x, width }) => [words, x, width])).toEqual([['Lunch', 720, 28], ['Training \u00B7 Arc-flash course', 780, 118]])
    expect(placed.map(({ spoken }) => spoken)).toEqual(['Lunch, 12:00\u201312:30 PM, every week', 'Training, 1:00\u20133:00 PM, Arc-flash course'])
    expect(rowIn(of, 'theo').leftMinutes).toBe(600 - 120 - 150 - 150)
  })

  it('are said in the head, with the clock of who works elsewhere', () => {
    const { spoken, description, onCall } = headWords(rowIn(of, 'theo'), scale(of))
    expect(spoken).toBe('theo, 3.0 h left')
    expect(onCall).toBe(true)
    expect(description).toBe('on 8:00 AM\u20136:00 PM, Lunch 12:00\u201312:30 PM, Training: Arc-flash course 1:00\u20133:00 PM, on call 6:00 PM\u201312:00 AM, overtime until 7:30 PM')
    const away = day([], { groups: [{ id: 'g', name: 'G', technicians: [technician('ana', 9, 17, [], { zone: 'America/Denver' }), technician('gone', 0, 0, [], { active: false })] }] })
    expect(headWords(rowIn(away, 'ana'), scale(away)).name).toBe('ana \u00B7 Denver')
    expect(headWords(rowIn(away, 'gone'), scale(away)).left).toBe('Left')
  })

  it('count overtime against the shift of each day, also one that crosses midnight', () => {
    const two = day([visit('night', 'n', 23, 29), visit('over', 'n', 29, 31), visit('evening', 'd', 17, 19), visit('next', 'd', 33, 35)], {
      dayStarts: [ZERO, ZERO + 24 * HOUR],
      endsAt: ZERO + 48 * HOUR,
      groups: [{ id: 'g', name: 'G', technicians: [technician('n', 22, 30), { ...technician('d', 8, 18), shifts: [{ startsAt: at(8), endsAt: at(18) }, { startsAt: at(32), endsAt: at(42) }] }] }],
    })
    const minutes = (id: string): readonly number[] => rowIn(two, id).overtime.map(({ startsAt, endsAt }) => (endsAt - startsAt) / MINUTE)
    expect(minutes('n')).toEqual([60])
    expect(minutes('d')).toEqual([60])
  })
})
