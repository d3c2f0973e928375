import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useCallback, useRef } from 'react'
import type { FieldName } from './steps.ts'

const FOCUSABLE = 'input:not([type=hidden]):not(:disabled), textarea:not([aria-hidden=true]):not(:disabled), button:not(:disabled)'

/** Answered by what is chosen elsewhere: reached by Tab and by the mouse, passed over by Enter. */
const FOLLOWS = '[data-follows]'

/** Enter goes on: choosing moves to the next field, so that a booking is one walk through the script. */
export interface FieldFlow {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly focusField: (name: FieldName | 'book') => void
  /** To a field that is only there once what this key does is on the screen. */
  readonly focusFieldAfter: (name: FieldName) => void
  /** To the field after this one, at once: a fast typist's next key must land there. Fields that follow from others are passed over. */
  readonly goOn: (from: FieldName) => void
  /** The same, once what was just chosen is on the screen. */
  readonly goOnAfter: (from: FieldName) => void
  /** To the first field of the next or previous step. */
  readonly goStep: (by: 1 | -1) => void
  readonly onKeyDownCapture: (event: ReactKeyboardEvent<HTMLDivElement>) => void
}

const nameOf = (element: Element | null): string | undefined => element?.closest<HTMLElement>('[data-field]')?.dataset['field']

/**
 * Runs when this key has been handled and React has shown what follows from it: by a message, the earliest
 * task there is, or by the next key where that comes first, so that a quick typist's letters never fall
 * into the field she has left.
 */
function afterThisKey(run: () => void): void {
  const { port1, port2 } = new MessageChannel()
  const once = (): void => {
    window.removeEventListener('keydown', onNextKey, true)
    port1.onmessage = null
    port1.close()
    run()
  }
  const onNextKey = (event: KeyboardEvent): void => {
    once()
    handOn(event)
  }
  port1.onmessage = once
  // This key has passed the window already, so only the next one is heard here.
  window.addEventListener('keydown', onNextKey, true)
  port2.postMessage(null)
}

/** A key that was pressed in the field just left belongs to the one that has the focus now; its letter goes there by itself. */
function handOn(event: KeyboardEvent): void {
  const focused = document.activeElement
  if (!focused || focused === event.target) return
  event.stopImmediatePropagation()
  if (!focused.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault()
}

export function useFieldFlow(): FieldFlow {
  const ref = useRef<HTMLDivElement>(null)

  const focusIn = (place: Element | null | undefined): boolean => {
    const target = place?.querySelector<HTMLElement>(FOCUSABLE)
    if (!target) return false
    // A question that has opened over the booking meanwhile keeps the focus.
    if (document.activeElement?.closest('[role=dialog]')) return true
    target.focus({ preventScroll: true })
    // A dialog that closes with what opens this form pulls the focus back once more before it lets go.
    if (document.activeElement !== target) afterThisKey(() => target.focus({ preventScroll: true }))
    place?.closest('[data-step]')?.scrollIntoView({ block: 'nearest' })
    return true
  }

  const focusField = useCallback((name: FieldName | 'book') => {
    focusIn(ref.current?.querySelector(`[data-field="${name}"]`))
  }, [])

  const focusFieldAfter = useCallback((name: FieldName) => afterThisKey(() => focusField(name)), [focusField])

  const goOn = useCallback((from: FieldName) => {
    const places = [...(ref.current?.querySelectorAll('[data-field]') ?? [])]
    const at = places.findIndex((place) => (place as HTMLElement).dataset['field'] === from)
    for (const place of places.slice(at + 1)) if (!place.matches(FOLLOWS) && focusIn(place)) return
  }, [])
  const goOnAfter = useCallback((from: FieldName) => afterThisKey(() => goOn(from)), [goOn])

  const goStep = useCallback((by: 1 | -1) => {
    const steps = [...(ref.current?.querySelectorAll('[data-step]') ?? [])]
    const inside = steps.findIndex((step) => step.contains(document.activeElement))
    // From the button at the foot the way back is the last step.
    const at = inside === -1 && by === -1 ? steps.length : inside
    for (let next = at + by; next >= 0 && next < steps.length; next += by) {
      const step = steps[next]
      // A step may hold nothing but a switch or a tick, which are no named fields: they are walked to as well.
      if (focusIn(step?.querySelector(`[data-field]:not(${FOLLOWS})`)) || focusIn(step)) return
    }
  }, [])

  const onKeyDownCapture = useCallback(
    (event: ReactKeyboardEvent<HTMLDivElement>) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.nativeEvent.isComposing) return
      const { target } = event
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
      const name = nameOf(target)
      // A field that finds records, and the read-back, answer Enter themselves. A tick beside a path's words is passed like a field.
      if (name === undefined || (target.type === 'checkbox' && name !== 'tick') || target.closest('[data-own-enter]')) return
      if (target.role === 'combobox') {
        const expanded = target.getAttribute('aria-expanded') === 'true'
        if (expanded && !target.hasAttribute('aria-activedescendant')) return
        if (!expanded && target.value === '') return
        if (expanded) {
          // The list takes the marked option at this same key; then on.
          goOnAfter(name as FieldName)
          return
        }
      }
      event.preventDefault()
      event.stopPropagation()
      goOn(name as FieldName)
    },
    [goOn, goOnAfter],
  )

  return { ref, focusField, focusFieldAfter, goOn, goOnAfter, goStep, onKeyDownCapture }
}
