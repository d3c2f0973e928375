import { assertNever } from '../../base/assertNever.ts'

/** What takes a technician’s time beside visits. */
export const TIME_KINDS = ['lunch', 'training', 'meeting', 'timeOff', 'other'] as const

export type TimeKind = (typeof TIME_KINDS)[number]

/** As a bar or a form names it. */
export const TIME_KIND_NAMES: Readonly<Record<TimeKind, string>> = {
  lunch: 'Lunch',
  training: 'Training',
  meeting: 'Meeting',
  timeOff: 'Time off',
  other: 'Other',
}

/** Where somebody is meanwhile, after “is”. */
export function whereabouts(kind: TimeKind): string {
  switch (kind) {
    case 'lunch':
      return 'at lunch'
    case 'training':
      return 'at training'
    case 'meeting':
      return 'in a meeting'
    case 'timeOff':
      return 'off'
    case 'other':
      return 'not free'
    default:
      return assertNever(kind, 'kind of time')
  }
}
