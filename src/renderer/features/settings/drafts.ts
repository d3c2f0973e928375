import { create } from 'zustand'

/** What was typed and not saved, by record: going elsewhere in Baton loses nothing. */
const useDraftStore = create<{ readonly drafts: Readonly<Record<string, unknown>> }>(() => ({ drafts: {} }))

export function keepDraft(key: string, draft: unknown): void {
  useDraftStore.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }))
}

export function dropDraft(key: string): void {
  useDraftStore.setState(({ drafts: { [key]: _dropped, ...drafts } }) => ({ drafts }))
}

/** The draft under this key; the caller knows what it put there. */
export function useDraft<Draft>(key: string): Draft | undefined {
  return useDraftStore((store) => store.drafts[key]) as Draft | undefined
}

export function useHasDraft(): (key: string) => boolean {
  const drafts = useDraftStore((store) => store.drafts)
  return (key) => key in drafts
}
