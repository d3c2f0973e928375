import { memo } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import classes from './board.module.css'
import { BoardBar, place } from './BoardBar.tsx'
import { type Axis, type GroupRow, hoursAt, offShift, type TechnicianRow } from './boardLayout.ts'
import { hoursLeftWords } from './boardWords.ts'

/** The head of a business unit: who is on and how full the day is. */
export const GroupLine = memo(function GroupLine({ row, top, index }: { readonly row: GroupRow; readonly top: number; readonly index: number }) {
  return (
    <div role="row" aria-rowindex={index} className={classes['group']} style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" className={classes['groupHead']}>
        <b>{row.name}</b>
        <span>
          {row.onShift} on · {row.full}% full
        </span>
      </div>
    </div>
  )
})

export interface TechnicianLineProps {
  readonly row: TechnicianRow
  readonly top: number
  readonly index: number
  readonly axis: Axis
  readonly zeroAt: Instant
  readonly hourWidth: number
  /** The selected visit where it is in this row; the row is then marked. */
  readonly selectedId: string | null
  readonly tabStopId: string | null
  readonly inTheWayId: string | null
  readonly now: Instant
}

/** A technician's day. */
export const TechnicianLine = memo(function TechnicianLine({ row, top, index, axis, zeroAt, hourWidth, selectedId, tabStopId, inTheWayId, now }: TechnicianLineProps) {
  const { technician } = row
  const off = row.shiftMinutes === 0
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={classes['line']}
      style={{ transform: `translateY(${top}px)` }}
      {...(selectedId === null ? {} : { 'data-on': '' })}
    >
      <div role="rowheader" className={[classes['head'], off ? classes['absent'] : ''].join(' ')}>
        <span className="el m">{technician.name}</span>
        <span className={[classes['left'], !off && row.leftMinutes < 0 ? classes['over'] : ''].join(' ')}>{off ? 'Off' : hoursLeftWords(row.leftMinutes)}</span>
      </div>
      <div role="presentation" className={classes['track']}>
        {offShift(technician, axis).map(({ startsAt, endsAt }) => (
          <div key={startsAt} role="presentation" className={classes['off']} style={place(hoursAt(axis, startsAt), hoursAt(axis, endsAt) - hoursAt(axis, startsAt))}>
            {off ? <span aria-hidden="true">Off</span> : null}
          </div>
        ))}
        {row.bars.map((bar) => (
          <BoardBar
            key={bar.visit.id}
            model={bar}
            axis={axis}
            zeroAt={zeroAt}
            hourWidth={hourWidth}
            selected={bar.visit.id === selectedId}
            tabStop={bar.visit.id === tabStopId}
            inTheWay={bar.visit.id === inTheWayId}
            now={now}
          />
        ))}
        {row.bars.length === 0 ? (
          <span role="gridcell" className="spoken">
            No visits
          </span>
        ) : null}
      </div>
    </div>
  )
})
