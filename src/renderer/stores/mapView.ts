import { create } from 'zustand'
import type { MapFilter } from '../features/map/mapDay.ts'
import type { MapView } from '../features/map/mercator.ts'

/** Where this window looks on the map: kept at this workstation for each person, and each window has its own. */
export interface MapStanding {
  /** Null until the map has been fitted once. */
  readonly view: MapView | null
  readonly filter: MapFilter
  readonly list: 'visits' | 'technicians'
  /** Whose way stands out. */
  readonly technicianId: string | null
}

const PREFIX = 'baton-map:'

const USUAL: MapStanding = { view: null, filter: { technicianId: null, unitId: null }, list: 'visits', technicianId: null }

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {})

function viewOf(value: unknown): MapView | null {
  const { x, y, zoom } = recordOf(value)
  return typeof x === 'number' && typeof y === 'number' && typeof zoom === 'number' && x >= 0 && x <= 1 && y >= 0 && y <= 1 && zoom >= 3 && zoom <= 18 ? { x, y, zoom } : null
}

/** What was kept may be damaged, or another version's: whatever is not understood is as usual. */
export function readMapStanding(text: string | null): MapStanding {
  try {
    const { view, filter, list, technicianId } = recordOf(JSON.parse(text ?? 'null'))
    const { technicianId: onlyTechnician, unitId } = recordOf(filter)
    return { view: viewOf(view), filter: { technicianId: idOf(onlyTechnician), unitId: idOf(unitId) }, list: list === 'technicians' ? list : 'visits', technicianId: idOf(technicianId) }
  } catch {
    return USUAL
  }
}

export const useMapStanding = create<MapStanding>(() => USUAL)

let keptFor: string | null = null

/** A window of its own says in its address which one it is. */
const keyOf = (userId: string): string => `${PREFIX}${userId}:${new URLSearchParams(location.search).get('window') ?? 'main'}`

/** Shows the map as this person left it in this window. */
export function recallMap(userId: string): void {
  if (keptFor === userId) return
  keptFor = userId
  useMapStanding.setState(readMapStanding(localStorage.getItem(keyOf(userId))))
}

export function changeMap(change: Partial<MapStanding>): void {
  useMapStanding.setState(change)
}

/** Remembers how it stands, when it is left. */
export function keepMap(): void {
  if (keptFor !== null) localStorage.setItem(keyOf(keptFor), JSON.stringify(useMapStanding.getState()))
}
