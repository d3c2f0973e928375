import type { Place } from '../dispatch/travel.ts'

/** A place and how many stand there. */
export interface CountedPlace extends Place {
  readonly places: number
}

const middleOf = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

/** A place that many times farther from the middle than half of them are was put on the map wrongly. */
const STRAY = 5
/** But never one nearer than this to the middle, in millionths of a degree: about two kilometers. */
const NEIGHBOURHOOD = 20_000

/** Leaves out what lies so far from the others that it would pull the outline across the county. */
export function withoutStrays<P extends Place>(places: readonly P[]): readonly P[] {
  const [latitude, longitude] = [middleOf(places.map((place) => place.latitude)), middleOf(places.map((place) => place.longitude))]
  const away = (place: P): number => Math.max(Math.abs(place.latitude - latitude), Math.abs(place.longitude - longitude))
  const limit = Math.max(NEIGHBOURHOOD, STRAY * middleOf(places.map(away)))
  return places.filter((place) => away(place) <= limit)
}

/** Twice the area of the triangle, positive where the way turns left. */
const turn = (from: Place, by: Place, to: Place): number => (by.longitude - from.longitude) * (to.latitude - from.latitude) - (by.latitude - from.latitude) * (to.longitude - from.longitude)

/**
 * The corners of the narrowest fence around places that has no dent (convex hull), counterclockwise; Andrew's monotone chain, "Another
 * efficient algorithm for convex hulls in two dimensions" (1979). Of one or two places they are themselves.
 */
export function outlineOf(places: readonly Place[]): readonly Place[] {
  const sorted = [...new Map(places.map((place) => [`${place.latitude} ${place.longitude}`, { latitude: place.latitude, longitude: place.longitude }])).values()].toSorted(
    (left, right) => left.longitude - right.longitude || left.latitude - right.latitude,
  )
  if (sorted.length < 3) return sorted
  const half = (inOrder: readonly Place[]): Place[] => {
    const chain: Place[] = []
    for (const place of inOrder) {
      while (chain.length > 1 && turn(chain[chain.length - 2] ?? place, chain[chain.length - 1] ?? place, place) <= 0) chain.pop()
      chain.push(place)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}
