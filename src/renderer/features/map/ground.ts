import type { MapArea } from '../../../shared/contract/methods/map.ts'
import { color } from '../../theme/tokens.ts'
import { fontOf, shade } from './marks.ts'
import { type Extent, fromScreen, type MapView, type Point, project, toScreen, unproject, worldWidth } from './mercator.ts'

/** The ground of the map, which needs no network: where the company's customers live, by ZIP code, and a net of degrees. */

export interface Ground {
  readonly name: string
  readonly postalCode: string
  readonly outline: readonly Point[]
  /** Where its name stands: near its upper edge, because visits crowd in the middle. */
  readonly head: Point
  /** On the flat world. */
  readonly width: number
}

/** @param areas the largest first: its name stands where two would lie over one another */
export function groundOf(areas: readonly MapArea[]): readonly Ground[] {
  return areas.flatMap(({ postalCode, city, outline }) => {
    const points = outline.map(({ latitude, longitude }) => project(latitude, longitude))
    if (points.length === 0) return []
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    return [{ name: city, postalCode, outline: points, head: { x: (left + right) / 2, y: Math.min(...ys) }, width: right - left }]
  })
}

/** How far the outline stands off the outermost customers, px. */
const MARGIN = 14
/** A net finer than this is a pattern, px. */
const NET = 110
/** Nearer than this a border seldom crosses the picture. */
const NET_FROM = 10
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] as const

type Pen = CanvasRenderingContext2D

function drawNet(pen: Pen, view: MapView, extent: Extent, isDark: boolean): void {
  const scale = worldWidth(view.zoom)
  const step = STEPS.findLast((degrees) => (degrees / 360) * scale >= NET) ?? STEPS[0]
  const [first, last] = [unproject(fromScreen({ x: 0, y: extent.height }, view, extent)), unproject(fromScreen({ x: extent.width, y: 0 }, view, extent))]
  pen.beginPath()
  for (let degrees = Math.ceil(first.longitude / 1e6 / step) * step; degrees <= last.longitude / 1e6; degrees += step) {
    const x = Math.round(toScreen(project(0, degrees * 1e6), view, extent).x) + 0.5
    pen.moveTo(x, 0)
    pen.lineTo(x, extent.height)
  }
  for (let degrees = Math.ceil(first.latitude / 1e6 / step) * step; degrees <= last.latitude / 1e6; degrees += step) {
    const y = Math.round(toScreen(project(degrees * 1e6, 0), view, extent).y) + 0.5
    pen.moveTo(0, y)
    pen.lineTo(extent.width, y)
  }
  pen.lineWidth = 1
  pen.strokeStyle = shade(color.line, isDark)
  pen.stroke()
}

function trace(pen: Pen, outline: readonly Point[], view: MapView, extent: Extent): void {
  pen.beginPath()
  for (const point of outline) {
    const { x, y } = toScreen(point, view, extent)
    pen.lineTo(x, y)
  }
  pen.closePath()
}

/** The net and the outlines; where map pictures are the ground, they are left out. @param hasBorders the net would be taken for theirs, except from near */
export function drawGround(pen: Pen, ground: readonly Ground[], view: MapView, extent: Extent, isDark: boolean, hasBorders: boolean): void {
  if (!hasBorders || view.zoom >= NET_FROM) drawNet(pen, view, extent, isDark)
  pen.lineJoin = 'round'
  // All edges, then all inner parts: where two overlap, no edge runs through either.
  for (const [grown, ink] of [[2 * MARGIN + 2, color.lineStrong], [2 * MARGIN, color.surface]] as const) {
    pen.lineWidth = grown
    pen.strokeStyle = shade(ink, isDark)
    pen.fillStyle = shade(ink, isDark)
    for (const { outline } of ground) {
      trace(pen, outline, view, extent)
      pen.stroke()
      pen.fill()
    }
  }
}

/** A name on the map: its middle, and half its width with what it keeps free, px. */
export interface Written {
  readonly x: number
  readonly y: number
  readonly half: number
}

/** Where the customers live, by name and ZIP code; returns where these stand. */
export function drawGroundNames(pen: Pen, ground: readonly Ground[], view: MapView, extent: Extent, isDark: boolean): readonly Written[] {
  const scale = worldWidth(view.zoom)
  const taken: Written[] = []
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  for (const { name, postalCode, head, width } of ground) {
    const at = toScreen(head, view, extent)
    const [x, y] = [at.x, at.y + 10]
    if (x < -80 || y < -20 || x > extent.width + 80 || y > extent.height + 20 || width * scale < 24) continue
    pen.font = fontOf(13, 500)
    const words = name === '' ? postalCode : name
    const half = pen.measureText(words).width / 2 + 6
    if (taken.some((other) => Math.abs(other.y - y) < 34 && Math.abs(other.x - x) < other.half + half)) continue
    taken.push({ x, y, half })
    pen.lineWidth = 3
    pen.strokeStyle = shade(color.surface, isDark)
    pen.fillStyle = shade(color.text3, isDark)
    pen.strokeText(words, x, y - 7)
    pen.fillText(words, x, y - 7)
    if (name === '') continue
    pen.font = fontOf(11, 400)
    pen.strokeText(postalCode, x, y + 8)
    pen.fillText(postalCode, x, y + 8)
  }
  pen.textAlign = 'left'
  return taken
}
