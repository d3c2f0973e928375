import { useMemo, useState } from 'react'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { SuggestedTechnician } from '../../../shared/contract/methods/assistant.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/board.ts'
import { useZone } from '../../stores/session.ts'
import { assignDay, endDayWords, standingStart, typedEnd, typedInstant, usualStart } from './assignTimes.ts'
import classes from './board.module.css'
import { planVisit, type ActingPerson } from './boardActions.ts'
import { boardRows, type BoardRowModel, findRow, lengthOf, suggestTechnicians, tryPlan } from './boardLayout.ts'
import { trialProblems } from './boardWords.ts'
import { type AssistedSuggestion, withAssistant } from './mend/assisted.ts'
import { wallClock, type WallClock } from './timeline/axis.ts'

const SHOWN = 5

function whyNot(suggestion: AssistedSuggestion, visit: BoardVisit, clock: WallClock): string {
  if (suggestion.whyNot !== null) return suggestion.whyNot
  const { row, trial } = suggestion
  const missing = visit.skills.filter((skill) => !row.technician.skills.includes(skill))
  if (missing.length > 0) return `No ${missing.join(', no ')} skill`
  if (row.shiftMinutes === 0) return 'Off'
  if (!trial) return 'Full'
  return trial.missesWindow ? 'After the window' : (trialProblems(trial, clock)[0] ?? '')
}

interface AssignFieldsProps {
  readonly visit: BoardVisit
  readonly rows: readonly BoardRowModel[]
  /** What the assistant says of each technician; empty where it could not be asked. */
  readonly found: readonly SuggestedTechnician[]
  /** The day it is assigned on, and the zone whose clocks are meant by what is typed. */
  readonly day: IsoDay
  readonly zone: string
  readonly now: Instant
  readonly person: ActingPerson
}

