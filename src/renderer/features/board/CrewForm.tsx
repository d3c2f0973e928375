import type { Instant } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { whereabouts } from '../../../shared/domain/dispatch/timeKinds.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { setCrew, type ActingPerson } from './boardActions.ts'
import { boardRows, isPlanned, type PlannedBoardVisit, type TechnicianRow, tryPlan } from './boardLayout.ts'
import { type WallClock, wallClock } from './timeline/axis.ts'

/** What has the time of somebody who would go along; empty where nothing does. */
function hindrance(visit: PlannedBoardVisit, row: TechnicianRow, clock: WallClock): string {
  const { inTheWay, blocks, offShift } = tryPlan(visit, row, visit.startsAt)
  const [other, block] = [inTheWay[0], blocks[0]]
  if (other) return `with ${other.customerName} ${clock.span(other.startsAt, other.endsAt)}`
  if (block) return `${whereabouts(block.kind)} ${clock.span(block.startsAt, block.endsAt)}`
  return offShift ? 'outside the shift' : ''
}

function CrewFields({ visit, day, now, person }: { readonly visit: PlannedBoardVisit; readonly day: BoardDay; readonly now: Instant; readonly person: ActingPerson }) {
  const clock = wallClock(day.zone)
  const rows = boardRows(day, now).filter((row) => row.kind === 'technician')
  const along = new Set(visit.crewIds)
  const nameOf = (id: string): string => rows.find(({ key }) => key === id)?.technician.name ?? 'Somebody who left'
  const free = rows
    .filter(({ key, technician }) => technician.active && key !== visit.technicianId && !along.has(key))
    .map((row) => ({ row, why: hindrance(visit, row, clock) }))
    .sort((left, right) => Number(left.why !== '') - Number(right.why !== ''))
  const send = (technicianId: string): void => void setCrew(visit, [...visit.crewIds, technicianId], `${nameOf(technicianId)} goes along to ${visit.shortName}`, person)
  const takeOff = (technicianId: string): void =>
    void setCrew(visit, visit.crewIds.filter((id) => id !== technicianId), `${nameOf(technicianId)} no longer goes along to ${visit.shortName}`, person)
  return (
    <div className={classes['form']} role="group" aria-label="Who goes along">
      <h3 className="b">Who goes along?</h3>
      <p className="t2">
        {nameOf(visit.technicianId)} leads, {clock.span(visit.startsAt, visit.endsAt)}. Who goes along moves with the visit.
      </p>
      <Choice
        key={visit.crewIds.join(' ')}
        label="Add a technician"
        autoFocus
        placeholder="Type a name"
        options={free.map(({ row, why }) => ({ value: row.key, label: row.technician.name, detail: why, muted: why !== '' }))}
        value={null}
        onChange={send}
      />
      {visit.crewIds.length === 0 ? <p className="t2">Nobody goes along yet.</p> : null}
      <ul className={classes['facts']} aria-label="Goes along">
        {visit.crewIds.map((id) => (
          <li key={id}>
            <span className="m">{nameOf(id)}</span>
            <span className="sp" />
            <ActionButton small kind="quiet" label={`Take ${nameOf(id)} off`} onClick={() => takeOff(id)} />
          </li>
        ))}
      </ul>
      <div className={classes['actions']}>
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </div>
  )
}

/** Says who goes along on a visit, beside its technician: added by typing a name, taken off by a button. */
export function CrewForm({ visit, zone, now, person }: { readonly visit: BoardVisit; readonly zone: string; readonly now: Instant; readonly person: ActingPerson }) {
  const planned = isPlanned(visit) ? visit : null
  const { data, error, refetch } = useQuery('board.day', planned === null ? null : { day: wallTimeOf(planned.startsAt, zone).day })
  if (!planned) return <p>Give this visit to a technician first: A. Then say who goes along.</p>
  if (error) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines rows={4} />
  return <CrewFields visit={planned} day={data} now={now} person={person} />
}
