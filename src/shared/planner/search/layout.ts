import { int } from './cells.ts'
import type { Compiled } from './compile.ts'
import { type Routes, settle, widen } from './routes.ts'

/** Writes an order into a technician's route. @returns whether it can be kept in time */
export function lay(day: Compiled, routes: Routes, technician: number, order: readonly number[]): boolean {
  while (order.length + 1 >= routes.stride) widen(routes)
  const slot = int(routes.slot, technician)
  order.forEach((chosen, position) => {
    routes.opening[slot * routes.stride + position] = chosen
  })
  routes.length[slot] = order.length
  return settle(day, routes, slot)
}

/** The openings of what stands fixed in a technician's day, in order. */
export const fixedOrder = (day: Compiled, technician: number): readonly number[] => (day.fixedTasks[technician] ?? []).map((task) => int(day.firstOpening, task))

/**
 * Lays an order as far as it can be kept: what doesn't fit any more, because something before it takes longer, is left out, the
 * later first to go. What stands fixed always stays.
 */
export function layWhatFits(day: Compiled, routes: Routes, technician: number, order: readonly number[]): void {
  if (lay(day, routes, technician, order)) return
  const isFixed = (chosen: number): boolean => day.fixed[int(day.taskOf, chosen)] === 1
  const kept = new Set(order.filter(isFixed))
  for (const chosen of order) {
    if (kept.has(chosen)) continue
    kept.add(chosen)
    if (!lay(day, routes, technician, order.filter((each) => kept.has(each)))) kept.delete(chosen)
  }
  lay(day, routes, technician, order.filter((each) => kept.has(each)))
}

/** The order of a technician's route as it is. */
export function orderOf(routes: Routes, technician: number): Int32Array {
  const slot = int(routes.slot, technician)
  const base = slot * routes.stride
  return routes.opening.slice(base, base + int(routes.length, slot))
}
