import { z } from 'zod'
import { type Instant, MINUTE } from '../../base/time.ts'
import type { Change } from './changes.ts'
import type { DecisionContext } from './command.ts'
import { idInput, versionInput } from './inputs.ts'

/** A clock says something about now; a moment that is not the command’s own is about another time. */
const SAME_MOMENT = 10 * MINUTE

/** Whether what a clock says is about the moment at which it says it. */
export function isNow(at: Instant, context: Pick<DecisionContext, 'at'>): boolean {
  return Math.abs(at - context.at) <= SAME_MOMENT
}

/** A row as a look saw it. */
export interface RowSeen {
  readonly id: string
  readonly version: number
}

/** What a look saw of the rows that it is about. Absent in what an older Baton gave. */
export const rowsSeenInput = z.array(z.strictObject({ id: idInput, version: versionInput })).max(20_000).optional()

/**
 * The rows that a look would change, as it saw them. They travel with the command: where it is decided again, hours later
 * at the hub perhaps, the moment that it carries says nothing about whether the rows are still the ones that were looked at.
 */
export function rowsSeen(changes: readonly Change[]): readonly RowSeen[] {
  return changes.flatMap((change) => (change.kind === 'insert' ? [] : [{ id: change.before.id, version: change.before.version }]))
}

/** What of a look still stands: about a row that somebody has changed since it says nothing, the next look does. */
export function stillAsSeen(changes: readonly Change[], saw: readonly RowSeen[] | undefined): readonly Change[] {
  if (saw === undefined) return changes
  const versions = new Map(saw.map(({ id, version }) => [id, version]))
  return changes.filter((change) => change.kind === 'insert' || versions.get(change.before.id) === change.before.version)
}

/** As `stillAsSeen`, where the changes belong together: all of them or none. */
export function allAsSeen(changes: readonly Change[], saw: readonly RowSeen[] | undefined): readonly Change[] {
  return stillAsSeen(changes, saw).length === changes.length ? changes : []
}
