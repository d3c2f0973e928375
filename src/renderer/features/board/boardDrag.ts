import { HOUR, type Instant } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { announce, setDragging } from '../../stores/board.ts'
import { type Axis, type BoardRowModel, lengthOf, rowAt, type RowHeights, snap, type TechnicianRow, type Trial, tryPlan } from './boardLayout.ts'
import { spanIn, trialProblems } from './boardWords.ts'

/** Where the board stood when a bar was lifted; nothing moves under the hand, so it holds until it is set down. */
export interface BoardGeometry {
  readonly scroller: HTMLElement
  readonly rows: readonly BoardRowModel[]
  readonly tops: readonly number[]
  readonly heights: RowHeights
  readonly axis: Axis
  readonly zeroAt: Instant
  readonly hourWidth: number
  /** The width of the technicians' column and the height of the ruler, px. */
  readonly left: number
  readonly top: number
}

export interface DragClasses {
  readonly ghost: string
  readonly bar: string
  readonly words: string
  readonly bad: string
}

export interface DragOptions {
  readonly visit: BoardVisit
  readonly geometry: BoardGeometry
  readonly classes: DragClasses
  /** At work the visit stays with its technician. */
  readonly ownRowOnly: boolean
  readonly onDrop: (trial: Trial, row: TechnicianRow) => void
  /** Let go over the trays: off the technician. */
  readonly onUnassign: (() => void) | null
  /** Pressed and let go without moving: a click. */
  readonly onClick: () => void
}

type Target = { readonly kind: 'row'; readonly row: TechnicianRow; readonly trial: Trial; readonly top: number } | { readonly kind: 'tray' } | { readonly kind: 'nowhere' }

/** A hand trembles this far before it is a drag. */
const TREMBLE = 4
const EDGE = 32
const EDGE_STEP = 12

/**
 * Follows a press from `pointerdown` on. While it drags, a ghost moves in the DOM and no React state changes;
 * Escape puts everything back.
 */
export function followPress(down: PointerEvent, source: HTMLElement, options: DragOptions): void {
  const { visit, geometry, classes, ownRowOnly } = options
  const grabbed = visit.startsAt === null ? 0 : down.clientX - source.getBoundingClientRect().left
  let ghost: { readonly root: HTMLElement; readonly bar: HTMLElement; readonly words: HTMLElement } | null = null
  let target: Target = { kind: 'nowhere' }
  let last = down
  let frame = 0

  const lift = (): void => {
    const root = document.createElement('div')
    const bar = document.createElement('div')
    const words = document.createElement('div')
    root.className = classes.ghost
    bar.className = classes.bar
    words.className = classes.words
    bar.style.width = `${(lengthOf(visit) / HOUR) * geometry.hourWidth - 2}px`
    bar.style.setProperty('--ghost-height', `${geometry.heights.technician - 8}px`)
    root.append(bar, words)
    root.setAttribute('aria-hidden', 'true')
    geometry.scroller.ownerDocument.body.append(root)
    source.setAttribute('data-lifted', '')
    ghost = { root, bar, words }
    setDragging(true)
  }

  const aim = (event: PointerEvent): Target => {
    const box = geometry.scroller.getBoundingClientRect()
    if (event.clientX >= box.right) return { kind: 'tray' }
    const y = event.clientY - box.top - geometry.top + geometry.scroller.scrollTop
    if (event.clientY < box.top || event.clientY > box.bottom || y < 0 || y > (geometry.tops.at(-1) ?? 0)) return { kind: 'nowhere' }
    const index = rowAt(geometry.tops, y)
    const row = geometry.rows[index]
    if (row?.kind !== 'technician' || (ownRowOnly && row.technician.id !== visit.technicianId)) return { kind: 'nowhere' }
    const x = event.clientX - grabbed - box.left - geometry.left + geometry.scroller.scrollLeft
    const startsAt = snap(geometry.axis.startsAt + (x / geometry.hourWidth) * HOUR)
    return { kind: 'row', row, trial: tryPlan(visit, row, startsAt), top: box.top + geometry.top - geometry.scroller.scrollTop + (geometry.tops[index] ?? 0) }
  }

  const draw = (): void => {
    frame = 0
    if (!ghost) return
    edgeScroll(geometry.scroller, last)
    target = aim(last)
    let [x, y, title, detail, bad] = [last.clientX - grabbed, last.clientY - 8, visit.shortName, 'Let go here to leave it as it is', false]
    if (target.kind === 'row') {
      const problems = trialProblems(target.trial, geometry.zeroAt)
      const box = geometry.scroller.getBoundingClientRect()
      x = box.left + geometry.left - geometry.scroller.scrollLeft + ((target.trial.startsAt - geometry.axis.startsAt) / HOUR) * geometry.hourWidth
      y = target.top + 2
      title = `${spanIn(geometry.zeroAt, target.trial.startsAt, target.trial.endsAt)} \u00B7 ${target.row.technician.name}`
      detail = problems.join('. ')
      bad = problems.length > 0
    } else if (target.kind === 'tray' && options.onUnassign) {
      detail = 'Let go here to unassign it'
    }
    ghost.root.style.transform = `translate(${x}px, ${y}px)`
    ghost.root.classList.toggle(classes.bad, bad)
    const strong = document.createElement('b')
    strong.textContent = title
    ghost.words.replaceChildren(strong, detail)
  }

  const schedule = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  const end = (): void => {
    cancelAnimationFrame(frame)
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', onCancel)
    window.removeEventListener('keydown', onKey, true)
    geometry.scroller.removeEventListener('scroll', schedule)
    source.removeAttribute('data-lifted')
    ghost?.root.remove()
    if (ghost) setDragging(false)
    ghost = null
  }

  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    last = event
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= TREMBLE) lift()
    if (ghost) schedule()
  }

  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    const dragged = ghost !== null
    if (dragged) target = aim(event)
    end()
    if (!dragged) options.onClick()
    else if (target.kind === 'row') options.onDrop(target.trial, target.row)
    else if (target.kind === 'tray') options.onUnassign?.()
    else announce(`${visit.shortName} stays where it was`)
  }

  const onCancel = (): void => end()

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !ghost) return
    event.preventDefault()
    event.stopImmediatePropagation()
    end()
    announce(`${visit.shortName} stays where it was`)
  }

  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', onCancel)
  window.addEventListener('keydown', onKey, true)
  geometry.scroller.addEventListener('scroll', schedule)
}

/** Near the top or the bottom the board scrolls under the hand. */
function edgeScroll(scroller: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const box = scroller.getBoundingClientRect()
  if (clientX < box.left || clientX > box.right) return
  if (clientY < box.top + EDGE) scroller.scrollTop -= EDGE_STEP
  else if (clientY > box.bottom - EDGE) scroller.scrollTop += EDGE_STEP
}
