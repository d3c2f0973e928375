import { create } from 'zustand'
import type { Instant } from '../../shared/base/time.ts'
import type { PromiseItem } from '../../shared/contract/methods/promises.ts'
import { freshList, mergeList, type SteadyList, workedIn } from './steadyList.ts'

interface Kept {
  readonly list: SteadyList<PromiseItem>
  readonly selectedId: string | null
}

interface QueuesStore {
  /** By list: a person who opens a record and comes back finds the list as it was, on the same row. */
  readonly lists: Readonly<Record<string, Kept>>
}

export const useQueuesStore = create<QueuesStore>(() => ({ lists: {} }))

function change(key: string, next: (kept: Kept | undefined) => Kept | undefined): void {
  useQueuesStore.setState(({ lists }) => {
    const kept = next(lists[key])
    return kept === undefined || kept === lists[key] ? {} : { lists: { ...lists, [key]: kept } }
  })
}

/** Data arrived: the first makes the list, later data only fills it in. */
export function takeIn(key: string, items: readonly PromiseItem[], at: Instant): void {
  change(key, (kept) => {
    if (!kept || kept.list.order.length === 0) return { list: freshList(items, at), selectedId: items[0]?.promiseId ?? null }
    const list = mergeList(kept.list, items)
    const selectedId = kept.selectedId !== null && list.order.includes(kept.selectedId) ? kept.selectedId : (list.order[0] ?? null)
    return { list, selectedId }
  })
}

/** The person asked for the list anew. */
export function renew(key: string, items: readonly PromiseItem[], at: Instant): void {
  change(key, (kept) => {
    const stays = items.some((item) => item.promiseId === kept?.selectedId)
    return { list: freshList(items, at), selectedId: stays ? (kept?.selectedId ?? null) : (items[0]?.promiseId ?? null) }
  })
}

export function select(key: string, selectedId: string): void {
  change(key, (kept) => kept && { ...kept, selectedId })
}

/**
 * The person worked a promise: its row may move or go, and the next one is in hand.
 * @param items as they are known by then
 */
export function worked(key: string, promiseId: string, next: string | null, items: readonly PromiseItem[]): void {
  change(key, (kept) => {
    if (!kept) return undefined
    const list = workedIn(kept.list, promiseId, items)
    const stays = kept.selectedId !== null && list.order.includes(kept.selectedId)
    return { list, selectedId: next ?? (stays ? kept.selectedId : (list.order[0] ?? null)) }
  })
}
