import { formatWindow } from '../../../shared/base/zone.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { lastKnownWords, sinceWords } from './lastKnown.ts'
import classes from './map.module.css'
import type { MapDay, MapTechnician, MapVisit } from './mapDay.ts'

const NOT_THERE = 'not on the map'

const visitColumns = (anyMissing: boolean): readonly Column<MapVisit>[] => [
  { key: 'number', header: '', spoken: 'Number in the technician\u2019s day', width: '32px', align: 'right', cell: ({ number }) => number ?? '\u2013' },
  {
    key: 'state',
    header: 'State',
    width: '104px',
    quiet: true,
    cell: ({ visit }) => (
      <span className={classes['state']}>
        <StateGlyph state={visit.state} />
        {STATE_NAMES[visit.state]}
      </span>
    ),
  },
  { key: 'customer', header: 'Customer', width: 'minmax(72px, 1fr)', strong: true, cell: ({ visit }) => visit.shortName },
  { key: 'window', header: 'Promised', width: '104px', cell: ({ visit }) => formatWindow(visit.windowStart, visit.windowEnd) },
  ...(anyMissing ? [{ key: 'place', header: '', spoken: 'On the map', width: '96px', quiet: true, cell: ({ at }: MapVisit) => (at === null ? NOT_THERE : '') }] : []),
]

export interface VisitListProps {
  readonly day: MapDay
  readonly zone: string
  readonly selectedId: string | null
  readonly onSelect: (visitId: string) => void
  readonly onOpen: (visitId: string) => void
  /** Are visits hidden by what is asked for? */
  readonly isFiltered: boolean
}

/** All visits that the map shows, and those that it can't: the same as words, in the same order. */
export function VisitList({ day, zone, selectedId, onSelect, onOpen, isFiltered }: VisitListProps) {
  const heads = new Map(day.technicians.map((one) => [one.technician.id, headOf(one, zone)]))
  return (
    <DataTable
      main
      dense
      label="Visits on the map"
      columns={visitColumns(day.visits.some(({ at }) => at === null))}
      rows={day.visits}
      rowId={({ visit }) => visit.id}
      selectedId={selectedId}
      onSelect={onSelect}
      onOpen={({ visit }) => onOpen(visit.id)}
      group={({ visit }) => (visit.technicianId === null ? 'Nobody has these yet' : (heads.get(visit.technicianId) ?? 'With somebody else'))}
      empty={<EmptyState>{isFiltered ? 'No visits of this kind on this day. Choose everybody above to see the others.' : 'No visits on this day. Shift and an arrow goes to another one.'}</EmptyState>}
    />
  )
}

function headOf({ technician, fact }: MapTechnician, zone: string): string {
  const [words, since] = [lastKnownWords(fact, technician.homeArea), sinceWords(fact, zone)]
  return [technician.name, ...(words === '' ? [] : [since === '' ? words : `${words} since ${since}`])].join(' \u00B7 ')
}

export interface TechnicianListProps {
  readonly day: MapDay
  readonly zone: string
  readonly selectedId: string | null
  readonly onSelect: (technicianId: string) => void
  readonly onOpen: (technicianId: string) => void
}

const isLeft = ({ state }: { readonly state: string }): boolean => state !== 'done'

/** Where everybody is by the last known fact, and what they have left. */
export function TechnicianList({ day, zone, selectedId, onSelect, onOpen }: TechnicianListProps) {
  const columns: readonly Column<MapTechnician>[] = [
    { key: 'name', header: 'Technician', width: '112px', strong: true, cell: ({ technician }) => technician.name },
    {
      key: 'where',
      header: 'Last known',
      width: 'minmax(120px, 1fr)',
      cell: ({ technician, fact, at }) => [lastKnownWords(fact, technician.homeArea), ...(at === null ? [NOT_THERE] : [])].filter(Boolean).join(', '),
    },
    { key: 'since', header: 'Since', width: '76px', align: 'right', quiet: true, cell: ({ fact }) => sinceWords(fact, zone) },
    { key: 'left', header: 'Left', width: '44px', align: 'right', cell: ({ visits }) => visits.filter(isLeft).length },
  ]
  return (
    <DataTable
      main
      dense
      label="Technicians on the map"
      columns={columns}
      rows={day.technicians}
      rowId={({ technician }) => technician.id}
      selectedId={selectedId}
      onSelect={onSelect}
      onOpen={({ technician }) => onOpen(technician.id)}
      group={({ unitName }) => unitName}
      empty={<EmptyState>No technicians here. Add them in Settings, with their shifts and where they live.</EmptyState>}
    />
  )
}
