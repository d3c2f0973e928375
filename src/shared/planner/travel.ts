/**
 * How long it takes to drive from one place to another, as the planner sees it. The straight line is the default; whoever
 * has a routing server fills the matrix from it (`TravelSource`), and the planner knows no difference.
 */

/** In millionths of a degree, as locations are stored. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** Driving times between the places of a problem, which are numbered from 0. */
export interface TravelMatrix {
  readonly places: number
  /** Whole seconds from place a to place b at [a × places + b]; nothing is negative. */
  readonly seconds: Int32Array
}

/** Where driving times come from: a routing server answers late or not at all, so that it is asked before planning begins. */
export interface TravelSource {
  /** @returns the times between all places given, in their order */
  matrix(places: readonly Coordinates[]): Promise<TravelMatrix>
}

export interface StraightLine {
  /** What roads add to the straight line. */
  readonly detour: number
  readonly kilometresAnHour: number
}

/** Thirteen kilometres by road for ten in the air, at 45 km/h: a city with its suburbs. */
const STRAIGHT_LINE: StraightLine = { detour: 1.3, kilometresAnHour: 45 }

const EARTH_KILOMETRES = 6371.0088
const radians = (millionths: number): number => (millionths * Math.PI) / 180e6

/** The great circle between two places in kilometres (haversine). */
export function kilometresBetween(from: Coordinates, to: Coordinates): number {
  const [latitudeFrom, latitudeTo] = [radians(from.latitude), radians(to.latitude)]
  const across = Math.sin((latitudeTo - latitudeFrom) / 2)
  const along = Math.sin(radians(to.longitude - from.longitude) / 2)
  const share = across * across + Math.cos(latitudeFrom) * Math.cos(latitudeTo) * along * along
  return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(share)))
}

/** Driving time along a straight line made longer by what roads add; whole seconds. */
export function straightSeconds(from: Coordinates, to: Coordinates, { detour, kilometresAnHour }: StraightLine = STRAIGHT_LINE): number {
  return Math.round((kilometresBetween(from, to) * detour * 3600) / kilometresAnHour)
}

/** A matrix of any times there are a function for. */
export function matrixOf<Place>(places: readonly Place[], seconds: (from: Place, to: Place) => number): TravelMatrix {
  const count = places.length
  const times = new Int32Array(count * count)
  places.forEach((from, row) => {
    places.forEach((to, column) => {
      if (row !== column) times[row * count + column] = Math.max(0, Math.round(seconds(from, to)))
    })
  })
  return { places: count, seconds: times }
}

/** @throws where a speed of zero or less is asked for */
export function straightLine(line: StraightLine = STRAIGHT_LINE): TravelSource & { readonly now: (places: readonly Coordinates[]) => TravelMatrix } {
  if (!(line.kilometresAnHour > 0)) throw new Error(`A speed of ${line.kilometresAnHour} km/h reaches nothing.`)
  const now = (places: readonly Coordinates[]): TravelMatrix => matrixOf(places, (from, to) => straightSeconds(from, to, line))
  return { now, matrix: (places) => Promise.resolve(now(places)) }
}
