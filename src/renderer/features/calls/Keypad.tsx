import { useEffect } from 'react'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/telephone.ts'
import { sendDigits } from './callActions.ts'
import classes from './CallPanel.module.css'
import { callerWords } from './callWords.ts'

const TONES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/**
 * The keypad of a call. It takes no focus: while it is open the digits go to the call, whatever has the focus, and
 * letters still go where somebody types.
 */
export function Keypad({ call }: { readonly call: LiveCall }) {
  const { callId, digits } = call
  useEffect(() => {
    const toTheCall = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !/^[0-9*#]$/.test(event.key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      void sendDigits(callId, event.key)
    }
    // Before any field has it.
    window.addEventListener('keydown', toTheCall, true)
    return () => window.removeEventListener('keydown', toTheCall, true)
  }, [callId])
  useHotkeys('Keypad', [{ keys: ['Escape', 'Alt+D'], label: 'Close the keypad', run: closePanel, always: true }])
  return (
    <section className={classes['panel']} aria-label="Keypad" onMouseDown={(event) => event.preventDefault()}>
      <p className={classes['head']}>
        <b className="b el">Digits to {callerWords(call)}</b>
        <span className="sp" />
        <Keycap keys="Escape" />
      </p>
      <p className={classes['tones']} role="status" aria-label="Digits sent">
        <bdi>{digits}</bdi>
      </p>
      <div className={classes['keys']}>
        {TONES.map((tone) => (
          <button key={tone} type="button" tabIndex={-1} onClick={() => void sendDigits(callId, tone)}>
            {tone}
          </button>
        ))}
      </div>
    </section>
  )
}
