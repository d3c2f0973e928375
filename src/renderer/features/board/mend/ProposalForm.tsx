import { useState } from 'react'
import { formatTime } from '../../../../shared/base/zone.ts'
import type { Proposal, ProposedMove } from '../../../../shared/contract/methods/assistant.ts'
import type { BoardDay } from '../../../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../../../shared/domain/dispatch/acceptance.ts'
import { api } from '../../../api/api.ts'
import { asContractError } from '../../../api/errors.ts'
import { useAction } from '../../../api/useAction.ts'
import { ActionButton } from '../../../components/ActionButton.tsx'
import { useHotkeys } from '../../../components/useHotkeys.ts'
import { announce } from '../../../stores/board.ts'
import { AcceptanceForm } from '../AcceptanceForm.tsx'
import classes from '../board.module.css'
import { type AcceptedMove, makeMoves } from './makeMoves.ts'
import own from './mend.module.css'
import { effectsOf, placesWords, stayingWords, sumWords } from './mendWords.ts'
import { withNeeds, withoutMove } from './moveOrder.ts'

/** What was carried out of a proposal, and why some of it was not. */
export interface Made {
  readonly doneIds: ReadonlySet<string>
  /** What stays and why; null where nothing does. */
  readonly notice: string | null
}

export interface ProposalProps {
  readonly day: BoardDay
  readonly proposal: Proposal
  /** Why it is asked anew: what of the one before could not be moved. */
  readonly notice: string | null
  readonly back: () => void
  readonly close: () => void
  /** Some were made, others not: what is left is proposed anew. */
  readonly made: (made: Made) => void
}

const MAKING = 'The moves are being made.'

