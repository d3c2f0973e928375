import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../shared/base/time.ts'
import { at, day, visit } from './boardFixtures.ts'
import { type BoardRowModel, boardRows, type PlannedBoardVisit } from './boardLayout.ts'
import { movedTogether, stayWords } from './moveTogether.ts'

const planned = (id: string, technicianId: string, start: number): PlannedBoardVisit => visit(id, technicianId, start, start + 1) as PlannedBoardVisit

const [a, b] = [planned('a', 'theo', 9), planned('b', 'lena', 10)]
/** Theo, Lena, Mo, Bea. */
const everybody = boardRows(day([a, b]), at(8))
const without = (...ids: readonly string[]): readonly BoardRowModel[] => everybody.filter(({ key }) => !ids.includes(key))

const where = (rows: readonly BoardRowModel[], to: { readonly technicianId: string; readonly startsAt: number }, together = [a, b]) => {
  const { moves, staying } = movedTogether(rows, together, a, to)
  return { moved: moves.map(({ visit: { id }, plan }) => [id, plan.technicianId, (plan.startsAt - at(0)) / HOUR, (plan.endsAt - at(0)) / HOUR]), stayed: staying.map(({ id }) => id) }
}

describe('visits moved together', () => {
  it('go as many rows down and as much later as the one that leads', () => {
    expect(where(everybody, { technicianId: 'lena', startsAt: at(11) })).toEqual({ moved: [['a', 'lena', 11, 12], ['b', 'mo', 12, 13]], stayed: [] })
  })

  it('in time alone keep their technicians, whoever is shown', () => {
    const moved = { moved: [['a', 'theo', 10, 11], ['b', 'lena', 11, 12]], stayed: [] }
    expect(where(without('lena'), { technicianId: 'theo', startsAt: at(10) })).toEqual(moved)
    expect(where(without('theo'), { technicianId: 'theo', startsAt: at(10) })).toEqual(moved)
  })

  it('from a hidden row go to nobody: they stay', () => {
    expect(where(without('lena'), { technicianId: 'mo', startsAt: at(9) })).toEqual({ moved: [['a', 'mo', 9, 10]], stayed: ['b'] })
    expect(where(without('theo'), { technicianId: 'lena', startsAt: at(9) })).toEqual({ moved: [['a', 'lena', 9, 10]], stayed: ['b'] })
  })

  it('stay where there is no row so far down or up', () => {
    const last = planned('z', 'bea', 12)
    expect(where(everybody, { technicianId: 'lena', startsAt: at(9) }, [a, last])).toEqual({ moved: [['a', 'lena', 9, 10]], stayed: ['z'] })
  })

  it('are named where they stay', () => {
    expect(stayWords([])).toBe('')
    expect(stayWords([b])).toBe('b stays: your board shows no row to move it by. N shows everybody.')
    expect(stayWords([b, a])).toBe('b and 1 more stay: your board shows no row to move them by. N shows everybody.')
  })
})
