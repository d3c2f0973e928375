import { useRef } from 'react'

/**
 * Keeps a list still while somebody talks on the telephone: rows go on being updated in place, new ones
 * wait until they are asked for.
 * @returns the rows to show and how many wait
 */
export function useSteadyRows<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  still: boolean,
): { readonly shown: readonly Row[]; readonly waiting: number; readonly show: () => void } {
  const order = useRef<readonly string[] | null>(null)
  if (!still) order.current = null
  else order.current ??= rows.map(rowId)
  const kept = order.current
  const show = (): void => {
    order.current = rows.map(rowId)
  }
  if (kept === null) return { shown: rows, waiting: 0, show }
  const byId = new Map(rows.map((row) => [rowId(row), row]))
  const shown = kept.flatMap((id) => byId.get(id) ?? [])
  return { shown, waiting: rows.length - shown.length, show }
}
