import { memo, type CSSProperties } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import classes from './board.module.css'
import { type Axis, type BarModel, hoursAt } from './boardLayout.ts'
import { alertWords, isUrgent, promisedWords, spanIn } from './boardWords.ts'

/** A bar narrower than this, in px, shows the name alone. */
const NARROW = 84

/** `--s` hours from the axis' start and `--d` hours long, as the stylesheet places it. */
export function place(start: number, hours: number): CSSProperties {
  return { '--s': start, '--d': hours } as CSSProperties
}

export const barId = (visitId: string): string => `visit-${visitId}`

/** All that a screen reader says of a bar. */
function labelOf({ visit, alerts }: BarModel, zeroAt: Instant, now: Instant): string {
  return [
    visit.customerName,
    visit.jobTypeName,
    STATE_NAMES[visit.state],
    spanIn(zeroAt, visit.startsAt, visit.endsAt),
    promisedWords(visit),
    ...(visit.tentative ? ['tentative'] : []),
    ...(visit.priorityRank <= 1 ? [visit.priorityName] : []),
    ...(visit.customerFlag === '' ? [] : [visit.customerFlag]),
    ...alerts.map((alert) => alertWords(alert, zeroAt, now)),
  ].join(', ')
}

/** The promise is not kept by this plan, or will not be: the bracket is red. */
function isBroken({ broken, alerts }: BarModel): boolean {
  return broken || alerts.some(({ kind }) => kind === 'windowMissed' || kind === 'atRisk')
}

/** A bar narrower than this, in px, has the short word. */
const SHORT_WORD = 150

/**
 * Booked or moved here while the hub does not hear of it: said in a word beside the broken edge, and never cut off. Where
 * even the name hardly fits, a question mark; a screen reader hears the word in any case.
 */
export function TentativeWord({ visit, width }: { readonly visit: Pick<BoardVisit, 'tentative'>; readonly width: number }) {
  return visit.tentative ? <i className={classes['tentativeWord']}>{width < NARROW ? '?' : width < SHORT_WORD ? 'tent.' : 'tentative'}</i> : null
}

export interface BoardBarProps {
  readonly model: BarModel
  readonly axis: Axis
  readonly zeroAt: Instant
  readonly hourWidth: number
  readonly selected: boolean
  readonly tabStop: boolean
  readonly inTheWay: boolean
  readonly now: Instant
}

/** A visit on a technician's day with the bracket of its promised window under it. */
export const BoardBar = memo(function BoardBar({ model, axis, zeroAt, hourWidth, selected, tabStop, inTheWay, now }: BoardBarProps) {
  const { visit, alerts } = model
  const start = hoursAt(axis, visit.startsAt)
  const hours = hoursAt(axis, visit.endsAt) - start
  const flagged = visit.customerFlag !== '' || alerts.some(isUrgent) || alerts.some(({ kind }) => kind === 'overbooked' || kind === 'skillMissing' || kind === 'overtime')
  const shape = [classes['bar'], classes[visit.state], hours * hourWidth < NARROW ? classes['narrow'] : '', visit.tentative ? classes['tentative'] : ''].join(' ')
  return (
    <>
      <div
        role="gridcell"
        id={barId(visit.id)}
        className={shape}
        style={place(start, hours)}
        tabIndex={tabStop ? 0 : -1}
        aria-selected={selected}
        aria-label={labelOf(model, zeroAt, now)}
        data-visit={visit.id}
        {...(inTheWay ? { 'data-in-the-way': '' } : {})}
      >
        <StateGlyph state={visit.state} />
        <span className={classes['name']}>
          <b>{visit.shortName}</b> <span className={classes['type']}>{visit.jobTypeName}</span>
        </span>
        <TentativeWord visit={visit} width={hours * hourWidth} />
        <span className={classes['promised']}>{promisedWords(visit)}</span>
        {flagged ? (
          <span className={classes['flag']} title={[...(visit.customerFlag === '' ? [] : [visit.customerFlag]), ...alerts.map((alert) => alertWords(alert, zeroAt, now))].join('. ')}>
            <StateGlyph state="alert" />
          </span>
        ) : null}
      </div>
      <i
        aria-hidden="true"
        className={[classes['bracket'], isBroken(model) ? classes['broken'] : ''].join(' ')}
        style={place(hoursAt(axis, visit.windowStartsAt), hoursAt(axis, visit.windowEndsAt) - hoursAt(axis, visit.windowStartsAt))}
      />
    </>
  )
})
