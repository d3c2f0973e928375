import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { DirtyRows, type Effect } from '../../shared/sync/footprint.ts'
import type { FeedEntry } from '../../shared/sync/protocol.ts'
import type { PendingHead } from '../store/syncJournal.ts'
import { sameRow } from './sameRow.ts'

/** What has to happen to the pending commands when entries of the feed arrive. */
export interface RebasePlan {
  /** Own commands that came back just as they were run here: their rows are the hub's now, by id. */
  readonly settled: ReadonlySet<string>
  /** Those that must be taken back, in the order in which they were run. */
  readonly again: readonly PendingHead[]
  /** Those that neither read nor wrote anything that is different now: they stay in place. */
  readonly left: readonly PendingHead[]
}

/** Whether the hub made of a command exactly the rows that this workstation had made of it. */
function cameBackTheSame(entry: FeedEntry, changes: readonly NetChange[]): boolean {
  if (entry.outcome !== 'accepted' || entry.rows.length !== changes.length) return false
  const here = new Map(changes.map((change) => [`${change.table.name}/${change.id}`, change]))
  return entry.rows.every(([name, id, row]) => {
    const change = here.get(`${name}/${id}`)
    if (!change) return false
    return row === null || change.after === null ? row === change.after : sameRow(change.table, row, change.after)
  })
}

/**
 * Decides which pending commands the arriving entries concern: those that read or wrote a row which is not what it was,
 * and those that build on them in turn. A command whose effect is not known counts as concerned.
 * @param pending in the order in which they were run
 * @param effects by place in the journal
 * @param current a row as it stands here
 */
export function planRebase(
  pending: readonly PendingHead[],
  entries: readonly FeedEntry[],
  effects: ReadonlyMap<number, Effect>,
  current: (table: string, id: string) => AnyRow | null,
): RebasePlan {
  if (pending.length === 0) return { settled: new Set(), again: [], left: [] }
  const byId = new Map(pending.map((command) => [command.id, command]))
  const dirty = new DirtyRows()
  const settled = new Set<string>()
  // What a command did whose effect is not known may lie under anything that was run after it.
  let anything = false
  for (const entry of entries) {
    const own = byId.get(entry.commandId)
    const effect = own && effects.get(own.seq)
    if (own && effect && !anything && !own.awaited && !dirty.meets(effect) && cameBackTheSame(entry, effect.changes)) {
      settled.add(own.id)
      continue
    }
    for (const [table, id, row] of entry.rows) dirty.add(table, id, current(table, id), row)
    if (effect) dirty.addAll(effect.changes)
    else if (own && !own.awaited) anything = true
  }
  const again: PendingHead[] = []
  const left: PendingHead[] = []
  const arrived = new Set(entries.map((entry) => entry.commandId))
  for (const command of pending) {
    if (settled.has(command.id)) continue
    const effect = effects.get(command.seq)
    if (effect && !anything && !arrived.has(command.id) && !dirty.meets(effect)) {
      left.push(command)
      continue
    }
    again.push(command)
    if (effect) dirty.addAll(effect.changes)
    else if (!command.awaited) anything = true
  }
  return { settled, again, left }
}

/**
 * Whether a command that was run again kept clear of those that were left in place after it: it must not have read what
 * they wrote (it ran before them), and they must not have read what it wrote anew.
 * @param later the effects of the commands left in place that were run after it
 */
export function stillApart(now: Effect, earlier: Effect | undefined, later: readonly Effect[]): boolean {
  if (later.length === 0) return true
  const written = new DirtyRows()
  written.addAll(now.changes)
  if (earlier) written.addAll(earlier.changes)
  const laterWritten = new DirtyRows()
  for (const effect of later) laterWritten.addAll(effect.changes)
  return !laterWritten.meets(now) && later.every((effect) => !written.meets(effect))
}
