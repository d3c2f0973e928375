import type { CallKind } from '../../../shared/domain/calls/kinds.ts'
import { api } from '../../api/api.ts'
import { said } from '../../stores/calls.ts'
import { keepCallNotes } from '../booking/submit.ts'

/** How a call on which nobody books ended, as the log keeps it. */
export interface CallEnd {
  readonly outcome: 'excused' | 'notLead'
  readonly reason: string
  /** What the call was about, where the page knows. */
  readonly kind?: CallKind
  /** The caller's name, where it is nobody on file. */
  readonly callerName?: string
}

/**
 * Keeps what was typed during the call and says how it ended; nobody calls back for the log, which leaves that to the task
 * or the entry that was made. Said twice, it is said once.
 */
export async function concludeCall(callId: string, notes: string, { outcome, reason, kind, callerName }: CallEnd): Promise<void> {
  if (notes.trim() !== '') await keepCallNotes(callId, notes)
  const call = await api.query('calls.detail', { callId })
  if (kind !== undefined) await api.command('call.setKind', { callId, kind })
  // A job was booked on this call before: then the log says Booked, and this was a second wish.
  if (call.outcome === 'booked') return
  await api.command('call.conclude', {
    callId,
    outcome,
    reason,
    callBackBy: null,
    callBackNumber: null,
    callerName: callerName ?? (call.callerName === '' ? call.name : call.callerName),
    notes: call.notes,
  })
  said(callId)
}
