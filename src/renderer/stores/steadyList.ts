import type { Instant } from '../../shared/base/time.ts'

interface Listed {
  readonly promiseId: string
  readonly dueAt: Instant
}

/**
 * A list that stays still under the hand: rows keep their places while data changes; what is new waits,
 * what others settled stays where it was until the person asks for the list anew.
 */
export interface SteadyList<Item extends Listed> {
  readonly order: readonly string[]
  /** When the order was made: headings such as "Next hour" are as of then. */
  readonly at: Instant
  /** The last known state of every row shown. */
  readonly known: ReadonlyMap<string, Item>
  /** Promises the person worked here: their rows may move or go, that is what was asked for. */
  readonly worked: ReadonlySet<string>
}

export interface SteadyRow<Item> {
  readonly item: Item
  /** Settled or passed on by somebody else since the list was made. */
  readonly gone: boolean
}

/** The list as the data has it now. */
export function freshList<Item extends Listed>(items: readonly Item[], at: Instant): SteadyList<Item> {
  return { order: items.map((item) => item.promiseId), at, known: new Map(items.map((item) => [item.promiseId, item])), worked: new Set() }
}

function placed<Item extends Listed>(order: readonly string[], item: Item, known: ReadonlyMap<string, Item>): readonly string[] {
  const rest = order.filter((id) => id !== item.promiseId)
  const before = rest.findIndex((id) => (known.get(id)?.dueAt ?? Infinity) > item.dueAt)
  return before === -1 ? [...rest, item.promiseId] : rest.toSpliced(before, 0, item.promiseId)
}

/** Takes newer data in without moving a row, except those the person worked. */
export function mergeList<Item extends Listed>(list: SteadyList<Item>, items: readonly Item[]): SteadyList<Item> {
  const current = new Map(items.map((item) => [item.promiseId, item]))
  const known = new Map([...list.known].map(([id, item]) => [id, current.get(id) ?? item]))
  let order = list.order
  const worked = new Set(list.worked)
  for (const id of list.worked) {
    const item = current.get(id)
    if (!item) {
      order = order.filter((other) => other !== id)
      known.delete(id)
      worked.delete(id)
    } else if (item.dueAt !== list.known.get(id)?.dueAt) {
      order = placed(order, item, known)
      worked.delete(id)
    }
  }
  return { ...list, order, known, worked }
}

/**
 * The person worked one here: its row may move or go.
 * @param items as they are known by then: what was done may have come back before the word that it is done
 */
export function workedIn<Item extends Listed>(list: SteadyList<Item>, promiseId: string, items: readonly Item[]): SteadyList<Item> {
  return mergeList({ ...list, worked: new Set([...list.worked, promiseId]) }, items)
}

export function rowsOf<Item extends Listed>(list: SteadyList<Item>, items: readonly Item[]): readonly SteadyRow<Item>[] {
  const current = new Set(items.map((item) => item.promiseId))
  return list.order.flatMap((id) => {
    const item = list.known.get(id)
    return item ? [{ item, gone: !current.has(id) }] : []
  })
}

/** How many wait behind "3 new, press R": new ones, and rows to clear away. */
export function waitingIn<Item extends Listed>(list: SteadyList<Item>, items: readonly Item[]): { readonly fresh: number; readonly gone: number } {
  const shown = new Set(list.order)
  const current = new Set(items.map((item) => item.promiseId))
  return {
    fresh: items.filter((item) => !shown.has(item.promiseId)).length,
    gone: list.order.filter((id) => !current.has(id)).length,
  }
}

/** The row that takes the place of one that is done with: the next still open, else the one before. */
export function neighbourOf<Item extends Listed>(rows: readonly SteadyRow<Item>[], promiseId: string): string | null {
  const index = rows.findIndex((row) => row.item.promiseId === promiseId)
  const after = rows.slice(index + 1).find((row) => !row.gone)
  const before = rows.slice(0, Math.max(index, 0)).findLast((row) => !row.gone)
  return (after ?? before)?.item.promiseId ?? null
}
