import type { NetChange } from '../domain/kernel/changes.ts'
import type { Loading, LoadAnswer, LoadRequest } from '../domain/kernel/load.ts'
import { inRange } from '../domain/kernel/rangeMatch.ts'
import type { AnyRow } from '../domain/kernel/table.ts'

/** What a command looked at and what it did: all that can make it come out differently the next time. */
export interface Effect {
  readonly reads: readonly LoadRequest[]
  readonly changes: readonly NetChange[]
}

/** Runs a body and remembers what it asked for. */
export function runRecording<T>(body: Loading<T>, answer: (request: LoadRequest) => LoadAnswer): { readonly value: T; readonly reads: readonly LoadRequest[] } {
  const reads: LoadRequest[] = []
  let step = body.next([])
  while (!step.done) {
    reads.push(step.value)
    step = body.next(answer(step.value))
  }
  return { value: step.value, reads }
}

interface TableRows {
  readonly ids: Set<string>
  readonly rows: AnyRow[]
}

/** Rows that are not what they were, and which commands that concerns. */
export class DirtyRows {
  readonly #tables = new Map<string, TableRows>()

  /** Both images count: a row leaves the range it was in and enters the one it is in now. */
  add(table: string, id: string, before: AnyRow | null, after: AnyRow | null): void {
    let dirty = this.#tables.get(table)
    if (!dirty) this.#tables.set(table, (dirty = { ids: new Set(), rows: [] }))
    dirty.ids.add(id)
    if (before) dirty.rows.push(before)
    if (after) dirty.rows.push(after)
  }

  addAll(changes: readonly NetChange[]): void {
    for (const { table, id, before, after } of changes) this.add(table.name, id, before, after)
  }

  #meetsRead(request: LoadRequest): boolean {
    const dirty = this.#tables.get(request.table.name)
    if (!dirty) return false
    switch (request.kind) {
      case 'get':
        return dirty.ids.has(request.id)
      case 'range':
        return dirty.rows.some((row) => inRange(request, row))
      case 'all':
        return true
    }
  }

  /** Whether a command with this effect has to be run again. */
  meets({ reads, changes }: Effect): boolean {
    if (this.#tables.size === 0) return false
    return reads.some((request) => this.#meetsRead(request)) || changes.some(({ table, id }) => this.#tables.get(table.name)?.ids.has(id) === true)
  }
}
