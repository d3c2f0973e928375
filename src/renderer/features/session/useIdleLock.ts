import { useEffect, useRef } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { useEvent } from '../../api/api.ts'
import { lock } from '../../stores/session.ts'

const LOOK_EVERY = 5_000
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
    const sign = (): void => {
      lastSign.current = Date.now()
    }
    sign()
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
      for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, sign, { capture: true })
    }
  }, [minutes, active])
}
