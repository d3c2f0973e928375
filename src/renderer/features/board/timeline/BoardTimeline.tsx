import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'
import { selectVisit, useBoardStore } from '../../../stores/board.ts'
import { cellIn, headKey, insteadOf, technicianOfKey } from '../boardCells.ts'
import type { BarMarks } from './barView.ts'
import type { BoardModel } from './boardModel.ts'
import { createTimeline, type Timeline, type TimelineFrame, type TimelineGeometry } from './timeline.ts'
import { listenOn } from './timelineInput.ts'
import type { Grip } from './timelineDrag.ts'
import { zoomed } from './axis.ts'
import classes from './timeline.module.css'

/** What the screen around the board may ask of it. */
export interface BoardTimelineHandle {
  geometry(): TimelineGeometry
  /** Wider or narrower hours, around what the hand points at or the middle; null for as wide as fits. */
  zoom(direction: 1 | -1 | null, clientX?: number): void
  /** Later or earlier hours by most of what is seen. */
  scrollAcross(direction: 1 | -1): void
}

export interface BoardTimelineProps extends TimelineFrame {
  readonly model: BoardModel
  readonly handle: Ref<BoardTimelineHandle>
  readonly onPress: (event: PointerEvent, source: HTMLElement, grip: Grip) => void
  readonly onOpen: (visitId: string) => void
  readonly onHead: (technicianId: string) => void
  /** A double click on kept time. */
  readonly onTime: (key: string) => void
  readonly canExtend: (visitId: string) => boolean
  readonly onZoomed: (hourWidth: number | null) => void
  /** Tells the lane below how wide an hour is and how far the board is scrolled, px. */
  readonly onAcross: (hourWidth: number, scrollLeft: number) => void
}

const { getState } = useBoardStore

/** True where the key is of something that stands on the board now. */
function stands(model: BoardModel, key: string, visitId: string | null): boolean {
  const visit = visitId === null ? undefined : model.visit(visitId)
  const rows = [technicianOfKey(key), visit?.technicianId, ...(visit?.crewIds ?? [])]
  return rows.some((technicianId) => technicianId != null && model.indexOf(technicianId) !== -1 && cellIn(model.row(technicianId), key) !== undefined)
}

/** Where Tab leads at first: to the first visit, or to the first technician where there is none. */
function firstKey(model: BoardModel): string | null {
  const technicians = model.rows().filter((row) => row.kind === 'technician')
  const [first] = technicians
  return technicians.find(({ bars }) => bars.length > 0)?.bars[0]?.key ?? (first ? headKey(first.key) : null)
}

/** Where Tab leads: to what was selected last, or to the first there is. */
function marksNow(model: BoardModel): BarMarks {
  const { selectedKey, selectedId, chosenIds, refusal, liftedIds, changedBy } = getState()
  const here = selectedKey !== null && stands(model, selectedKey, selectedId)
  return {
    currentKey: here ? selectedKey : null,
    tabStopKey: here ? selectedKey : firstKey(model),
    chosenIds,
    inTheWayId: refusal?.inTheWayId ?? null,
    liftedIds,
    changedBy,
  }
}

const sameMarks = (left: BarMarks, right: BarMarks): boolean =>
  left.currentKey === right.currentKey && left.tabStopKey === right.tabStopKey && left.chosenIds === right.chosenIds && left.inTheWayId === right.inTheWayId && left.liftedIds === right.liftedIds && left.changedBy === right.changedBy

/** What takes the focus for a key: the same, or what stands instead of kept time that is gone. */
function focused(model: BoardModel, key: string): string {
  const row = model.row(technicianOfKey(key) ?? '')
  return !row || cellIn(row, key) ? key : insteadOf(row, key)
}

/** Keeps the marks and the focus as the board's store has them; the focus of what left the board goes after it into the trays. */
function followStore(timeline: Timeline, model: BoardModel): { readonly settle: () => void; readonly owe: () => void; readonly stop: () => void } {
  let marks = marksNow(model)
  let answered = getState().focusRequest
  let owed = false
  timeline.mark(marks)
  const settle = (): void => {
    const { focusRequest, selectedId, selectedKey } = getState()
    if (focusRequest !== answered) {
      answered = focusRequest
      owed = true
    } else if (owed && document.activeElement !== document.body) owed = false
    if (!owed || selectedKey === null) return
    if (timeline.focus(focused(model, selectedKey))) owed = false
    else if (selectedId !== null) {
      const item = document.getElementById(`tray-${selectedId}`)
      item?.focus()
      if (item) owed = false
    }
  }
  const follow = (): void => {
    const next = marksNow(model)
    if (!sameMarks(marks, next)) {
      marks = next
      timeline.mark(next)
    }
    settle()
  }
  const stops = [useBoardStore.subscribe(follow), model.watch(follow)]
  return {
    settle,
    owe: () => {
      owed = true
    },
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

/** The board's timeline within React: nothing in it is drawn by React but the box it stands in. */
export function BoardTimeline(props: BoardTimelineProps) {
  const { model, handle, label, axis, clock, home, zoom, heights, headWidth, large, now } = props
  const host = useRef<HTMLDivElement>(null)
  const timeline = useRef<Timeline | null>(null)
  const follower = useRef<ReturnType<typeof followStore> | null>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })

  const zoomBy = useRef((direction: 1 | -1 | null, clientX: number | null) => {
    const shown = timeline.current
    if (!shown) return
    const at = shown.instantUnder(clientX)
    const hourWidth = direction === null ? null : zoomed(shown.hourWidth(), direction)
    shown.zoomAround(hourWidth, at)
    latest.current.onZoomed(hourWidth)
  })

  useLayoutEffect(() => {
    if (!host.current) return undefined
    const made = createTimeline(host.current, model, {
      onAcross: (hourWidth, scrollLeft) => latest.current.onAcross(hourWidth, scrollLeft),
      onFocusLost: () => follower.current?.owe(),
    })
    timeline.current = made
    const followed = followStore(made, model)
    follower.current = followed
    const deaf = listenOn(made, {
      onPress: (event, source, grip) => latest.current.onPress(event, source, grip),
      onOpen: (visitId) => latest.current.onOpen(visitId),
      onHead: (technicianId) => latest.current.onHead(technicianId),
      onTime: (key) => latest.current.onTime(key),
      onFocus: (visitId, key) => selectVisit(visitId, { key }),
      onZoom: (direction, clientX) => zoomBy.current(direction, clientX),
      canExtend: (visitId) => latest.current.canExtend(visitId),
    })
    return () => {
      deaf()
      followed.stop()
      made.close()
      timeline.current = null
      follower.current = null
    }
  }, [model])
  useLayoutEffect(() => {
    timeline.current?.draw({ label, axis, clock, home, zoom, heights, headWidth, large, now })
  }, [label, axis, clock, home, zoom, heights, headWidth, large, now])
  // After whatever React has drawn: what went into a tray can only now take the focus.
  useEffect(() => follower.current?.settle())
  useImperativeHandle(
    handle,
    () => ({
      geometry: () => {
        if (!timeline.current) throw new Error('The board is not there')
        return timeline.current.geometry()
      },
      zoom: (direction, clientX) => zoomBy.current(direction, clientX ?? null),
      scrollAcross: (direction) => {
        const scroller = timeline.current?.scroller
        if (scroller) scroller.scrollLeft += direction * (scroller.clientWidth / 2)
      },
    }),
    [],
  )
  return <div ref={host} className={classes['host']} />
}
