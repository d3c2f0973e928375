import { useLayoutEffect, useState } from 'react'
import type { Axis } from './boardLayout.ts'

/** An hour is never narrower, px; then the board scrolls sideways. */
const NARROWEST_HOUR = 60

/** The width of an hour so that the day fills what is there, px. */
export function hourWidthFor(width: number, headWidth: number, axis: Axis): number {
  return Math.max(NARROWEST_HOUR, Math.floor((width - headWidth) / axis.hours))
}

export interface Viewport {
  readonly width: number
  readonly height: number
  readonly scrollTop: number
}

/** What an element shows of its content, kept while it is resized and scrolled. */
export function useViewport(element: HTMLElement | null): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0, scrollTop: 0 })
  useLayoutEffect(() => {
    if (!element) return undefined
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height, scrollTop } = element
      setViewport((before) => (before.width === width && before.height === height && before.scrollTop === scrollTop ? before : { width, height, scrollTop }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [element])
  return viewport
}
