import { useEffect } from 'react'
import type { SideWindow } from '../../../shared/contract/windows.ts'
import { keepPlace, placesOf } from '../../stores/windowPlaces.ts'
import { hearWindows, isOpen } from '../../stores/windows.ts'

/** No event says that a window was moved. */
const LOOK_EVERY_MS = 2_000

/** Keeps where this window stands in this browser; in Electron the main process does. */
export function useKeptPlace(kind: SideWindow, userId: string): void {
  useEffect(() => {
    if (window.baton) return undefined
    let kept = ''
    const keep = (): void => {
      const place = { left: Math.round(window.screenX), top: Math.round(window.screenY), width: Math.round(window.outerWidth), height: Math.round(window.outerHeight), open: true }
      const text = JSON.stringify(place)
      if (text === kept) return
      kept = text
      keepPlace(userId, kind, place)
    }
    keep()
    const timer = setInterval(keep, LOOK_EVERY_MS)
    window.addEventListener('pagehide', keep)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', keep)
    }
  }, [kind, userId])
}

/** A window that is loaded anew is back before this. */
const BACK_BY_MS = 3_000

/** The main window, if it is still there a moment later, knows that a window was closed and not everything: it is not opened again. */
export function useClosedWindows(userId: string): void {
  useEffect(
    () =>
      window.baton
        ? undefined
        : hearWindows((message) => {
            if (message.t !== 'gone' || message.kind === 'main') return
            const { kind } = message
            setTimeout(() => {
              const place = placesOf(userId)[kind]
              if (place && !isOpen(kind)) keepPlace(userId, kind, { ...place, open: false })
            }, BACK_BY_MS)
          }),
    [userId],
  )
}
