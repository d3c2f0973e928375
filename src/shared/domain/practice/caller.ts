import type { PracticeStep } from './steps.ts'
import type { WordRule } from './words.ts'

/** What is looked at in the records that an exercise leaves, in the order in which it is told. */
export const PRACTICE_FIELDS = ['record', 'name', 'callback', 'address', 'access', 'unit', 'type', 'problem', 'priority', 'source', 'window', 'payment', 'kind', 'alert', 'visit', 'task', 'taskWords', 'notes', 'outcome', 'reason', 'callBack'] as const

export type PracticeField = (typeof PRACTICE_FIELDS)[number]

export const FIELD_NAMES: Readonly<Record<PracticeField, string>> = {
  record: 'Customer record',
  name: 'Name',
  callback: 'Callback number',
  address: 'Address',
  access: 'How to get in',
  unit: 'Business unit',
  type: 'Job type',
  problem: 'Problem',
  priority: 'Priority',
  source: 'Heard of us by',
  window: 'Day of the visit',
  payment: 'Payment',
  kind: 'Kind of call',
  alert: 'Emergency alert',
  visit: 'Visit',
  task: 'Handed on',
  taskWords: 'What was handed on',
  notes: 'Notes',
  outcome: 'How the call ended',
  reason: 'Reason',
  callBack: 'Call back',
}

/** What the records hold, in the words of the screen; what is not there is empty. */
export type Observed = Readonly<Partial<Record<PracticeField, string>>>

export type Expected =
  /** One of these, whatever the capitals, dots and spaces. */
  | { readonly kind: 'is'; readonly anyOf: readonly string[] }
  /** Of each group at least one is said somewhere in it. */
  | { readonly kind: 'says'; readonly groups: readonly (readonly string[])[] }
  /** This telephone number is among those noted. */
  | { readonly kind: 'phone'; readonly number: string }
  | { readonly kind: 'something' }
  | { readonly kind: 'nothing' }

export interface ExpectedField {
  readonly field: PracticeField
  readonly expected: Expected
  /** What it should have been, or how it is found out. */
  readonly better: string
}

/** Words that have to be said at a step, in one of several ways. */
export interface MustSay {
  readonly step: PracticeStep
  readonly what: string
  readonly anyOf: readonly string[]
  readonly better: string
}

export interface CallerLine {
  /** The step that it answers; `opening` is said as soon as the call is answered. */
  readonly answers: PracticeStep | 'opening'
  readonly words: string
  /** The line goes dead with these words. */
  readonly cutsOff?: boolean
}

/** A scripted caller with what a good call makes of it. */
export interface PracticeCaller {
  readonly key: string
  /** Grows when what is expected changes: a score counts for the version it was made with. */
  readonly version: number
  readonly title: string
  /** What it trains, for the list. */
  readonly exercises: string
  readonly lineName: 'HVAC line' | 'Plumbing line' | 'Electrical line' | 'Drains line'
  /** E.164; null where the number is withheld. */
  readonly fromNumber: string | null
  readonly lines: readonly CallerLine[]
  /** What has to be said, in this order. */
  readonly steps: readonly PracticeStep[]
  readonly fields: readonly ExpectedField[]
  readonly mustSay: readonly MustSay[]
  /** Beside the words nobody says. */
  readonly never: readonly WordRule[]
  /** Rules whose words belong to this call: amounts, where the caller asks about a bill. */
  readonly allows: readonly string[]
  readonly targetSeconds: number
}

/** Shorthands of the callers' files. */
export const is = (field: PracticeField, better: string, ...anyOf: readonly string[]): ExpectedField => ({ field, expected: { kind: 'is', anyOf: anyOf.length === 0 ? [better] : anyOf }, better })
export const says = (field: PracticeField, better: string, ...groups: readonly (readonly string[])[]): ExpectedField => ({ field, expected: { kind: 'says', groups }, better })
export const phone = (number: string, better: string): ExpectedField => ({ field: 'callback', expected: { kind: 'phone', number }, better })
export const nothing = (field: PracticeField, better: string): ExpectedField => ({ field, expected: { kind: 'nothing' }, better })
export const line = (answers: CallerLine['answers'], words: string): CallerLine => ({ answers, words })
export const cutOff = (answers: CallerLine['answers'], words: string): CallerLine => ({ answers, words, cutsOff: true })
