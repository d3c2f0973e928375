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

  it('shows kept time where it goes until an answer does, and never twice', () => {
    const lunch = { id: null, kind: 'lunch', startsAt: at(12), endsAt: at(12.5), note: '' } as const
    const own = { id: 'row', kind: 'lunch', startsAt: at(13), endsAt: at(13.5), note: '' } as const
    const withTimes = (blocks: Readonly<Record<string, readonly (typeof lunch | typeof own)[]>>): BoardDay =>
      day(planned, { groups: [{ id: 'hvac', name: 'HVAC', technicians: ['theo', 'lena'].map((id) => technician(id, 8, 18, ['cooling'], { blocks: [...(blocks[id] ?? [])] })) }] })
    const { model } = shownModel(withTimes({ theo: [lunch] }))
    const times = (id: string): readonly number[] => model.row(id)?.technician.blocks.map(({ startsAt }) => (startsAt - at(0)) / HOUR) ?? []
    const pending = { technicianId: 'theo', block: own, insteadOf: { technicianId: 'theo', startsAt: at(12) }, done: false }
    model.pendTimes(new Map([['row', pending]]))
    expect(times('theo')).toEqual([13])
    // Moved on to somebody else while the first answer comes.
    model.pendTimes(new Map([['row', { ...pending, technicianId: 'lena', block: { ...own, startsAt: at(14), endsAt: at(14.5) } }]]))
    model.show(fresh(withTimes({ theo: [own] })), NOW)
    expect([times('theo'), times('lena')]).toEqual([[], [14]])
    model.pendTimes(new Map())
    expect([times('theo'), times('lena')]).toEqual([[13], []])
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