/** The proposal, move by move: what is ticked is made, and nothing else. What was promised needs somebody who accepted it. */
export function ProposalForm({ day, proposal, notice, back, close, made }: ProposalProps) {
  const { moves, left, technicians } = proposal
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(moves.map(({ appointmentId }) => appointmentId)))
  const [accepting, setAccepting] = useState(false)
  const [error, setError] = useState<string | null>(null)
  // Pressed twice, the moves are made once: the second time each would be refused as changed since.
  const { run, busy } = useAction()
  const names = new Map(day.groups.flatMap((group) => group.technicians).map(({ id, name }) => [id, name]))
  const nameOf = (technicianId: string): string => names.get(technicianId) ?? 'Somebody who left'
  const visits = new Map([...day.planned, ...day.unassigned, ...day.hold].map((visit) => [visit.id, visit]))
  const visitName = (appointmentId: string): string => moves.find((move) => move.appointmentId === appointmentId)?.name ?? ''
  const picked = moves.filter(({ appointmentId }) => chosen.has(appointmentId))
  const broken = picked.filter(({ broke }) => broke !== null)

  const toggle = (id: string): void => {
    if (busy) return
    setAccepting(false)
    setError(null)
    setChosen(chosen.has(id) ? withoutMove(moves, chosen, id) : withNeeds(moves, new Set([...chosen, id])))
  }
  const askAnew = (): void => made({ doneIds: new Set(), notice: null })
  const make = (acceptance: Acceptance | null): void => {
    setAccepting(false)
    setError(null)
    void run(() => carry(acceptance))
  }
  const carry = async (acceptance: Acceptance | null): Promise<void> => {
    const stale = new Map<string, string>(picked.flatMap(({ appointmentId }) => (visits.has(appointmentId) ? [] : [[appointmentId, 'It is not on the board any more.']])))
    const going = (): readonly ProposedMove[] => {
      const left = [...stale.keys()].reduce((kept, id) => withoutMove(moves, kept, id), chosen)
      return moves.filter(({ appointmentId }) => left.has(appointmentId))
    }
    const staying = (): string => stayingWords(picked.filter((move) => !going().includes(move)), stale)
    try {
      // What somebody has changed since stays where it is, with what has no room without it; then the rest has to hold alone.
      for (let tried = going(); tried.length > 0; tried = going()) {
        const { faults, stale: changed } = await api.query('dispatch.tryMoves', { day: proposal.day, moves: tried.map(({ appointmentId, after, seen }) => ({ appointmentId, to: after, seen })) })
        for (const { appointmentId, message } of changed) stale.set(appointmentId, message)
        if (changed.length > 0) continue
        const [fault] = faults
        if (fault && stale.size > 0) return made({ doneIds: new Set(), notice: `${staying()} Without that the others don\u2019t hold, so nothing was moved.` })
        if (fault) return setError(`${fault.message} The day has changed, or these moves don\u2019t hold alone. Nothing was moved: ask again, or choose others.`)
        break
      }
    } catch (thrown) {
      return setError(asContractError(thrown).message)
    }
    const accepted = going().flatMap((move): AcceptedMove[] => {
      const visit = visits.get(move.appointmentId)
      return visit ? [{ visit, move }] : []
    })
    const words = accepted.length === 1 ? `${accepted[0]?.move.name ?? ''}: ${accepted[0] ? placesWords(accepted[0].move, nameOf, day.zone) : ''}` : `${accepted.length} moves made`
    const stayed = accepted.length === 0 ? new Set<string>() : await makeMoves(accepted, words, acceptance)
    const doneIds = new Set(accepted.flatMap(({ visit }) => (stayed.has(visit.id) ? [] : [visit.id])))
    if (doneIds.size === moves.length) close()
    else made({ doneIds, notice: stale.size === 0 ? null : `${staying()} This plan is of the day as it is now.` })
  }
  const submit = (): void => {
    if (busy) return
    if (picked.length === 0) return setError('Tick what is to be moved, or go back.')
    if (broken.length > 0) setAccepting(true)
    else make(null)
  }
  useHotkeys('Proposal', [
    ...(moves.length > 0 && !accepting ? [{ keys: 'Ctrl+Enter', label: 'Make the ticked moves', run: submit }] : []),
    ...(error !== null ? [{ keys: 'Alt+Enter', label: 'Ask for a plan of the day as it is now', run: askAnew }] : []),
    // What has begun is carried through: its end is shown here.
    { keys: 'Escape', label: 'Back', run: () => (busy ? announce(MAKING) : accepting ? setAccepting(false) : back()) },
  ])
  const refused = error ? (
    <div className={own['refused']}>
      <p role="alert">{error}</p>
      <ActionButton label="Ask again" keys="Alt+Enter" onClick={askAnew} />
    </div>
  ) : null
  return (
    <div className={classes['form']} role="group" aria-label="Proposal">
      <h2 className="b">Proposal</h2>
      {notice === null ? null : <p role="alert">{notice}</p>}
      <p role="status">{busy ? MAKING : moves.length === 0 ? 'Nothing has to be moved.' : `${sumWords(proposal)}. Nothing is moved yet.`}</p>
      <ul className={own['moves']} aria-label="Moves">
        {moves.map((move, index) => (
          <li key={move.appointmentId} className={own['move']}>
            <label>
              <input type="checkbox" autoFocus={index === 0} checked={chosen.has(move.appointmentId)} onChange={() => toggle(move.appointmentId)} />
              <span>
                <b>{move.name}</b> {placesWords(move, nameOf, day.zone)}
                <span className={own['effects']}>{effectsOf(move, nameOf, visitName).join(' \u00B7 ')}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {left.length > 0 ? (
        <section aria-label="For you to decide">
          <h3 className="b">For you to decide</h3>
          <ul>
            {left.map(({ appointmentId, name, why }) => (
              <li key={appointmentId}>
                {name}: {why}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {technicians.length > 0 ? (
        <table className={classes['people']}>
          <caption className="spoken">How the days of technicians change</caption>
          <thead>
            <tr>
              <th scope="col">Technician</th>
              <th scope="col">Home at</th>
              <th scope="col">Driving</th>
            </tr>
          </thead>
          <tbody>
            {technicians.map(({ id, name, endsAt, driveMinutes }) => (
              <tr key={id}>
                <td>{name}</td>
                <td>{endsAt.after === null ? '\u2013' : formatTime(endsAt.after, day.zone)}</td>
                <td className="t2">
                  {driveMinutes.before} {'\u2192'} {driveMinutes.after} min
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {accepting ? (
        <section aria-label="Promised otherwise">
          <p>{broken.map(({ name }) => name).join(', ')}: promised otherwise. Say who accepts it; whoever is not told yet is a call that dispatch owes.</p>
          <AcceptanceForm accept={make} />
          {refused}
        </section>
      ) : (
        <div className={`${classes['actions']} ${own['foot']}`} data-pinned-foot>
          {/* Beside what was pressed: below a list of moves nobody would see it. */}
          {refused}
          {moves.length > 0 ? <ActionButton kind="primary" keys="Ctrl+Enter" label={picked.length === moves.length ? 'Make all moves' : `Make ${picked.length} of ${moves.length}`} busy={busy} onClick={submit} /> : null}
          <ActionButton label="Back" keys="Escape" kind="quiet" autoFocus={moves.length === 0} onClick={busy ? () => announce(MAKING) : moves.length === 0 ? close : back} />
        </div>
      )}
    </div>
  )
}
