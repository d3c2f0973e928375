import { useEffect, useRef } from 'react'
import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { useQuery } from '../../api/api.ts'
import type { InputOf } from '../../api/types.ts'
import { renew, select, takeIn, useQueuesStore, worked } from '../../stores/queues.ts'
import { neighbourOf, rowsOf, type SteadyRow, waitingIn } from '../../stores/steadyList.ts'

export type Scope = InputOf<'queue.items'>['of']

export interface SteadyPromises {
  readonly rows: readonly SteadyRow<PromiseItem>[]
  readonly selected: SteadyRow<PromiseItem> | undefined
  readonly total: number
  /** New promises and rows to clear away, behind "press R". */
  readonly waiting: { readonly fresh: number; readonly gone: number }
  /** When the order was made, epoch milliseconds. */
  readonly at: number
  readonly loading: boolean
  readonly error: { readonly message: string } | null
  readonly refetch: () => void
  readonly select: (promiseId: string) => void
  readonly next: () => void
  readonly renew: () => void
  /** The person has just worked this promise. */
  readonly worked: (promiseId: string) => void
}

const NONE: readonly PromiseItem[] = []

/**
 * The promises of a list, kept still under the hand.
 * @param only narrows to one queue of the list
 */
export function useSteadyPromises(of: Scope, only: string | null): SteadyPromises {
  const key = JSON.stringify([of, only])
  const answer = useQuery('queue.items', { of })
  const all = answer.data?.items ?? NONE
  const items = only === null ? all : all.filter((item) => item.queueId === only)
  const kept = useQueuesStore((store) => store.lists[key])
  const seen = useRef<{ key: string; data: unknown }>({ key: '', data: undefined })
  const { data } = answer
  // Who says that it is done began to say so before the newest data came.
  const latest = useRef(items)
  useEffect(() => {
    latest.current = items
    if (data === undefined || (seen.current.key === key && seen.current.data === data)) return
    // Coming back to a list starts it anew; only the row in hand is remembered.
    if (seen.current.key === key) takeIn(key, items, Date.now())
    else renew(key, items, Date.now())
    seen.current = { key, data }
  })
  const rows = kept ? rowsOf(kept.list, items) : []
  const selectedId = kept?.selectedId ?? null
  return {
    rows,
    selected: rows.find((row) => row.item.promiseId === selectedId),
    total: only === null ? (answer.data?.total ?? 0) : items.length,
    waiting: kept ? waitingIn(kept.list, items) : { fresh: 0, gone: 0 },
    at: kept?.list.at ?? 0,
    loading: answer.loading || (data !== undefined && kept === undefined),
    error: answer.error,
    refetch: answer.refetch,
    select: (promiseId) => select(key, promiseId),
    next: () => {
      const next = selectedId === null ? null : neighbourOf(rows, selectedId)
      if (next !== null) select(key, next)
    },
    renew: () => renew(key, items, Date.now()),
    worked: (promiseId) => worked(key, promiseId, neighbourOf(rows, promiseId), latest.current),
  }
}
