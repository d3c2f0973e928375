import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import { inRange } from '../../shared/domain/kernel/rangeMatch.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { type Effect, footprintOf, keyOf, type RangeRead } from '../../shared/sync/footprint.ts'

/** Who looked at rows by one index with a key of so many columns. */
interface RangeReaders {
  readonly columns: readonly string[]
  readonly byKey: Map<string, Map<RangeRead, number>>
}

/** Who looked at or wrote a table's rows, by place in the journal. */
interface TableReaders {
  readonly byId: Map<string, Set<number>>
  readonly ranges: Map<string, RangeReaders>
  readonly all: Set<number>
}

/**
 * What the pending commands looked at and did, to be found by the rows that it was: hundreds of them lie on top while
 * thousands of rows arrive, and a row concerns a few of them.
 */
export class KnownEffects {
  readonly #effects = new Map<number, Effect>()
  readonly #tables = new Map<string, TableReaders>()

  get(seq: number): Effect | undefined {
    return this.#effects.get(seq)
  }

  set(seq: number, effect: Effect): void {
    this.delete(seq)
    this.#effects.set(seq, effect)
    for (const [name, { ids, ranges, all }] of footprintOf(effect)) {
      const readers = this.#of(name)
      for (const id of ids) entered(readers.byId, id, () => new Set()).add(seq)
      if (all) readers.all.add(seq)
      for (const [range, reads] of ranges) {
        for (const read of reads) {
          const { table, index, key } = read.request
          const { byKey } = entered(readers.ranges, range, () => ({ columns: (table.indexes[index] ?? []).slice(0, key.length), byKey: new Map() }))
          entered(byKey, read.key, () => new Map()).set(read, seq)
        }
      }
    }
  }

  delete(seq: number): void {
    const effect = this.#effects.get(seq)
    if (!effect) return
    this.#effects.delete(seq)
    for (const [name, { ids, ranges }] of footprintOf(effect)) {
      const readers = this.#of(name)
      readers.all.delete(seq)
      for (const id of ids) left(readers.byId, id, (seqs) => seqs.delete(seq))
      for (const [range, reads] of ranges) {
        const byKey = readers.ranges.get(range)?.byKey
        for (const read of reads) if (byKey) left(byKey, read.key, (there) => there.delete(read))
      }
    }
  }

  /** Whom it concerns that a row is not what it was: it leaves the ranges it was in and enters those it is in now. */
  *concernedBy(table: string, id: string, before: AnyRow | null, after: AnyRow | null): Iterable<number> {
    const readers = this.#tables.get(table)
    if (!readers) return
    yield* readers.byId.get(id) ?? []
    yield* readers.all
    for (const { columns, byKey } of readers.ranges.values()) {
      for (const row of [before, after]) {
        if (!row) continue
        for (const [{ request }, seq] of byKey.get(keyOf(columns.map((column) => row[column]))) ?? []) if (inRange(request, row)) yield seq
      }
    }
  }

  /** Whom a command's changes concern, itself among them. */
  *concernedByAll(changes: readonly NetChange[]): Iterable<number> {
    for (const { table, id, before, after } of changes) yield* this.concernedBy(table.name, id, before, after)
  }

  #of(table: string): TableReaders {
    return entered(this.#tables, table, () => ({ byId: new Map(), ranges: new Map(), all: new Set() }))
  }
}

function entered<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = fresh()
  map.set(key, made)
  return made
}

function left<K, V extends { readonly size: number }>(map: Map<K, V>, key: K, leave: (there: V) => void): void {
  const there = map.get(key)
  if (!there) return
  leave(there)
  if (there.size === 0) map.delete(key)
}
