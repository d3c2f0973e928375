import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { Capacity } from '../../../shared/domain/dispatch/capacity.ts'
import { offeredNow, type OfferedWindow } from '../booking/offeredWindows.ts'
import type { DraftWindow } from '../../stores/booking.ts'
import { windowKey } from '../booking/wishedWindow.ts'
import { windowLabel } from '../booking/words.ts'

/** What is wrong with the window that is to be promised, and at which field it is said. */
export interface WindowProblem {
  readonly on: 'window' | 'why'
  readonly message: string
}

/** A window that may be promised, with what is known of its capacity; or why it may not. */
export type Promisable = { readonly kind: 'ready'; readonly window: WindowProposal; readonly capacity: Capacity } | { readonly kind: 'wrong'; readonly problem: WindowProblem }

/**
 * The picked window as it stands now. It is held whatever the answers say meanwhile: nobody promises a customer another window
 * than the one they were told because a list became shorter.
 * @param fresh the last answer; undefined while there is none
 * @param refused what the claim itself said is full, by its key
 */
export function heldWindow(picked: WindowProposal, fresh: readonly WindowProposal[] | undefined, now: Instant, refused: string | null): OfferedWindow {
  const [standing] = offeredNow({ windows: [picked] }, fresh, now)
  const held = standing ?? { ...picked, taken: false, over: false }
  return refused === windowKey(held) && held.available && !held.over ? { ...held, taken: true } : held
}

/** A window of a draft as it was offered: of a full one nobody was free. */
export function proposalOf({ full, technicianName: _technicianName, ...window }: DraftWindow): WindowProposal {
  return { ...window, available: full === undefined, fullness: 100, summary: full === undefined ? '' : 'Full', technicians: [], whyNot: [] }
}

export const isFree = ({ available, taken, over }: OfferedWindow): boolean => available && !taken && !over

/** How it stands, in a line under it. */
export function standingOf(held: OfferedWindow): string {
  if (held.over) return 'Over by now: take a later one.'
  return held.taken ? 'Just taken: another, or the reason to promise it all the same.' : held.summary
}

/** Whether the held window may be promised: free as it is, or beyond capacity with the reason. */
export function promisable(held: OfferedWindow | undefined, why: string, none: string, today: IsoDay): Promisable {
  const wrong = (on: WindowProblem['on'], message: string): Promisable => ({ kind: 'wrong', problem: { on, message } })
  if (!held) return wrong('window', none)
  const { taken: _taken, over: _over, ...window } = held
  if (held.over) return wrong('window', `${windowLabel(held, today)} is over. Nothing is promised yet, and all you typed is here: take a later one.`)
  if (isFree(held)) return { kind: 'ready', window, capacity: { kind: 'free' } }
  if (why.trim() !== '') return { kind: 'ready', window, capacity: { kind: 'overbook', why: why.trim() } }
  if (held.taken) return wrong('window', `${windowLabel(held, today)} was just taken. Nothing is promised yet, and all you typed is here: take another, or say why it is promised all the same.`)
  return wrong('why', 'Say why it is promised though nobody is free, or take another window.')
}
