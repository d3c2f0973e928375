import type { Instant } from '../../../../shared/base/time.ts'
import type { GroupRow, TechnicianRow } from '../boardLayout.ts'
import { barId, type BarMarks, type BarView, createBarView } from './barView.ts'
import { cellsOf, headKey, type TimedCell } from '../boardCells.ts'
import { type BlockView, createBlockView } from './blockView.ts'
import { element, putInOrder, reassign, setAttribute, type Shown } from './elements.ts'
import { headWords, PATH_KINDS, type PlacedBar, type PlacedBlock, placeBar, placeBars, placeBlock, rowPaths, type Scale } from './placing.ts'
import classes from './timeline.module.css'
import { inSight, type Stretch } from './windowing.ts'

/** All that a row needs to know to be drawn. */
export interface RowFrame {
  readonly scale: Scale
  readonly now: Instant
  /** Bars outside it are not in the page, but for the one that has the focus or is Tab's. */
  readonly stretch: Stretch
  readonly marks: BarMarks
}

/**
 * A technician's row on the page; as rows scroll out of sight, their elements show others. What is seen of its head stands in a
 * column of its own: a head that sticks in each row would make the browser draw every row by itself.
 */
export interface TechnicianView extends Shown {
  /** The head as it is seen, its words drawn by the stylesheet; the row has one for screen readers. */
  readonly head: HTMLElement
  show(row: TechnicianRow, index: number, top: number, frame: RowFrame): void
  bar(key: string): BarView | undefined
  /** Gives a bar with all that it has, the focus too, to the row it moved to. */
  give(key: string): BarView | undefined
  take(bar: BarView): void
}

const SVG = 'http://www.w3.org/2000/svg'

const barPool: BarView[] = []
const blockPool: BlockView[] = []

