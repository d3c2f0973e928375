import type { RefObject } from 'react'
import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { selectVisit, useBoardStore } from '../../stores/board.ts'
import { changeMap } from '../../stores/mapView.ts'
import type { MapDay, MapVisit } from './mapDay.ts'
import { TECHNICIAN_FILTER } from './MapFilters.tsx'
import type { MapHandle } from './MapSurface.tsx'
import type { Point } from './mercator.ts'

export interface MapKeysParts {
  readonly day: IsoDay
  readonly today: IsoDay
  readonly map: MapDay
  readonly selected: MapVisit | undefined
  readonly handle: RefObject<MapHandle | null>
  readonly points: readonly Point[]
  /** Whose way stands out. */
  readonly standsOut: string | null
  readonly goToDay: (day: IsoDay) => void
  readonly onlyTechnician: (technicianId: string | null) => void
  readonly onBoard: () => void
  readonly renew: (() => void) | null
  readonly opened: boolean
  readonly close: () => void
}

/** From the map to the list; says whether the map had the focus. */
function leaveMap(): boolean {
  if (document.activeElement?.getAttribute('role') !== 'application') return false
  document.querySelector<HTMLElement>('[data-pane=list] [role=row][tabindex="0"]')?.focus()
  return true
}

/** The map's keyboard; the list has the arrows, J, K and Enter of its own, the map the arrows while it has the focus. */
export function useMapKeys(parts: MapKeysParts): void {
  const { day, today, map, selected, handle, points, standsOut, goToDay, onlyTechnician, onBoard, renew, opened, close } = parts
  /** The next visit without a place, from the chosen one on. */
  const nextMissing = (): boolean => {
    const { selectedId } = useBoardStore.getState()
    const from = map.visits.findIndex(({ visit }) => visit.id === selectedId)
    const inTurn = [...map.visits.slice(from + 1), ...map.visits.slice(0, from + 1)]
    const next = inTurn.find(({ at }) => at === null)
    if (next) {
      changeMap({ list: 'visits' })
      selectVisit(next.visit.id)
    }
    return next !== undefined
  }
  const isOnlyOne = map.technicians.length === 1
  useHotkeys('Map', [
    { keys: ['+', '='], label: 'Nearer', run: () => handle.current?.zoom(1) },
    { keys: '-', label: 'Farther', run: () => handle.current?.zoom(-1) },
    { keys: '0', label: 'Show everything', run: () => handle.current?.fit(points) },
    { keys: 'Z', label: 'Go to the chosen visit', run: () => (selected?.at ? handle.current?.center(selected.at) : false) },
    { keys: 'M', label: 'To the map: arrows move it', run: () => handle.current?.focus() },
    { keys: '[', label: 'List the visits', run: () => changeMap({ list: 'visits' }) },
    { keys: ']', label: 'List the technicians: where they are', run: () => changeMap({ list: 'technicians' }) },
    { keys: 'F', label: 'Only this technician, or everybody again', run: () => (isOnlyOne ? onlyTechnician(null) : standsOut === null ? false : onlyTechnician(standsOut)) },
    { keys: 'W', label: 'Whose visits: type a name', run: () => document.querySelector<HTMLElement>(`[data-testid="${TECHNICIAN_FILTER}"] input`)?.focus() },
    { keys: 'N', label: 'Next visit that is not on the map', run: nextMissing },
    { keys: 'B', label: 'The chosen visit on the board', run: onBoard },
    { keys: 'T', label: 'Today', run: () => goToDay(today) },
    { keys: 'Shift+ArrowRight', label: 'Next day', run: () => goToDay(addDays(day, 1)) },
    { keys: 'Shift+ArrowLeft', label: 'Previous day', run: () => goToDay(addDays(day, -1)) },
    { keys: 'R', label: 'Show what others changed during the call', run: () => renew?.() ?? false },
    { keys: 'Escape', label: 'Close the panel, or from the map to the list', run: () => (opened ? close() : leaveMap()) },
  ])
}
