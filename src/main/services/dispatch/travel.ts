import { HOUR, MINUTE, type Instant } from '../../../shared/base/time.ts'

/** A place on the map, in millionths of a degree. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A place, where the row has both of its coordinates. */
export function placeOf(latitude: number | null, longitude: number | null): Place | null {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

/** How long it takes to drive from one place to another. Whoever answers may be replaced: a map service, a cache of one. */
export interface Travel {
  /** Whole minutes by car. */
  minutesBetween(from: Place, to: Place): number
}

/** Roads are longer than the crow flies by about this much. */
const DETOUR = 1.3

const EARTH_KM = 6371

const radians = (microDegrees: number): number => (microDegrees / 1_000_000 / 180) * Math.PI

/** Great-circle distance (haversine), km. */
function kilometersBetween(from: Place, to: Place): number {
  const [phi, phiTo] = [radians(from.latitude), radians(to.latitude)]
  const lambda = radians(to.longitude - from.longitude)
  const half = Math.sin((phiTo - phi) / 2) ** 2 + Math.cos(phi) * Math.cos(phiTo) * Math.sin(lambda / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)))
}

/**
 * The straight line times 1.3 at a usual speed: needs no map, and is off by a third at worst where no river is in between.
 * @param speed km/h
 */
export function straightLine(speed: number): Travel {
  return {
    minutesBetween: (from, to) => Math.round(((kilometersBetween(from, to) * DETOUR) / speed) * (HOUR / MINUTE)),
  }
}

/** What a drive is computed from: a stop of somebody's day. */
export interface Stop {
  readonly visitId: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Null where the place was never found on the map: no drive from or to it can be told. */
  readonly place: Place | null
}

export interface Drive {
  /** The stop before; null from home. */
  readonly fromVisitId: string | null
  readonly toVisitId: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly minutes: number
}

/** A stop this long after the one before is reached from home. */
const SAME_TRIP = 5 * HOUR

/**
 * The drives of one technician: from home to the first stop, then from stop to stop, each ending as the visit begins. No drive
 * home is drawn, and none where an end of it is not on the map; a drive of less than a minute is none.
 * @param stops in the order of their starts
 */
export function drivesOf(stops: readonly Stop[], home: Place | null, travel: Travel): readonly Drive[] {
  const drives: Drive[] = []
  let before: Stop | undefined
  for (const stop of stops) {
    const previous = before && stop.startsAt - before.endsAt < SAME_TRIP ? before : undefined
    const from = previous ? previous.place : home
    if (from && stop.place) {
      const minutes = travel.minutesBetween(from, stop.place)
      if (minutes > 0) drives.push({ fromVisitId: previous?.visitId ?? null, toVisitId: stop.visitId, startsAt: stop.startsAt - minutes * MINUTE, endsAt: stop.startsAt, minutes })
    }
    before = stop
  }
  return drives
}
