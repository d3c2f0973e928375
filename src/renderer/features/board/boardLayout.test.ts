import { describe, expect, it } from 'vitest'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { at, day, visit } from './boardFixtures.ts'
import { adjacentTechnician, boardRows, findRow, firstFreeStart, packLanes, suggestTechnicians, tryPlan, type TechnicianRow } from './boardLayout.ts'
import { alertWords, lengthWords, parseLength, parseTime, trialProblems } from './boardWords.ts'
import { wallClock } from './timeline/axis.ts'

const clock = wallClock('America/Chicago')

const rowOf = (planned: readonly BoardVisit[], id: string): TechnicianRow => {
  const row = findRow(boardRows(day(planned), at(7)), id)
  if (!row) throw new Error(`No row ${id}`)
  return row
}

describe('the board as data', () => {
  it('groups technicians with hours left, who is on and how full', () => {
    const rows = boardRows(day([visit('b', 'theo', 12, 14), visit('a', 'theo', 8, 10), visit('x', 'theo', 9, 10, { overbooked: true }), visit('c', 'lena', 8, 17), visit('d', 'lena', 17, 18, { state: 'canceled' })]), at(7))
    expect(rows.map((row) => (row.kind === 'group' ? [row.name, row.onShift, row.full] : [row.key, row.leftMinutes, row.bars.map((bar) => bar.visit.id).join('')]))).toEqual([
      ['HVAC', 2, 72],
      ['theo', 360, 'axb'],
      ['lena', -60, 'cd'],
      ['Pool', 1, 0],
      ['mo', 0, ''],
      ['bea', 480, ''],
    ])
  })

  it('says what stands against a plan', () => {
    const planned = [visit('a', 'theo', 8, 10), visit('gone', 'theo', 10, 12, { state: 'canceled' })]
    const moved = visit('m', 'lena', 10, 11.5, { skills: ['gas'] })
    expect(trialProblems(tryPlan(moved, rowOf(planned, 'theo'), at(9.5)), clock)).toEqual(['Customer a is there 8:00\u201310:00 AM', 'Outside the promised window', 'No gas skill'])
    expect(trialProblems(tryPlan({ ...moved, skills: [] }, rowOf(planned, 'theo'), at(10)), clock)).toEqual([])
    expect(tryPlan(moved, rowOf(planned, 'theo'), at(17)).offShift).toBe(true)
    expect(tryPlan(moved, rowOf([...planned, moved], 'lena'), at(10)).inTheWay).toEqual([])
  })

  it('proposes the first free time and the best technician', () => {
    const waiting = visit('w', null, 10, 11.5)
    const planned = [visit('a', 'theo', 9, 10.75), visit('b', 'lena', 10, 12)]
    expect(firstFreeStart(waiting, rowOf(planned, 'theo'), at(7))).toBe(at(10.75))
    expect(firstFreeStart(waiting, rowOf(planned, 'theo'), at(17))).toBeUndefined()
    expect(suggestTechnicians(waiting, boardRows(day(planned), at(7)), at(7)).map(({ row, startsAt, rank }) => [row.key, startsAt, rank])).toEqual([
      ['theo', at(10.75), 0],
      ['lena', at(12), 1],
      ['mo', undefined, 2],
      ['bea', at(10), 4],
    ])
  })

  it('finds the technician above and below', () => {
    const rows = boardRows(day([]), at(7))
    expect(adjacentTechnician(rows, 'lena', 1)?.key).toBe('mo')
    expect(adjacentTechnician(rows, 'theo', -1)).toBeUndefined()
  })

  it('packs the unassigned into lanes', () => {
    const waiting = [visit('a', null, 8, 9.5), visit('b', null, 8, 9), visit('c', null, 10, 11)]
    expect(packLanes(waiting).map((lane) => lane.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
  })
})

describe('the board\u2019s words', () => {
  it('says times and spans as people do', () => {
    expect(clock.span(at(11.5), at(13))).toBe('11:30 AM\u20131:00 PM')
    expect(alertWords({ kind: 'overrun', since: at(12) }, clock, at(13.25))).toBe('Runs 1 h 15 over')
    expect(alertWords({ kind: 'overrun', since: at(12) }, clock, at(12) + 20_000)).toBe('Should be done by now')
  })

  it('says times as the clocks show them before and after they change, and on later days of a week', () => {
    const [before, after] = [Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 16)]
    const words = [before, after, after + 24 * 3_600_000].map((since) => alertWords({ kind: 'noUpdate', since }, clock, since))
    expect(words).toEqual(['No word since 12:30 AM', 'No word since 10:00 AM', 'No word since 10:00 AM'])
  })

  it('reads typed lengths, its own words among them, and refuses the rest', () => {
    expect(['90', '45 min', '1:30', '1 h 30', '2 h', '1.5 h', '1h05'].map(parseLength)).toEqual([90, 45, 90, 90, 120, 90, 65])
    expect(['', 'long', '1:75', '-5', '1.5'].map(parseLength)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect([5, 60, 125].map((minutes) => parseLength(lengthWords(minutes)))).toEqual([5, 60, 125])
  })

  it('reads typed times and refuses the rest', () => {
    expect(['2:15 PM', '215p', '14:15', '2', '9', '12 am', '7:05a'].map(parseTime)).toEqual([855, 855, 855, 840, 540, 0, 425])
    expect(['', '25', '9:75', '13 pm', 'noon'].map(parseTime)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})
