import type { Instant } from '../../../../shared/base/time.ts'
import type { GroupRow, TechnicianRow } from '../boardLayout.ts'
import { type BarMarks, type BarView, createBarView } from './barView.ts'
import { element, recycle, setAttribute, type Shown } from './elements.ts'
import { headWords, PATH_KINDS, type PlacedBar, type PlacedBlock, placeBar, placeBlocks, rowPaths, type Scale } from './placing.ts'
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

interface BlockView extends Shown {
  readonly words: HTMLElement
}

function createBlockView(): BlockView {
  const root = element('div', classes['block'])
  const words = element('span', undefined)
  root.append(words)
  root.setAttribute('aria-hidden', 'true')
  return { root, key: '', words }
}

/** In less than this, in pixels, a word is one letter of it: the tint says enough. */
const LEAST_WORDS = 24

const barPool: BarView[] = []
const blockPool: BlockView[] = []

export function createTechnicianView(): TechnicianView {
  const root = element('div', classes['line'], 'row')
  const header = element('div', 'spoken', 'rowheader')
  const head = element('div', classes['head'])
  const drawing = document.createElementNS(SVG, 'svg')
  const paths = new Map<string, SVGPathElement>()
  const none = element('span', 'spoken', 'gridcell')
  none.textContent = 'No visits'
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
    header.textContent = words.spoken
    header.setAttribute('aria-description', words.description)
  }

  /** Where everything stands, in sight or not: scrolling asks for it at every step. */
  let blockPlaces: readonly PlacedBlock[] = []
  let barPlaces: readonly PlacedBar[] = []

  const showBlocks = ({ stretch }: RowFrame): void => {
    const placed = blockPlaces.filter(({ x, width }) => inSight(stretch, x, width))
    if (placed.length === 0 && blocks.length === 0) return
    blocks = recycle(root, blocks, placed.map(({ key }) => key), blockPool, createBlockView, drawing)
    placed.forEach(({ x, width, kind, words }, index) => {
      const view = blocks[index]
      if (!view) return
      view.root.className = `${classes['block']} ${classes[kind]}`
      view.root.style.transform = `translateX(${x}px)`
      view.root.style.width = `${width}px`
      view.words.textContent = width < LEAST_WORDS ? '' : words
    })
  }

  const showBars = (row: TechnicianRow, { scale, now, stretch, marks }: RowFrame): void => {
    const wanted: { readonly index: number; readonly key: string }[] = []
    for (let index = 0; index < row.bars.length; index++) {
      const bar = row.bars[index]
      if (!bar) continue
      const kept = bar.key === marks.tabStopKey || bar.key === marks.currentKey
      const place = barPlaces[index]
      if (kept || (place && inSight(stretch, place.x, place.width))) wanted.push({ index, key: bar.key })
    }
    bars = recycle(root, bars, wanted.map(({ key }) => key), barPool, createBarView, blocks.at(-1)?.root ?? drawing)
    wanted.forEach(({ index }, place) => {
      const bar = row.bars[index]
      if (bar) bars[place]?.show(bar, index + 2, scale, now, marks)
    })
    if (row.bars.length > 0) none.remove()
    else if (!none.isConnected) root.append(none)
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
      const sameRow = shown?.row === row
      const sameScale = sameRow && shown?.frame.scale === scale
      if (!sameScale) {
        showHead(row, scale)
        blockPlaces = placeBlocks(row, scale)
        barPlaces = row.bars.map((bar) => placeBar(bar, scale))
      }
      if (!sameScale || shown?.frame.now !== now) draw(row, scale, now)
      const sameStretch = sameScale && shown?.frame.stretch.from === stretch.from && shown.frame.stretch.to === stretch.to
      if (!sameStretch) showBlocks(frame)
      if (!sameStretch || shown?.frame.now !== now || shown.frame.marks !== marks) showBars(row, frame)
      if (!sameRow || shown?.frame.marks !== marks) setAttribute(head, 'data-on', marks.currentKey !== null && row.bars.some(({ key }) => key === marks.currentKey) ? '' : null)
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
