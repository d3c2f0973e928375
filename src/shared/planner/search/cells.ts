/**
 * Reading typed arrays. Every index in the search is in bounds by construction; the engine inlines both, so that a read
 * costs what a bare one costs. Two of them, because one that saw both kinds of arrays would be slower at each.
 */

export function int(cells: Int32Array, index: number): number {
  return cells[index] as number
}

export function real(cells: Float64Array, index: number): number {
  return cells[index] as number
}
