import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appointmentTable, assignmentTable } from '../domain/dispatch/tables.ts'
import type { LoadRequest } from '../domain/kernel/load.ts'
import { inRange } from '../domain/kernel/rangeMatch.ts'
import type { AnyRow } from '../domain/kernel/table.ts'
import { DirtyRows, type Effect } from './footprint.ts'

const row = (values: Readonly<Record<string, unknown>>): AnyRow => values as unknown as AnyRow
const looking = (...reads: readonly LoadRequest[]): Effect => ({ reads, changes: [] })
const day = (from: number, to: number): LoadRequest => ({ kind: 'range', table: assignmentTable, index: 'byTechnician', key: ['al'], from, to })

describe('rows that are not what they were', () => {
  it('concern who read them by id, and nobody who read another', () => {
    const dirty = new DirtyRows()
    dirty.add('appointment', 'one', row({ id: 'one' }), null)
    expect(dirty.meets(looking({ kind: 'get', table: appointmentTable, id: 'one' }))).toBe(true)
    expect(dirty.meets(looking({ kind: 'get', table: appointmentTable, id: 'two' }))).toBe(false)
    expect(dirty.meets(looking({ kind: 'get', table: assignmentTable, id: 'one' }))).toBe(false)
  })

  it('concern who looked at the range they left as well as the one they entered', () => {
    const dirty = new DirtyRows()
    dirty.add('assignment', 'a', row({ id: 'a', technicianId: 'al', startsAt: 10 }), row({ id: 'a', technicianId: 'al', startsAt: 50 }))
    expect(dirty.meets(looking(day(0, 20)))).toBe(true)
    expect(dirty.meets(looking(day(40, 60)))).toBe(true)
    expect(dirty.meets(looking(day(20, 40)))).toBe(false)
    expect(dirty.meets(looking({ kind: 'range', table: assignmentTable, index: 'byTechnician', key: ['bo'] }))).toBe(false)
  })

  it('concern who read the whole table, and who wrote the row', () => {
    const dirty = new DirtyRows()
    expect(dirty.meets(looking({ kind: 'all', table: assignmentTable }))).toBe(false)
    dirty.add('assignment', 'a', null, row({ id: 'a', technicianId: null, startsAt: 10 }))
    expect(dirty.meets(looking({ kind: 'all', table: assignmentTable }))).toBe(true)
    expect(dirty.meets({ reads: [], changes: [{ table: assignmentTable, id: 'a', before: null, after: row({ id: 'a' }) }] })).toBe(true)
  })

  it('concern exactly those who would be found by holding every row against everything that was read', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const image = fc.option(fc.record({ id, technicianId: fc.constantFrom('al', 'bo', null), appointmentId: fc.constantFrom('x', 'y'), startsAt: fc.nat(9) }), { nil: null }).map((values) => values && row(values))
    const change = fc.record({ table: fc.constantFrom(assignmentTable, appointmentTable), id, before: image, after: image })
    const read = fc.oneof(
      fc.record({ kind: fc.constant('get' as const), table: fc.constantFrom(assignmentTable, appointmentTable), id }),
      fc.record({ kind: fc.constant('range' as const), table: fc.constant(assignmentTable), index: fc.constant('byTechnician'), key: fc.constantFrom(['al'], ['bo'], [null]), from: fc.nat(5), to: fc.nat(9) }),
      fc.record({ kind: fc.constant('range' as const), table: fc.constant(assignmentTable), index: fc.constant('byTechnician'), key: fc.constantFrom(['al'], ['null'], [null]) }),
    ) as fc.Arbitrary<LoadRequest>
    const step = fc.record({ changed: fc.array(change, { maxLength: 2 }), effect: fc.record({ reads: fc.array(read, { maxLength: 3 }), changes: fc.array(change, { maxLength: 1 }) }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const dirty = new DirtyRows()
        const all: Effect['changes'][number][] = []
        for (const { changed, effect } of steps) {
          dirty.addAll(changed)
          all.push(...changed)
          const met = all.some(({ table, id: rowId, before, after }) => {
            const here = effect.reads.filter((request) => request.table === table)
            if (effect.changes.some((own) => own.table === table && own.id === rowId)) return true
            return here.some((request) => (request.kind === 'get' ? request.id === rowId : request.kind === 'all' || [before, after].some((one) => one !== null && inRange(request, one))))
          })
          expect(dirty.meets(effect)).toBe(met)
        }
      }),
    )
  })
})
