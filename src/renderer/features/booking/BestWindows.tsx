import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import classes from './booking.module.css'
import { FullDay, isFullToday } from './FullDay.tsx'
import type { Booking } from './useBooking.ts'
import type { OfferedWindow } from './offeredWindows.ts'
import { takeOffered } from './WindowStep.tsx'
import { windowKey } from './wishedWindow.ts'
import { whoAndWhy, windowLabel } from './words.ts'

/** What has become of the window, or how full it is and who else could come. */
function standingWords({ over, taken, available, summary, technicians: [, ...others] }: OfferedWindow): string {
  if (over) return 'Over: Alt+A shows all'
  if (taken) return 'Just taken: Alt+A shows all'
  if (!available) return 'Full: an emergency slot, dispatch makes room'
  return others.length === 0 ? 'Nobody else is free then' : `${summary}, also ${others.slice(0, 2).map(({ name }) => name).join(', ')}`
}

function BestWindow(props: { readonly number: number; readonly proposal: OfferedWindow; readonly label: string; readonly chosen: boolean; readonly onTake: () => void }) {
  const { number, proposal, label, chosen, onTake } = props
  const [first] = proposal.technicians
  const [name = '', ...reasons] = first ? whoAndWhy(first) : []
  return (
    <li>
      <button type="button" tabIndex={-1} className={`${classes['window']} ${chosen ? classes['chosen'] : ''}`} aria-pressed={chosen} onClick={onTake}>
        <Keycap keys={String(number)} />
        <span>
          <span className="row">
            <span className="m el">{label}</span>
            <span className="sp" />
            <span className={classes['fill']} aria-hidden="true">
              <i style={{ width: `${proposal.fullness}%` }} />
            </span>
            <span className={`t2 dense nw ${classes['full']}`}>{proposal.fullness}% full</span>
          </span>
          <span className={`${classes['tech']} el`}>
            <span className="m">{name}</span>
            {reasons.map((reason) => `, ${reason}`)}
          </span>
          {first && first.why.length > reasons.length ? (
            <span className={classes['reason']}>
              <Icon name="tick" size={12} />
              {first.why.slice(reasons.length).join(', ')}
            </span>
          ) : null}
          <span className={`${classes['reason']} ${proposal.taken || proposal.over ? 'hold-t m' : 't3'}`}>{standingWords(proposal)}</span>
        </span>
      </button>
    </li>
  )
}

/** Why the technicians who are not offered are not, for the day of the best window. */
function whyNot(best: readonly WindowProposal[]): string {
  const [first] = best
  if (!first) return ''
  const offered = new Set(best.flatMap(({ technicians }) => technicians.map(({ id }) => id)))
  const shown = first.whyNot.filter(({ id, why }) => !offered.has(id) && !why.startsWith('No '))
  const unskilled = first.whyNot.length - first.whyNot.filter(({ why }) => !why.startsWith('No ')).length
  const named = shown.slice(0, 5).map(({ name, why }) => `${name}: ${why.charAt(0).toLowerCase()}${why.slice(1)}`)
  const rest = shown.length - named.length
  return [...named, ...(rest > 0 ? [`${rest} more are busy`] : []), ...(unskilled > 0 ? [`${unskilled} lack the skill`] : [])].join('. ')
}

/** When we can come: the three to offer, who comes, and why not the others. */
export function BestWindows({ booking }: { readonly booking: Booking }) {
  const { draft, windows, best, today, emergency } = booking
  const reasons = whyNot(best)
  return (
    <section aria-label="Arrival windows">
      <div className={classes['blockHead']}>
        <h2 className="b">{emergency && windows && best.length > 0 ? 'Today first' : best.length === 3 || !windows ? 'Three best windows' : best.length === 0 ? 'No window is free' : `${best.length} free`}</h2>
        <span className="sp" />
        <span className={`dense ${isFullToday(booking) ? 'hold-t m' : 't3'}`}>{isFullToday(booking) ? 'today is full' : 'press a number in the window field'}</span>
      </div>
      {windows === undefined ? <p className={`${classes['quiet']} t3`}>They follow from the job type.</p> : null}
      {windows && best.length === 0 ? <p className={`${classes['quiet']} t2`}>Nobody with the skill is free in the next days. <Keycap keys="Alt+L" /> puts them on the wait list: they are called when a time comes free. Or choose a full window in the field and tell dispatch.</p> : null}
      <ul className={classes['windows']}>
        {best.map((proposal, index) => (
          <BestWindow
            key={windowKey(proposal)}
            number={index + 1}
            proposal={proposal}
            label={windowLabel(proposal, today)}
            chosen={draft.window !== null && windowKey(draft.window) === windowKey(proposal)}
            onTake={() => void takeOffered(booking, proposal)}
          />
        ))}
      </ul>
      <FullDay booking={booking} />
      {reasons === '' ? null : (
        <p className={`${classes['whyNot']} dense t2`}>
          <b className="m">Why not others.</b> {reasons}. <Keycap keys="Alt+A" /> all windows, <Keycap keys="Alt+L" /> wait list
        </p>
      )}
    </section>
  )
}
