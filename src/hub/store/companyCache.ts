import { compareText } from '../../shared/base/text.ts'
import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { LoadAnswer, LoadRequest } from '../../shared/domain/kernel/load.ts'
import { inRange } from '../../shared/domain/kernel/rangeMatch.ts'
import type { AnyRow, Table } from '../../shared/domain/kernel/table.ts'
import type { FeedRow } from '../../shared/sync/protocol.ts'
import type { HubDevice } from '../core/hubStore.ts'

type Range = Extract<LoadRequest, { kind: 'range' }>

/** Rows of a company that are remembered at most; beyond that all of them are forgotten and the useful ones come back. */
const ROW_LIMIT = 50_000

/** Ranges of a table that are remembered at most: each is looked at when a row of the table changes. */
const RANGE_LIMIT = 300

interface KnownRange {
  readonly request: Range
  rows: readonly AnyRow[]
}

interface KnownTable {
  readonly table: Table
  /** Null: there is no such row. */
  readonly rows: Map<string, AnyRow | null>
  readonly ranges: Map<string, KnownRange>
  /** Every row, of a small table that commands keep asking for. */
  all: Map<string, AnyRow> | null
}

const rangeKey = ({ index, key, from, to }: Range): string => JSON.stringify([index, key, from ?? null, to ?? null])

function byId(left: AnyRow, right: AnyRow): number {
  return compareText(left.id, right.id)
}

/**
 * What a hub process remembers of a company's rows. It holds for one place of the feed: whoever uses it compares that with
 * the place under the company's lock, so that another process's commits are never overlooked.
 */
export class CompanyCache {
  readonly #tables = new Map<string, KnownTable>()
  readonly devices = new Map<string, HubDevice>()
  #epoch = ''
  #seq = -1
  #roster = -1
  #size = 0

  get seq(): number {
    return this.#seq
  }

  /** Whether what is remembered of rows is of this place. */
  standsAt(epoch: string, seq: number): boolean {
    return this.#epoch === epoch && this.#seq === seq
  }

  /** Forgets everything and begins at a place. */
  restart(epoch: string, seq: number): void {
    this.#tables.clear()
    this.devices.clear()
    this.#size = 0
    this.#epoch = epoch
    this.#seq = seq
  }

  forget(): void {
    this.restart('', -1)
  }

  /** Forgets devices where one was enrolled, changed or revoked since. */
  useRoster(roster: number): void {
    if (this.#roster !== roster) this.devices.clear()
    this.#roster = roster
  }

  #of(table: Table): KnownTable {
    let known = this.#tables.get(table.name)
    if (!known) this.#tables.set(table.name, (known = { table, rows: new Map(), ranges: new Map(), all: null }))
    return known
  }

  /** Undefined where it has to be read. */
  find(request: LoadRequest): LoadAnswer | undefined {
    const known = this.#tables.get(request.table.name)
    if (!known) return undefined
    if (request.kind === 'range') return known.ranges.get(rangeKey(request))?.rows
    if (request.kind === 'all') return known.all ? [...known.all.values()].sort(byId) : undefined
    const row = known.all ? (known.all.get(request.id) ?? null) : known.rows.get(request.id)
    if (row === undefined) return undefined
    return row ? [row] : []
  }

  /** Remembers what was read at the place where the cache stands. */
  keep(request: LoadRequest, answer: LoadAnswer): void {
    if (this.#size > ROW_LIMIT) this.restart(this.#epoch, this.#seq)
    const known = this.#of(request.table)
    this.#size += answer.length + 1
    switch (request.kind) {
      case 'get':
        known.rows.set(request.id, answer[0] ?? null)
        return
      case 'all':
        if (request.table.resident) known.all = new Map(answer.map((row) => [row.id, row]))
        return
      case 'range':
        if (known.ranges.size >= RANGE_LIMIT) known.ranges.clear()
        known.ranges.set(rangeKey(request), { request, rows: answer })
        for (const row of answer) known.rows.set(row.id, row)
        return
    }
  }

  /** Goes on to the place after a batch of one's own, with the rows it wrote. Nothing where the cache has moved on meanwhile. */
  follow(from: number, to: number, changes: readonly NetChange[]): void {
    if (this.#seq !== from) return
    for (const { table, id, after } of changes) this.#put(table, id, after)
    this.#seq = to
  }

  /** Goes on by what another process wrote to the feed. Tables that this Baton does not know are none of its commands'. */
  catchUp(to: number, rows: readonly FeedRow[], tableNamed: (name: string) => Table | undefined): void {
    for (const [name, id, after] of rows) {
      const table = tableNamed(name)
      if (table) this.#put(table, id, after)
    }
    this.#seq = to
  }

  #put(table: Table, id: string, after: AnyRow | null): void {
    const known = this.#tables.get(table.name)
    if (!known) return
    known.rows.set(id, after)
    if (after) known.all?.set(id, after)
    else known.all?.delete(id)
    for (const range of known.ranges.values()) {
      const there = range.rows.some((row) => row.id === id)
      const belongs = after !== null && inRange(range.request, after)
      if (!there && !belongs) continue
      const others = there ? range.rows.filter((row) => row.id !== id) : range.rows
      range.rows = belongs ? [...others, after].sort(byId) : others
    }
  }
}

const COMPANY_LIMIT = 200

/** The caches of the companies that were used last. */
export class CompanyCaches {
  readonly #caches = new Map<string, CompanyCache>()

  of(companyId: string): CompanyCache {
    const cache = this.#caches.get(companyId) ?? new CompanyCache()
    this.#caches.delete(companyId)
    this.#caches.set(companyId, cache)
    for (const oldest of this.#caches.keys()) {
      if (this.#caches.size <= COMPANY_LIMIT) break
      this.#caches.delete(oldest)
    }
    return cache
  }
}
