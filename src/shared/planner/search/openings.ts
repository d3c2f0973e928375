import type { PlanBlock, PlanStop } from '../problem.ts'

/**
 * A stretch of time in which a task may begin, all of which costs the same but for lateness. A stop with a promise in the
 * middle of its window has three of them: before, as promised, and after.
 */
export interface Opening {
  readonly open: number
  readonly close: number
  /** From here each second later costs `latePrice`. */
  readonly due: number
  /** Cents for a second. */
  readonly latePrice: number
  /** Cents for beginning in this stretch at all. */
  readonly price: number
}

const hard = (at: number): Opening => ({ open: at, close: at, due: at, latePrice: 0, price: 0 })

/** Cheapest first; none where all of them have passed. */
export function openingsOfStop(stop: PlanStop, now: number | null): readonly Opening[] {
  if (stop.pinned.start !== null) return stop.pinned.start < (now ?? Number.NEGATIVE_INFINITY) ? [] : [hard(stop.pinned.start)]
  const promise = stop.promised?.window ?? null
  const openings = stop.windows.flatMap((window): Opening[] => {
    const close = window.late === null ? window.to : Math.max(window.to, window.late.until)
    const latePrice = (window.late?.price ?? 0) / 60
    const whole = { open: window.from, close, due: window.to, latePrice, price: window.price }
    if (promise === null) return [whole]
    return [
      { ...whole, open: Math.max(whole.open, promise.from), close: Math.min(close, promise.to) },
      { ...whole, close: Math.min(close, promise.from - 1), price: window.price + promise.price },
      { ...whole, open: Math.max(whole.open, promise.to + 1), price: window.price + promise.price },
    ]
  })
  return openings
    .map((opening) => (now === null ? opening : { ...opening, open: Math.max(opening.open, now) }))
    .filter(({ open, close }) => open <= close)
    .sort((left, right) => left.price - right.price || left.open - right.open)
}

export function openingsOfBlock(block: PlanBlock, notBefore: number): readonly Opening[] {
  const open = Math.max(block.earliest, notBefore)
  return open > block.latest ? [] : [{ open, close: block.latest, due: block.latest, latePrice: 0, price: 0 }]
}
