import { create } from 'zustand'
import { usePerson } from '../../stores/session.ts'

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

/** The same as it is now, for what runs after the form was last drawn. */
export function currentDraft<Draft>(key: string): Draft | undefined {
  return useDraftStore.getState().drafts[key] as Draft | undefined
}

/** A person's own name for a draft: whoever sits down next does not find it. */
export function useDraftKey(): (record: string) => string {
  const { userId } = usePerson()
  return (record) => `${userId}/${record}`
}

export function useHasDraft(): (record: string) => boolean {
  const drafts = useDraftStore((store) => store.drafts)
  const keyOf = useDraftKey()
  return (record) => keyOf(record) in drafts
}
