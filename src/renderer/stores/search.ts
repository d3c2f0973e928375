import { create } from 'zustand'

interface SearchStore {
  /** What another part of the page wants looked up; a new object at each wish. */
  readonly wish: { readonly text: string } | null
}

export const useSearchStore = create<SearchStore>(() => ({ wish: null }))

/** Fills the search in the top bar and goes there, as if the person had typed it. */
export function searchFor(text: string): void {
  useSearchStore.setState({ wish: { text } })
}
