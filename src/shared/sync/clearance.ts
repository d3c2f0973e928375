import type { Clearance, Table } from '../domain/kernel/table.ts'
import { TABLES } from '../domain/tables.ts'
import type { FeedEntry, FeedRow } from './protocol.ts'

const clearances = new Map(TABLES.map((table) => [table.name, table.clearance]))

export function mayHold(table: Pick<Table, 'clearance'>, held: ReadonlySet<Clearance>): boolean {
  return table.clearance === null || held.has(table.clearance)
}

/** The rows of a command that a workstation may keep. */
function clearedRows(rows: readonly FeedRow[], held: ReadonlySet<Clearance>): readonly FeedRow[] {
  return rows.filter(([name]) => {
    const needed = clearances.get(name) ?? null
    return needed === null || held.has(needed)
  })
}

export function clearedEntry(entry: FeedEntry, held: ReadonlySet<Clearance>): FeedEntry {
  const rows = clearedRows(entry.rows, held)
  return rows.length === entry.rows.length ? entry : { ...entry, rows }
}
