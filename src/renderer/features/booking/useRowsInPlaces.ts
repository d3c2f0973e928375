import { useState } from 'react'
import { rowsInPlaces } from './rowsInPlaces.ts'

/**
 * A few rows that keep their places while somebody is on the line; see `rowsInPlaces`. A list that is scrolled holds new rows
 * back instead: `calls/useSteadyRows`.
 * @param of whose rows they are; another value begins anew
 */
export function useRowsInPlaces<Row extends { readonly id: string }>(of: string, rows: readonly Row[], places: number): readonly Row[] {
  const [last, setLast] = useState<{ readonly of: string; readonly ids: readonly string[] }>({ of, ids: [] })
  const shown = rowsInPlaces(last.of === of ? last.ids : [], rows, places)
  const ids = shown.map(({ id }) => id)
  // Remembered at once, so that no frame shows them in another order.
  if (last.of !== of || ids.join() !== last.ids.join()) setLast({ of, ids })
  return shown
}
