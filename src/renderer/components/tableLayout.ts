/** Where rows stand in a list, which of them are seen, and where a key leads: the arithmetic under DataTable. */

const ROW_HEIGHT = 32
const DENSE_ROW_HEIGHT = 28
export const GROUP_HEIGHT = 24
export const HEADER_HEIGHT = 28

/** Above this many rows only those in sight are rendered. */
export const WINDOW_ABOVE = 200

/** Rows rendered beyond either edge, so that a quick scroll shows no gap. */
const OVERSCAN = 8

export type TableItem<Row> =
  | { readonly kind: 'group'; readonly label: string; readonly top: number; readonly height: number }
  | { readonly kind: 'row'; readonly row: Row; readonly index: number; readonly top: number; readonly height: number }

/** Rows and group headings from top to bottom, in px from the first row's top. */
export function layOut<Row>(
  rows: readonly Row[],
  group: ((row: Row) => string) | undefined,
  dense: boolean,
): { readonly items: readonly TableItem<Row>[]; readonly totalHeight: number } {
  const height = dense ? DENSE_ROW_HEIGHT : ROW_HEIGHT
  const items: TableItem<Row>[] = []
  let top = 0
  let heading: string | undefined
  rows.forEach((row, index) => {
    const label = group?.(row)
    if (label !== undefined && label !== heading) {
      heading = label
      items.push({ kind: 'group', label, top, height: GROUP_HEIGHT })
      top += GROUP_HEIGHT
    }
    items.push({ kind: 'row', row, index, top, height })
    top += height
  })
  return { items, totalHeight: top }
}

/**
 * The items to render for a scroll position. The row that holds the keyboard focus is always among them,
 * or scrolling would take the focus away.
 */
export function visibleRange<Row>(items: readonly TableItem<Row>[], scrollTop: number, viewHeight: number, focusable: number): readonly TableItem<Row>[] {
  if (items.length <= WINDOW_ABOVE) return items
  const margin = OVERSCAN * ROW_HEIGHT
  return items.filter(
    (item) => (item.kind === 'row' && item.index === focusable) || (item.top + item.height > scrollTop - margin && item.top < scrollTop + viewHeight + margin),
  )
}

/** The row a key leads to, or -1 where the key does not move. Without a selection, down leads to the first row. */
export function nextRow(key: string, selected: number, count: number, perPage: number): number {
  if (count === 0) return -1
  const within = (index: number): number => Math.min(count - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return within(selected + 1)
    case 'ArrowUp':
    case 'k':
      return within(selected === -1 ? 0 : selected - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'PageDown':
      return within(selected + perPage)
    case 'PageUp':
      return within(selected - perPage)
    default:
      return -1
  }
}
