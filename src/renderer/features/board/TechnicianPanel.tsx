import type { IsoDay } from '../../../shared/base/time.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useBoardStore } from '../../stores/board.ts'
import { useMay } from '../../stores/session.ts'
import { TechnicianHours } from '../technicianHours/TechnicianHours.tsx'
import { TechnicianLinks } from '../technicianLinks/TechnicianLinks.tsx'
import classes from './board.module.css'
import type { ActingPerson } from './boardActions.ts'
import { rememberAct } from './boardActs.ts'
import type { OwnedBlock } from './timeActions.ts'
import { KeptTimeList } from './KeptTimeList.tsx'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'
import { useModel } from './useBoardModel.ts'

export interface TechnicianPanelProps {
  readonly model: BoardModel
  readonly clock: WallClock
  /** The first day shown. */
  readonly day: IsoDay
  readonly severalDays: boolean
  readonly technicianId: string
  readonly person: ActingPerson
  readonly onTechnician: (technicianId: string) => void
  readonly onKeep: () => void
  readonly onChange: (block: OwnedBlock) => void
  readonly close: () => void
}

/** A technician, from the head of their row: the time that is kept, other hours than usual, on call, and the link for the telephone. */
export function TechnicianPanel({ model, clock, day, severalDays, technicianId, person, onTechnician, onKeep, onChange, close }: TechnicianPanelProps) {
  const may = useMay()
  const row = useModel(model, (shown) => shown.row(technicianId))
  const rows = useModel(model, (shown) => shown.rows())
  // What was refused is put away first.
  useHotkeys('Technician', [{ keys: 'Escape', label: 'Back to the board', run: () => (useBoardStore.getState().refusal ? false : close()) }])
  const name = row?.technician.name ?? 'Technician'
  return (
    <aside className={classes['panel']} aria-label={`${name}, hours and link`}>
      <div className={classes['panelHead']}>
        <h2 className="el b">{name}</h2>
        <span className="sp" />
        <button type="button" className={classes['close']} aria-label="Close the panel" onClick={close}>
          <Keycap keys="Escape" />
        </button>
      </div>
      <div className={classes['panelBody']}>
        <section>
          <Choice
            label="Technician"
            autoFocus
            options={rows.flatMap((one) => (one.kind === 'technician' ? [{ value: one.key, label: one.technician.name }] : []))}
            value={technicianId}
            onChange={onTechnician}
          />
        </section>
        {row ? (
          <section aria-label="Kept time" className={classes['stack']}>
            <p className="cap">Kept time</p>
            <KeptTimeList model={model} row={row} clock={clock} severalDays={severalDays} person={person} onChange={onChange} onTechnician={onTechnician} />
            {may('technician.plan') ? (
              <div className={classes['actions']}>
                <ActionButton small label="Keep time" keys="L" onClick={onKeep} />
              </div>
            ) : null}
          </section>
        ) : null}
        {row?.technician.active ? <TechnicianHours technicianId={technicianId} name={name} day={day} remember={rememberAct} /> : null}
        <TechnicianLinks key={technicianId} technicianId={technicianId} name={name} />
      </div>
    </aside>
  )
}
