import { useMemo, useSyncExternalStore } from 'react'
import { type BookingDraft, currentDraft, useBookingStore } from './booking.ts'

/** What is typed as whole sentences. Nothing else on the screen follows from how they read, but that something stands there. */
const SENTENCES = ['summary', 'notes', 'callNotes'] as const
export type Sentence = (typeof SENTENCES)[number]

/** What every change of a draft changes with it. */
const BOOKKEEPING = ['savedAt', 'revision', 'ownerId'] as const

/** Longer than a quick typist's pause between two letters, shorter than anybody notices. */
const SETTLES_AFTER_MS = 150

const PASSED_OVER: ReadonlySet<string> = new Set([...SENTENCES, ...BOOKKEEPING])

/** True where nothing has changed but letters of sentences. */
export function isStillTyped(shown: BookingDraft, now: BookingDraft): boolean {
  return Object.entries(now).every(([name, value]) => PASSED_OVER.has(name) || value === (shown as unknown as Readonly<Record<string, unknown>>)[name])
}

interface Settled {
  readonly subscribe: (changed: () => void) => () => void
  readonly get: () => BookingDraft | undefined
}

function settled(key: string): Settled {
  let shown = currentDraft(key)
  const get = (): BookingDraft | undefined => {
    const now = currentDraft(key)
    if (now !== shown && !(shown && now && isStillTyped(shown, now))) shown = now
    return shown
  }
  return {
    get,
    subscribe(changed) {
      let waiting: ReturnType<typeof setTimeout> | undefined
      const stop = useBookingStore.subscribe(() => {
        const before = shown
        if (get() !== before) return changed()
        if (currentDraft(key) === shown) return
        clearTimeout(waiting)
        waiting = setTimeout(() => {
          shown = currentDraft(key)
          changed()
        }, SETTLES_AFTER_MS)
      })
      return () => {
        clearTimeout(waiting)
        stop()
      }
    },
  }
}

/**
 * A draft for what shows all of it: while a sentence is typed it stays as it was, so that each letter draws its own field
 * and nothing else. The field itself, and whoever acts on the draft, takes it as it is now (`useSentence`, `currentDraft`).
 */
export function useSettledDraft(key: string): BookingDraft | undefined {
  const { subscribe, get } = useMemo(() => settled(key), [key])
  return useSyncExternalStore(subscribe, get)
}

/** A sentence of a draft, with every letter. */
export function useSentence(key: string, name: Sentence): string {
  return useBookingStore((store) => store.drafts[key]?.[name] ?? '')
}
