import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import address from 'us-atlas/counties-10m.json?url'
import { readServedJson } from '../../api/servedFile.ts'
import { color } from '../../theme/tokens.ts'
import type { Written } from './ground.ts'
import { fontOf, shade } from './marks.ts'
import { type Extent, fromScreen, type MapView, type Point, project, toScreen, worldWidth } from './mercator.ts'

/**
 * The lines of the states and counties, which are part of Baton and need no network. From the Census Bureau's cartographic
 * boundary files, 2017 edition (public domain), as the package us-atlas makes TopoJSON of them; true to some 300 m, which is
 * enough to say where on earth a visit lies and not on which side of a road.
 */

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Line extends Box {
  readonly points: readonly Point[]
}

interface PlaceName {
  readonly words: string
  readonly at: Point
  /** On the flat world. */
  readonly width: number
}

export interface Borders {
  readonly states: readonly Line[]
  readonly counties: readonly Line[]
  readonly stateNames: readonly PlaceName[]
  readonly countyNames: readonly PlaceName[]
}

type Properties = Readonly<Record<'name', string>>
type Atlas = Topology<Readonly<Record<'states' | 'counties', GeometryCollection<Properties>>>>
type Positions = readonly (readonly number[])[]

const flat = (positions: Positions): readonly Point[] => positions.map(([longitude = 0, latitude = 0]) => project(latitude * 1e6, longitude * 1e6))

function boxOf(points: readonly Point[]): Box {
  let [left, right, top, bottom] = [1, 0, 1, 0]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, right, top, bottom }
}

const lines = (all: readonly Positions[]): readonly Line[] => all.map(flat).map((points) => ({ points, ...boxOf(points) }))

/** Where its name stands: in the middle of its largest piece. */
function names(atlas: Atlas, places: GeometryCollection<Properties>): readonly PlaceName[] {
  return feature(atlas, places).features.flatMap(({ geometry, properties }) => {
    const rings = geometry.type === 'Polygon' ? geometry.coordinates.slice(0, 1) : geometry.type === 'MultiPolygon' ? geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1)) : []
    const boxes = rings.map((ring) => boxOf(flat(ring)))
    const size = ({ left, right, top, bottom }: Box): number => (right - left) * (bottom - top)
    const box = boxes.toSorted((one, other) => size(other) - size(one))[0]
    return box ? [{ words: properties.name, at: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, width: box.right - box.left }] : []
  })
}

/** @param atlas with the objects `states` and `counties`, in degrees */
export function bordersOf(atlas: Atlas): Borders {
  const { states, counties } = atlas.objects
  return {
    states: lines(mesh(atlas, states).coordinates),
    // A state's own border is drawn once, as that.
    counties: lines(mesh(atlas, counties, (one, other) => one !== other && String(one.id).slice(0, 2) === String(other.id).slice(0, 2)).coordinates),
    stateNames: names(atlas, states),
    countyNames: names(atlas, counties),
  }
}

let coming: Promise<Borders> | null = null

/** The borders, read once for each page. @throws where the file can't be read; the map does without it then */
export function loadBorders(): Promise<Borders> {
  coming ??= readServedJson<Atlas>(address)
    .then(bordersOf)
    .catch((error: unknown) => {
      coming = null
      throw error
    })
  return coming
}

/** Nearer than this counties can be told apart. */
const COUNTIES_FROM = 6.5
/** Nearer than this a state's name would stand alone in the middle of nothing. */
const STATE_NAMES_TO = 8

type Pen = CanvasRenderingContext2D

function drawLines(pen: Pen, all: readonly Line[], view: MapView, extent: Extent): void {
  const [from, to] = [fromScreen({ x: 0, y: 0 }, view, extent), fromScreen({ x: extent.width, y: extent.height }, view, extent)]
  pen.beginPath()
  for (const { left, right, top, bottom, points } of all) {
    if (right < from.x || left > to.x || bottom < from.y || top > to.y) continue
    points.forEach((point, index) => {
      const { x, y } = toScreen(point, view, extent)
      if (index === 0) pen.moveTo(x, y)
      else pen.lineTo(x, y)
    })
  }
  pen.stroke()
}

/** The lines, beneath everything that is the company's own. */
export function drawBorders(pen: Pen, { states, counties }: Borders, view: MapView, extent: Extent, isDark: boolean): void {
  pen.lineJoin = 'round'
  pen.strokeStyle = shade(color.lineStrong, isDark)
  if (view.zoom >= COUNTIES_FROM) {
    pen.lineWidth = 1
    drawLines(pen, counties, view, extent)
  }
  pen.lineWidth = 1.75
  drawLines(pen, states, view, extent)
}

/** The names that fit into their places. @param taken where other names stand already */
export function drawBorderNames(pen: Pen, { stateNames, countyNames }: Borders, taken: readonly Written[], view: MapView, extent: Extent, isDark: boolean): void {
  const scale = worldWidth(view.zoom)
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = shade(color.text3, isDark)
  pen.strokeStyle = shade(color.canvas, isDark)
  pen.lineWidth = 3
  pen.font = fontOf(12, 500)
  for (const { words, at, width } of view.zoom < STATE_NAMES_TO ? stateNames : countyNames) {
    const { x, y } = toScreen(at, view, extent)
    if (x < 0 || y < 0 || x > extent.width || y > extent.height) continue
    const wide = pen.measureText(words).width
    if (wide > width * scale * 0.9) continue
    if (taken.some((other) => Math.abs(other.y - y) < 26 && Math.abs(other.x - x) < other.half + wide / 2)) continue
    pen.strokeText(words, x, y)
    pen.fillText(words, x, y)
  }
  pen.textAlign = 'left'
}
