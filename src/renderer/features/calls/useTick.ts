import { useEffect, useState } from 'react'

/**
 * Renders again several times a second, so that a shown second is never late by more than a blink.
 * @returns the page's monotonic clock in milliseconds
 */
export function useTick(): number {
  const [at, setAt] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setAt(performance.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return at
}
