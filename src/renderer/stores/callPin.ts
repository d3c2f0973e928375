import { create } from 'zustand'
import { DAY, HOUR, MINUTE } from '../../shared/base/time.ts'
import type { OutputOf } from '../api/types.ts'
import { keptName } from '../api/room.ts'

/** The reference data a call began with: what is chosen from, and what is said. A change meanwhile is for the next call. */
export interface CallPin {
  /** Epoch milliseconds; a little before it was put down, because what was read may be older than that. */
  readonly begunAt: number
  readonly form: OutputOf<'booking.form'>
  readonly words: OutputOf<'booking.scripts'>
  /** Better screening held: what is asked then is asked to the end. */
  readonly triage: boolean
}

const PREFIX = keptName('baton-call-pin:')

/** No call lasts longer: a draft taken up again the next day goes by what holds then. */
const KEPT_FOR = DAY

/** A page stays open for weeks: what no call goes by is looked for again and again, and not at every ring. */
const SWEPT_EVERY = HOUR

const usePinStore = create<{ readonly pins: Readonly<Record<string, CallPin>> }>(() => ({ pins: {} }))

const isFresh = ({ begunAt }: CallPin): boolean => begunAt > Date.now() - KEPT_FOR

function read(key: string): CallPin | null {
  try {
    const kept = localStorage.getItem(PREFIX + key)
    // Only this store writes it.
    return kept === null ? null : (JSON.parse(kept) as CallPin)
  } catch {
    return null
  }
}

const storedNames = (): readonly string[] => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))

/** Lets the oldest one go but for this; false where there is no other, or no storage. */
function makeRoom(name: string): boolean {
  try {
    const begunAt = (stored: string): number => read(stored.slice(PREFIX.length))?.begunAt ?? 0
    const [oldest] = storedNames().filter((other) => other !== name).toSorted((left, right) => begunAt(left) - begunAt(right))
    if (oldest === undefined) return false
    localStorage.removeItem(oldest)
    return true
  } catch {
    return false
  }
}

/**
 * Writes to the browser’s storage. Where it is full, what the calls before began with makes room, the oldest first: it is
 * only read again after a reload, and what is typed now is worth more.
 * @returns whether it was written; a full or forbidden storage leaves it to the memory of the page
 */
export function storeMakingRoom(name: string, body: string): boolean {
  for (;;) {
    try {
      localStorage.setItem(name, body)
      return true
    } catch {
      if (!makeRoom(name)) return false
    }
  }
}

const store = (key: string, pin: CallPin): boolean => storeMakingRoom(PREFIX + key, JSON.stringify(pin))

let sweptAt = 0

/** Drops what no call goes by any more. */
function sweep(): void {
  if (Date.now() - sweptAt < SWEPT_EVERY) return
  sweptAt = Date.now()
  for (const name of storedNames()) {
    const pin = read(name.slice(PREFIX.length))
    if (!pin || !isFresh(pin)) localStorage.removeItem(name)
  }
  const { pins } = usePinStore.getState()
  const fresh = Object.entries(pins).filter(([, pin]) => isFresh(pin))
  if (fresh.length < Object.keys(pins).length) usePinStore.setState({ pins: Object.fromEntries(fresh) })
}

/** Brings back what a call began with before a reload. */
export function openPin(key: string): void {
  sweep()
  const { pins } = usePinStore.getState()
  const pin = pins[key] ?? read(key)
  if (pin && isFresh(pin)) {
    if (pins[key] !== pin) usePinStore.setState({ pins: { ...pins, [key]: pin } })
  } else dropPin(key)
}

/** Holds on to what the call begins with now; what it began with already stays. Written once, not at every keystroke. */
export function keepPin(key: string, now: Pick<CallPin, 'form' | 'words' | 'triage'>): void {
  sweep()
  const { pins } = usePinStore.getState()
  if (pins[key]) return
  const pin: CallPin = { ...now, begunAt: Date.now() - MINUTE }
  usePinStore.setState({ pins: { ...pins, [key]: pin } })
  store(key, pin)
}

/** What the call began with, for what runs outside of rendering. */
export function currentPin(key: string): CallPin | null {
  return usePinStore.getState().pins[key] ?? read(key)
}

/** Goes by what a call began with at a colleague’s desk, whatever was put down for it here. */
export function putPin(key: string, pin: CallPin): void {
  usePinStore.setState({ pins: { ...usePinStore.getState().pins, [key]: pin } })
  store(key, pin)
}

/** With its draft. */
export function dropPin(key: string): void {
  const { [key]: dropped, ...pins } = usePinStore.getState().pins
  if (dropped) usePinStore.setState({ pins })
  forgetStoredPin(key)
}

/** A call that is done with leaves nothing in the browser; a page that still shows it keeps its words as long as it is open. */
export function forgetStoredPin(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

export function usePin(key: string): CallPin | undefined {
  return usePinStore((store) => store.pins[key])
}
