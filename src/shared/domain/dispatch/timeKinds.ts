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
