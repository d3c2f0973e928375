import { useSyncExternalStore } from 'react'
import type { Instant } from '../../shared/base/time.ts'

const EVERY = 15_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function watch(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now()
    timer = setInterval(tick, EVERY)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The time now, one clock for the page: due times and the status bar move together, every quarter minute. */
export function useNow(): Instant {
  return useSyncExternalStore(watch, () => now)
}
