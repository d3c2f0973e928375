import type { Compiled } from './compile.ts'

/** More neighbours than that are never reached by a ruin. */
const MOST_NEIGHBOURS = 400

/** For each task with a place those around it, the nearest first, itself before all; empty for what has no place. */
export interface Nearness {
  readonly of: readonly Int32Array[]
  /** Cents to drive to the fifth neighbour, in the mean: the measure of what a change costs. */
  readonly step: number
}

export function nearness(day: Compiled): Nearness {
  const { firstOpening, placeIn, placeOut, floats, travel, places } = day
  const count = day.tasks.length
  const withPlace: number[] = []
  for (let task = 0; task < count; task++) {
    const opening = firstOpening[task] ?? 0
    if (opening < (firstOpening[task + 1] ?? 0) && floats[opening] === 0) withPlace.push(task)
  }
  const inOf = withPlace.map((task) => placeIn[firstOpening[task] ?? 0] ?? 0)
  const outOf = withPlace.map((task) => placeOut[firstOpening[task] ?? 0] ?? 0)
  // One number for distance and index sorts without a comparison function.
  const keys = new Float64Array(withPlace.length)
  const none = new Int32Array(0)
  const of: Int32Array[] = Array.from({ length: count }, () => none)
  let [sum, counted] = [0, 0]
  withPlace.forEach((task, self) => {
    for (let other = 0; other < withPlace.length; other++) {
      const both = (travel[(outOf[self] ?? 0) * places + (inOf[other] ?? 0)] ?? 0) + (travel[(outOf[other] ?? 0) * places + (inOf[self] ?? 0)] ?? 0)
      keys[other] = other === self ? -1 : both * count + other
    }
    keys.sort()
    const near = new Int32Array(Math.min(withPlace.length, MOST_NEIGHBOURS))
    near[0] = task
    for (let rank = 1; rank < near.length; rank++) near[rank] = withPlace[(keys[rank] ?? 0) % count] ?? task
    of[task] = near
    const fifth = keys[Math.min(5, withPlace.length - 1)] ?? 0
    if (fifth > 0) {
      sum += Math.floor(fifth / count) / 2
      counted += 1
    }
  })
  return { of, step: counted === 0 ? 1 : Math.max(1e-6, (sum / counted) * day.travelPrice) }
}
