import { useEffect, useRef } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { useEvent } from '../../api/api.ts'
import { lock } from '../../stores/session.ts'
import { hearWindows, tellWindows } from '../../stores/windows.ts'

const LOOK_EVERY = 5_000
/** The other windows are told no more often. */
const TELL_EVERY = 5_000
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/**
 * Locks the page when nobody touched it for a while. Talking counts as being there: it never locks during a live call.
 * @param minutes 0 never locks
 */
export function useIdleLock(minutes: number, active: boolean): void {
  const lastSign = useRef(0)
  const liveCalls = useRef(new Set<string>())
  useEvent('phone', ({ callId, state }) => {
    if (state === 'live' || state === 'held') liveCalls.current.add(callId)
    else liveCalls.current.delete(callId)
    lastSign.current = Date.now()
  })
  useEffect(() => {
    if (!active || minutes <= 0) return undefined
    let told = 0
    const sign = (): void => {
      const at = Date.now()
      lastSign.current = at
      if (at - told < TELL_EVERY) return
      told = at
      tellWindows({ t: 'alive' })
    }
    sign()
    // Whoever works in one window is there in all of them.
    const stopHearing = hearWindows((message) => {
      if (message.t === 'alive') lastSign.current = Date.now()
    })
    for (const name of SIGNS_OF_LIFE) window.addEventListener(name, sign, { passive: true, capture: true })
    let asked = false
    const timer = setInterval(() => {
      if (asked || liveCalls.current.size > 0 || Date.now() - lastSign.current < minutes * MINUTE) return
      asked = true
      // Not answered means not connected: the next look asks again.
      lock('idle').catch(() => {
        asked = false
      })
    }, LOOK_EVERY)
    return () => {
      clearInterval(timer)
      stopHearing()
      for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, sign, { capture: true })
    }
  }, [minutes, active])
}
