import type { CallKind } from '../../../shared/domain/calls/kinds.ts'
import { api } from '../../api/api.ts'
import { changeDraft } from '../../stores/booking.ts'

/** The kinds that have a short path of their own; the others are booked with the script. */
export const PATH_KINDS = ['estimate', 'followUp', 'reschedule', 'cancel', 'whereIsTechnician', 'billing', 'complaint', 'vendor', 'technician', 'solicitor', 'wrongNumber'] as const satisfies readonly CallKind[]

export type PathKind = (typeof PATH_KINDS)[number]

export function pathOf(kind: CallKind | null): PathKind | null {
  return PATH_KINDS.find((candidate) => candidate === kind) ?? null
}

/** Keeps the kind with the draft and with the call: the log knows it even where the line breaks now. */
export function sayKind(key: string, callId: string | null, kind: CallKind): void {
  changeDraft(key, { kind })
  // Said again when the call is concluded; a refusal now changes nothing about it.
  if (callId !== null) api.command('call.setKind', { callId, kind }).catch(() => undefined)
}
