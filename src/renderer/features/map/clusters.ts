import { type Point, worldWidth } from './mercator.ts'

/** Places so near each other that their marks would lie over one another: shown as one mark that says how many. */
export interface Cluster {
  /** Where its mark stands: at the first of its members, which does not move when others come or go behind it. */
  readonly at: Point
  /** Positions in the list that was given, in its order. */
  readonly members: readonly number[]
}

/**
 * Groups places for one zoom. Each goes to the first group whose mark is nearer than `radius` px, else begins one; so the answer
 * follows from the list and the zoom alone, and panning changes nothing. A grid of cells as wide as the radius keeps it linear.
 */
export function clustersOf(points: readonly Point[], zoom: number, radius: number): readonly Cluster[] {
  const scale = worldWidth(zoom)
  const clusters: { readonly at: Point; readonly members: number[] }[] = []
  const cells = new Map<string, number[]>()
  const cellOf = (value: number): number => Math.floor((value * scale) / radius)
  points.forEach((point, index) => {
    const [column, row] = [cellOf(point.x), cellOf(point.y)]
    const near = nearbyClusters(cells, column, row).find((candidate) => {
      const at = clusters[candidate]?.at
      return at !== undefined && Math.hypot(at.x - point.x, at.y - point.y) * scale < radius
    })
    if (near !== undefined) {
      clusters[near]?.members.push(index)
      return
    }
    const key = `${column} ${row}`
    cells.set(key, [...(cells.get(key) ?? []), clusters.length])
    clusters.push({ at: point, members: [index] })
  })
  return clusters
}

/** The groups in the cell and its eight neighbours, the oldest first. */
function nearbyClusters(cells: ReadonlyMap<string, readonly number[]>, column: number, row: number): readonly number[] {
  const found: number[] = []
  for (let x = column - 1; x <= column + 1; x++) for (let y = row - 1; y <= row + 1; y++) found.push(...(cells.get(`${x} ${y}`) ?? []))
  return found.toSorted((left, right) => left - right)
}
