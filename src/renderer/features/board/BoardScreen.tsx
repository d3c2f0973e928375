import { type PointerEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type Instant, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { useQuery } from '../../api/api.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { leaveBoard, openPanel, selectVisit, useBoardStore } from '../../stores/board.ts'
import { useNow } from '../../stores/clock.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import type { ScreenProps } from '../screenProps.ts'
import classes from './board.module.css'
import { changeVisitState, unassignVisit } from './boardActions.ts'
import { type BoardGeometry, followPress } from './boardDrag.ts'
import { BoardGrid } from './BoardGrid.tsx'
import { axisOf, type BoardRowModel, boardRows, LARGE_ROWS, SMALL_ROWS } from './boardLayout.ts'
import { BoardNotice } from './BoardNotice.tsx'
import { visitsById, withPending } from './boardPending.ts'
import { BoardTools } from './BoardTools.tsx'
import { isUrgent } from './boardWords.ts'
import { type AlertItem, Trays } from './Trays.tsx'
import { UnassignedLane } from './UnassignedLane.tsx'
import { moveBar, useBoardKeys } from './useBoardKeys.ts'
import { useSteadyDay } from './useSteadyDay.ts'
import { actionsFor, type VisitAction } from './visitActions.ts'
import { VisitPanel } from './VisitPanel.tsx'

const LARGE = '(min-width: 2000px)'
const HEAD_WIDTH = { small: 168, large: 248 } as const

function watchSize(listener: () => void): () => void {
  const query = window.matchMedia(LARGE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

const isLarge = (): boolean => window.matchMedia(LARGE).matches

/** The urgent alerts of the day, the most pressing technician's first as they stand on the board. */
function urgentAlerts(rows: readonly BoardRowModel[]): readonly AlertItem[] {
  return rows.flatMap((row) =>
    row.kind === 'group'
      ? []
      : row.bars.flatMap(({ visit, alerts }): readonly AlertItem[] => {
          const alert = alerts.find(isUrgent)
          return alert ? [{ visit, alert, technicianName: row.technician.name }] : []
        }),
  )
}

function alertsOf(rows: readonly BoardRowModel[], visitId: string): readonly VisitAlert[] {
  for (const row of rows) {
    const bar = row.kind === 'technician' ? row.bars.find((candidate) => candidate.visit.id === visitId) : undefined
    if (bar) return bar.alerts
  }
  return []
}

interface LoadedBoardProps {
  readonly day: BoardDay
  /** As of when the day is shown, epoch milliseconds. */
  readonly now: Instant
  /** Shows what others changed; null where all of it is shown. */
  readonly renew: (() => void) | null
  readonly today: IsoDay
  readonly wanted: string | undefined
}

function LoadedBoard({ day: answered, now, renew, today, wanted }: LoadedBoardProps) {
  const may = useMay()
  const large = useSyncExternalStore(watchSize, isLarge)
  const pending = useBoardStore((store) => store.pending)
  const selectedId = useBoardStore((store) => store.selectedId)
  const panel = useBoardStore((store) => store.panel)
  const unitId = useBoardStore((store) => store.unitId)
  const said = useBoardStore((store) => store.said)
  const geometry = useRef<BoardGeometry | null>(null)
  const [hourWidth, setHourWidth] = useState(0)
  const person = { mayOverbook: may('visit.overbook') }

  const day = useMemo(() => withPending(answered, pending), [answered, pending])
  const visits = useMemo(() => visitsById(day), [day])
  const everyRow = useMemo(() => boardRows(day, now), [day, now])
  const rows = useMemo(() => (unitId === null ? everyRow : boardRows(day, now, unitId)), [everyRow, day, now, unitId])
  const axis = useMemo(() => axisOf(day), [day])
  const selected = selectedId === null ? undefined : visits.get(selectedId)

  useEffect(() => leaveBoard, [])
  useEffect(() => {
    if (wanted === undefined) return
    selectVisit(wanted, { focus: true })
    openPanel({ kind: 'detail' })
  }, [wanted])

  const open = (visitId: string): void => {
    selectVisit(visitId)
    openPanel({ kind: 'detail' })
  }
  const act = (visit: BoardVisit, action: VisitAction): void => {
    switch (action.kind) {
      case 'assign':
        return openPanel({ kind: 'assign' })
      case 'closeOut':
        return openPanel({ kind: 'closeOut' })
      case 'handOff':
        return openPanel({ kind: 'handOff' })
      case 'unassign':
        return void unassignVisit(visit, person)
      case 'state':
        if (action.asksReason) openPanel({ kind: 'reason', to: action.to })
        else void changeVisitState(visit, action.to, null)
    }
  }
  const press = (event: PointerEvent<HTMLElement>, visitId: string): void => {
    const visit = visits.get(visitId)
    const source = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]') : null
    if (!visit || !source || !geometry.current) return
    const movable = actionsFor(visit).some((action) => action.kind === 'assign') || visit.state === 'working'
    if (!movable || !may('visit.assign')) {
      open(visitId)
      return
    }
    followPress(event.nativeEvent, source, {
      visit,
      geometry: geometry.current,
      classes: { ghost: classes['ghost'] ?? '', bar: classes['ghostBar'] ?? '', words: classes['ghostWords'] ?? '', bad: classes['ghostBad'] ?? '' },
      ownRowOnly: visit.state === 'working',
      onDrop: (trial, row) => {
        selectVisit(visitId, { focus: true })
        moveBar(visit, row, trial.startsAt, day.zeroAt, person)
      },
      onUnassign: visit.technicianId !== null && visit.state !== 'working' ? () => void unassignVisit(visit, person) : null,
      onClick: () => open(visitId),
    })
  }
  const goToDay = (next: IsoDay): void => navigate({ area: 'board', query: next === today ? {} : { day: next } })

  useBoardKeys({
    rows,
    visits,
    zeroAt: day.zeroAt,
    day: day.day,
    today,
    person,
    goToDay,
    act,
    open,
    goToUnassigned: () => {
      const first = document.querySelector<HTMLElement>('#tray-section-unassigned [role=option]')
      first?.scrollIntoView({ block: 'nearest' })
      first?.focus()
    },
  })

  const shownPanel = panel ?? (large && selected ? ({ kind: 'detail' } as const) : null)
  const technicianName = selected?.technicianId === null || selected === undefined ? undefined : everyRow.find((row) => row.kind === 'technician' && row.technician.id === selected.technicianId)
  return (
    <div className={[classes['screen'], large ? classes['large'] : ''].join(' ')}>
      <BoardTools day={day} today={today} goToDay={goToDay} renew={renew} />
      <div className={classes['board']}>
        <div className={classes['stage']}>
          {rows.length === 0 ? (
            <EmptyState>No technicians yet. Add them in Settings, with their shifts and skills.</EmptyState>
          ) : (
            <BoardGrid
              rows={rows}
              axis={axis}
              zeroAt={day.zeroAt}
              now={now}
              heights={large ? LARGE_ROWS : SMALL_ROWS}
              headWidth={large ? HEAD_WIDTH.large : HEAD_WIDTH.small}
              dayLabel={formatWeekday(day.day)}
              geometry={geometry}
              onHourWidth={setHourWidth}
              onPress={press}
              onOpen={open}
            />
          )}
          <BoardNotice />
        </div>
        {large ? <UnassignedLane day={day} axis={axis} hourWidth={hourWidth} onPress={press} /> : null}
      </div>
      <Trays day={day} alerts={urgentAlerts(everyRow)} today={today} now={now} onPress={press} onOpen={open} />
      {shownPanel && selected ? (
        <VisitPanel
          visit={selected}
          panel={shownPanel}
          day={day}
          technicianName={technicianName?.kind === 'technician' ? technicianName.technician.name : undefined}
          alerts={alertsOf(everyRow, selected.id)}
          now={now}
          person={person}
          onAction={(action) => act(selected, action)}
        />
      ) : large ? (
        <aside className={classes['panel']} aria-label="Visit">
          <EmptyState>Choose a visit to see its promise, its place and what can be done.</EmptyState>
        </aside>
      ) : null}
      <div className="spoken" role="status" aria-live="polite">
        {said}
      </div>
    </div>
  )
}

/** The day board: who is where, what was promised, and what nobody has yet. */
export function BoardScreen({ route }: ScreenProps) {
  const zone = useZone()
  const now = useNow()
  const today = wallTimeOf(now, zone).day
  const asked = route.query['day'] ?? today
  const wantedDay = isPlausibleDay(asked) ? asked : today
  const { data, error, refetch } = useQuery('board.day', { day: wantedDay }, { keep: true })
  useRefetchByLink(refetch)
  const { day, at, renew } = useSteadyDay(data, now)
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={24} rowHeight={28} />
  return <LoadedBoard day={day} now={at} renew={renew} today={today} wanted={route.query['visit']} />
}
