import Button from '@mui/material/Button'
import { type RefObject, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { addDays, type Instant, isPlausibleDay, type IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import type { MapPictures } from '../../../shared/contract/methods/map.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { selectVisit, useBoardStore } from '../../stores/board.ts'
import { useNow } from '../../stores/clock.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { changeMap, keepMap, recallMap, useMapStanding } from '../../stores/mapView.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { useSteadyDay } from '../board/useSteadyDay.ts'
import type { ScreenProps } from '../screenProps.ts'
import { type Borders, loadBorders } from './borders.ts'
import { type Ground, groundOf } from './ground.ts'
import classes from './map.module.css'
import { filtered, type MapDay, mapDayOf, type MapVisit, pointsOf } from './mapDay.ts'
import { MapFilters } from './MapFilters.tsx'
import { TechnicianList, VisitList } from './MapLists.tsx'
import { type MapHandle, MapSurface } from './MapSurface.tsx'
import { MapVisitPanel } from './MapVisitPanel.tsx'
import { MAX_ZOOM } from './mercator.ts'
import type { Hit, Scene } from './painter.ts'
import { useMapKeys } from './useMapKeys.ts'

const NO_INPUT = {} as const
const NO_GROUND: readonly Ground[] = []

function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
const isDarkNow = (): boolean => document.documentElement.dataset['theme'] === 'dark'

/** `48 visits, 3 not on the map`. */
function countWords({ visits }: MapDay, all: number): string {
  const missing = visits.filter(({ at }) => at === null).length
  const shown = visits.length === all ? `${all}` : `${visits.length} of ${all}`
  return `${shown} ${all === 1 ? 'visit' : 'visits'}${missing === 0 ? '' : `, ${missing} not on the map`}`
}

/** The one after the chosen one, round and round: marks on one place can't be told apart by pressing. */
function nextOf<One>(list: readonly One[], isChosen: (one: One) => boolean): One | undefined {
  return list[(list.findIndex(isChosen) + 1) % list.length]
}

/** The same object while it says the same, so that nothing is drawn again for nothing. */
function useScene({ day, ground, borders, selectedId, technicianId, isDark, pictures }: Scene): Scene {
  return useMemo(() => ({ day, ground, borders, selectedId, technicianId, isDark, pictures }), [day, ground, borders, selectedId, technicianId, isDark, pictures])
}

/** Null until they are read. A map without them is a map still, so that they can't be read is said nowhere. */
function useBorders(): Borders | null {
  const [borders, setBorders] = useState<Borders | null>(null)
  useEffect(() => {
    loadBorders().then(setBorders, () => undefined)
  }, [])
  return borders
}

/** Says that what is chosen lies outside: the map does not go there by itself. */
function AwayNote({ one: { visit, at }, handle }: { readonly one: MapVisit; readonly handle: RefObject<MapHandle | null> }) {
  const isAway = useMapStanding(({ view }) => view !== null && at !== null && handle.current?.isSeen(at) === false)
  return isAway ? (
    <p className={classes['away']}>
      {visit.shortName} is outside this part of the map. <Keycap keys="Z" /> goes there.
    </p>
  ) : null
}

interface LoadedMapProps {
  readonly day: BoardDay
  readonly now: Instant
  readonly renew: (() => void) | null
  readonly today: IsoDay
  readonly ground: readonly Ground[]
  readonly pictures: MapPictures | null
}

function LoadedMap({ day, now, renew, today, ground, pictures }: LoadedMapProps) {
  const handle = useRef<MapHandle>(null)
  const selectedId = useBoardStore((store) => store.selectedId)
  // Not where one looks: that changes with every frame of a pan, and the list stands still meanwhile.
  const filter = useMapStanding((standing) => standing.filter)
  const list = useMapStanding((standing) => standing.list)
  const technicianId = useMapStanding((standing) => standing.technicianId)
  const isDark = useSyncExternalStore(watchTheme, isDarkNow)
  const [opened, setOpened] = useState(false)
  const whole = useMemo(() => mapDayOf(day, now), [day, now])
  const map = useMemo(() => filtered(whole, filter), [whole, filter])
  const points = useMemo(() => pointsOf(map), [map])
  const selected = whole.visits.find(({ visit }) => visit.id === selectedId)
  const standsOut = list === 'technicians' ? technicianId : (filter.technicianId ?? selected?.visit.technicianId ?? null)
  const scene = useScene({ day: map, ground, borders: useBorders(), selectedId, technicianId: standsOut, isDark, pictures: pictures?.address ?? null })
  const goToDay = (next: IsoDay): void => navigate({ area: 'map', query: next === today ? {} : { day: next } })
  const open = (visitId: string): void => {
    selectVisit(visitId)
    setOpened(true)
  }
  const chooseTechnician = (id: string): void => changeMap({ technicianId: id, list: 'technicians' })
  const onlyTechnician = (id: string | null): void => changeMap({ filter: { ...filter, technicianId: id }, list: 'visits' })
  const onBoard = (): void => navigate({ area: 'board', query: { ...(day.day === today ? {} : { day: day.day }), ...(selected ? { visit: selected.visit.id } : {}) } })
  const hit = (under: Hit, how: 'choose' | 'open'): void => {
    const places = under.kind === 'visits' ? under.visits.map(({ at }) => at) : under.technicians.map(({ at }) => at)
    const apart = places.filter((at) => at !== null && places.some((other) => other !== null && (other.x !== at.x || other.y !== at.y))).filter((at) => at !== null)
    // Told apart from nearer; the person pressed it, so the map may move.
    if (apart.length > 1 && (useMapStanding.getState().view?.zoom ?? 0) < MAX_ZOOM) return handle.current?.fit(apart, MAX_ZOOM)
    if (under.kind === 'technicians') {
      const next = nextOf(under.technicians, ({ technician }) => technician.id === technicianId)
      if (next) chooseTechnician(next.technician.id)
      return
    }
    const next = how === 'open' ? under.visits[0] : nextOf(under.visits, ({ visit }) => visit.id === selectedId)
    if (!next) return
    if (list === 'technicians') changeMap({ list: 'visits' })
    if (how === 'open') open(next.visit.id)
    else selectVisit(next.visit.id)
  }
  useMapKeys({ day: day.day, today, map, selected, handle, points, standsOut, goToDay, onlyTechnician, onBoard, renew, opened, close: () => setOpened(false) })

  const drive = day.legs.find(({ toVisitId, technicianId: driver }) => toVisitId === selectedId && driver === selected?.visit.technicianId)
  return (
    <div className={classes['screen']}>
      <ScreenBar title={`Map, ${formatWeekday(day.day)}`} detail={countWords(map, whole.visits.length)} actions={<ActionButton small label="Board" keys="B" onClick={onBoard} />}>
        <Button size="small" aria-label="Previous day" onClick={() => goToDay(addDays(day.day, -1))}>
          <Icon name="chevronLeft" />
        </Button>
        <ActionButton small label="Today" keys="T" onClick={() => goToDay(today)} />
        <Button size="small" aria-label="Next day" onClick={() => goToDay(addDays(day.day, 1))}>
          <Icon name="chevronRight" />
        </Button>
        <SegmentedControl
          label="What is listed"
          value={list}
          segments={[
            { value: 'visits', label: 'Visits' },
            { value: 'technicians', label: 'Technicians' },
          ]}
          onChange={(value) => changeMap({ list: value })}
        />
        {/* Its place is kept: nothing moves when others change something while somebody is on the line. */}
        <span className={renew ? '' : classes['unsaid']}>
          <ActionButton small label="Show changes" keys="R" onClick={() => renew?.()} />
        </span>
      </ScreenBar>
      <div className={classes['parts']}>
        <div className={classes['side']} data-pane="list">
          <MapFilters day={whole} filter={filter} />
          <div className={classes['list']}>
            {list === 'visits' ? (
              <VisitList day={map} zone={day.zone} selectedId={selectedId} onSelect={(id) => selectVisit(id)} onOpen={open} isFiltered={map !== whole} />
            ) : (
              <TechnicianList day={map} zone={day.zone} selectedId={technicianId} onSelect={(id) => changeMap({ technicianId: id })} onOpen={onlyTechnician} />
            )}
          </div>
        </div>
        <div className={classes['stage']} data-pane="map">
          <MapSurface handle={handle} label={`Map, ${formatWeekday(day.day)}`} scene={scene} points={points} credit={pictures?.credit ?? null} onHit={hit} />
          {selected ? <AwayNote one={selected} handle={handle} /> : null}
          <div className={classes['zoom']}>
            <Button size="small" variant="outlined" color="inherit" aria-label="Nearer" onClick={() => handle.current?.zoom(1)}>
              +
            </Button>
            <Button size="small" variant="outlined" color="inherit" aria-label="Farther" onClick={() => handle.current?.zoom(-1)}>
              {'\u2212'}
            </Button>
            <Button size="small" variant="outlined" color="inherit" aria-label="Show everything" onClick={() => handle.current?.fit(points)}>
              <Keycap keys="0" />
            </Button>
          </div>
        </div>
        {opened && selected ? (
          <MapVisitPanel
            one={selected}
            technician={whole.technicians.find(({ technician }) => technician.id === selected.visit.technicianId)}
            minutes={drive?.minutes ?? null}
            zone={day.zone}
            onBoard={onBoard}
            onClose={() => setOpened(false)}
          />
        ) : null}
      </div>
    </div>
  )
}

/** The map of the day: where visits and technicians are, and the drives between them; all of it also as a list. */
export function MapScreen({ route }: ScreenProps) {
  const zone = useZone()
  const now = useNow()
  const { userId } = usePerson()
  recallMap(userId)
  useEffect(() => {
    // A closed window keeps its place, too.
    window.addEventListener('pagehide', keepMap)
    return () => {
      window.removeEventListener('pagehide', keepMap)
      keepMap()
    }
  }, [])
  const today = wallTimeOf(now, zone).day
  const asked = route.query['day'] ?? today
  const wantedDay = isPlausibleDay(asked) ? asked : today
  const { data, error, refetch } = useQuery('board.day', { day: wantedDay }, { keep: true })
  const areas = useQuery('map.areas', NO_INPUT)
  const pictures = useQuery('map.pictures', NO_INPUT)
  useRefetchByLink(refetch)
  const { day, at, renew } = useSteadyDay(data, now)
  const ground = useMemo(() => (areas.data ? groundOf(areas.data.areas) : NO_GROUND), [areas.data])
  const wanted = route.query['visit']
  useEffect(() => {
    if (wanted !== undefined) selectVisit(wanted)
  }, [wanted])
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={24} rowHeight={28} />
  return <LoadedMap day={day} now={at} renew={renew} today={today} ground={ground} pictures={pictures.data?.pictures ?? null} />
}