/** Chooses a technician by typing and a time, with the best fit and the first free time already there. */
function AssignFields({ visit, rows, found, day, zone, now, person }: AssignFieldsProps) {
  const clock = useMemo(() => wallClock(zone), [zone])
  const suggestions = withAssistant(visit, suggestTechnicians(visit, rows, now), found)
  const [technicianId, setTechnicianId] = useState(visit.technicianId ?? suggestions[0]?.row.technician.id ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const [typedUntil, setTypedUntil] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const suggestion = suggestions.find(({ row }) => row.technician.id === technicianId)
  const proposed = (technicianId === visit.technicianId ? standingStart(visit, day, zone) : undefined) ?? suggestion?.startsAt ?? usualStart(visit, day, zone, now)
  const startsAt = typed === null ? proposed : typedInstant(typed, day, zone)
  const endsAt = startsAt === undefined ? undefined : typedUntil === null ? startsAt + lengthOf(visit) : typedEnd(typedUntil, startsAt, zone)
  const row = technicianId === null ? undefined : findRow(rows, technicianId)
  const trial = row && startsAt !== undefined && endsAt !== undefined ? tryPlan(visit, row, startsAt, endsAt - startsAt) : undefined
  const problems = trial ? trialProblems(trial, clock) : []

  const submit = (chosen = trial): void => {
    if (!chosen || !row) {
      setError(row ? 'Type times like 2:15 PM, at most a day from one to the other.' : null)
      return
    }
    const target = findRow(rows, chosen.technicianId) ?? row
    const words = `${visit.shortName} to ${target.technician.name}, ${wallTimeOf(now, zone).day === day ? '' : `${clock.day(chosen.startsAt)}, `}${clock.time(chosen.startsAt)}`
    void planVisit(visit, { technicianId: chosen.technicianId, startsAt: chosen.startsAt, endsAt: chosen.endsAt }, words, person)
  }
  const take = (choice: AssistedSuggestion): void => submit(choice.trial ?? (choice.startsAt === undefined ? undefined : tryPlan(visit, choice.row, choice.startsAt)))
  useHotkeys('Assign', [
    { keys: 'Ctrl+Enter', label: 'Assign as proposed', run: () => submit() },
    ...([1, 2, 3] as const).map((number) => ({
      keys: String(number),
      label: `Take suggestion ${number}`,
      run: () => {
        const choice = suggestions[number - 1]
        if (choice) take(choice)
      },
    })),
  ])
  const name = row?.technician.name
  return (
    <>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p className="m">
          {formatWeekday(day)}
          {day === visit.windowDay ? '' : `, promised for ${formatWeekday(visit.windowDay)}`}
        </p>
        <Choice
          label="Technician"
          autoFocus
          options={suggestions.map((choice) => ({
            value: choice.row.technician.id,
            label: choice.row.technician.name,
            detail: [choice.startsAt === undefined ? '' : `free ${clock.time(choice.startsAt)}`, whyNot(choice, visit, clock)].filter(Boolean).join(' \u00B7 '),
          }))}
          value={technicianId}
          onChange={(value) => {
            setTechnicianId(value)
            setTyped(null)
            setTypedUntil(null)
          }}
          hint={suggestion ? [...suggestion.why, whyNot(suggestion, visit, clock)].filter(Boolean).join(' \u00B7 ') : ''}
        />
        <FieldRow>
          <TextInput
            label="Starts"
            value={typed ?? clock.time(proposed)}
            onChange={(value) => {
              setTyped(value)
              setError(null)
            }}
            error={error}
            hint={problems.join('. ')}
          />
          <TextInput
            label="Ends"
            value={typedUntil ?? (endsAt === undefined ? '' : clock.time(endsAt))}
            onChange={(value) => {
              setTypedUntil(value)
              setError(null)
            }}
            hint={startsAt === undefined || endsAt === undefined ? '' : endDayWords(startsAt, endsAt, zone)}
          />
        </FieldRow>
        <div className={classes['actions']}>
          <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={name ? `${visit.technicianId === null ? 'Assign' : 'Move'} to ${name}` : 'Assign'} onClick={() => undefined} />
          <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
        </div>
      </form>
      <table className={classes['people']}>
        <caption className="spoken">Who could go, best first</caption>
        <thead>
          <tr>
            <th scope="col">Technician</th>
            <th scope="col">Free from</th>
            <th scope="col">Why, or why not</th>
          </tr>
        </thead>
        <tbody>
          {suggestions.slice(0, SHOWN).map((choice, index) => (
            <tr key={choice.row.key}>
              <td className="m">{index < 3 ? `${index + 1}  ${choice.row.technician.name}` : choice.row.technician.name}</td>
              <td>{choice.startsAt === undefined ? '\u2013' : clock.time(choice.startsAt)}</td>
              <td className="t2">{whyNot(choice, visit, clock) || choice.why.join(' \u00B7 ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Asks for the board of the day it is assigned on, which stays while the form is open: a visit of tomorrow is planned on tomorrow. */
function AssignOn({ visit, now, person }: AssignFormProps) {
  const zone = useZone()
  const [day] = useState(() => assignDay(visit, zone, now))
  const { data, error, refetch } = useQuery('board.day', { day })
  const suggested = useQuery('dispatch.suggest', { appointmentId: visit.id, day })
  if (error) return <ErrorNotice error={error} onRetry={refetch} />
  // Who is proposed does not change under the hand; without the assistant the board itself proposes.
  if (!data || (suggested.loading && suggested.error === null)) return <LoadingLines rows={4} />
  return <AssignFields visit={visit} rows={boardRows(data, now)} found={suggested.data?.technicians ?? []} day={day} zone={zone} now={now} person={person} />
}

interface AssignFormProps {
  readonly visit: BoardVisit
  readonly now: Instant
  readonly person: ActingPerson
}

/** Gives a visit to somebody, or moves it, by typing. */
export function AssignForm(props: AssignFormProps) {
  return <AssignOn key={props.visit.id} {...props} />
}
