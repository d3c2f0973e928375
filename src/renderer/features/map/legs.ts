import { color, state } from '../../theme/tokens.ts'
import type { MapLeg } from './mapDay.ts'
import { shade } from './marks.ts'
import { type Extent, type MapView, toScreen } from './mercator.ts'

type Pen = CanvasRenderingContext2D

/** An arrow head this long halfway, where the drive is long enough to carry one, px. */
const HEAD = 6
const SHORTEST = 44

interface Line {
  readonly from: { readonly x: number; readonly y: number }
  readonly to: { readonly x: number; readonly y: number }
}

const isSeen = ({ from, to }: Line, { width, height }: Extent): boolean => Math.max(from.x, to.x) >= 0 && Math.max(from.y, to.y) >= 0 && Math.min(from.x, to.x) <= width && Math.min(from.y, to.y) <= height

function strokeAll(pen: Pen, lines: readonly Line[], width: number, ink: string, dash: readonly number[]): void {
  pen.lineWidth = width
  pen.strokeStyle = ink
  pen.setLineDash([...dash])
  // One by one: a single path of two thousand lines that cross each other is many times as slow to fill in.
  for (const { from, to } of lines) {
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    pen.lineTo(to.x, to.y)
    pen.stroke()
  }
  pen.setLineDash([])
}

function fillHeads(pen: Pen, lines: readonly Line[], ink: string): void {
  pen.beginPath()
  for (const { from, to } of lines) {
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (length < SHORTEST) continue
    const [alongX, alongY] = [(to.x - from.x) / length, (to.y - from.y) / length]
    const [x, y] = [from.x + alongX * length * 0.6, from.y + alongY * length * 0.6]
    pen.moveTo(x + alongX * HEAD, y + alongY * HEAD)
    pen.lineTo(x - alongX * HEAD - alongY * HEAD * 0.7, y - alongY * HEAD + alongX * HEAD * 0.7)
    pen.lineTo(x - alongX * HEAD + alongY * HEAD * 0.7, y - alongY * HEAD - alongX * HEAD * 0.7)
    pen.closePath()
  }
  pen.fillStyle = ink
  pen.fill()
}

/** Where a day began: a small house, so that a line's free end is no riddle. */
function drawHomes(pen: Pen, lines: readonly Line[], ink: string, ground: string): void {
  pen.fillStyle = ground
  pen.strokeStyle = ink
  pen.lineWidth = 1.5
  for (const { from } of lines) {
    const house = new Path2D(`M${from.x - 5} ${from.y - 1} ${from.x} ${from.y - 6}l5 5v6h-10z`)
    pen.fill(house)
    pen.stroke(house)
  }
}

/** With more lines than this nobody tells dots apart, and they cost the most: what is driven is paler then. */
const CROWDED = 300

/** A house of everybody's is a square then. */
function drawSquares(pen: Pen, lines: readonly Line[], ink: string): void {
  pen.fillStyle = ink
  for (const { from } of lines) pen.fillRect(Math.round(from.x) - 2, Math.round(from.y) - 2, 4, 4)
}

/**
 * The drives as straight lines: solid ahead, dotted behind, in the colour of a dispatched visit while one is under way. The way of
 * one technician stands out in ink.
 */
export function drawLegs(pen: Pen, legs: readonly MapLeg[], technicianId: string | null, view: MapView, extent: Extent, isDark: boolean): void {
  const lines = legs
    .map((leg) => ({ ...leg, from: toScreen(leg.from, view, extent), to: toScreen(leg.to, view, extent) }))
    .filter((leg) => isSeen(leg, extent))
  const [others, own] = [lines.filter((leg) => leg.technicianId !== technicianId), lines.filter((leg) => leg.technicianId === technicianId)]
  const of = (list: typeof lines, when: MapLeg['when']): typeof lines => list.filter((leg) => leg.when === when)
  const quiet = shade(technicianId === null ? color.control : color.lineStrong, isDark)
  const isCrowded = others.length > CROWDED
  strokeAll(pen, of(others, 'driven'), 1, isCrowded ? shade(color.line, isDark) : quiet, isCrowded ? [] : [2, 4])
  strokeAll(pen, of(others, 'ahead'), isCrowded ? 1 : 1.25, quiet, [])
  strokeAll(pen, of(others, 'now'), 2, shade(state.dispatched.edge, isDark), [])
  const ink = shade(color.ink, isDark)
  strokeAll(pen, of(own, 'driven'), 2, ink, [2, 5])
  strokeAll(pen, of(own, 'ahead'), 2, ink, [])
  strokeAll(pen, of(own, 'now'), 3.5, shade(state.dispatched.edge, isDark), [])
  fillHeads(pen, own, ink)
  const surface = shade(color.surface, isDark)
  const homes = others.filter(({ fromHome }) => fromHome)
  if (isCrowded) drawSquares(pen, homes, quiet)
  else drawHomes(pen, homes, quiet, surface)
  drawHomes(pen, own.filter(({ fromHome }) => fromHome), ink, surface)
}
