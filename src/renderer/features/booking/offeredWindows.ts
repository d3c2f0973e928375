import type { IsoDay } from '../../../shared/base/time.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { inSentence, windowLabel } from './words.ts'

/** Windows as they were when they were first shown. */
export interface Offer {
  /** What they were chosen for. */
  readonly of: string
  readonly windows: readonly WindowProposal[]
}

/** A window that is offered, as it was said, with what has become of it. */
export interface OfferedWindow extends WindowProposal {
  /** It was free when it was offered and is not any more. */
  readonly taken: boolean
}

const keyOf = ({ day, start, end }: WindowProposal): string => `${day}/${start}-${end}`

/** Each in its place, with the words it was offered with; only how full it is, and whether it is still free, are as of now. What is new comes last. */
export function offeredNow({ windows: offered }: Offer, windows: readonly WindowProposal[] | undefined): readonly OfferedWindow[] {
  if (!windows) return offered.map((window) => ({ ...window, taken: false }))
  const now = new Map(windows.map((window) => [keyOf(window), window]))
  const stood = offered.map((window) => {
    const current = now.get(keyOf(window))
    // What has come free meanwhile says so in its place.
    if (current?.available && !window.available) return { ...current, taken: false }
    return { ...window, fullness: current?.fullness ?? 100, taken: window.available && !current?.available }
  })
  const known = new Set(offered.map(keyOf))
  return [...stood, ...windows.filter((window) => !known.has(keyOf(window))).map((window) => ({ ...window, taken: false }))]
}

const LISTED = 3

/** What is free now, in the order in which it was offered: `tomorrow 8–10 AM with Sam Ortiz, or Fri, Jul 17, 8–10 AM with Ana Reyes`. */
export function leftInWords(windows: readonly WindowProposal[], today: IsoDay): string {
  const left = windows.filter(({ available }) => available).slice(0, LISTED).map((window) => {
    const [first] = window.technicians
    return `${inSentence(windowLabel(window, today))}${first ? ` with ${first.name}` : ''}`
  })
  if (left.length === 0) return 'No window is free in the next days: the wait list is Alt+L.'
  return `Left: ${left.length === 1 ? '' : `${left.slice(0, -1).join(', ')}, or `}${left.at(-1) ?? ''}.`
}
