import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoadRequest } from '../../shared/domain/kernel/load.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { contactMethodTable, noteTable } from '../../shared/domain/customers/tables.ts'
import { DirtyRows, type Effect } from '../../shared/sync/footprint.ts'
import { KnownEffects } from './knownEffects.ts'

const TABLES = [noteTable, contactMethodTable] as const

const anId = fc.constantFrom('a', 'b', 'c', 'd')
const aTable = fc.constantFrom(...TABLES)
const aRow = fc.record({ id: anId, customerId: anId, kind: anId, value: anId, subjectKind: anId, subjectId: anId, pinned: anId, version: fc.constant(1) }) as unknown as fc.Arbitrary<AnyRow>

const aRead: fc.Arbitrary<LoadRequest> = aTable.chain((table) =>
  fc.oneof(
    fc.record({ kind: fc.constant('get' as const), table: fc.constant(table), id: anId }),
    fc.constant({ kind: 'all' as const, table }),
    ...Object.entries<readonly string[]>(table.indexes).map(([index, columns]) =>
      fc.integer({ min: 1, max: columns.length }).chain((length) =>
        fc.record({
          kind: fc.constant('range' as const),
          table: fc.constant(table),
          index: fc.constant(index),
          key: fc.tuple(...Array.from({ length }, () => anId)),
          ...(length < columns.length ? { from: fc.option(anId, { nil: undefined }), to: fc.option(anId, { nil: undefined }) } : {}),
        }),
      ),
    ),
  ),
) as unknown as fc.Arbitrary<LoadRequest>

const aChange = fc.record({ table: aTable, id: anId, before: fc.option(aRow), after: fc.option(aRow) })
const anEffect: fc.Arbitrary<Effect> = fc.record({ reads: fc.array(aRead, { maxLength: 4 }), changes: fc.array(aChange, { maxLength: 2 }) })

describe('what is known of the pending commands', () => {
  it('finds by a row exactly those whom that row concerns', () => {
    fc.assert(
      fc.property(fc.array(anEffect, { maxLength: 12 }), fc.array(fc.nat(11)), aChange, (effects, forgotten, { table, id, before, after }) => {
        const known = new KnownEffects()
        effects.forEach((effect, seq) => known.set(seq, effect))
        for (const seq of forgotten) known.delete(seq)
        const dirty = new DirtyRows()
        dirty.add(table.name, id, before, after)
        const concerned = effects.flatMap((effect, seq) => (!forgotten.includes(seq) && dirty.meets(effect) ? [seq] : []))
        expect([...new Set(known.concernedBy(table.name, id, before, after))].sort((left, right) => left - right)).toEqual(concerned)
      }),
    )
  })

  it('goes by what a command did last', () => {
    const known = new KnownEffects()
    known.set(1, { reads: [{ kind: 'get', table: noteTable, id: 'a' }], changes: [] })
    known.set(1, { reads: [{ kind: 'get', table: noteTable, id: 'b' }], changes: [] })
    expect([...known.concernedBy(noteTable.name, 'a', null, null)]).toEqual([])
    expect([...known.concernedBy(noteTable.name, 'b', null, null)]).toEqual([1])
  })
})
