import { create } from 'zustand'
import { DAY, MINUTE } from '../../shared/base/time.ts'
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

function store(key: string, pin: CallPin): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(pin))
  } catch {
    // A full or forbidden storage leaves it in memory: it survives everything but a reload.
  }
}

/** Drops what no call goes by any more. */
function sweep(): void {
  for (const name of Object.keys(localStorage).filter((candidate) => candidate.startsWith(PREFIX))) {
    const pin = read(name.slice(PREFIX.length))
    if (!pin || !isFresh(pin)) localStorage.removeItem(name)
  }
}

let swept = false

/** Brings back what a call began with before a reload. */
export function openPin(key: string): void {
  if (!swept) {
    swept = true
    sweep()
  }
  const { pins } = usePinStore.getState()
  const pin = pins[key] ?? read(key)
  if (pin && isFresh(pin)) {
    if (pins[key] !== pin) usePinStore.setState({ pins: { ...pins, [key]: pin } })
  } else dropPin(key)
}

/** Holds on to what the call begins with now; what it began with already stays. Written once, not at every keystroke. */
export function keepPin(key: string, now: Pick<CallPin, 'form' | 'words' | 'triage'>): void {
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
  localStorage.removeItem(PREFIX + key)
}

export function usePin(key: string): CallPin | undefined {
  return usePinStore((store) => store.pins[key])
}
