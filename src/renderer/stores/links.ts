import { create } from 'zustand'
import type { EventPayload } from '../../shared/contract/events.ts'
import { api } from '../api/api.ts'

/** A `tel:` or `baton:` link that another application asked this one to show. */
export type Link = EventPayload<'link'>

interface LinksStore {
  /** The last one, until somebody who is signed in has been led to it. */
  readonly waiting: Link | null
}

export const useLinksStore = create<LinksStore>(() => ({ waiting: null }))

/** Listens before the page connects: the link that Baton was started by comes before there is a screen to follow it. */
export function listenToLinks(): void {
  api.on('link', (waiting) => useLinksStore.setState({ waiting }))
}
