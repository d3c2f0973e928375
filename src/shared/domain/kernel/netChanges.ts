import { canonicalJson } from '../../base/canonicalJson.ts'
import type { DecisionContext } from './command.ts'
import type { Change, NetChange } from './changes.ts'
import type { AnyRow, Table } from './table.ts'

function same(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  return canonicalJson(left) === canonicalJson(right)
}

/** Fills what the declaration has and the values lack with null, and stamps who and when. */
function inserted(table: Table, values: Readonly<Record<string, unknown>> & { readonly id: string }, context: DecisionContext): AnyRow {
  const row: Record<string, unknown> = { id: values.id }
  for (const name of Object.keys(table.columns)) row[name] = values[name] ?? null
  return {
    ...row,
    id: values.id,
    companyId: context.companyId,
    version: 1,
    createdAt: context.at,
    createdBy: context.actorId,
    updatedAt: context.at,
    updatedBy: context.actorId,
  }
}

/**
 * Folds a command's changes into one change per row: several updates of a row become one, with one
 * step of its version; an update that changes nothing disappears.
 */
export function foldChanges(changes: readonly Change[], context: DecisionContext): readonly NetChange[] {
  const net = new Map<string, NetChange>()
  for (const change of changes) {
    const id = change.kind === 'insert' ? change.values.id : change.before.id
    const key = `${change.table.name}/${id}`
    const earlier = net.get(key)
    const before = earlier ? earlier.before : change.kind === 'insert' ? null : change.before
    const current = earlier ? earlier.after : before
    switch (change.kind) {
      case 'insert':
        if (current) throw new Error(`${key} is inserted twice`)
        net.set(key, { table: change.table, id, before, after: inserted(change.table, change.values, context) })
        break
      case 'update': {
        if (!current) throw new Error(`${key} is changed but is not there`)
        net.set(key, { table: change.table, id, before, after: { ...current, ...change.set } as AnyRow })
        break
      }
      case 'remove':
        net.set(key, { table: change.table, id, before, after: null })
        break
    }
  }
  return [...net.values()].flatMap((change): NetChange[] => {
    const { before, after } = change
    if (!before && !after) return []
    if (!before || !after) return [change]
    const changed = Object.keys(change.table.columns).some((name) => !same(before[name], after[name]))
    if (!changed) return []
    return [{ ...change, after: { ...after, version: before.version + 1, updatedAt: context.at, updatedBy: context.actorId } }]
  })
}
