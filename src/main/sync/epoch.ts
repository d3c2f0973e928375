import type { HubPosition } from '../../shared/sync/protocol.ts'
import type { Store } from '../store/store.ts'
import { following, saveFollowing, wantedSnapshot } from './hubMemory.ts'

/** The rows are fetched once more, over those that are here; what waits stays on top. */
export function wantAgain(store: Store): void {
  store.transaction(() => {
    const state = following(store)
    if (!state || state.snapshot) return
    saveFollowing(store, { ...state, snapshot: wantedSnapshot('again') })
  })
}

/**
 * The hub was restored from a backup where its epoch is another: what it had taken after the place up to which all
 * epochs agree is unsent again, and its rows are fetched anew. Once for each epoch.
 */
export function adoptEpoch(store: Store, { epoch, epochSeq }: HubPosition): void {
  store.transaction(() => {
    const state = following(store)
    if (!state || state.epoch === epoch) return
    store.sync.reopenAfter(epochSeq)
    const usable = state.snapshot?.usable ?? true
    saveFollowing(store, { ...state, epoch, cursor: Math.min(state.cursor, epochSeq), snapshot: { ...wantedSnapshot('again'), usable } })
  })
}
