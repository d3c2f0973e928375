import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../../shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import type { PendingVisit } from '../../../stores/board.ts'
import { at, day, technician, visit } from '../boardFixtures.ts'
import { boardRows } from '../boardLayout.ts'
import { withPending } from '../boardPending.ts'
import { USUAL } from './arrangement.ts'
import { type BoardChange, type BoardModel, createBoardModel } from './boardModel.ts'

const NOW = at(7)
const fresh = <Value>(value: Value): Value => structuredClone(value)

function shownModel(shown: BoardDay): { readonly model: BoardModel; readonly changes: BoardChange[] } {
  const model = createBoardModel()
  const changes: BoardChange[] = []
  model.show(shown, NOW)
  model.watch((change) => changes.push(change))
  return { model, changes }
}

const moved = (of: BoardVisit, technicianId: string | null, start: number | null): PendingVisit => ({
  technicianId,
  startsAt: start === null ? null : at(start),
  endsAt: start === null ? null : at(start + 1),
  state: of.state,
  version: of.version + 1,
})

/** Rows as far as they are seen: who, and what where. */
const seen = (rows: ReturnType<BoardModel['rows']>) => rows.map((row) => (row.kind === 'group' ? row.name : [row.key, ...row.bars.map(({ key, visit: { startsAt } }) => `${key}@${(startsAt - at(0)) / HOUR}`)].join(' ')))

describe('the board\u2019s model', () => {
  const planned = [visit('a', 'theo', 8, 9), visit('b', 'theo', 10, 11), visit('c', 'lena', 9, 10), visit('d', 'bea', 12, 13)]

  it('tells of the two rows that a move touches, and keeps the others as the same objects', () => {
    const { model, changes } = shownModel(day(planned))
    const before = model.rows()
    model.pend(new Map([['a', moved(planned[0] as BoardVisit, 'lena', 14)]]))
    expect(changes).toHaveLength(1)
    const [change] = changes
    expect(change?.kind === 'rows' ? [...change.keys].filter((key) => model.row(key)) : change).toEqual(['theo', 'lena'])
    expect(model.row('bea')).toBe(before.find(({ key }) => key === 'bea'))
    expect(seen(model.rows())).toContain('lena c@9 a@14')
    // The answer that says the same touches nothing more than what it adds.
    changes.length = 0
    model.show(fresh(day([{ ...(planned[0] as BoardVisit), technicianId: 'lena', startsAt: at(14), endsAt: at(15), version: 2 }, ...planned.slice(1)])), NOW)
    expect(changes).toEqual([{ kind: 'rows', keys: new Set(['lena']) }])
    expect(seen(model.rows())).toContain('lena c@9 a@14')
  })

  it('changes nothing when an answer says what is shown already', () => {
    const { model, changes } = shownModel(day(planned))
    const before = model.rows()
    model.show(fresh(day(planned)), NOW)
    expect(changes).toEqual([{ kind: 'rows', keys: new Set() }])
    model.rows().forEach((row, index) => expect(row).toBe(before[index]))
  })

  it('has a bar on the row of everybody who goes, and one visit', () => {
    const { model } = shownModel(day([visit('install', 'theo', 8, 16, { crewIds: ['lena', 'bea'] })]))
    expect(seen(model.rows())).toEqual(['HVAC', 'theo install@8', 'lena install-lena@8', 'Pool', 'mo', 'bea install-bea@8'])
    expect(model.row('lena')?.leftMinutes).toBe(0)
  })

  it('groups, sorts, hides and shows one unit, and stands still under changes when it is sorted by free time', () => {
    const { model } = shownModel(day(planned))
    const order = (): readonly string[] => model.rows().map(({ key }) => key)
    model.arrange({ ...USUAL, grouping: 'none', sorting: 'name' })
    expect(order()).toEqual(['all', 'bea', 'lena', 'mo', 'theo'])
    model.arrange({ ...USUAL, grouping: 'skill', hiddenIds: ['mo'] })
    expect(order()).toEqual(['skill cooling', 'theo', 'lena', 'skill pool', 'bea'])
    model.arrange({ ...USUAL, unitId: 'pool' })
    expect(order().slice(1)).toEqual(['mo', 'bea'])
    model.arrange({ ...USUAL, grouping: 'none', sorting: 'left' })
    expect(order()).toEqual(['all', 'theo', 'lena', 'bea', 'mo'])
    model.pend(new Map(['b', 'c'].map((id) => [id, moved(planned.find((one) => one.id === id) as BoardVisit, 'theo', 16)])))
    model.show(fresh(day(planned)), NOW + 60_000)
    expect(order()).toEqual(['all', 'theo', 'lena', 'bea', 'mo'])
  })

  it('shows somebody who left and still has work, and nobody for nobody', () => {
    const gone = day([visit('a', 'theo', 8, 9)], { groups: [{ id: 'hvac', name: 'HVAC', technicians: [technician('theo', 0, 0, ['cooling'], { active: false })] }] })
    expect(seen(shownModel(gone).model.rows())).toEqual(['HVAC', 'theo a@8'])
    expect(shownModel(day([], { groups: [] })).model.rows()).toEqual([])
  })

  it('is after any changes as if it had been made from them at once', () => {
    const ids = ['a', 'b', 'c', 'd', 'w']
    const waiting = visit('w', null, 10, 11)
    const base = day(planned, { unassigned: [waiting] })
    const step = fc.record({ id: fc.constantFrom(...ids), technicianId: fc.constantFrom('theo', 'lena', 'mo', 'bea', null), start: fc.integer({ min: 0, max: 22 }), forget: fc.boolean(), answer: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { model } = shownModel(base)
        let pending = new Map<string, PendingVisit>()
        for (const { id, technicianId, start, forget, answer } of steps) {
          const known = [...planned, waiting].find((one) => one.id === id) as BoardVisit
          pending = new Map(pending)
          if (forget) pending.delete(id)
          else pending.set(id, moved(known, technicianId, technicianId === null ? null : start))
          model.pend(pending)
          if (answer) model.show(fresh(base), NOW)
          const expected = boardRows(withPending(base, pending), NOW)
          expect(seen(model.rows())).toEqual(seen(expected))
          expect(model.trays().unassigned.map((one) => one.id).sort()).toEqual(withPending(base, pending).unassigned.map((one) => one.id).sort())
          expect(model.rows().map((row) => (row.kind === 'technician' ? row.leftMinutes : row.full))).toEqual(expected.map((row) => (row.kind === 'technician' ? row.leftMinutes : row.full)))
        }
      }),
    )
  })
})
