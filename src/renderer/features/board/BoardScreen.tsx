import { type PointerEvent as ReactPointerEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type Instant, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatDay, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { useQuery } from '../../api/api.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { announce, chooseVisits, leaveBoard, openPanel, openVisit, returnToForm, selectVisit, showRefusal, useBoardStore } from '../../stores/board.ts'
import { changeBoardView, recallBoardView, useBoardView } from '../../stores/boardView.ts'
import { useNow } from '../../stores/clock.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import type { ScreenProps } from '../screenProps.ts'
import classes from './board.module.css'
import { changeVisitState, unassignVisit } from './boardActions.ts'
import type { OwnedBlock } from './timeActions.ts'
import { BesideBoard } from './BesideBoard.tsx'
import { BoardNotice } from './BoardNotice.tsx'
import { headKey, technicianOfKey } from './boardCells.ts'
import { adjacentTechnician } from './boardLayout.ts'
import { timeOf } from './boardTimeActs.ts'
import { BoardTools } from './BoardTools.tsx'
import { type Axis, axisOf, homeOf, wallClock } from './timeline/axis.ts'
import { BoardTimeline, type BoardTimelineHandle } from './timeline/BoardTimeline.tsx'
import type { BoardModel } from './timeline/boardModel.ts'
import { LARGE_ROWS, SMALL_ROWS } from './timeline/windowing.ts'
import { Trays } from './Trays.tsx'
import { UnassignedLane } from './UnassignedLane.tsx'
import { isMovable, useBarPress } from './useBarPress.ts'
import { sayFormIsOpen, useBesideBoard } from './useBesideBoard.ts'
import { useBoardKeys } from './useBoardKeys.ts'
import { useBoardModel, useModel } from './useBoardModel.ts'
import { useChangedBars } from './useChangedBars.ts'
import { useNews } from './useNews.ts'
import { useSteadyDay } from './useSteadyDay.ts'
import type { VisitAction } from './visitActions.ts'

const LARGE = '(min-width: 2000px)'
const HEAD_WIDTH = { small: 168, large: 248 } as const

function watchSize(listener: () => void): () => void {
  const query = window.matchMedia(LARGE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

const isLarge = (): boolean => window.matchMedia(LARGE).matches

const NO_ALERTS: readonly VisitAlert[] = []

function alertsOf(model: BoardModel, visit: BoardVisit | undefined): readonly VisitAlert[] {
  const row = visit?.technicianId ? model.row(visit.technicianId) : undefined
  return row?.bars.find(({ key }) => key === visit?.id)?.alerts ?? NO_ALERTS
}

const titleOf = ({ day, dayStarts, endsAt, zone }: BoardDay): string => (dayStarts.length > 1 ? `${formatDay(day)}\u2013${formatDay(wallTimeOf(endsAt - 1, zone).day)}` : formatWeekday(day))

/** The axis of the days shown: the same object while an answer says the same of them. */
function useAxis(day: BoardDay): Axis {
  const known = useRef<Axis>(null)
  const next = axisOf(day)
  if (known.current === null || JSON.stringify(known.current) !== JSON.stringify(next)) known.current = next
  return known.current
}

function BoardVoice() {
  const said = useBoardStore((store) => store.said)
  return (
    <div className="spoken" role="status" aria-live="polite">
      {said}
    </div>
  )
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

function LoadedBoard({ day, now, renew, today, wanted }: LoadedBoardProps) {
  const may = useMay()
  const large = useSyncExternalStore(watchSize, isLarge)
  const selectedId = useBoardStore((store) => store.selectedId)
  const panel = useBoardStore((store) => store.panel)
  const view = useBoardView()
  const handle = useRef<BoardTimelineHandle>(null)
  const lane = useRef<HTMLDivElement>(null)
  const [hourWidth, setHourWidth] = useState(0)
  const place = useBesideBoard()
  const { beside } = place
  const person = { mayOverbook: may('visit.overbook') }

  const { grouping, sorting, hiddenIds, unitId } = view
  const arrangement = useMemo(() => ({ grouping, sorting, hiddenIds, unitId }), [grouping, sorting, hiddenIds, unitId])
  const model = useBoardModel(day, now, arrangement)
  const axis = useAxis(day)
  const clock = useMemo(() => wallClock(day.zone), [day.zone])
  const news = useNews(day, clock)
  const home = useMemo(() => homeOf(axis, clock, day.groups.flatMap(({ technicians }) => technicians.flatMap(({ shifts }) => shifts))), [axis, clock]) // eslint-disable-line react/exhaustive-deps -- where the day begins to be shown does not follow every change
  const trays = useModel(model, (shown) => shown.trays())
  const alerts = useModel(model, (shown) => shown.alerts())
  const selected = useModel(model, (shown) => (selectedId === null ? undefined : shown.visit(selectedId)))
  const selectedAlerts = useModel(model, (shown) => alertsOf(shown, selected))
  useChangedBars(model, day)
  const nobody = day.groups.length === 0
  const week = axis.dayStarts.length > 1

  useEffect(() => leaveBoard, [])
  // Chosen together is what one sees: an act on another day must not reach those of this one.
  useEffect(() => chooseVisits([]), [day.day, axis.dayStarts.length])
  useEffect(() => {
    if (wanted !== undefined) openVisit(wanted)
  }, [wanted])

  const open = (visitId: string): void => {
    if (place.isForm) return sayFormIsOpen()
    if (returnToForm()) return
    place.set(null)
    selectVisit(visitId)
    openPanel({ kind: 'detail' })
  }
  const act = (visit: BoardVisit, action: VisitAction): void => {
    const needsPanel = action.kind === 'state' ? action.asksReason : action.kind !== 'unassign'
    if (needsPanel && place.isForm) return sayFormIsOpen()
    if (needsPanel && returnToForm()) return
    if (needsPanel) place.set(null)
    switch (action.kind) {
      case 'handOff':
        // Whoever fills the holes has read what was refused for them.
        showRefusal(null)
        return openPanel({ kind: 'handOff' })
      case 'assign':
      case 'closeOut':
      case 'crew':
      case 'promise':
      case 'reschedule':
      case 'split':
        return openPanel({ kind: action.kind })
      case 'unassign':
        return void unassignVisit(visit, person)
      case 'state':
        if (action.asksReason) openPanel({ kind: 'reason', to: action.to })
        else void changeVisitState(visit, action.to, null)
    }
  }
  const press = useBarPress({ model, clock, handle, person, mayPlan: may('visit.assign'), open })
  const pressTray = (event: ReactPointerEvent<HTMLElement>, visitId: string): void => {
    const source = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-visit]') : null
    if (source) press(event.nativeEvent, source, visitId, 'whole')
  }
  const goToDay = (next: IsoDay): void => navigate({ area: 'board', query: next === today ? {} : { day: next } })

  useBoardKeys({
    model,
    clock,
    day: day.day,
    days: axis.dayStarts.length,
    today,
    person,
    goToDay,
    act,
    open,
    openTechnician: (technicianId) => openTechnician(technicianId),
    changeTime: (block) => changeTime(block),
    zoom: (direction) => handle.current?.zoom(direction),
    scrollAcross: (direction) => handle.current?.scrollAcross(direction),
    goToUnassigned: () => {
      const first = document.querySelector<HTMLElement>('#tray-section-unassigned [role=option]')
      first?.scrollIntoView({ block: 'nearest' })
      first?.focus()
    },
  })

  const openTechnician = (technicianId: string | null | undefined): void => {
    if (technicianId) place.put({ kind: 'technician', technicianId })
  }
  const changeTime = (block: OwnedBlock): void => {
    if (may('technician.plan')) place.put({ kind: 'keep', technicianId: block.technicianId, block })
    else openTechnician(block.technicianId)
  }
  const keep = (): void => place.put({ kind: 'keep', technicianId: beside?.kind === 'technician' ? beside.technicianId : (standsWith() ?? null), block: null })
  /** Of whom the keyboard stands on: a technician’s head or kept time is about them, a visit is about itself. */
  const mend = (): void => place.put({ kind: 'mend', technicianId: beside?.kind === 'technician' ? beside.technicianId : selected ? null : (standsWith() ?? null) })
  /** On whose row the keyboard stands: on a head or kept time it is theirs, also while the form of another's visit is open. */
  const standsWith = (): string | null | undefined => technicianOfKey(useBoardStore.getState().selectedKey ?? '') ?? selected?.technicianId
  const firstRow = (): string | undefined => model.rows().find(({ kind }) => kind === 'technician')?.key
  /** Off this person's board, with the keyboard on who stands beside. */
  const hide = (technicianId: string | null | undefined): void => {
    if (!technicianId || hiddenIds.includes(technicianId)) return announce('Choose a technician first')
    const neighbor = adjacentTechnician(model.rows(), technicianId, 1) ?? adjacentTechnician(model.rows(), technicianId, -1)
    const name = model.row(technicianId)?.technician.name ?? 'The technician'
    if (neighbor) selectVisit(null, { focus: true, key: headKey(neighbor.key) })
    changeBoardView({ hiddenIds: [...hiddenIds, technicianId] })
    announce(`${name} is hidden from your board. N shows everybody.`)
  }
  useHotkeys('Board', [
    { keys: 'Shift+H', label: 'Hide the technician from your board', run: () => hide(standsWith()) },
    { keys: 'Shift+P', label: 'Day sheets: print, or as a calendar', run: () => navigate({ area: 'daySheets', query: { day: day.day, ...(selected?.technicianId ? { technician: selected.technicianId } : {}) } }) },
    { keys: 'Shift+M', label: 'The map of the day', run: () => navigate({ area: 'map', query: day.day === today ? {} : { day: day.day } }) },
    { keys: '/', label: 'Find a visit or a technician', run: () => place.put({ kind: 'find' }) },
    { keys: 'E', label: 'The technician: kept time, hours, on call, link', run: () => openTechnician(standsWith() ?? firstRow()) },
    ...(may('technician.plan') && !nobody ? [{ keys: 'L', label: 'Keep time for a technician', run: keep }] : []),
    ...(may('visit.assign') && !nobody ? [{ keys: 'M', label: 'Mend the day: somebody is sick, an emergency, a visit that lasts longer, visits that nobody has', run: mend }] : []),
  ])
  return (
    <div className={[classes['screen'], large ? classes['large'] : ''].join(' ')}>
      <BoardTools day={day} title={titleOf(day)} today={today} goToDay={goToDay} renew={renew} news={news} onZoom={(direction) => handle.current?.zoom(direction)} />
      <div className={classes['board']}>
        <div className={classes['stage']}>
          {nobody ? (
            <EmptyState action={may('settings.edit') ? <a href={routeHref({ area: 'settings', path: ['technicians'] })}>Add technicians</a> : null}>
              No technicians yet. {may('settings.edit') ? 'Add them in Settings, with their shifts and skills.' : 'The owner adds them in Settings, with their shifts and skills.'}
            </EmptyState>
          ) : (
            <BoardTimeline
              model={model}
              handle={handle}
              label={`Board, ${titleOf(day)}`}
              axis={axis}
              clock={clock}
              home={home}
              zoom={week ? view.weekZoom : view.dayZoom}
              heights={large ? LARGE_ROWS : SMALL_ROWS}
              headWidth={large ? HEAD_WIDTH.large : HEAD_WIDTH.small}
              large={large}
              now={now}
              onPress={(event, source, grip) => press(event, source, source.dataset['visit'] ?? '', grip)}
              onOpen={open}
              onHead={openTechnician}
              onTime={(key) => {
                const block = timeOf(model, key)
                if (block) changeTime(block)
              }}
              canExtend={(visitId) => {
                const visit = model.visit(visitId)
                return visit !== undefined && isMovable(visit) && may('visit.assign')
              }}
              onZoomed={(width) => changeBoardView(week ? { weekZoom: width } : { dayZoom: width })}
              onAcross={(width, scrollLeft) => {
                setHourWidth(width)
                lane.current?.style.setProperty('--across', `${-scrollLeft}px`)
              }}
            />
          )}
          <BoardNotice />
        </div>
        {large && !week ? <UnassignedLane laneRef={lane} day={day} unassigned={trays.unassigned} axis={axis} hourWidth={hourWidth} onPress={pressTray} /> : null}
      </div>
      <Trays day={day} clock={clock} trays={trays} alerts={alerts} today={today} now={now} onPress={pressTray} onOpen={open} />
      <BesideBoard
        place={place}
        model={model}
        day={day}
        clock={clock}
        now={now}
        person={person}
        large={large}
        selected={selected}
        selectedAlerts={selectedAlerts}
        panel={panel}
        onAction={act}
        onTechnician={openTechnician}
        onKeep={keep}
        onChangeTime={changeTime}
      />
      <BoardVoice />
    </div>
  )
}

/** The board: who is where, what was promised, and what nobody has yet. */
export function BoardScreen({ route }: ScreenProps) {
  const zone = useZone()
  const now = useNow()
  const { userId } = usePerson()
  recallBoardView(userId)
  const { days } = useBoardView()
  const today = wallTimeOf(now, zone).day
  const asked = route.query['day'] ?? today
  const wantedDay = isPlausibleDay(asked) ? asked : today
  const { data, error, refetch } = useQuery('board.day', days === 1 ? { day: wantedDay } : { day: wantedDay, days }, { keep: true })
  useRefetchByLink(refetch)
  const { day, at, renew } = useSteadyDay(data, now)
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={24} rowHeight={28} />
  return <LoadedBoard day={day} now={at} renew={renew} today={today} wanted={route.query['visit']} />
}
