/**
 * Which rows stand in a few places: each stays where it was first shown, and one that is gone makes room for the first that
 * has no place yet.
 * @param before the ids in their places, as they were last shown
 * @param rows all rows, the most important first
 * @param places how many places there are
 */
export function rowsInPlaces<Row extends { readonly id: string }>(before: readonly string[], rows: readonly Row[], places: number): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const waiting = rows.filter(({ id }) => !before.includes(id))
  const shown: Row[] = []
  for (let place = 0; place < places; place++) {
    const row = byId.get(before[place] ?? '') ?? waiting.shift()
    if (row) shown.push(row)
  }
  return shown
}
