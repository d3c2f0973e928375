import { compareText } from '../../base/text.ts'
import type { NetChange } from './changes.ts'
import type { LoadAnswer, Loading, LoadRequest } from './load.ts'
import { inRange } from './rangeMatch.ts'
import type { AnyRow, Row, Table } from './table.ts'

/**
 * The store as a Map: the reference that SQLite and PostgreSQL are compared with, and what unit tests
 * and the simulator run commands on.
 */
export class MemoryEngine {
  readonly #tables = new Map<string, Map<string, AnyRow>>()

  /** Another one with the same rows. */
  copy(): MemoryEngine {
    const copy = new MemoryEngine()
    for (const [name, rows] of this.#tables) copy.#tables.set(name, new Map(rows))
    return copy
  }

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
    const matches = [...rows.values()].filter((row) => inRange(request, row))
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
