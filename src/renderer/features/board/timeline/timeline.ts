import type { Instant } from '../../../../shared/base/time.ts'
import { type BoardCell, cellIn, technicianOfKey, type TimedCell } from '../boardCells.ts'
import type { BoardRowModel, TechnicianRow } from '../boardLayout.ts'
import { type Axis, fittingHourWidth, instantAt, narrowestHour, type WallClock, xOf } from './axis.ts'
import { type BarMarks, barId } from './barView.ts'
import type { BoardModel } from './boardModel.ts'
import { element, putInOrder, setAttribute } from './elements.ts'
import { placeBar, placeBlock, type Scale } from './placing.ts'
import { createRulerView } from './rulerView.ts'
import { createGroupView, createTechnicianView, type GroupView, type RowFrame, type TechnicianView } from './rowView.ts'
import classes from './timeline.module.css'
import { reuse, type RowHeights, rowsInSight, rowTops, type Stretch, stretchInSight } from './windowing.ts'

/**
 * The board on the page: rows of technicians over time, of which only what is in sight is there, in elements that are put to new
 * use as it scrolls. It draws by itself what the model says has changed; no component of React stands within it.
 */

const RULER = 24
/** Rows kept beyond either edge. */
const BEYOND = 1
/** Sideways the page is drawn anew each time so many px were scrolled. */
const STRETCH_STEP = 48

/** How the board is to be drawn. */
export interface TimelineFrame {
  readonly label: string
  readonly axis: Axis
  readonly clock: WallClock
  /** What is shown first. */
  readonly home: { readonly startsAt: Instant; readonly endsAt: Instant }
  /** The width of an hour, px; null for as wide as the home span fits. */
  readonly zoom: number | null
  readonly heights: RowHeights
  readonly headWidth: number
  readonly large: boolean
  readonly now: Instant
}

/** Where things are on the screen, for a bar in hand. */
export interface TimelineGeometry {
  readonly scroller: HTMLElement
  readonly scale: Scale
  readonly rows: readonly BoardRowModel[]
  readonly tops: readonly number[]
  readonly heights: RowHeights
  /** The width of the technicians' column and the height of the ruler, px. */
  readonly left: number
  readonly top: number
}

export interface TimelineHooks {
  /** The width of an hour is another, or the board was scrolled sideways, px. */
  readonly onAcross: (hourWidth: number, scrollLeft: number) => void
  /** What had the focus has left the board. */
  readonly onFocusLost: () => void
}

export interface Timeline {
  readonly scroller: HTMLElement
  draw(frame: TimelineFrame): void
  mark(marks: BarMarks): void
  /** Brings a visit, kept time or a technician's head into sight and gives it the focus; false where it has no place here. */
  focus(key: string): boolean
  /** The instant that stands at a place of the window, or in the middle of what is shown. */
  instantUnder(clientX: number | null): Instant
  /** Draws with another width of an hour, that instant staying where it is. */
  zoomAround(hourWidth: number | null, at: Instant): void
  hourWidth(): number
  geometry(): TimelineGeometry
  close(): void
}

const NO_MARKS: BarMarks = { currentKey: null, tabStopKey: null, chosenIds: new Set(), inTheWayId: null, liftedIds: new Set(), changedBy: new Map() }

