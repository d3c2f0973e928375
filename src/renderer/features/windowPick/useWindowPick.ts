import { useState } from 'react'
import type { IsoDay } from '../../../shared/base/time.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import type { Capacity } from '../../../shared/domain/dispatch/capacity.ts'
import { asContractError } from '../../api/errors.ts'
import { useNow } from '../../stores/clock.ts'
import { asOfNow, type OfferedWindow } from '../booking/offeredWindows.ts'
import { useSteadyWindows } from '../booking/useSteadyWindows.ts'
import { windowKey } from '../booking/wishedWindow.ts'
import { heldWindow, isFree, promisable, type WindowProblem } from './pick.ts'

/** Said to whoever is faster than the answer; it goes when the answer comes. */
const STILL_LOOKING = 'The windows are still being looked up. Send it again in a moment.'

/** The fields of a command that promises a window. */
export interface PromisedWindow {
  readonly windowDay: IsoDay
  readonly windowStart: number
  readonly windowEnd: number
  readonly windowStartsAt: number
  readonly windowEndsAt: number
  readonly capacity: Capacity
}

export interface WindowPick {
  readonly today: IsoDay
  /** In the order in which they were first shown; undefined until they are known. */
  readonly windows: readonly OfferedWindow[] | undefined
  /** The one that stands in the field, held whatever the answers say since. */
  readonly held: OfferedWindow | undefined
  readonly take: (key: string) => void
  readonly why: string
  readonly setWhy: (why: string) => void
  /** The reason is asked: somebody took a full one, or tried to send what was taken. Nothing appears by itself. */
  readonly asksWhy: boolean
  readonly problem: WindowProblem | null
  /** What is to be sent; null where it may not be promised, which the fields then say. */
  readonly ready: () => PromisedWindow | null
  /** Sends it; that the claim was refused because the window is full stands at the field afterwards. */
  readonly claim: <T>(send: () => Promise<T>) => Promise<T>
}

/**
 * Picks an arrival window for a visit. The first that suits stands there until another is taken, and neither changes by itself
 * while somebody reads it out.
 * @param of what the windows were asked for; another value begins anew
 * @param fresh the windows as they are now; undefined while they are not known
 * @param none what to do where there is no window at all to promise
 */
export function useWindowPick({ of, fresh, first, today, none }: {
  readonly of: string
  readonly fresh: readonly WindowProposal[] | undefined
  readonly first: (windows: readonly WindowProposal[]) => WindowProposal | undefined
  readonly today: IsoDay
  readonly none: string
}): WindowPick {
  const now = useNow()
  const { windows, best } = useSteadyWindows(of, fresh, now, (all) => [first(all)].flatMap((window) => window ?? []))
  const [chosen, setChosen] = useState<{ readonly of: string; readonly window: WindowProposal } | null>(null)
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const [problem, setProblem] = useState<WindowProblem | null>(null)
  const picked = chosen?.of === of ? chosen.window : best[0]
  const held = picked && heldWindow(picked, fresh, now, refused)
  return {
    today,
    windows,
    held,
    take: (key) => {
      const window = windows?.find((one) => windowKey(one) === key)
      if (!window) return
      setChosen({ of, window: asOfNow(window) })
      setRefused(null)
      setAsked(!isFree(window))
      setProblem(null)
    },
    why,
    setWhy: (words) => {
      setWhy(words)
      setProblem(null)
    },
    asksWhy: asked && held !== undefined && !isFree(held) && !held.over,
    problem: held && problem?.message === STILL_LOOKING ? null : problem,
    ready: () => {
      const said = promisable(held, why, windows ? none : STILL_LOOKING, today)
      setProblem(said.kind === 'wrong' ? said.problem : null)
      if (said.kind === 'wrong') {
        setAsked(held !== undefined)
        return null
      }
      const { day: windowDay, start: windowStart, end: windowEnd, startsAt: windowStartsAt, endsAt: windowEndsAt } = said.window
      return { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt, capacity: said.capacity }
    },
    claim: async (send) => {
      try {
        return await send()
      } catch (thrown) {
        if (asContractError(thrown).code === 'dispatch.windowFull' && held) {
          setRefused(windowKey(held))
          setAsked(true)
        }
        throw thrown
      }
    },
  }
}
