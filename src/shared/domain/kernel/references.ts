import { tableNamed } from '../tables.ts'
import type { NetChange } from './changes.ts'
import type { Loading } from './load.ts'

/** A reference that a command would leave pointing at nothing. */
export interface DanglingReference {
  readonly table: string
  readonly column: string
  readonly references: string
}

/**
 * The first reference a command newly sets to a row that is not there and that the command does not make.
 * Both engines would refuse it at commit, too late to say which command of a group it was.
 */
export function* findDangling(changes: readonly NetChange[]): Loading<DanglingReference | undefined> {
  const made = new Set<string>()
  const gone = new Set<string>()
  for (const { table, id, after } of changes) (after ? made : gone).add(`${table.name}/${id}`)
  const known = new Set<string>()
  for (const { table, before, after } of changes) {
    if (!after) continue
    for (const [column, { references }] of Object.entries(table.columns)) {
      const id = after[column]
      if (references === undefined || typeof id !== 'string' || before?.[column] === id) continue
      const key = `${references}/${id}`
      if (made.has(key) || known.has(key)) continue
      const found = gone.has(key) ? [] : yield { kind: 'get', table: tableNamed(references), id }
      if (found.length === 0) return { table: table.name, column, references }
      known.add(key)
    }
  }
  return undefined
}
