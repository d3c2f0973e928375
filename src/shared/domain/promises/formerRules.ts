import { canonicalJson } from '../../base/canonicalJson.ts'
import { expr, type Expression } from './expression.ts'
import type { Queue } from './tables.ts'

/**
 * Conditions that Baton shipped before it had a queue of its own for part of what they cover. Where a company still has one of
 * them word for word, one thing would be owed twice: it gets the condition that is shipped now.
 */
const FORMER: Readonly<Record<string, readonly Expression[]>> = {
  // Before what waits for parts was chased, told and released by queues of its own.
  'visits-on-hold': [expr.is('state', 'hold')],
}

/** Whether a queue still goes by a rule that was shipped with it and is not any more; one that a manager wrote is theirs. */
export function hasFormerRule({ key, condition }: Pick<Queue, 'key' | 'condition'>): boolean {
  return (FORMER[key] ?? []).some((former) => canonicalJson(former) === canonicalJson(condition))
}
