import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { selectVisit } from '../../stores/board.ts'
import classes from './board.module.css'
import { headKey } from './boardCells.ts'
import type { WallClock } from './timeline/axis.ts'

interface FindOnBoardProps {
  readonly day: BoardDay
  readonly clock: WallClock
  readonly close: () => void
}

const STAND_ON = 'visit '

/** Goes to a visit or a technician of the day by typing: among four hundred nobody walks there by arrows. */
export function FindOnBoard({ day, clock, close }: FindOnBoardProps) {
  const technicians = day.groups.flatMap((group) => group.technicians)
  const nameOf = new Map(technicians.map(({ id, name }) => [id, name]))
  const place = ({ technicianId, startsAt, windowStartsAt }: BoardVisit): string => `${technicianId === null ? 'nobody' : (nameOf.get(technicianId) ?? 'somebody who left')}, ${clock.time(startsAt ?? windowStartsAt)}`
  const visits = [...new Map([...day.planned, ...day.unassigned, ...day.hold].map((visit) => [visit.id, visit])).values()]
  const options = [
    ...visits.map((visit) => ({ value: `${STAND_ON}${visit.id}`, label: visit.customerName, detail: `${visit.jobTypeName} \u00B7 ${place(visit)}` })),
    ...technicians.map(({ id, name }) => ({ value: id, label: name, detail: 'Technician' })),
  ]
  const go = (value: string): void => {
    close()
    // On the board, where the next key is the board's: E opens the technician, L keeps their time, M mends their day.
    if (!value.startsWith(STAND_ON)) return selectVisit(null, { focus: true, key: headKey(value) })
    const id = value.slice(STAND_ON.length)
    selectVisit(id, { focus: true, key: id })
  }
  useHotkeys('Find on the board', [{ keys: 'Escape', label: 'Back to the board', run: close }])
  return (
    <div className={classes['form']}>
      <h2 className="b">Find on the board</h2>
      <Choice label="Customer or technician" autoFocus placeholder="Type a name" options={options} value={null} onChange={go} />
      <div className={classes['actions']}>
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={close} />
      </div>
    </div>
  )
}
