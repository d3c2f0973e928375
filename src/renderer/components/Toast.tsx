import { useEffect, useState } from 'react'
import { dismissToast, useToastStore } from '../stores/toast.ts'
import { Keycap } from './Keycap.tsx'
import classes from './Toast.module.css'
import { forgetTyping, useHotkeys } from './useHotkeys.ts'

const SHOWN_FOR = 6000

/** Bottom left, six seconds, with Undo; it stays while pointed at or focused. */
export function Toast() {
  const message = useToastStore((store) => store.message)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!message || held) return undefined
    const timer = setTimeout(dismissToast, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [message, held])
  const undo = message?.undo
  // An act that is done since is the newest: from the field in which it was chosen, too.
  useEffect(() => (undo ? forgetTyping() : undefined), [undo])
  const runUndo = (): void => {
    dismissToast()
    setHeld(false)
    undo?.()
  }
  useHotkeys('What you just did', [{ keys: 'Ctrl+Z', label: 'Undo', run: runUndo }], { enabled: undo !== undefined })
  return (
    <div className={classes['place']} role="status" aria-live="polite">
      {message ? (
        <div
          key={message.id}
          className={classes['toast']}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{message.text}</span>
          {undo ? (
            <button type="button" onClick={runUndo}>
              Undo <Keycap keys="Ctrl+Z" onInk />
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
