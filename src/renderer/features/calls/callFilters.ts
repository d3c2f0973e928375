import type { CallLogRow } from '../../../shared/contract/methods/calls.ts'

export const FILTERS = ['all', 'missed', 'voicemail', 'unbooked', 'callBacks'] as const

export type Filter = (typeof FILTERS)[number]

export const FILTER_WORDS: Readonly<Record<Filter, string>> = { all: 'All', missed: 'Missed', voicemail: 'Voicemail', unbooked: 'Unbooked', callBacks: 'Call-backs' }

export const EMPTY_WORDS: Readonly<Record<Filter, string>> = {
  all: 'No calls on this day yet.',
  missed: 'No missed calls.',
  voicemail: 'Nobody has spoken to the machine.',
  unbooked: 'No unbooked calls.',
  callBacks: 'Nobody is waiting for a call back.',
}

export function passes(filter: Filter, row: CallLogRow): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'missed':
      return row.outcome === 'abandoned'
    case 'voicemail':
      return row.voicemailSeconds !== null
    case 'unbooked':
      return row.outcome === 'unbooked'
    case 'callBacks':
      return row.followUp === 'owed'
  }
}

/** `96 % answered within three rings, 24 of 25 calls`: of the calls that came, real ones only. */
export function ringSummary(counted: { readonly incoming: number; readonly inTime: number }): string {
  if (counted.incoming === 0) return 'No calls to count yet'
  const calls = counted.incoming === 1 ? 'call' : 'calls'
  return `${Math.round((counted.inTime / counted.incoming) * 100)}\u00a0% answered within three rings, ${counted.inTime} of ${counted.incoming} ${calls}`
}
