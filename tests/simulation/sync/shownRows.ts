import { compareText } from '../../../src/shared/base/text.ts'
import type { NetChange } from '../../../src/shared/domain/kernel/changes.ts'
import type { AnyRow, Row, Table } from '../../../src/shared/domain/kernel/table.ts'

/** The rows as every change told of them: what a page shows. Sorted lists are kept until their table changes. */
export class ShownRows {
  readonly #tables = new Map<string, Map<string, AnyRow>>()
  readonly #sorted = new Map<string, readonly AnyRow[]>()

  rows<T extends Table>(table: T): readonly Row<T>[] {
    let sorted = this.#sorted.get(table.name)
    if (!sorted) {
      sorted = [...(this.#tables.get(table.name)?.values() ?? [])].sort((left, right) => compareText(left.id, right.id))
      this.#sorted.set(table.name, sorted)
    }
    return sorted as unknown as readonly Row<T>[]
  }

  /** A table whose rows came some other way. */
  replace(table: Table, rows: readonly AnyRow[]): void {
    this.#tables.set(table.name, new Map(rows.map((row) => [row.id, row])))
    this.#sorted.delete(table.name)
  }

  apply(changes: readonly NetChange[]): void {
    for (const { table, id, after } of changes) {
      let rows = this.#tables.get(table.name)
      if (!rows) this.#tables.set(table.name, (rows = new Map()))
      if (after) rows.set(id, after)
      else rows.delete(id)
      this.#sorted.delete(table.name)
    }
  }
}
