import { compareText } from '../../base/text.ts'
import type { NetChange } from './changes.ts'
import type { LoadAnswer, Loading, LoadRequest } from './load.ts'
import type { AnyRow, Row, Table } from './table.ts'

type Key = string | number | boolean | null

/** Nulls first, then by value: the order of both SQL engines once they are told so. */
function compareKey(left: Key, right: Key): number {
  if (left === right) return 0
  if (left === null) return -1
  if (right === null) return 1
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  return Number(left) - Number(right)
}

/**
 * The store as a Map: the reference that SQLite and PostgreSQL are compared with, and what unit tests
 * and the simulator run commands on.
 */
export class MemoryEngine {
  readonly #tables = new Map<string, Map<string, AnyRow>>()

  rows<T extends Table>(table: T): readonly Row<T>[] {
    const rows = [...(this.#tables.get(table.name)?.values() ?? [])]
    return rows.sort((left, right) => compareText(left.id, right.id)) as unknown as readonly Row<T>[]
  }

  row<T extends Table>(table: T, id: string): Row<T> | undefined {
    return this.#tables.get(table.name)?.get(id) as Row<T> | undefined
  }

  answer(request: LoadRequest): LoadAnswer {
    const rows = this.#tables.get(request.table.name)
    if (!rows) return []
    if (request.kind === 'get') {
      const row = rows.get(request.id)
      return row ? [row] : []
    }
    if (request.kind === 'all') return this.rows(request.table) as unknown as LoadAnswer
    const columns = request.table.indexes[request.index]
    if (!columns) throw new Error(`${request.table.name} has no index ${request.index}`)
    const bounded = columns[request.key.length]
    const { from, to } = request
    const matches = [...rows.values()].filter((row) => {
      if (!request.key.every((value, position) => row[columns[position] ?? ''] === value)) return false
      if (from === undefined && to === undefined) return true
      const value = row[bounded ?? ''] as Key
      if (value === null) return false
      return (from === undefined || compareKey(value, from) >= 0) && (to === undefined || compareKey(value, to) < 0)
    })
    return matches.sort((left, right) => compareText(left.id, right.id))
  }

  /** Runs a loading body to its end. */
  run<T>(body: Loading<T>): T {
    let step = body.next([])
    while (!step.done) step = body.next(this.answer(step.value))
    return step.value
  }

  apply(changes: readonly NetChange[]): void {
    for (const { table, id, after } of changes) {
      let rows = this.#tables.get(table.name)
      if (!rows) this.#tables.set(table.name, (rows = new Map()))
      if (after) rows.set(id, after)
      else rows.delete(id)
    }
  }
}
