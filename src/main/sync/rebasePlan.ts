import type { NetChange } from '../../shared/domain/kernel/changes.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import { DirtyRows, type Effect } from '../../shared/sync/footprint.ts'
import type { FeedEntry } from '../../shared/sync/protocol.ts'
import type { PendingHead } from '../store/syncJournal.ts'
import type { KnownEffects } from './knownEffects.ts'
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
 * @param effects what is known of them
 * @param current a row as it stands here
 */
export function planRebase(
  pending: readonly PendingHead[],
  entries: readonly FeedEntry[],
  effects: KnownEffects,
  current: (table: string, id: string) => AnyRow | null,
): RebasePlan {
  if (pending.length === 0) return { settled: new Set(), again: [], left: [] }
  const byId = new Map(pending.map((command) => [command.id, command]))
  const concerned = new Set<number>()
  const concern = (seqs: Iterable<number>): void => {
    for (const seq of seqs) concerned.add(seq)
  }
  const settled = new Set<string>()
  // What a command did whose effect is not known may lie under anything that was run after it.
  let anything = false
  for (const entry of entries) {
    const own = byId.get(entry.commandId)
    const effect = own && effects.get(own.seq)
    if (own && effect && !anything && !own.awaited && !concerned.has(own.seq) && cameBackTheSame(entry, effect.changes)) {
      settled.add(own.id)
      continue
    }
    for (const [table, id, row] of entry.rows) concern(effects.concernedBy(table, id, current(table, id), row))
    if (effect) concern(effects.concernedByAll(effect.changes))
    else if (own && !own.awaited) anything = true
  }
  const again: PendingHead[] = []
  const left: PendingHead[] = []
  const arrived = new Set(entries.map((entry) => entry.commandId))
  for (const command of pending) {
    if (settled.has(command.id)) continue
    const effect = effects.get(command.seq)
    if (effect && !anything && !arrived.has(command.id) && !concerned.has(command.seq)) {
      left.push(command)
      continue
    }
    again.push(command)
    if (effect) concern(effects.concernedByAll(effect.changes))
    else if (!command.awaited) anything = true
  }
  return { settled, again, left }
}

/** A command that was run again. */
export interface Rerun {
  readonly seq: number
  readonly now: Effect
}

/**
 * Whether the commands that were run again kept clear of those that were left in place after them: they must not have
 * read what those wrote (they ran before them), and those must not have read what they wrote anew.
 * @param reruns in the order in which they were run
 * @param left those that were left in place, in the order in which they were run
 * @param effects what was known of all of them before
 */
export function stillApart(reruns: readonly Rerun[], left: readonly PendingHead[], effects: KnownEffects): boolean {
  const leftInPlace = new Set(left.map(({ seq }) => seq))
  const writtenLater = new DirtyRows()
  let next = left.length - 1
  for (const { seq, now } of [...reruns].reverse()) {
    for (let other = left[next]; other && other.seq > seq; other = left[--next]) writtenLater.addAll(effects.get(other.seq)?.changes ?? [])
    if (writtenLater.meets(now)) return false
    for (const changes of [now.changes, effects.get(seq)?.changes ?? []]) {
      for (const reader of effects.concernedByAll(changes)) if (reader > seq && leftInPlace.has(reader)) return false
    }
  }
  return true
}
