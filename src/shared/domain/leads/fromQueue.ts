import { type Change, insert, update } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'
import type { AnyRow } from '../kernel/table.ts'
import type { Outcome } from '../promises/tables.ts'
import { type Lead, LEAD_TRIES, leadEntryTable, leadTable } from './tables.ts'

/**
 * What is said about a lead in the queues is said on the lead: a try counts there as well, and its next one is when the
 * promise comes back.
 * @param dueAt when it comes back
 */
export function saidInQueue(record: AnyRow, outcome: Outcome, note: string, dueAt: number, context: DecisionContext): readonly Change[] {
  const lead = record as unknown as Lead
  const how = LEAD_TRIES.find((key) => key === outcome.key)
  const body = note === '' ? outcome.label : `${outcome.label}: ${note}`
  const line = (kind: 'attempt' | 'note'): Change => insert(leadEntryTable, { id: context.id('lead entry'), leadId: lead.id, kind, at: context.at, byId: context.actorId, by: '', body })
  if (how === undefined) return note === '' ? [] : [line('note')]
  const taken = lead.state === 'new' ? { state: 'accepted' as const, ownerId: context.actorId } : {}
  return [update(leadTable, lead, { ...taken, attempts: lead.attempts + 1, lastAttemptAt: context.at, lastAttempt: how, nextAttemptAt: dueAt }), line('attempt')]
}
