import { type Instant, QUARTER_HOUR } from '../../../../shared/base/time.ts'
import type { BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import { announce, setLifted } from '../../../stores/board.ts'
import { lengthOf, type TechnicianRow, type Trial, tryPlan } from '../boardLayout.ts'
import { trialProblems } from '../boardWords.ts'
import { instantAt, snap, xOf } from './axis.ts'
import { element } from './elements.ts'
import { NARROWEST_BAR } from './placing.ts'
import classes from './timeline.module.css'
import type { TimelineGeometry } from './timeline.ts'
import { rowAt } from './windowing.ts'

/** What the hand has of a bar: the whole, or one end of it. */
export type Grip = 'whole' | 'start' | 'end'

export interface DragOptions {
  readonly visit: BoardVisit
  readonly grip: Grip
  /** Nothing moves under the hand, so how the board stood holds until the bar is set down. */
  readonly geometry: TimelineGeometry
  /** Chosen with it: they go along by as much. */
  readonly companionIds: readonly string[]
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

interface Ghost {
  readonly root: HTMLElement
  readonly bar: HTMLElement
  readonly title: HTMLElement
  readonly detail: HTMLElement
}

function makeGhost(height: number): Ghost {
  const root = element('div', classes['ghost'])
  const bar = element('div', classes['ghostBar'])
  const words = element('div', classes['ghostWords'])
  const title = element('b', undefined)
  const detail = element('span', undefined)
  bar.style.height = `${height}px`
  words.append(title, detail)
  root.append(bar, words)
  root.setAttribute('aria-hidden', 'true')
  document.body.append(root)
  return { root, bar, title, detail }
}

/** When the visit would be, the hand being at an instant. */
function planAt(visit: BoardVisit, grip: Grip, at: Instant): { readonly startsAt: Instant; readonly length: number } {
  const length = lengthOf(visit)
  const { startsAt, endsAt } = visit
  if (grip === 'whole' || startsAt === null || endsAt === null) return { startsAt: snap(at), length }
  const shortest = Math.min(length, QUARTER_HOUR)
  if (grip === 'end') return { startsAt, length: Math.max(shortest, snap(at) - startsAt) }
  const start = Math.min(snap(at), endsAt - shortest)
  return { startsAt: start, length: endsAt - start }
}

/**
 * Follows a press from `pointerdown` on. While it drags, a ghost moves in the DOM and no React state changes;
 * Escape puts everything back.
 */
export function followPress(down: PointerEvent, source: HTMLElement, options: DragOptions): void {
  const { visit, grip, geometry, companionIds, ownRowOnly } = options
  const { scroller, scale, rows, tops } = geometry
  const box = scroller.getBoundingClientRect()
  const pressed = source.getBoundingClientRect()
  const grabbed = visit.startsAt === null ? 0 : down.clientX - (grip === 'end' ? pressed.right : pressed.left)
  let ghost: Ghost | null = null
  let target: Target = { kind: 'nowhere' }
  let last = down
  let frame = 0
  let said = ''

  const aim = ({ clientX, clientY }: PointerEvent): Target => {
    if (grip === 'whole' && clientX >= box.right) return { kind: 'tray' }
    const at = instantAt(scale.axis, scale.hourWidth, clientX - grabbed - box.left - geometry.left + scroller.scrollLeft)
    const y = clientY - box.top - geometry.top + scroller.scrollTop
    const own = grip === 'whole' ? -1 : rows.findIndex((row) => row.key === visit.technicianId)
    if (own === -1 && (clientY < box.top || clientY > box.bottom || y < 0 || y > (tops.at(-1) ?? 0))) return { kind: 'nowhere' }
    const index = own === -1 ? rowAt(tops, y) : own
    const row = rows[index]
    if (row?.kind !== 'technician' || (ownRowOnly && row.technician.id !== visit.technicianId)) return { kind: 'nowhere' }
    const { startsAt, length } = planAt(visit, grip, at)
    const before = target.kind === 'row' ? target : null
    const same = before?.row === row && before.trial.startsAt === startsAt && before.trial.endsAt === startsAt + length
    return { kind: 'row', row, trial: same ? before.trial : tryPlan(visit, row, startsAt, length), top: box.top + geometry.top - scroller.scrollTop + (tops[index] ?? 0) }
  }

  const say = (title: string, detail: string, bad: boolean): void => {
    if (!ghost || said === title + detail) return
    said = title + detail
    ghost.title.textContent = title
    ghost.detail.textContent = detail
    ghost.root.classList.toggle(classes['ghostBad'] ?? '', bad)
  }

  const draw = (): void => {
    frame = 0
    if (!ghost) return
    edgeScroll(scroller, box, geometry.left, last)
    target = aim(last)
    let [x, y] = [last.clientX - grabbed, last.clientY - 8]
    let width = Math.max(NARROWEST_BAR, xOf(scale.axis, scale.hourWidth, scale.axis.startsAt + lengthOf(visit)) - 2)
    if (target.kind === 'row') {
      const { trial, row, top } = target
      x = box.left + geometry.left - scroller.scrollLeft + xOf(scale.axis, scale.hourWidth, trial.startsAt)
      y = top + 2
      width = Math.max(NARROWEST_BAR, xOf(scale.axis, scale.hourWidth, scale.axis.startsAt + trial.endsAt - trial.startsAt) - 2)
      const problems = trialProblems(trial, scale.clock)
      const along = companionIds.length === 0 ? '' : ` and ${companionIds.length} more`
      say(`${scale.clock.span(trial.startsAt, trial.endsAt)} \u00B7 ${row.technician.name}${along}`, problems.join('. '), problems.length > 0)
    } else if (target.kind === 'tray' && options.onUnassign) say(visit.shortName, 'Let go here to unassign it', false)
    else say(visit.shortName, 'Let go here to leave it as it is', false)
    ghost.root.style.transform = `translate(${x}px, ${y}px)`
    ghost.bar.style.width = `${width}px`
  }

  const schedule = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  const end = (): void => {
    cancelAnimationFrame(frame)
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', end)
    window.removeEventListener('keydown', onKey, true)
    scroller.removeEventListener('scroll', schedule)
    ghost?.root.remove()
    if (ghost) setLifted([])
    ghost = null
  }

  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    last = event
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= TREMBLE) {
      ghost = makeGhost(scale.rowHeight - 8)
      setLifted([visit.id, ...companionIds])
    }
    if (ghost) schedule()
  }

  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return
    const dragged = ghost !== null
    if (dragged) target = aim(event)
    end()
    if (!dragged) options.onClick()
    else if (target.kind === 'row') options.onDrop(target.trial, target.row)
    else if (target.kind === 'tray' && options.onUnassign) options.onUnassign()
    else announce(`${visit.shortName} stays where it was`)
  }

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !ghost) return
    event.preventDefault()
    event.stopImmediatePropagation()
    end()
    announce(`${visit.shortName} stays where it was`)
  }

  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', end)
  window.addEventListener('keydown', onKey, true)
  scroller.addEventListener('scroll', schedule)
}

/** Near its edges the board scrolls under the hand; beyond the right one are the trays. */
function edgeScroll(scroller: HTMLElement, box: DOMRect, headWidth: number, { clientX, clientY }: PointerEvent): void {
  if (clientX < box.left || clientX > box.right) return
  if (clientY < box.top + EDGE) scroller.scrollTop -= EDGE_STEP
  else if (clientY > box.bottom - EDGE) scroller.scrollTop += EDGE_STEP
  if (clientX < box.left + headWidth + EDGE) scroller.scrollLeft -= EDGE_STEP
  else if (clientX > box.right - EDGE) scroller.scrollLeft += EDGE_STEP
}
