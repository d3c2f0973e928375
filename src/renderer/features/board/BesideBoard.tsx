import { type ReactNode, useRef } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { type BoardPanel, useBoardStore } from '../../stores/board.ts'
import classes from './board.module.css'
import type { ActingPerson } from './boardActions.ts'
import { FindOnBoard } from './FindOnBoard.tsx'
import { KeepTimeForm } from './KeepTime.tsx'
import { MendPanel } from './mend/MendPanel.tsx'
import { TechnicianPanel } from './TechnicianPanel.tsx'
import type { OwnedBlock } from './timeActions.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'
import type { BesideBoard as Place } from './useBesideBoard.ts'
import type { VisitAction } from './visitActions.ts'
import { VisitPanel } from './VisitPanel.tsx'

export interface BesideBoardProps {
  readonly place: Place
  readonly model: BoardModel
  readonly day: BoardDay
  readonly clock: WallClock
  readonly now: Instant
  readonly person: ActingPerson
  readonly large: boolean
  readonly selected: BoardVisit | undefined
  readonly selectedAlerts: readonly VisitAlert[]
  readonly panel: BoardPanel | null
  readonly onAction: (visit: BoardVisit, action: VisitAction) => void
  readonly onTechnician: (technicianId: string) => void
  readonly onKeep: () => void
  readonly onChangeTime: (block: OwnedBlock) => void
}

function Frame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <aside className={classes['panel']} aria-label={label}>
      <div className={classes['panelBody']}>{children}</div>
    </aside>
  )
}

/**
 * The visit of the panel: the selected one. While a form of it is open it is kept as it was last known, though it has left the days
 * shown, or a tray: the form stands until it is sent or left, and looking at another day loses nothing of it.
 */
function useVisitOfPanel(selected: BoardVisit | undefined, panel: BoardPanel | null): BoardVisit | undefined {
  const selectedId = useBoardStore((store) => store.selectedId)
  const known = useRef<BoardVisit>(undefined)
  if (selected) known.current = selected
  const isForm = panel !== null && panel.kind !== 'detail'
  return selected ?? (isForm && known.current?.id === selectedId ? known.current : undefined)
}

/** The column beside the board: what was put there, or the selected visit. */
export function BesideBoard({ place, model, day, clock, now, person, large, selected, selectedAlerts, panel, onAction, onTechnician, onKeep, onChangeTime }: BesideBoardProps) {
  const { beside, set, close } = place
  const visit = useVisitOfPanel(selected, panel)
  switch (beside?.kind) {
    case 'find':
      return (
        <Frame label="Find on the board">
          <FindOnBoard day={day} clock={clock} close={() => set(null)} />
        </Frame>
      )
    case 'mend': {
      const { before } = beside
      return (
        <Frame label="Mend the day">
          <MendPanel day={beside.away?.day ?? day} now={now} selected={selected} technicianId={beside.technicianId} away={beside.away} close={() => (before ? set(before) : close())} />
        </Frame>
      )
    }
    case 'keep':
      return (
        <Frame label="Keep time">
          <KeepTimeForm
            day={day}
            technicianId={beside.technicianId}
            block={beside.block}
            draft={beside.draft ?? null}
            person={person}
            mend={(draft, away) => set({ kind: 'mend', technicianId: null, away, before: { ...beside, draft } })}
            close={close}
          />
        </Frame>
      )
    case 'technician':
      return (
        <TechnicianPanel
          model={model}
          clock={clock}
          day={day.day}
          severalDays={day.dayStarts.length > 1}
          technicianId={beside.technicianId}
          person={person}
          onTechnician={onTechnician}
          onKeep={onKeep}
          onChange={onChangeTime}
          close={close}
        />
      )
    case undefined: {
      const shown = panel ?? (large && selected ? ({ kind: 'detail' } as const) : null)
      if (shown && visit)
        return (
          <VisitPanel
            visit={visit}
            panel={shown}
            day={day}
            clock={clock}
            nameOf={(technicianId) => model.row(technicianId)?.technician.name ?? 'Somebody who left'}
            technicianName={visit.technicianId === null ? undefined : model.row(visit.technicianId)?.technician.name}
            alerts={selectedAlerts}
            now={now}
            person={person}
            onAction={(action) => onAction(visit, action)}
          />
        )
      return large ? (
        <aside className={classes['panel']} aria-label="Visit">
          <EmptyState>Choose a visit to see its promise, its place and what can be done.</EmptyState>
        </aside>
      ) : null
    }
  }
}
