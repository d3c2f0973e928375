import { useState } from 'react'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { offeredNow, type OfferedWindow, type Offer } from './offeredWindows.ts'

/**
 * The windows to offer, which stay as they were said while others book: 1, 2 and 3 mean what the caller heard. They are chosen
 * anew only with the job type, the place, or the emergency.
 * @param of what they were chosen for; another value chooses anew
 * @param windows as they are now; undefined while they are not known
 */
export function useSteadyWindows(of: string, windows: readonly WindowProposal[] | undefined, choose: (windows: readonly WindowProposal[]) => readonly WindowProposal[]): readonly OfferedWindow[] {
  const [offer, setOffer] = useState<Offer | null>(null)
  const fresh = windows && offer?.of !== of ? { of, windows: choose(windows) } : null
  // Said at once, so that no frame shows the windows of another job type.
  if (fresh) setOffer(fresh)
  const current = fresh ?? offer
  return current?.of === of ? offeredNow(current, windows) : []
}
