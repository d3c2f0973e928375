import { create } from 'zustand'

/** The customer who stays open beside the one that is worked on, and on which side they stand. */
interface Beside {
  readonly customerId: string
  readonly side: 'left' | 'right'
}

interface BesideStore {
  readonly beside: Beside | null
}

const useBesideStore = create<BesideStore>(() => ({ beside: null }))

export function useBeside(): Beside | null {
  return useBesideStore(({ beside }) => beside)
}

/** Keeps a customer open; `null` lets go. */
export function keepBeside(beside: Beside | null): void {
  useBesideStore.setState({ beside })
}
