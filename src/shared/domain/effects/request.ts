import { type Change, insert } from '../kernel/changes.ts'
import type { Values } from '../kernel/table.ts'
import { NOT_BEGUN } from './attemptInput.ts'
import { effectTable } from './tables.ts'

/** Tells the other side a repeat from another message. @param round the attempt that is the first to use it */
export function effectKey(effectId: string, round: number): string {
  return `${effectId}.${round}`
}

type Requested = Omit<Values<typeof effectTable>, keyof typeof NOT_BEGUN | 'key' | 'state'>

/** Something to be done, not begun by anybody. */
export function request(values: Requested): Change {
  return insert(effectTable, { ...NOT_BEGUN, ...values, key: effectKey(values.id, 1), state: 'waiting' })
}
