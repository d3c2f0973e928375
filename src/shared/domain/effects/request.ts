import { type Change, insert } from '../kernel/changes.ts'
import { type Loading } from '../kernel/load.ts'
import { get } from '../kernel/load.ts'
import type { Values } from '../kernel/table.ts'
import { DEFAULT_QUEUES } from '../promises/defaultQueues.ts'
import { queueTable } from '../promises/tables.ts'
import { NOT_BEGUN } from './attemptInput.ts'
import { effectTable } from './tables.ts'

/** Tells the other side a repeat from another message. @param round the attempt that is the first to use it */
export function effectKey(effectId: string, round: number): string {
  return `${effectId}.${round}`
}

/** A company that was set up by an older Baton has no queue yet for what is sent. */
export function* missingQueues(): Loading<readonly Change[]> {
  const missing: Change[] = []
  for (const queue of DEFAULT_QUEUES) {
    if (queue.subjectKind === effectTable.name && !(yield* get(queueTable, queue.id))) missing.push(insert(queueTable, queue))
  }
  return missing
}

type Requested = Omit<Values<typeof effectTable>, keyof typeof NOT_BEGUN | 'key' | 'state'>

/** Something to be done, not begun by anybody. */
export function request(values: Requested): Change {
  return insert(effectTable, { ...NOT_BEGUN, ...values, key: effectKey(values.id, 1), state: 'waiting' })
}
