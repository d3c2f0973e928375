import { useMemo } from 'react'
import { Choice } from '../../components/Choice.tsx'
import { changeMap } from '../../stores/mapView.ts'
import classes from './map.module.css'
import type { MapDay, MapFilter } from './mapDay.ts'

/** Stands for no filter: an id is never empty. */
const EVERYBODY = ''

/** Where the key that asks for a technician's name goes. */
export const TECHNICIAN_FILTER = 'map-technician'

/** Whose visits are shown, and of which business unit; typed, for there may be hundreds. */
export function MapFilters({ day, filter }: { readonly day: MapDay; readonly filter: MapFilter }) {
  const technicians = useMemo(
    () => [{ value: EVERYBODY, label: 'Everybody' }, ...day.technicians.map(({ technician, unitName }) => ({ value: technician.id, label: technician.name, detail: unitName }))],
    [day.technicians],
  )
  const units = useMemo(
    () => [{ value: EVERYBODY, label: 'All business units' }, ...new Map(day.technicians.map(({ technician, unitName }) => [technician.unitId, { value: technician.unitId, label: unitName }])).values()],
    [day.technicians],
  )
  const set = (change: Partial<MapFilter>): void => changeMap({ filter: { ...filter, ...change } })
  return (
    <div className={classes['filters']} data-testid={TECHNICIAN_FILTER}>
      <Choice tight label="Technician" options={technicians} value={filter.technicianId ?? EVERYBODY} onChange={(id) => set({ technicianId: id === EVERYBODY ? null : id })} />
      <Choice tight label="Business unit" options={units} value={filter.unitId ?? EVERYBODY} onChange={(id) => set({ unitId: id === EVERYBODY ? null : id })} />
    </div>
  )
}
