import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'

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

const same = (one: WindowProposal, other: WindowProposal): boolean => one.day === other.day && one.start === other.start && one.end === other.end

/** Each in its place, with the words it was offered with; only how full it is, and whether it is still free, are as of now. */
export function offeredNow({ windows: offered }: Offer, windows: readonly WindowProposal[] | undefined): readonly OfferedWindow[] {
  return offered.map((window) => {
    if (!windows) return { ...window, taken: false }
    const now = windows.find((candidate) => same(candidate, window))
    return { ...window, fullness: now?.fullness ?? 100, taken: window.available && !now?.available }
  })
}
