import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './DataTable.module.css'
import { GROUP_HEIGHT, HEADER_HEIGHT, layOut, nextRow, type TableItem, visibleRange } from './tableLayout.ts'
import { useHotkeys } from './useHotkeys.ts'

export interface Column<Row> {
  readonly key: string
  readonly header: string
  /** Names a column that shows no header, for a screen reader. */
  readonly spoken?: string
  readonly cell: (row: Row, index: number) => ReactNode
  /** A CSS track: `108px`, `minmax(120px, 1fr)`; without it an equal share. */
  readonly width?: string
  readonly align?: 'left' | 'right'
  /** The column that names the row, in medium weight. */
  readonly strong?: boolean
  /** In the quieter text colour. */
  readonly quiet?: boolean
}

export interface DataTableProps<Row> {
  /** What the list is, for a screen reader: "Promises". */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly selectedId: string | null
  readonly onSelect: (id: string, row: Row) => void
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void
  /** Consecutive rows of equal group stand under a heading. */
  readonly group?: (row: Row) => string
  /** Pinned at the bottom, by column key. */
  readonly totals?: Readonly<Record<string, ReactNode>>
  /** A red edge for a row that needs somebody. */
  readonly alert?: (row: Row) => boolean
  /** 28 instead of 32 px. */
  readonly dense?: boolean
  /** Shown in place of rows. */
  readonly empty?: ReactNode
  /** The screen's main list: J, K and the arrows move in it from anywhere outside fields, Enter opens. */
  readonly main?: boolean
}

function useViewport(): { readonly ref: React.RefObject<HTMLDivElement | null>; readonly top: number; readonly height: number } {
  const ref = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return undefined
    const read = (): void => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    read()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [])
  return { ref, ...view }
}

/** The list of the product: full bleed, hairlines, one selected row in marigold, keyboard first, windowed when long. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, selectedId, onSelect, onOpen, group, totals, alert, dense = false, empty, main = false } = props
  const { ref, top, height } = useViewport()
  const { items, totalHeight } = layOut(rows, group, dense)
  const selectedIndex = selectedId === null ? -1 : rows.findIndex((row) => rowId(row) === selectedId)
  const focusable = selectedIndex === -1 ? 0 : selectedIndex
  const takeFocus = useRef(false)

  const reveal = (index: number): void => {
    const element = ref.current
    const item = items.find((candidate) => candidate.kind === 'row' && candidate.index === index)
    if (!element || !item) return
    const room = element.clientHeight - HEADER_HEIGHT - (totals ? item.height : 0)
    if (item.top - GROUP_HEIGHT < element.scrollTop) element.scrollTop = index === 0 ? 0 : item.top - GROUP_HEIGHT
    else if (item.top + item.height > element.scrollTop + room) element.scrollTop = item.top + item.height - room
  }

  const moveTo = (index: number, focus: boolean): void => {
    const row = rows[index]
    if (row === undefined) return
    takeFocus.current = focus
    reveal(index)
    onSelect(rowId(row), row)
  }

  const openSelected = (): false | void => {
    const row = rows[selectedIndex]
    if (row === undefined || !onOpen) return false
    onOpen(row)
  }

  // A row reached by key while windowed away exists only after this render: focus it then.
  useEffect(() => {
    if (!takeFocus.current) return
    takeFocus.current = false
    ref.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true })
  })

  useHotkeys(
    label,
    [
      { keys: ['J', 'ArrowDown'], label: 'Next row', run: () => moveTo(nextRow('ArrowDown', selectedIndex, rows.length, 1), false) },
      { keys: ['K', 'ArrowUp'], label: 'Previous row', run: () => moveTo(nextRow('ArrowUp', selectedIndex, rows.length, 1), false) },
      ...(onOpen ? [{ keys: 'Enter', label: 'Open the row', run: openSelected }] : []),
    ],
    { enabled: main },
  )

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'row' || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') {
      if (openSelected() === false) return
    } else {
      const perPage = Math.max(1, Math.floor((height - HEADER_HEIGHT) / (items[0]?.height ?? 32)) - 1)
      const next = nextRow(event.key, selectedIndex, rows.length, perPage)
      if (next === -1) return
      moveTo(next, true)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const shown = visibleRange(items, top, height, focusable)
  const lastColumn = columns.length - 1
  const style = { '--columns': columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ') } as CSSProperties
  const side = (column: Column<Row>): string => (column.align === 'right' ? ` ${classes['right']}` : '')

  const renderRow = (item: Extract<TableItem<Row>, { kind: 'row' }>) => {
    const { row, index } = item
    const id = rowId(row)
    const selected = index === selectedIndex
    const mark = selected ? classes['selected'] : alert?.(row) ? classes['alert'] : ''
    return (
      <div
        key={id}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        tabIndex={index === focusable ? 0 : -1}
        className={`${classes['row']} ${mark}`}
        style={{ height: item.height, transform: `translateY(${item.top}px)` }}
        onClick={() => onSelect(id, row)}
        onFocus={(event) => {
          if (event.target === event.currentTarget && !selected && event.currentTarget.matches(':focus-visible')) onSelect(id, row)
        }}
        {...(onOpen ? { onDoubleClick: () => onOpen(row) } : {})}
      >
        {columns.map((column) => (
          <div key={column.key} role="gridcell" className={`${classes['cell']}${side(column)}${column.strong ? ' m' : ''}${column.quiet ? ' t2' : ''}`}>
            {column.cell(row, index)}
          </div>
        ))}
      </div>
    )
  }

  return (
    <div ref={ref} className={classes['table']} style={style} role="grid" aria-label={label} aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
      <div role="row" aria-rowindex={1} className={classes['head']}>
        {columns.map((column) => (
          <div key={column.key} role="columnheader" className={`${classes['cell']}${side(column)}`}>
            {column.header || <span className="spoken">{column.spoken ?? column.key}</span>}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={classes['body']} style={{ height: rows.length === 0 ? undefined : totalHeight }}>
        {shown.map((item) =>
          item.kind === 'row' ? (
            renderRow(item)
          ) : (
            <div key={`group ${item.top}`} role="row" className={classes['group']} style={{ height: item.height, transform: `translateY(${item.top}px)` }}>
              <div role="gridcell" aria-colspan={columns.length}>
                {item.label}
              </div>
            </div>
          ),
        )}
        {rows.length === 0 && empty !== undefined ? (
          <div role="row">
            <div role="gridcell" aria-colspan={columns.length}>
              {empty}
            </div>
          </div>
        ) : null}
      </div>
      {totals ? (
        <div role="row" className={classes['totals']} data-pinned-foot>
          {columns.map((column, index) => (
            <div key={column.key} role="gridcell" className={`${classes['cell']}${side(column)}`} {...(index === lastColumn ? { 'data-last': '' } : {})}>
              {totals[column.key]}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
