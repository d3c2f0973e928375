import type { Timeline } from './timeline.ts'
import type { Grip } from './timelineDrag.ts'

/** What the hand does on the board. */
export interface InputHooks {
  readonly onPress: (event: PointerEvent, source: HTMLElement, grip: Grip) => void
  readonly onOpen: (visitId: string) => void
  /** A click on the head of a technician's row. */
  readonly onHead: (technicianId: string) => void
  /** A double click on kept time. */
  readonly onTime: (key: string) => void
  /** @param visitId null of kept time and of a technician's head */
  readonly onFocus: (visitId: string | null, key: string) => void
  readonly onZoom: (direction: 1 | -1, clientX: number) => void
  /** Whether a bar's ends can be taken. */
  readonly canExtend: (visitId: string) => boolean
}

/** The ends of a bar, px; a narrow bar is moved as a whole. */
const GRIP = 6
const NARROWEST_WITH_GRIPS = 28
/** A wheel's notch turns this far, a trackpad's pinch in smaller steps. */
const WHEEL_STEP = 50

const barAt = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-bar]') : null)

function gripAt(bar: HTMLElement, clientX: number): Grip {
  const { left, right, width } = bar.getBoundingClientRect()
  if (width < NARROWEST_WITH_GRIPS) return 'whole'
  return clientX - left <= GRIP ? 'start' : right - clientX <= GRIP ? 'end' : 'whole'
}

/** Listens until it is told to stop. */
export function listenOn({ scroller }: Timeline, hooks: InputHooks): () => void {
  let turned = 0
  const gripOf = (bar: HTMLElement, clientX: number): Grip => (hooks.canExtend(bar.dataset['visit'] ?? '') ? gripAt(bar, clientX) : 'whole')

  const onPointerDown = (event: PointerEvent): void => {
    const bar = barAt(event.target)
    if (bar && event.button === 0) hooks.onPress(event, bar, gripOf(bar, event.clientX))
  }
  const onPointerMove = (event: PointerEvent): void => {
    const bar = event.buttons === 0 ? barAt(event.target) : null
    if (bar) bar.style.cursor = gripOf(bar, event.clientX) === 'whole' ? '' : 'ew-resize'
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const visitId = barAt(event.target)?.dataset['visit']
    const key = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined
    if (visitId !== undefined) hooks.onOpen(visitId)
    else if (key !== undefined) hooks.onTime(key)
  }
  const onClick = (event: MouseEvent): void => {
    const technicianId = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-technician]')?.dataset['technician'] : undefined
    if (technicianId !== undefined) hooks.onHead(technicianId)
  }
  const onFocusIn = (event: FocusEvent): void => {
    const { visit, bar, cell } = (event.target instanceof HTMLElement ? event.target : scroller).dataset
    if (visit !== undefined && bar !== undefined) hooks.onFocus(visit, bar)
    else if (cell !== undefined) hooks.onFocus(null, cell)
  }
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return
    event.preventDefault()
    turned += event.deltaY
    if (Math.abs(turned) < WHEEL_STEP) return
    hooks.onZoom(turned < 0 ? 1 : -1, event.clientX)
    turned = 0
  }

  scroller.addEventListener('pointerdown', onPointerDown)
  scroller.addEventListener('pointermove', onPointerMove)
  scroller.addEventListener('dblclick', onDoubleClick)
  scroller.addEventListener('click', onClick)
  scroller.addEventListener('focusin', onFocusIn)
  scroller.addEventListener('wheel', onWheel, { passive: false })
  return () => {
    scroller.removeEventListener('pointerdown', onPointerDown)
    scroller.removeEventListener('pointermove', onPointerMove)
    scroller.removeEventListener('dblclick', onDoubleClick)
    scroller.removeEventListener('click', onClick)
    scroller.removeEventListener('focusin', onFocusIn)
    scroller.removeEventListener('wheel', onWheel)
  }
}
