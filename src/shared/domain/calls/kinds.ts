/** C15: what callers call about. */
export const CALL_KINDS = [
  'service',
  'emergency',
  'estimate',
  'followUp',
  'reschedule',
  'cancel',
  'whereIsTechnician',
  'billing',
  'complaint',
  'vendor',
  'technician',
  'solicitor',
  'wrongNumber',
  'other',
] as const

export type CallKind = (typeof CALL_KINDS)[number]

/** How a call of a kind is classed (C5) where nothing was booked on it and nobody said how it ended. */
export interface KindOutcome {
  readonly outcome: 'excused' | 'notLead'
  readonly reason: string
}

export interface KindRule {
  readonly name: string
  /** The key that chooses it in the list of kinds. */
  readonly shortcut: string
  /** True where the caller may buy: without a booking, such a call asks for a reason and owes a call back. */
  readonly lead: boolean
  /**
   * What a call of this kind is when it is over, although nothing was recorded beside it: the answer was the whole of
   * it. Null where a record with a holder must come of it; until then the caller is owed a call back.
   */
  readonly answered: KindOutcome | null
}

export const CALL_KIND_RULES: Readonly<Record<CallKind, KindRule>> = {
  service: { name: 'Service', shortcut: 'S', lead: true, answered: null },
  emergency: { name: 'Emergency', shortcut: 'E', lead: true, answered: null },
  estimate: { name: 'Estimate', shortcut: 'Q', lead: true, answered: null },
  followUp: { name: 'Follow-up', shortcut: 'F', lead: false, answered: null },
  reschedule: { name: 'Reschedule', shortcut: 'R', lead: false, answered: null },
  cancel: { name: 'Cancel', shortcut: 'C', lead: false, answered: null },
  whereIsTechnician: { name: 'Where is my technician?', shortcut: 'W', lead: false, answered: { outcome: 'excused', reason: 'Asked where the technician is' } },
  billing: { name: 'Billing question', shortcut: 'B', lead: false, answered: null },
  complaint: { name: 'Complaint', shortcut: 'P', lead: false, answered: null },
  vendor: { name: 'Vendor', shortcut: 'V', lead: false, answered: null },
  technician: { name: 'Technician calling in', shortcut: 'T', lead: false, answered: null },
  solicitor: { name: 'Solicitor', shortcut: 'X', lead: false, answered: { outcome: 'notLead', reason: 'Solicitor' } },
  wrongNumber: { name: 'Wrong number', shortcut: 'N', lead: false, answered: { outcome: 'notLead', reason: 'Wrong number' } },
  other: { name: 'Something else', shortcut: 'O', lead: true, answered: null },
}