export function createTechnicianView(): TechnicianView {
  const root = element('div', classes['line'], 'row')
  const header = element('div', `spoken ${classes['spokenHead']}`, 'rowheader')
  const head = element('div', classes['head'])
  const drawing = document.createElementNS(SVG, 'svg')
  const paths = new Map<string, SVGPathElement>()
  const none = element('span', 'spoken', 'gridcell')
  none.textContent = 'No visits'
  header.setAttribute('aria-colindex', '1')
  none.setAttribute('aria-colindex', '2')
  head.setAttribute('aria-hidden', 'true')
  drawing.setAttribute('class', classes['drawing'] ?? '')
  drawing.setAttribute('aria-hidden', 'true')
  root.append(header, drawing)
  let handset: HTMLElement | null = null
  let bars: readonly BarView[] = []
  let blocks: readonly BlockView[] = []
  let shown: { readonly row: TechnicianRow; readonly frame: RowFrame } | null = null

  const draw = (row: TechnicianRow, scale: Scale, now: Instant): void => {
    const drawn = rowPaths(row, scale, now)
    for (const kind of PATH_KINDS) {
      const d = drawn[kind]
      let path = paths.get(kind)
      if (d === '') {
        path?.remove()
        paths.delete(kind)
        continue
      }
      if (!path) {
        path = document.createElementNS(SVG, 'path')
        path.setAttribute('class', classes[`path-${kind}`] ?? '')
        paths.set(kind, path)
        // What warns lies over what only tells.
        if (kind === 'off') drawing.prepend(path)
        else drawing.append(path)
      }
      path.setAttribute('d', d)
    }
  }

  const showHead = (row: TechnicianRow, scale: Scale): void => {
    const words = headWords(row, scale)
    head.dataset['name'] = words.name
    head.dataset['left'] = words.left
    head.className = [classes['head'], words.off ? classes['absent'] : '', words.over ? classes['over'] : ''].join(' ')
    if (!words.onCall) handset?.remove()
    else head.append((handset ??= element('i', classes['onCall'])))
    header.id = barId(headKey(row.key))
    header.dataset['cell'] = headKey(row.key)
    header.textContent = words.spoken
    header.setAttribute('aria-description', words.description)
  }

  /** Where everything stands, in sight or not: scrolling asks for it at every step. */
  let places: readonly (PlacedBar | PlacedBlock)[] = []
  /** How the cells stood when they were last drawn. */
  let stood: ReadonlyMap<Element, { readonly place: number; readonly key: string }> = new Map()

  const showCells = (row: TechnicianRow, { scale, now, stretch, marks }: RowFrame): void => {
    const cells = cellsOf(row)
    const wanted: { readonly index: number; readonly cell: TimedCell }[] = []
    for (let index = 0; index < cells.length; index++) {
      const [cell, place] = [cells[index], places[index]]
      if (!cell || !place) continue
      if (cell.key === marks.tabStopKey || cell.key === marks.currentKey || inSight(stretch, place.x, place.width)) wanted.push({ index, cell })
    }
    bars = reassign(bars, wanted.flatMap(({ cell }) => (cell.kind === 'visit' ? [cell.key] : [])), barPool, createBarView)
    blocks = reassign(blocks, wanted.flatMap(({ cell }) => (cell.kind === 'time' ? [cell.key] : [])), blockPool, createBlockView)
    let [bar, block] = [0, 0]
    const shownCells = wanted.flatMap(({ index, cell }) => {
      const view = cell.kind === 'visit' ? bars[bar++] : blocks[block++]
      return view ? [{ index, cell, view }] : []
    })
    // The order of the page is the order of the day: so a screen reader goes through it.
    putInOrder(root, shownCells.map(({ view }) => view.root), shownCells.map(({ cell, view }) => (stood.get(view.root)?.key === cell.key && view.root.parentNode === root ? (stood.get(view.root)?.place ?? -1) : -1)), drawing)
    stood = new Map(shownCells.map(({ cell, view }, place) => [view.root, { place, key: cell.key }]))
    for (const { index, cell, view } of shownCells) {
      if (cell.kind === 'visit') (view as BarView).show(cell.bar, places[index] as PlacedBar, index + 2, scale, now, marks)
      else (view as BlockView).show(places[index] as PlacedBlock, index + 2, marks)
    }
    if (cells.length > 0) none.remove()
    else if (!none.isConnected) root.append(none)
  }

  const showHeadMarks = (row: TechnicianRow, { marks }: RowFrame): void => {
    const { currentKey, tabStopKey } = marks
    const own = headKey(row.key)
    setAttribute(header, 'tabindex', tabStopKey === own ? '0' : '-1')
    setAttribute(head, 'data-on', currentKey !== null && (currentKey === own || cellsOf(row).some(({ key }) => key === currentKey)) ? '' : null)
    setAttribute(head, 'data-current', currentKey === own ? '' : null)
  }

  return {
    root,
    head,
    key: '',
    show(row, index, top, frame) {
      root.style.transform = `translateY(${top}px)`
      head.style.transform = `translateY(${top}px)`
      setAttribute(root, 'aria-rowindex', String(index))
      setAttribute(head, 'data-technician', row.key)
      const { scale, now, stretch, marks } = frame
      const same = shown?.row === row
      const sameScale = same && shown?.frame.scale === scale
      if (!sameScale) {
        showHead(row, scale)
        // Bars stand among a row's cells in their own order.
        const placed = placeBars(row, scale)
        let next = 0
        places = cellsOf(row).map((cell) => (cell.kind === 'visit' ? (placed[next++] ?? placeBar(cell.bar, scale)) : placeBlock(row.technician.id, cell.block, scale)))
      }
      if (!sameScale || shown?.frame.now !== now) draw(row, scale, now)
      const sameStretch = sameScale && shown?.frame.stretch.from === stretch.from && shown.frame.stretch.to === stretch.to
      if (!sameStretch || shown?.frame.now !== now || shown.frame.marks !== marks) showCells(row, frame)
      if (!same || shown?.frame.marks !== marks) showHeadMarks(row, frame)
      shown = { row, frame }
    },
    bar: (key) => bars.find((bar) => bar.key === key),
    give(key) {
      const given = bars.find((bar) => bar.key === key)
      if (given) {
        bars = bars.filter((bar) => bar !== given)
        shown = null
      }
      return given
    },
    take(bar) {
      root.moveBefore(bar.root, null)
      bars = [...bars, bar]
      shown = null
    },
  }
}

/** The head of a group: who is on and how full the day is. */
export interface GroupView extends Shown {
  readonly head: HTMLElement
  show(row: GroupRow, index: number, top: number): void
}

export function createGroupView(): GroupView {
  const root = element('div', classes['group'], 'row')
  const header = element('div', 'spoken', 'rowheader')
  const head = element('div', classes['groupHead'])
  head.setAttribute('aria-hidden', 'true')
  root.append(header)
  return {
    root,
    head,
    key: '',
    show(row, index, top) {
      root.style.transform = `translateY(${top}px)`
      head.style.transform = `translateY(${top}px)`
      setAttribute(root, 'aria-rowindex', String(index))
      const text = `${row.onShift} on \u00B7 ${row.full}% full`
      setAttribute(head, 'data-name', row.name)
      setAttribute(head, 'data-left', text)
      const spoken = `${row.name}, ${row.onShift} on, ${row.full} percent full`
      if (header.textContent !== spoken) header.textContent = spoken
    },
  }
}
