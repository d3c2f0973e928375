import type { StateName } from '../../components/StateGlyph.tsx'
import { color } from '../../theme/tokens.ts'
import { type Borders, drawBorderNames, drawBorders } from './borders.ts'
import { type Cluster, clustersOf } from './clusters.ts'
import { drawGround, drawGroundNames, type Ground } from './ground.ts'
import { drawLegs } from './legs.ts'
import type { MapDay, MapTechnician, MapVisit } from './mapDay.ts'
import { fontOf, type Mark, MARK_HEIGHT, MarkBook, shade } from './marks.ts'
import { type Extent, isOnScreen, type MapView, type Point, toScreen } from './mercator.ts'
import { Pictures, type PicturesState } from './pictures.ts'

/** What the map shows, apart from where one looks. */
export interface Scene {
  readonly day: MapDay
  readonly ground: readonly Ground[]
  /** Null until they are read. */
  readonly borders: Borders | null
  readonly selectedId: string | null
  /** Whose way stands out. */
  readonly technicianId: string | null
  readonly isDark: boolean
  /** The address of map pictures; null for outlines only. */
  readonly pictures: string | null
}

/** What lies under the pointer. */
export type Hit =
  | { readonly kind: 'visits'; readonly visits: readonly MapVisit[] }
  | { readonly kind: 'technicians'; readonly technicians: readonly MapTechnician[] }

interface Placed {
  readonly x: number
  readonly y: number
  readonly mark: Mark
  readonly hit: Hit
}

interface Clusters {
  readonly zoom: number
  readonly visits: readonly Cluster[]
  readonly technicians: readonly Cluster[]
}

/** Marks nearer than this become one, px. */
const CROWDED = 26
/** A technician's mark stands above the place, so that the visit there stays readable. */
const ABOVE = MARK_HEIGHT + 3
/** Names beside marks only while they are few, so that they can be read. */
const NAMED = 30

/** `Wes Tran` is `WT`. */
const initials = (name: string): string => name.split(/\s+/).map((part) => part[0] ?? '').join('').slice(0, 2).toUpperCase()

/** Draws the map on a canvas when something has changed, once for each frame; knows what lies where. */
export class MapPainter {
  readonly #canvas: HTMLCanvasElement
  readonly #pen: CanvasRenderingContext2D
  readonly #picturesChanged: (state: PicturesState) => void
  #scene: Scene | null = null
  #view: MapView | null = null
  #extent: Extent = { width: 0, height: 0 }
  #density = 1
  #book: MarkBook | null = null
  #pictures: Pictures | null = null
  #frame = 0
  #placed: readonly Placed[] = []
  #clusters: Clusters | null = null
  #visits: readonly (MapVisit & { readonly at: Point })[] = []
  #technicians: readonly (MapTechnician & { readonly at: Point })[] = []

  constructor(canvas: HTMLCanvasElement, picturesChanged: (state: PicturesState) => void) {
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('This page has no canvas to draw the map on')
    this.#canvas = canvas
    this.#pen = pen
    this.#picturesChanged = picturesChanged
  }

