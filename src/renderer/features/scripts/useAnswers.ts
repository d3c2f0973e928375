import { useRef, useState } from 'react'
import { useHotkeys } from '../../components/useHotkeys.ts'

export const ANSWERS_KEY = 'Alt+Q'

export interface Answers {
  readonly open: boolean
  readonly show: () => void
  /** Back to where the cursor was. */
  readonly close: () => void
}

/** The common questions beside a call, where the key opens them as a dialog elsewhere: one key shows them, the same key or Esc goes back to the very field one came from. */
export function useAnswers(): Answers {
  const [open, setOpen] = useState(false)
  const before = useRef<Element | null>(null)
  const show = (): void => {
    before.current = document.activeElement
    setOpen(true)
  }
  const close = (): void => {
    setOpen(false)
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus({ preventScroll: true })
  }
  useHotkeys('Booking', [{ keys: ANSWERS_KEY, label: 'Common questions', hidden: true, run: () => (open ? close() : show()) }])
  // A click beside the words leaves the focus nowhere: Esc must not go back from the call then.
  const leave = (): void | false => (document.activeElement === document.body ? close() : false)
  useHotkeys('Common questions', [{ keys: 'Escape', label: 'Back to where you were', hidden: true, run: leave }], { enabled: open })
  return { open, show, close }
}
