import { describe, expect, it } from 'vitest'
import { appointmentTable, assignmentTable } from '../domain/dispatch/tables.ts'
import type { LoadRequest } from '../domain/kernel/load.ts'
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
})