  show(scene: Scene): void {
    if (scene.day !== this.#scene?.day) {
      this.#visits = scene.day.visits.flatMap((visit) => (visit.at === null ? [] : [{ ...visit, at: visit.at }]))
      this.#technicians = scene.day.technicians.flatMap((one) => (one.at === null || (one.visits.length === 0 && one.technician.shifts.length === 0) ? [] : [{ ...one, at: one.at }]))
      this.#clusters = null
    }
    if (scene.isDark !== this.#scene?.isDark) this.#book = new MarkBook(scene.isDark, this.#density)
    if (scene.pictures !== (this.#scene?.pictures ?? null)) {
      this.#pictures = scene.pictures === null ? null : new Pictures(scene.pictures, () => this.#pictureCame())
      this.#picturesChanged('none')
    }
    this.#scene = scene
    this.#later()
  }

  look(view: MapView): void {
    this.#view = view
    this.#later()
  }

  /** @param density device pixels for a CSS px */
  resize(extent: Extent, density: number): void {
    if (density !== this.#density) {
      this.#density = density
      if (this.#scene) this.#book = new MarkBook(this.#scene.isDark, density)
    }
    this.#extent = extent
    this.#canvas.width = Math.round(extent.width * density)
    this.#canvas.height = Math.round(extent.height * density)
    // A canvas of another size is empty: it is filled before it is seen.
    this.#draw()
  }

  /** What is drawn uppermost there. */
  hit({ x, y }: Point): Hit | null {
    const margin = 2
    const placed = this.#placed.findLast((each) => Math.abs(each.x - x) <= each.mark.width / 2 + margin && Math.abs(each.y - y) <= each.mark.height / 2 + margin)
    return placed?.hit ?? null
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
  }

  #pictureCame(): void {
    this.#picturesChanged(this.#pictures?.state() ?? 'none')
    this.#later()
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const [scene, view, extent, pen, book] = [this.#scene, this.#view, this.#extent, this.#pen, this.#book]
    if (!scene || !view || !book || extent.width === 0) return
    const { isDark } = scene
    pen.setTransform(this.#density, 0, 0, this.#density, 0, 0)
    pen.fillStyle = shade(color.canvas, isDark)
    pen.fillRect(0, 0, extent.width, extent.height)
    this.#pictures?.draw(pen, view, extent)
    this.#drawBase(scene, view)
    drawLegs(pen, scene.day.legs, scene.technicianId, view, extent, isDark)
    this.#placed = [...this.#visitMarks(view, book), ...this.#technicianMarks(view, book), ...this.#chosenMark(view, book)]
    for (const { x, y, mark } of this.#placed) pen.drawImage(mark.image, Math.round(x - mark.width / 2), Math.round(y - mark.height / 2), mark.width, mark.height)
    this.#drawChosen(view, scene)
    this.#drawNames(scene, view)
  }

  /** What needs no network: it is the ground where there are no pictures, and only its names stand over them. */
  #drawBase({ ground, borders, isDark }: Scene, view: MapView): void {
    const [pen, extent, overPictures] = [this.#pen, this.#extent, this.#pictures?.state() === 'there']
    if (!overPictures) {
      drawGround(pen, ground, view, extent, isDark, borders !== null)
      if (borders) drawBorders(pen, borders, view, extent, isDark)
    }
    const taken = drawGroundNames(pen, ground, view, extent, isDark)
    if (borders && !overPictures) drawBorderNames(pen, borders, taken, view, extent, isDark)
  }

  #clustersAt(zoom: number): Clusters {
    if (this.#clusters?.zoom !== zoom) {
      this.#clusters = {
        zoom,
        visits: clustersOf(this.#visits.map(({ at }) => at), zoom, CROWDED),
        technicians: clustersOf(this.#technicians.map(({ at }) => at), zoom, CROWDED),
      }
    }
    return this.#clusters
  }

  #visitMarks(view: MapView, book: MarkBook): readonly Placed[] {
    return this.#clustersAt(view.zoom).visits.flatMap(({ at, members }) => {
      if (!isOnScreen(at, view, this.#extent, 40)) return []
      const visits = members.flatMap((index) => this.#visits[index] ?? [])
      const [first] = visits
      if (!first) return []
      const mark = visits.length === 1 ? visitMark(book, first) : book.several(visits.length)
      return [{ ...toScreen(at, view, this.#extent), mark, hit: { kind: 'visits', visits } as const }]
    })
  }

  #technicianMarks(view: MapView, book: MarkBook): readonly Placed[] {
    return this.#clustersAt(view.zoom).technicians.flatMap(({ at, members }) => {
      if (!isOnScreen(at, view, this.#extent, 60)) return []
      const technicians = members.flatMap((index) => this.#technicians[index] ?? [])
      const [first] = technicians
      if (!first) return []
      const { x, y } = toScreen(at, view, this.#extent)
      const mark = book.technician(initials(first.technician.name) + (technicians.length > 1 ? ` +${technicians.length - 1}` : ''), technicians.length === 1 && first.fact.kind === 'onTheWay')
      return [{ x, y: y - ABOVE, mark, hit: { kind: 'technicians', technicians } as const }]
    })
  }

  /** The chosen visit stands by itself over everything, also where it would be one of several. */
  #chosenMark(view: MapView, book: MarkBook): readonly Placed[] {
    const visit = this.#visits.find((each) => each.visit.id === this.#scene?.selectedId)
    if (!visit || !isOnScreen(visit.at, view, this.#extent, 40)) return []
    return [{ ...toScreen(visit.at, view, this.#extent), mark: visitMark(book, visit), hit: { kind: 'visits', visits: [visit] } }]
  }

  /** Marigold is what is in hand: a halo with an edge of ink, as a focused row has it. */
  #drawChosen(view: MapView, { selectedId, isDark }: Scene): void {
    const placed = this.#placed.at(-1)
    if (selectedId === null || placed?.hit.kind !== 'visits' || placed.hit.visits[0]?.visit.id !== selectedId || placed.hit.visits.length > 1 || !this.#visits.some(({ visit }) => visit.id === selectedId)) return
    const { width, height } = placed.mark
    const around = (by: number, ink: string, line: number): void => {
      this.#pen.beginPath()
      this.#pen.roundRect(Math.round(placed.x - width / 2) - by, Math.round(placed.y - height / 2) - by, width + 2 * by, height + 2 * by, 3 + by)
      this.#pen.lineWidth = line
      this.#pen.strokeStyle = ink
      this.#pen.stroke()
    }
    around(3, shade(color.accent, isDark), 4)
    around(5.5, shade(color.ink, isDark), 1.5)
  }

  /** The customers' names beside the marks of the way that stands out, where nothing is in their way. */
  #drawNames({ technicianId, selectedId, isDark }: Scene, view: MapView): void {
    const named = this.#visits.filter(({ visit }) => visit.id === selectedId || (technicianId !== null && (visit.technicianId === technicianId || visit.crewIds.includes(technicianId))))
    if (named.length > NAMED) return
    const boxes = this.#placed.map(({ x, y, mark }) => ({ left: x - mark.width / 2, right: x + mark.width / 2, top: y - mark.height / 2, bottom: y + mark.height / 2 }))
    const pen = this.#pen
    pen.font = fontOf(12, 500)
    pen.textBaseline = 'middle'
    for (const { visit, at } of named) {
      const { x, y } = toScreen(at, view, this.#extent)
      const left = x + (visit.id === selectedId ? 30 : 24)
      const box = { left, right: left + pen.measureText(visit.shortName).width, top: y - 8, bottom: y + 8 }
      if (boxes.some((other) => other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top)) continue
      boxes.push(box)
      pen.lineWidth = 3
      pen.lineJoin = 'round'
      pen.strokeStyle = shade(color.surface, isDark)
      pen.fillStyle = shade(color.text, isDark)
      pen.strokeText(visit.shortName, left, y)
      pen.fillText(visit.shortName, left, y)
    }
  }
}

function visitMark(book: MarkBook, { visit, number }: MapVisit): Mark {
  const state: StateName = visit.state
  return book.visit(state, number === null ? '\u2013' : String(number))
}