export function createTimeline(host: HTMLElement, model: BoardModel, hooks: TimelineHooks): Timeline {
  const scroller = element('div', classes['scroller'])
  const grid = element('div', classes['canvas'], 'grid')
  const ruler = createRulerView()
  const body = element('div', classes['rows'], 'rowgroup')
  const column = element('div', classes['column'])
  scroller.dataset['testid'] = 'board'
  scroller.dataset['scrollsSideways'] = ''
  grid.setAttribute('aria-multiselectable', 'true')
  const heads = element('div', classes['columnGround'])
  column.append(heads)
  column.setAttribute('aria-hidden', 'true')
  grid.append(ruler.behind, ruler.root, column, body)
  scroller.append(grid)
  host.append(scroller)

  let frame: TimelineFrame | null = null
  let scale: Scale | null = null
  let marks = NO_MARKS
  let zoom: number | null = null
  let tops: readonly number[] = [0]
  let view = { width: 0, height: 0 }
  let stretch: Stretch = { from: 0, to: -1 }
  let technicians: readonly TechnicianView[] = []
  let groups: readonly GroupView[] = []
  const technicianPool: TechnicianView[] = []
  const groupPool: GroupView[] = []
  let atHome: Axis | null = null
  /** How far into the axis the left edge stands, ms: a window that grows clips the scroll before anybody hears of it. */
  let leftEdge = 0

  /** The row a cell stands on. */
  const rowOfKey = (key: string | null): TechnicianRow | undefined => {
    if (key === null) return undefined
    const named = technicianOfKey(key)
    if (named !== undefined) {
      const row = model.row(named)
      return cellIn(row, key) ? row : undefined
    }
    const visit = model.visit(key)
    const lead = visit?.technicianId ? model.row(visit.technicianId) : undefined
    if (lead?.bars.some((bar) => bar.key === key)) return lead
    return model.rows().find((row): row is TechnicianRow => row.kind === 'technician' && row.bars.some((bar) => bar.key === key))
  }

  const viewWithBar = (key: string): TechnicianView | undefined => technicians.find((candidate) => candidate.bar(key) !== undefined)

  const focusedKey = (): string | null => {
    const { activeElement } = document
    return activeElement instanceof HTMLElement && body.contains(activeElement) ? (activeElement.dataset['bar'] ?? activeElement.dataset['cell'] ?? null) : null
  }

  /** The rows to be in the page: those in sight, and those whose bar has the focus or is Tab's. */
  const wantedRows = (): readonly number[] => {
    const { from, to } = rowsInSight(tops, scroller.scrollTop, view.height - RULER, BEYOND)
    const wanted = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset)
    const focused = focusedKey()
    const kept = [focused, marks.tabStopKey].map((key) => rowOfKey(key)?.key)
    if (focused !== null) kept.push(viewWithBar(focused)?.key)
    for (const key of kept) {
      const index = key === undefined ? -1 : model.indexOf(key)
      if (index !== -1 && !wanted.includes(index)) wanted.push(index)
    }
    return wanted.sort((left, right) => left - right)
  }

  /** How rows stood in the page when they were last drawn: by the element, where and for whom. */
  let stood: ReadonlyMap<Element, { readonly place: number; readonly key: string }> = new Map()

  function assign<View extends TechnicianView | GroupView>(views: readonly View[], keys: readonly string[], pool: View[], make: () => View): readonly View[] {
    const { elements, left } = reuse(views.map(({ key }) => key), keys)
    for (const index of left) {
      const unused = views[index]
      if (!unused) continue
      unused.root.remove()
      unused.head.remove()
      unused.key = ''
      pool.push(unused)
    }
    return elements.map((index, place) => {
      const next = (index === -1 ? pool.pop() : views[index]) ?? make()
      next.key = keys[place] ?? ''
      if (!next.head.isConnected) heads.append(next.head)
      return next
    })
  }

  /** A bar that has the focus and now stands on another row goes there with it. */
  const carryFocus = (): void => {
    const key = focusedKey()
    const to = rowOfKey(key)
    if (key === null || !to) return
    const from = viewWithBar(key)
    if (!from || from.key === to.key) return
    const target = technicians.find((candidate) => candidate.key === to.key)
    const bar = target ? from.give(key) : undefined
    if (bar) target?.take(bar)
  }

  /** Draws what is in sight; what shows the same as before is left alone. */
  const render = (): void => {
    if (!frame || !scale || view.width === 0) return
    const rows = model.rows()
    const focused = focusedKey()
    const lost = focused !== null && !rowOfKey(focused)
    // Its element may show something else in a moment: the keyboard must not find itself there unasked.
    if (lost && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    stretch = stretchInSight(scroller.scrollLeft, view.width - frame.headWidth, STRETCH_STEP)
    const rowFrame: RowFrame = { scale, now: frame.now, stretch, marks }
    const wanted = wantedRows().flatMap((index) => {
      const row = rows[index]
      return row ? [{ index, row }] : []
    })
    technicians = assign(technicians, wanted.flatMap(({ row }) => (row.kind === 'technician' ? [row.key] : [])), technicianPool, createTechnicianView)
    groups = assign(groups, wanted.flatMap(({ row }) => (row.kind === 'group' ? [row.key] : [])), groupPool, createGroupView)
    const queues = { technician: [...technicians], group: [...groups] }
    const placed = wanted.flatMap(({ index, row }) => {
      const next = queues[row.kind].shift()
      return next ? [{ index, row, next }] : []
    })
    const roots = placed.map(({ next }) => next.root)
    putInOrder(body, roots, placed.map(({ row, next }) => (stood.get(next.root)?.key === row.key ? (stood.get(next.root)?.place ?? -1) : -1)), null)
    stood = new Map(placed.map(({ row, next }, place) => [next.root, { place, key: row.key }]))
    carryFocus()
    for (const { index, row, next } of placed) {
      const top = tops[index] ?? 0
      if (row.kind === 'technician') (next as TechnicianView).show(row, index + 2, top, rowFrame)
      else (next as GroupView).show(row, index + 2, top)
    }
    ruler.show(scale.axis, scale.clock, scale.hourWidth, stretch, frame.now)
    if (lost) hooks.onFocusLost()
  }

  /** The column goes on below the last technician. */
  const showColumn = (): void => heads.style.setProperty('--column-height', `${Math.max(tops.at(-1) ?? 0, view.height - RULER)}px`)

  const measureRows = (): void => {
    if (!frame) return
    const rows = model.rows()
    tops = rowTops(rows, frame.heights)
    let people = 0
    let cells = 0
    for (const row of rows) {
      if (row.kind === 'group') continue
      people += 1
      cells = Math.max(cells, row.bars.length + row.technician.blocks.length)
    }
    ruler.tell(people === 1 ? '1 technician' : `${people} technicians`)
    setAttribute(grid, 'aria-rowcount', String(rows.length + 1))
    setAttribute(grid, 'aria-colcount', String(cells + 1))
    grid.style.height = `${(tops.at(-1) ?? 0) + RULER}px`
    showColumn()
    // With nobody to take the focus, the keyboard scrolls the board itself.
    setAttribute(scroller, 'tabindex', people === 0 ? '0' : null)
  }

  /** Makes the scale anew where the frame, the zoom or the room is another. */
  const measure = (): void => {
    if (!frame || view.width === 0) return
    const { axis, clock, home, heights, large, headWidth } = frame
    const room = view.width - headWidth
    const hourWidth = Math.max(narrowestHour(room, axis), zoom ?? fittingHourWidth(room, home, axis.dayStarts.length))
    const same = scale && scale.axis === axis && scale.clock === clock && scale.hourWidth === hourWidth && scale.rowHeight === heights.technician && scale.large === large
    if (same) return
    scale = { axis, clock, hourWidth, rowHeight: heights.technician, large }
    grid.style.width = `${headWidth + Math.ceil(xOf(axis, hourWidth, axis.endsAt))}px`
    if (atHome === null || atHome.dayStarts.length !== axis.dayStarts.length) leftEdge = home.startsAt - axis.startsAt
    scroller.scrollLeft = xOf(axis, hourWidth, axis.startsAt + leftEdge)
    atHome = axis
    hooks.onAcross(hourWidth, scroller.scrollLeft)
  }

  let acrossAt = 0
  const onScroll = (): void => {
    // Read before anything is written: asked afterwards, the browser would lay everything out at once.
    const { scrollLeft, clientWidth } = scroller
    if (scale && clientWidth === view.width) leftEdge = instantAt(scale.axis, scale.hourWidth, scrollLeft) - scale.axis.startsAt
    render()
    if (scrollLeft === acrossAt) return
    acrossAt = scrollLeft
    hooks.onAcross(scale?.hourWidth ?? 0, acrossAt)
  }
  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = scroller
    if (width === view.width && height === view.height) return
    view = { width, height }
    showColumn()
    measure()
    render()
  })
  observer.observe(scroller)
  scroller.addEventListener('scroll', onScroll, { passive: true })
  const unwatch = model.watch((change) => {
    if (change.kind === 'order') measureRows()
    render()
  })

  const placeOf = (cell: TimedCell, on: Scale): { readonly x: number; readonly width: number } => (cell.kind === 'visit' ? placeBar(cell.bar, on) : placeBlock(cell.technicianId, cell.block, on))

  /** Brings a cell into sight by the shortest way; a head is always in its column. */
  const reveal = (row: TechnicianRow, cell: BoardCell): void => {
    if (!frame || !scale) return
    const index = model.indexOf(row.key)
    const [top, bottom] = [tops[index] ?? 0, (tops[index + 1] ?? 0) + RULER]
    if (top < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - frame.heights.group)
    else if (bottom > scroller.scrollTop + view.height) scroller.scrollTop = bottom - view.height
    if (cell.kind === 'head') return
    const { x, width } = placeOf(cell, scale)
    const room = view.width - frame.headWidth
    if (x < scroller.scrollLeft || width > room) scroller.scrollLeft = Math.max(0, x - scale.hourWidth / 4)
    else if (x + width > scroller.scrollLeft + room) scroller.scrollLeft = x + width - room + scale.hourWidth / 4
  }

  return {
    scroller,
    draw(next) {
      const before = frame
      frame = next
      if (before?.zoom !== next.zoom) zoom = next.zoom
      if (before?.label !== next.label) grid.setAttribute('aria-label', next.label)
      if (view.width === 0) view = { width: scroller.clientWidth, height: scroller.clientHeight }
      if (before?.heights !== next.heights) measureRows()
      measure()
      render()
    },
    mark(next) {
      marks = next
      render()
    },
    focus(key) {
      const row = rowOfKey(key)
      const cell = cellIn(row, key)
      if (!row || !cell || model.indexOf(row.key) === -1) return false
      reveal(row, cell)
      render()
      const found = document.getElementById(barId(key))
      found?.focus({ preventScroll: true })
      return found !== null
    },
    instantUnder(clientX) {
      if (!frame || !scale) return 0
      const box = scroller.getBoundingClientRect()
      const x = clientX === null ? (view.width - frame.headWidth) / 2 : clientX - box.left - frame.headWidth
      return instantAt(scale.axis, scale.hourWidth, scroller.scrollLeft + Math.max(0, x))
    },
    zoomAround(hourWidth, at) {
      if (!frame || !scale) return
      const x = xOf(scale.axis, scale.hourWidth, at) - scroller.scrollLeft
      zoom = hourWidth
      measure()
      scroller.scrollLeft = xOf(scale.axis, scale.hourWidth, at) - x
      leftEdge = instantAt(scale.axis, scale.hourWidth, scroller.scrollLeft) - scale.axis.startsAt
      render()
    },
    hourWidth: () => scale?.hourWidth ?? 0,
    geometry() {
      if (!frame || !scale) throw new Error('The board is not drawn yet')
      return { scroller, scale, rows: model.rows(), tops, heights: frame.heights, left: frame.headWidth, top: RULER }
    },
    close() {
      unwatch()
      observer.disconnect()
      scroller.removeEventListener('scroll', onScroll)
      scroller.remove()
    },
  }
}
