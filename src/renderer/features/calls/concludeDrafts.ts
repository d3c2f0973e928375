import type { Draft } from './conclusion.ts'

/** What was typed about a call before it is said: it outlives the dialog and a reload, not the browser tab. */

const key = (callId: string): string => `baton-conclude-${callId}`

export function readDraft(callId: string): Draft | null {
  const stored = sessionStorage.getItem(key(callId))
  // Written by this file only, in this tab.
  return stored === null ? null : (JSON.parse(stored) as Draft)
}

export function keepDraft(callId: string, draft: Draft): void {
  sessionStorage.setItem(key(callId), JSON.stringify(draft))
}

export function dropDraft(callId: string): void {
  sessionStorage.removeItem(key(callId))
}
