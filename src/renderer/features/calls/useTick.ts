import { useEffect, useState } from 'react'

/** Renders again several times a second while something counts, so that a shown second is never late by more than a blink. */
export function useTick(active: boolean): number {
  const [at, setAt] = useState(() => performance.now())
  useEffect(() => {
    if (!active) return undefined
    setAt(performance.now())
    const timer = setInterval(() => setAt(performance.now()), 250)
    return () => clearInterval(timer)
  }, [active])
  return at
}
