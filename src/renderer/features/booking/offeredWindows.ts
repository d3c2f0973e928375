import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { windowKey } from './wishedWindow.ts'
import { inSentence, windowLabel } from './words.ts'

/** Windows as they were when they were first shown. */
export interface Offer {
  /** What they were chosen for. */
  readonly of: string
  readonly windows: readonly WindowProposal[]
}

/** A window that is offered, as it was said, with what has become of it. */
export interface OfferedWindow extends WindowProposal {
  /** It was free when it was offered, and others have taken what was left of it. */
  readonly taken: boolean
  /** Its hours have passed: nobody has taken it, and nobody can promise it any more. */
  readonly over: boolean
}

/**
 * Each in its place, with the words it was offered with; only how full it is, and whether it is still free, are as of now. What
 * is new comes last.
 * @param windows as they are now; undefined while that is not known
 */
export function offeredNow({ windows: offered }: Pick<Offer, 'windows'>, windows: readonly WindowProposal[] | undefined, now: Instant): readonly OfferedWindow[] {
  const asNow = new Map(windows?.map((window) => [windowKey(window), window]))
  const standing = (window: WindowProposal, taken: boolean): OfferedWindow => ({ ...window, taken: taken && window.endsAt > now, over: window.endsAt <= now })
  const stood = offered.map((window) => {
    if (!windows) return standing(window, false)
    const current = asNow.get(windowKey(window))
    // What has come free meanwhile says so in its place.
    if (current?.available && !window.available) return standing(current, false)
    return standing({ ...window, fullness: current?.fullness ?? 100 }, window.available && !current?.available)
  })
  const known = new Set(offered.map(windowKey))
  return [...stood, ...(windows ?? []).filter((window) => !known.has(windowKey(window))).map((window) => standing(window, false))]
}

/** As it would be promised now: what was free when it was offered and is taken since is full. */
export const asOfNow = (offered: OfferedWindow): WindowProposal => (offered.taken ? { ...offered, available: false, technicians: [] } : offered)

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
