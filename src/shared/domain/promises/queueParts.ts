import { derivedId } from '../../base/id.ts'
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import type { Values } from '../kernel/table.ts'
import type { Outcome, queueTable } from './tables.ts'

/** A queue as it is saved: the row without its stamps. */
export type QueueDefinition = Values<typeof queueTable>

/** A queue as it is shipped: what most leave out is left out. */
export type Shipped = Omit<QueueDefinition, 'roleField' | 'escalateRole'> & Partial<Pick<QueueDefinition, 'roleField' | 'escalateRole'>>

/** The same on every workstation, so that two that add one queue add it once. */
export function queueId(key: string): string {
  return derivedId('queue', key)
}

export const HOUR_IN_MINUTES = HOUR / MINUTE
export const DAY_IN_MINUTES = DAY / MINUTE

/** An outcome that ends the promise. */
export const settle = (key: string, label: string, shortcut: string, set: Readonly<Record<string, string>>, needsNote = false): Outcome => ({
  key,
  label,
  shortcut,
  effect: { kind: 'settle', set },
  needsNote,
})

/** An outcome after which it comes back. */
export const retry = (key: string, label: string, shortcut: string, afterMinutes: number, more: { readonly needsNote?: boolean; readonly asksWhen?: boolean; readonly daysField?: string } = {}): Outcome => ({
  key,
  label,
  shortcut,
  effect: { kind: 'retry', afterMinutes, asksWhen: more.asksWhen ?? false, ...(more.daysField === undefined ? {} : { daysField: more.daysField }) },
  needsNote: more.needsNote ?? false,
})
