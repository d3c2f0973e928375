import type { PointerEvent, Ref } from 'react'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useBoardStore } from '../../stores/board.ts'
import classes from './board.module.css'
import { packLanes } from './boardLayout.ts'
import { promisedWords } from './boardWords.ts'
import { type Axis, xOf } from './timeline/axis.ts'
import { NARROW, NARROWEST_BAR, tentativeWord } from './timeline/placing.ts'
import bars from './timeline/timeline.module.css'

export interface UnassignedLaneProps {
  readonly laneRef: Ref<HTMLDivElement>
  readonly day: BoardDay
  readonly unassigned: readonly BoardVisit[]
  readonly axis: Axis
  /** An hour of the board above, px. */
  readonly hourWidth: number
  readonly onPress: (event: PointerEvent<HTMLElement>, visitId: string) => void
}

/** Under a large board: what this day has promised and nobody has yet, at its window. The tray beside lists the same for the keyboard. */
export function UnassignedLane({ laneRef, day, unassigned, axis, hourWidth, onPress }: UnassignedLaneProps) {
  const selectedId = useBoardStore((store) => store.selectedId)
  const waiting = unassigned.filter((visit) => visit.windowDay === day.day)
  if (waiting.length === 0) return null
  return (
    <div ref={laneRef} className={classes['lane']} aria-hidden="true">
      <div className={classes['laneHead']}>
        <b>Unassigned</b>
        <span>
          {waiting.length} today · drag onto a technician, or <Keycap keys="A" />
        </span>
      </div>
      {packLanes(waiting).map((line, index) => (
        <div key={line[0]?.id} className={classes['laneLine']}>
          <div className={classes['laneTitle']}>{index === 0 ? <span className="m">Promised for today</span> : null}</div>
          <div className={classes['laneTrack']}>
            {line.map((visit) => {
              const x = xOf(axis, hourWidth, visit.windowStartsAt)
              const width = Math.max(NARROWEST_BAR, ((visit.durationMinutes * MINUTE) / HOUR) * hourWidth - 2)
              return (
                <div key={visit.id}>
                  <div
                    className={[bars['bar'], classes['laneBar'], bars[visit.state], width < NARROW ? bars['narrow'] : '', visit.tentative ? bars['tentative'] : ''].join(' ')}
                    style={{ transform: `translateX(${x}px)`, width }}
                    aria-selected={visit.id === selectedId}
                    onPointerDown={(event) => onPress(event, visit.id)}
                    data-visit={visit.id}
                  >
                    {visit.shortName}
                    <span className={bars['type']}> {visit.jobTypeName}</span>
                    {visit.tentative ? <i className={bars['tentativeWord']}>{tentativeWord(width)}</i> : null}
                    <span className={bars['promised']}>{promisedWords(visit)}</span>
                  </div>
                  <i className={classes['laneWindow']} style={{ transform: `translateX(${x}px)`, width: xOf(axis, hourWidth, visit.windowEndsAt) - x - 2 }} />
                </div>
              )
            })}
          </div>
        </div>
      ))}
    </div>
  )
}
