import { clamp } from './numbers.ts'

/**
 * The projection of the map: spherical Web Mercator (EPSG:3857), by the formulas of J. P. Snyder, "Map Projections: A Working
 * Manual" (USGS Professional Paper 1395, 1987), equations 7-1 to 7-5, on a world that is one unit wide, x to the east and y to the
 * south, as map tiles are numbered. A zoom of z shows that world 256 · 2^z pixels wide.
 */

/** A place on the flat world: 0 to 1 from west to east, 0 to 1 from north to south. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What is looked at: the place in the middle, and how near. */
export interface MapView extends Point {
  readonly zoom: number
}

/** The piece of screen the map stands on, CSS px. */
export interface Extent {
  readonly width: number
  readonly height: number
}

/** Beyond it the projection runs away to infinity; with it the world is a square. */
export const MAX_LATITUDE = 85.051129

export const TILE = 256
export const MIN_ZOOM = 3
export const MAX_ZOOM = 18
/** One press of + or −. */
export const ZOOM_STEP = 0.5
/** Where there is nothing to fit: the United States from coast to coast. */
export const EVERYTHING: MapView = { ...project(39_000_000, -97_000_000), zoom: 4 }

/** @param latitude @param longitude millionths of a degree */
export function project(latitude: number, longitude: number): Point {
  const phi = (clamp(latitude / 1e6, -MAX_LATITUDE, MAX_LATITUDE) * Math.PI) / 180
  return { x: longitude / 360e6 + 0.5, y: 0.5 - Math.asinh(Math.tan(phi)) / (2 * Math.PI) }
}

/** The way back, in millionths of a degree. */
export function unproject({ x, y }: Point): { readonly latitude: number; readonly longitude: number } {
  return { latitude: (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / Math.PI) * 180e6, longitude: (x - 0.5) * 360e6 }
}

/** How many px the whole world is wide. */
export const worldWidth = (zoom: number): number => TILE * 2 ** zoom

export function toScreen(point: Point, view: MapView, extent: Extent): Point {
  const scale = worldWidth(view.zoom)
  return { x: (point.x - view.x) * scale + extent.width / 2, y: (point.y - view.y) * scale + extent.height / 2 }
}

export function fromScreen(pixel: Point, view: MapView, extent: Extent): Point {
  const scale = worldWidth(view.zoom)
  return { x: (pixel.x - extent.width / 2) / scale + view.x, y: (pixel.y - extent.height / 2) / scale + view.y }
}

/** A view that stays on the world. */
export function kept({ x, y, zoom }: MapView): MapView {
  return { x: clamp(x, 0, 1), y: clamp(y, 0, 1), zoom: clamp(zoom, MIN_ZOOM, MAX_ZOOM) }
}

/** What lies that many px to the right and below comes to where the middle was. */
export function panned(view: MapView, right: number, down: number): MapView {
  const scale = worldWidth(view.zoom)
  return kept({ ...view, x: view.x + right / scale, y: view.y + down / scale })
}

/** Nearer or farther by that much; what lies under `anchor` stays under it. */
export function zoomedAt(view: MapView, by: number, anchor: Point, extent: Extent): MapView {
  const zoom = clamp(view.zoom + by, MIN_ZOOM, MAX_ZOOM)
  const under = fromScreen(anchor, view, extent)
  const scale = worldWidth(zoom)
  return kept({ x: under.x - (anchor.x - extent.width / 2) / scale, y: under.y - (anchor.y - extent.height / 2) / scale, zoom })
}

/** As near as all of them can be seen, `padding` px off the edges. A single place is shown with its neighbourhood. */
export function fitted(points: readonly Point[], extent: Extent, padding = 48, nearest = 14): MapView {
  if (points.length === 0) return EVERYTHING
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const room = (size: number): number => Math.max(1, size - 2 * padding)
  const exact = Math.min(Math.log2(room(extent.width) / (TILE * Math.max(right - left, 1e-9))), Math.log2(room(extent.height) / (TILE * Math.max(bottom - top, 1e-9))))
  const zoom = clamp(Math.floor(exact * 10) / 10, MIN_ZOOM, nearest)
  return kept({ x: (left + right) / 2, y: (top + bottom) / 2, zoom })
}

/** The same left upper corner on a piece of screen of another size: what stands on the map does not move by it. */
export function resized(view: MapView, from: Extent, to: Extent): MapView {
  const scale = worldWidth(view.zoom)
  return kept({ ...view, x: view.x + (to.width - from.width) / 2 / scale, y: view.y + (to.height - from.height) / 2 / scale })
}

export function isOnScreen(point: Point, view: MapView, extent: Extent, margin = 0): boolean {
  const { x, y } = toScreen(point, view, extent)
  return x >= -margin && y >= -margin && x <= extent.width + margin && y <= extent.height + margin
}

/** The earth's circumference at the equator (WGS 84), m. */
const EQUATOR = 40_075_016.686
const MILE = 1609.344
const LENGTHS = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** The longest round length that fits into so many px in the middle of the view. */
export function scaleBar(view: MapView, widest: number): { readonly miles: number; readonly width: number } {
  const { latitude } = unproject(view)
  const meters = (EQUATOR * Math.cos((latitude / 180e6) * Math.PI)) / worldWidth(view.zoom)
  const widthOf = (miles: number): number => (miles * MILE) / meters
  const miles = LENGTHS.findLast((length) => widthOf(length) <= widest) ?? LENGTHS[0]
  return { miles, width: widthOf(miles) }
}
