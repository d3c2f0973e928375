/** What of a large board is in the page, and which of the elements there shows what: the arithmetic, without a browser. */

export interface RowHeights {
  readonly technician: number
  readonly group: number
}

export const SMALL_ROWS: RowHeights = { technician: 28, group: 16 }
export const LARGE_ROWS: RowHeights = { technician: 44, group: 24 }

/** The top of each row, and the height of all as the last entry. */
export function rowTops(rows: readonly { readonly kind: keyof RowHeights }[], heights: RowHeights): readonly number[] {
  const tops = [0]
  let top = 0
  for (const { kind } of rows) {
    top += heights[kind]
    tops.push(top)
  }
  return tops
}

/** The row at a distance from the first row's top; the nearest one beyond the ends. */
export function rowAt(tops: readonly number[], y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((tops[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}

/** The rows [from, to) that a viewport of this height shows, with some beyond so that scrolling meets no gap. */
export function rowsInSight(tops: readonly number[], scrollTop: number, height: number, beyond: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, rowAt(tops, scrollTop) - beyond), to: Math.min(tops.length - 1, rowAt(tops, scrollTop + height) + 1 + beyond) }
}

/** Px from the axis' start, in steps, so that a small scroll changes nothing. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export function stretchInSight(scrollLeft: number, width: number, step: number): Stretch {
  return { from: Math.floor((scrollLeft - step / 2) / step) * step, to: Math.ceil((scrollLeft + width + step / 2) / step) * step }
}

/** True where something that long at `x` is seen in the stretch; what has no length is seen too. */
export const inSight = (stretch: Stretch, x: number, width: number): boolean => x <= stretch.to && x + width >= stretch.from

/**
 * Which element shows which key next. An element that shows a wanted key goes on showing it; the others are put to new use,
 * in the order they stand; -1 asks for a new one. What nobody can use is left over.
 * @param shown what each element shows now
 * @param wanted what is to be shown, in the order of the page; no key twice
 */
export function reuse(shown: readonly string[], wanted: readonly string[]): { readonly elements: readonly number[]; readonly left: readonly number[] } {
  const at = new Map<string, number>()
  for (let index = 0; index < shown.length; index++) at.set(shown[index] ?? '', index)
  const taken = new Set<number>()
  const elements = wanted.map((key) => {
    const index = at.get(key) ?? -1
    if (index !== -1) taken.add(index)
    return index
  })
  const spare: number[] = []
  for (let index = 0; index < shown.length; index++) if (!taken.has(index)) spare.push(index)
  let next = 0
  for (let place = 0; place < elements.length; place++) {
    if (elements[place] === -1 && next < spare.length) elements[place] = spare[next++] ?? -1
  }
  return { elements, left: spare.slice(next) }
}
