import { useState } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { offeredNow, type OfferedWindow, type Offer } from './offeredWindows.ts'
import { windowKey } from './wishedWindow.ts'

export interface SteadyWindows {
  /** All of them, in the order in which they were first shown; undefined until they are known. */
  readonly windows: readonly OfferedWindow[] | undefined
  /** The three to offer. */
  readonly best: readonly OfferedWindow[]
}

/** Like the offer itself, it is chosen once. */
interface Shown extends Offer {
  readonly best: Offer
}

const NOTHING: SteadyWindows = { windows: undefined, best: [] }

/**
 * The windows, which stay as they were said while others book: 1, 2 and 3 mean what the caller heard, and the list does not
 * turn under whoever reads it. They are chosen anew only with the job type, the place, the emergency, or whom the customer asks
 * for and does not want again.
 * @param of what they were chosen for; another value chooses anew
 * @param windows as they are now; undefined while they are not known
 */
export function useSteadyWindows(of: string, windows: readonly WindowProposal[] | undefined, now: Instant, choose: (windows: readonly WindowProposal[]) => readonly WindowProposal[]): SteadyWindows {
  const [shown, setShown] = useState<Shown | null>(null)
  const fresh = windows && shown?.of !== of ? { of, windows, best: { of, windows: choose(windows) } } : null
  // Said at once, so that no frame shows the windows of another job type.
  if (fresh) setShown(fresh)
  const current = fresh ?? shown
  if (current?.of !== of) return NOTHING
  const offered = new Set(current.best.windows.map(windowKey))
  const best = offeredNow(current.best, windows, now).filter((window) => offered.has(windowKey(window)))
  return { windows: offeredNow(current, windows, now), best }
}
