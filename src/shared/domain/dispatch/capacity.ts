import { z } from 'zod'
import { formatWindow } from '../../base/minutes.ts'
import { lineInput } from '../kernel/inputs.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import type { ArrivalWindow } from './arrivalWindow.ts'
import type { Appointment } from './tables.ts'

/**
 * What whoever promises a window knows of its capacity: that somebody is free in it, or that nobody is and it is promised all
 * the same, with the reason. Absent where nobody was asked (an import, an older Baton): then nothing is checked where the
 * promise is made.
 */
export const capacityInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('overbook'), why: lineInput('Why it is promised though it is full', 200) }),
])

export type Capacity = z.output<typeof capacityInput>

/** Whether somebody's day is to be read before the promise: another workstation may be promising too, or the page has said what it knows. */
export const asksCapacity = (capacity: Capacity | undefined, shared: boolean | undefined): boolean => shared === true || capacity !== undefined

/** Why a window can't be promised as free: its last place is gone, or was never there. */
export function refusedFull(capacity: Capacity | undefined, claimed: boolean | undefined, { windowStart, windowEnd }: Pick<ArrivalWindow, 'windowStart' | 'windowEnd'>, path: '' | 'appointment.'): Refused | undefined {
  if (capacity?.kind !== 'free' || claimed === true) return undefined
  return refuse('dispatch.windowFull', `Nobody is free ${formatWindow(windowStart, windowEnd)} any more. Nothing you typed is lost: take another window, or say why it is promised all the same.`, { field: `${path}windowDay` })
}

/** Who knows that nobody is free and promises it has not lost what others took meanwhile. */
export function slotWith(capacity: Capacity | undefined, slot: Appointment['slot']): Appointment['slot'] {
  return capacity?.kind === 'overbook' && slot === 'lost' ? 'none' : slot
}

/** What stands in the job's history of a window that was promised beyond capacity; empty where it was not. */
export function overbookedWords(capacity: Capacity | undefined, { windowDay, windowStart, windowEnd }: Pick<ArrivalWindow, 'windowDay' | 'windowStart' | 'windowEnd'>): string {
  return capacity?.kind === 'overbook' ? `Promised ${windowDay}, ${formatWindow(windowStart, windowEnd)} though nobody was free: ${capacity.why}` : ''
}
