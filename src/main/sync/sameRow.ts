import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import { type AnyRow, columnsOf, type Table } from '../../shared/domain/kernel/table.ts'

/** Whether two images of a row hold the same in every column that this Baton knows. */
export function sameRow(table: Table, left: AnyRow, right: AnyRow): boolean {
  return columnsOf(table).every(([property, column]) => {
    const [one, other] = [left[property] ?? null, right[property] ?? null]
    if (one === other) return true
    return column.kind === 'json' && one !== null && other !== null && canonicalJson(one) === canonicalJson(other)
  })
}
