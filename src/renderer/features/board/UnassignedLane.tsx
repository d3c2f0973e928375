import type { CSSProperties, PointerEvent } from 'react'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useBoardStore } from '../../stores/board.ts'
import { place, TentativeWord } from './BoardBar.tsx'
import classes from './board.module.css'
import { type Axis, hoursAt, packLanes } from './boardLayout.ts'
import { promisedWords } from './boardWords.ts'

export interface UnassignedLaneProps {
  readonly day: BoardDay
  readonly axis: Axis
  /** An hour of the board above, px. */
  readonly hourWidth: number
  readonly onPress: (event: PointerEvent<HTMLElement>, visitId: string) => void
}

/** Under a large board: what this day has promised and nobody has yet, at its window. The tray beside lists the same for the keyboard. */
export function UnassignedLane({ day, axis, hourWidth, onPress }: UnassignedLaneProps) {
  const selectedId = useBoardStore((store) => store.selectedId)
  const waiting = day.unassigned.filter((visit) => visit.windowDay === day.day)
  if (waiting.length === 0) return null
  return (
    <div className={classes['lane']} aria-hidden="true" style={{ '--hw': `${hourWidth}px` } as CSSProperties}>
      <div className={classes['laneHead']}>
        <b>Unassigned</b>
        <span>
          {waiting.length} today · drag onto a technician, or <Keycap keys="A" />
        </span>
      </div>
      {packLanes(waiting).map((line, index) => (
        <div key={line[0]?.id} className={classes['laneLine']}>
          <div className={classes['head']}>{index === 0 ? <span className="m">Promised for today</span> : null}</div>
          <div className={classes['track']}>
            {line.map((visit) => {
              const start = hoursAt(axis, visit.windowStartsAt)
              const hours = (visit.durationMinutes * MINUTE) / HOUR
              return (
                <div key={visit.id}>
                  <div
                    className={[classes['bar'], classes[visit.state], hours * hourWidth < 84 ? classes['narrow'] : '', visit.tentative ? classes['tentative'] : ''].join(' ')}
                    style={place(start, hours)}
                    aria-selected={visit.id === selectedId}
                    onPointerDown={(event) => onPress(event, visit.id)}
                    data-visit={visit.id}
                  >
                    <StateGlyph state={visit.state} />
                    <span className={classes['name']}>
                      <b>{visit.shortName}</b> <span className={classes['type']}>{visit.jobTypeName}</span>
                    </span>
                    <TentativeWord visit={visit} width={hours * hourWidth} />
                    <span className={classes['promised']}>{promisedWords(visit)}</span>
                  </div>
                  <i className={classes['bracket']} style={place(start, hoursAt(axis, visit.windowEndsAt) - start)} />
                </div>
              )
            })}
          </div>
        </div>
      ))}
    </div>
  )
}
