import { type CSSProperties, type PointerEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { selectVisit, useBoardStore } from '../../stores/board.ts'
import classes from './board.module.css'
import { barId } from './BoardBar.tsx'
import type { BoardGeometry } from './boardDrag.ts'
import { type Axis, type BoardRowModel, hoursAt, type RowHeights, rowTops, visibleRows } from './boardLayout.ts'
import { timeIn } from './boardWords.ts'
import { GroupLine, TechnicianLine } from './BoardRows.tsx'
import { hourWidthFor, useViewport } from './useViewport.ts'

const RULER = 24

export interface BoardGridProps {
  readonly rows: readonly BoardRowModel[]
  readonly axis: Axis
  readonly zeroAt: Instant
  readonly now: Instant
  readonly heights: RowHeights
  readonly headWidth: number
  readonly dayLabel: string
  /** Tells the lane below how wide an hour is, px. */
  readonly onHourWidth: (width: number) => void
  /** Tells how the board lies, for drags that start in a tray. */
  readonly geometry: { current: BoardGeometry | null }
  readonly onPress: (event: PointerEvent<HTMLElement>, visitId: string) => void
  readonly onOpen: (visitId: string) => void
}

const hourLabel = (axis: Axis, hour: number): string => timeIn(0, (axis.startMinute / 60 + hour) * 3_600_000).replace(':00', '')

/** Where a visit's row is, or -1. */
function rowIndexOf(rows: readonly BoardRowModel[], visitId: string | null): number {
  if (visitId === null) return -1
  return rows.findIndex((row) => row.kind === 'technician' && row.bars.some((bar) => bar.visit.id === visitId))
}

function firstBarId(rows: readonly BoardRowModel[]): string | null {
  for (const row of rows) if (row.kind === 'technician' && row.bars[0]) return row.bars[0].visit.id
  return null
}

/** Brings the selected bar into sight and gives it the focus when asked to, also after it has moved to another row. */
function useBarFocus(scroller: HTMLElement | null, rows: readonly BoardRowModel[], tops: readonly number[], heights: RowHeights): void {
  const selectedId = useBoardStore((store) => store.selectedId)
  const focusRequest = useBoardStore((store) => store.focusRequest)
  const answered = useRef(focusRequest)
  const hadFocus = useRef<string | null>(null)
  useEffect(() => {
    if (!scroller) return undefined
    const remember = (event: FocusEvent): void => {
      hadFocus.current = event.target instanceof HTMLElement ? (event.target.dataset['visit'] ?? null) : null
    }
    const forget = (event: FocusEvent): void => {
      // A bar that moves to another row is taken out and put in again: that is no leaving.
      if (event.relatedTarget !== null) hadFocus.current = null
    }
    scroller.addEventListener('focusin', remember)
    scroller.addEventListener('focusout', forget)
    return () => {
      scroller.removeEventListener('focusin', remember)
      scroller.removeEventListener('focusout', forget)
    }
  }, [scroller])
  useLayoutEffect(() => {
    if (!scroller || selectedId === null) return
    const asked = answered.current !== focusRequest
    const lost = hadFocus.current === selectedId && document.activeElement === document.body
    if (!asked && !lost) return
    const index = rowIndexOf(rows, selectedId)
    if (index === -1) {
      // Off the board, it is in a tray.
      answered.current = focusRequest
      document.getElementById(`tray-${selectedId}`)?.focus()
      return
    }
    const [top, bottom] = [tops[index] ?? 0, (tops[index + 1] ?? 0) + RULER]
    if (top < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - heights.group)
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight
    const bar = document.getElementById(barId(selectedId))
    if (!bar) return
    bar.focus({ preventScroll: true })
    answered.current = focusRequest
  })
}

/** The day: a ruler of hours over a row for each technician, of which only those in sight are in the page. */
export function BoardGrid({ rows, axis, zeroAt, now, heights, headWidth, dayLabel, geometry, onHourWidth, onPress, onOpen }: BoardGridProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const selectedId = useBoardStore((store) => store.selectedId)
  const inTheWayId = useBoardStore((store) => store.refusal?.inTheWayId ?? null)
  const viewport = useViewport(scroller)
  const hourWidth = hourWidthFor(viewport.width, headWidth, axis)
  const tops = useMemo(() => rowTops(rows, heights), [rows, heights])
  const { from, to } = visibleRows(tops, viewport.scrollTop - RULER, viewport.height)
  const height = tops.at(-1) ?? 0
  const selectedRow = rowIndexOf(rows, selectedId)
  const tabStopId = selectedRow === -1 ? firstBarId(rows) : selectedId
  const nowAt = hoursAt(axis, now)
  const showsNow = nowAt >= 0 && nowAt <= axis.hours
  useBarFocus(scroller, rows, tops, heights)
  useLayoutEffect(() => onHourWidth(hourWidth), [onHourWidth, hourWidth])
  useLayoutEffect(() => {
    geometry.current = scroller ? { scroller, rows, tops, heights, axis, zeroAt, hourWidth, left: headWidth, top: RULER } : null
  })

  const visitAt = (target: EventTarget): string | null => (target instanceof Element ? (target.closest<HTMLElement>('[data-visit]')?.dataset['visit'] ?? null) : null)
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const visitId = visitAt(event.target)
    if (visitId !== null && event.button === 0) onPress(event, visitId)
  }
  const onFocus = useCallback((event: { readonly target: EventTarget }) => {
    const visitId = event.target instanceof HTMLElement ? event.target.dataset['visit'] : undefined
    if (visitId !== undefined) selectVisit(visitId)
  }, [])

  return (
    <div
      ref={setScroller}
      className={classes['scroller']}
      style={{ '--hw': `${hourWidth}px` } as CSSProperties}
      onPointerDown={onPointerDown}
      onDoubleClick={(event) => {
        const visitId = visitAt(event.target)
        if (visitId !== null) onOpen(visitId)
      }}
      onFocus={onFocus}
      data-testid="board"
    >
      <div role="grid" aria-label={`Board, ${dayLabel}`} aria-rowcount={rows.length + 1} className={classes['canvas']} style={{ width: headWidth + axis.hours * hourWidth, height: Math.max(height + RULER, 0) }}>
        {showsNow ? (
          <>
            <div aria-hidden="true" className={classes['past']} style={{ '--s': nowAt } as CSSProperties} />
            <div aria-hidden="true" className={classes['now']} style={{ '--s': nowAt } as CSSProperties} />
          </>
        ) : null}
        <div role="row" aria-rowindex={1} className={classes['ruler']}>
          <div role="columnheader" className={classes['corner']}>
            <span>{rows.reduce((count, row) => count + Number(row.kind === 'technician'), 0)} technicians</span>
            <span>left</span>
          </div>
          <div role="columnheader" className={classes['hours']}>
            <b className="spoken">Visits by time</b>
            {Array.from({ length: axis.hours }, (_, hour) => (
              <span key={hour} aria-hidden="true" style={{ '--s': hour } as CSSProperties}>
                {hourLabel(axis, hour)}
              </span>
            ))}
            {showsNow ? (
              <div aria-hidden="true" className={classes['clock']} style={{ '--s': nowAt } as CSSProperties}>
                {timeIn(zeroAt, now)}
              </div>
            ) : null}
          </div>
        </div>
        <div role="rowgroup" className={classes['rows']}>
          {rows.slice(from, to).map((row, offset) => {
            const index = from + offset
            const top = tops[index] ?? 0
            if (row.kind === 'group') return <GroupLine key={row.key} row={row} top={top} index={index + 2} />
            return (
              <TechnicianLine
                key={row.key}
                row={row}
                top={top}
                index={index + 2}
                axis={axis}
                zeroAt={zeroAt}
                hourWidth={hourWidth}
                selectedId={index === selectedRow ? selectedId : null}
                tabStopId={row.bars.some((bar) => bar.visit.id === tabStopId) ? tabStopId : null}
                inTheWayId={row.bars.some((bar) => bar.visit.id === inTheWayId) ? inTheWayId : null}
                now={now}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

