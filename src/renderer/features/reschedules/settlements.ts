import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'

/** What may be said of a visit that needs another time: that it does, or what came of it. */
export const SETTLEMENTS = ['asked', 'saved', 'moved', 'canceled', 'unreached', 'sooner'] as const

export type SettlementKind = (typeof SETTLEMENTS)[number]

export const SETTLEMENT_WORDS: Readonly<Record<SettlementKind, { readonly label: string; readonly action: string; readonly keys: string }>> = {
  asked: { label: 'Needs another time, not settled yet', action: 'Write it down', keys: 'A' },
  saved: { label: 'Saved: they keep the time', action: 'Saved', keys: 'S' },
  moved: { label: 'Another window', action: 'Promise this window', keys: 'W' },
  canceled: { label: 'Canceled', action: 'Cancel the visit', keys: 'X' },
  unreached: { label: 'Can’t be reached: off the board', action: 'Take it off the board', keys: 'U' },
  sooner: { label: 'Wants to come sooner: wait list', action: 'Put them on the wait list', keys: 'E' },
}

/** What the list’s keys say in short. */
export const SETTLEMENT_KEYS: Readonly<Partial<Record<SettlementKind, string>>> = { saved: 'Saved', moved: 'Another window', canceled: 'Canceled', unreached: 'Can’t be reached' }

/** What came of it, in the queues that hold such visits; none elsewhere. */
export function settlementsIn(queueKey: string | undefined): readonly SettlementKind[] {
  if (queueKey === 'reschedules') return ['saved', 'moved', 'canceled', 'unreached']
  return queueKey === 'canceled-to-rebook' ? ['moved'] : []
}

/** What may be said of a visit as it stands; none of one that has begun. */
export function settlementsFor({ state, reschedule }: Pick<VisitDetail, 'state' | 'reschedule'>): readonly SettlementKind[] {
  if (state === 'canceled') return ['moved']
  if (state === 'working' || state === 'done') return []
  const waiting = state === 'scheduled' || state === 'confirmed'
  return SETTLEMENTS.filter((kind) => (kind !== 'asked' || reschedule !== 'asked') && (kind !== 'sooner' || waiting))
}
