import { compareText } from '../../base/text.ts'
import type { LoadRequest } from './load.ts'
import type { AnyRow } from './table.ts'

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
 * Whether a row lies in a range, by the rules of both SQL engines: null equals null in the key and lies in no bounds.
 * @throws where the table declares no such index: a bug
 */
export function inRange(request: Extract<LoadRequest, { kind: 'range' }>, row: AnyRow): boolean {
  const columns = request.table.indexes[request.index]
  if (!columns) throw new Error(`${request.table.name} has no index ${request.index}`)
  if (!request.key.every((value, position) => row[columns[position] ?? ''] === value)) return false
  const { from, to } = request
  if (from === undefined && to === undefined) return true
  const value = row[columns[request.key.length] ?? ''] as Key
  if (value === null) return false
  return (from === undefined || compareKey(value, from) >= 0) && (to === undefined || compareKey(value, to) < 0)
}
