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

type RangeRequest = Extract<LoadRequest, { kind: 'range' }>

export interface RangeRead {
  readonly request: RangeRequest
  readonly key: string
}

/** What a command looked at and wrote in one table. */
interface TableFootprint {
  readonly ids: Set<string>
  /** By index and number of columns in the key. */
  readonly ranges: Map<string, RangeRead[]>
  all: boolean
}

type Footprint = ReadonlyMap<string, TableFootprint>

const footprints = new WeakMap<Effect, Footprint>()

/** Two keys that are equal are written alike; those that are written alike are compared as they are. */
export function keyOf(values: readonly unknown[]): string {
  return values.map(String).join('\u0000')
}

/**
 * What a command looked at and did, by table: hundreds of commands are held against every page that arrives. Made once
 * for an effect; whoever has time for it asks before the first page does.
 */
export function footprintOf(effect: Effect): Footprint {
  const known = footprints.get(effect)
  if (known) return known
  const tables = new Map<string, TableFootprint>()
  const of = (name: string): TableFootprint => {
    let table = tables.get(name)
    if (!table) tables.set(name, (table = { ids: new Set(), ranges: new Map(), all: false }))
    return table
  }
  for (const { table, id } of effect.changes) of(table.name).ids.add(id)
  for (const request of effect.reads) {
    const table = of(request.table.name)
    if (request.kind === 'get') table.ids.add(request.id)
    else if (request.kind === 'all') table.all = true
    else {
      const name = `${request.index}/${request.key.length}`
      const reads = table.ranges.get(name)
      const read = { request, key: keyOf(request.key) }
      if (reads) reads.push(read)
      else table.ranges.set(name, [read])
    }
  }
  footprints.set(effect, tables)
  return tables
}

/** Rows of one table that are not what they were. */
class DirtyTable {
  readonly ids = new Set<string>()
  readonly #rows: AnyRow[] = []
  /** By index and number of columns in the key, then by the key; made when somebody asks. */
  readonly #byKey = new Map<string, { readonly columns: readonly string[]; readonly rows: Map<string, AnyRow[]> }>()

  add(id: string, before: AnyRow | null, after: AnyRow | null): void {
    this.ids.add(id)
    for (const row of [before, after]) {
      if (!row) continue
      this.#rows.push(row)
      for (const { columns, rows } of this.#byKey.values()) enter(rows, columns, row)
    }
  }

  #rowsBy(name: string, { table, index, key }: RangeRequest): Map<string, AnyRow[]> {
    const known = this.#byKey.get(name)
    if (known) return known.rows
    const columns = (table.indexes[index] ?? []).slice(0, key.length)
    const rows = new Map<string, AnyRow[]>()
    for (const row of this.#rows) enter(rows, columns, row)
    this.#byKey.set(name, { columns, rows })
    return rows
  }

  meets({ ids, ranges, all }: TableFootprint): boolean {
    if (all || overlap(ids, this.ids)) return true
    for (const [name, reads] of ranges) {
      const first = reads[0]
      if (!first) continue
      const rows = this.#rowsBy(name, first.request)
      if (reads.some(({ request, key }) => rows.get(key)?.some((row) => inRange(request, row)) === true)) return true
    }
    return false
  }
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const [few, many] = left.size < right.size ? [left, right] : [right, left]
  for (const id of few) if (many.has(id)) return true
  return false
}

function enter(rows: Map<string, AnyRow[]>, columns: readonly string[], row: AnyRow): void {
  const key = keyOf(columns.map((column) => row[column]))
  const there = rows.get(key)
  if (there) there.push(row)
  else rows.set(key, [row])
}

/** Rows that are not what they were, and which commands that concerns. */
export class DirtyRows {
  readonly #tables = new Map<string, DirtyTable>()

  /** Both images count: a row leaves the range it was in and enters the one it is in now. */
  add(table: string, id: string, before: AnyRow | null, after: AnyRow | null): void {
    let dirty = this.#tables.get(table)
    if (!dirty) this.#tables.set(table, (dirty = new DirtyTable()))
    dirty.add(id, before, after)
  }

  addAll(changes: readonly NetChange[]): void {
    for (const { table, id, before, after } of changes) this.add(table.name, id, before, after)
  }

  /** Whether a command with this effect has to be run again. */
  meets(effect: Effect): boolean {
    if (this.#tables.size === 0) return false
    const footprint = footprintOf(effect)
    for (const [name, dirty] of this.#tables) {
      const looked = footprint.get(name)
      if (looked && dirty.meets(looked)) return true
    }
    return false
  }
}
