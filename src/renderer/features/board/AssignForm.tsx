import { useState } from 'react'
import { MINUTE, type Instant } from '../../../shared/base/time.ts'
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
import classes from './board.module.css'
import { planVisit, type ActingPerson } from './boardActions.ts'
import { boardRows, type BoardRowModel, findRow, lengthOf, suggestTechnicians, type Suggestion, tryPlan } from './boardLayout.ts'
import { parseTime, timeIn, trialProblems } from './boardWords.ts'

const SHOWN = 5

function whyNot(suggestion: Suggestion, visit: BoardVisit, zeroAt: Instant): string {
  const { row, trial } = suggestion
  const missing = visit.skills.filter((skill) => !row.technician.skills.includes(skill))
  if (missing.length > 0) return `No ${missing.join(', no ')} skill`
  if (row.shiftMinutes === 0) return 'Off'
  if (!trial) return 'Full'
  return trial.missesWindow ? 'After the window' : (trialProblems(trial, zeroAt)[0] ?? '')
}

/** A typed time as an instant of the day, to the five minutes visits are planned to. */
function typedInstant(typed: string, zeroAt: Instant): Instant | undefined {
  const minute = parseTime(typed)
  return minute === undefined ? undefined : zeroAt + Math.round(minute / 5) * 5 * MINUTE
}

/** Chooses a technician by typing and a time, with the best fit and the first free time already there. */
function AssignFields({ visit, rows, zeroAt, now, person }: { readonly visit: BoardVisit; readonly rows: readonly BoardRowModel[]; readonly zeroAt: Instant; readonly now: Instant; readonly person: ActingPerson }) {
  const suggestions = suggestTechnicians(visit, rows, now)
  const [technicianId, setTechnicianId] = useState(visit.technicianId ?? suggestions[0]?.row.technician.id ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const [typedEnd, setTypedEnd] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const suggestion = suggestions.find(({ row }) => row.technician.id === technicianId)
  const proposed = (technicianId === visit.technicianId ? visit.startsAt : undefined) ?? suggestion?.startsAt ?? visit.windowStartsAt
  const startsAt = typed === null ? proposed : typedInstant(typed, zeroAt)
  const endsAt = startsAt === undefined ? undefined : typedEnd === null ? startsAt + lengthOf(visit) : typedInstant(typedEnd, zeroAt)
  const row = technicianId === null ? undefined : findRow(rows, technicianId)
  const trial = row && startsAt !== undefined && endsAt !== undefined && endsAt > startsAt ? tryPlan(visit, row, startsAt, endsAt - startsAt) : undefined
  const problems = trial ? trialProblems(trial, zeroAt) : []

  const submit = (chosen = trial): void => {
    if (!chosen || !row) {
      setError(row ? 'Type times like 2:15 PM, the end after the start.' : null)
      return
    }
    const target = findRow(rows, chosen.technicianId) ?? row
    const words = `${visit.shortName} to ${target.technician.name}, ${timeIn(zeroAt, chosen.startsAt)}`
    void planVisit(visit, { technicianId: chosen.technicianId, startsAt: chosen.startsAt, endsAt: chosen.endsAt }, words, person).then((done) => (done ? closePanel() : undefined))
  }
  const take = (choice: Suggestion): void => submit(choice.trial ?? (choice.startsAt === undefined ? undefined : tryPlan(visit, choice.row, choice.startsAt)))
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
        <Choice
          label="Technician"
          autoFocus
          options={suggestions.map((choice) => ({
            value: choice.row.technician.id,
            label: choice.row.technician.name,
            detail: [choice.startsAt === undefined ? '' : `free ${timeIn(zeroAt, choice.startsAt)}`, whyNot(choice, visit, zeroAt)].filter(Boolean).join(' \u00B7 '),
          }))}
          value={technicianId}
          onChange={(value) => {
            setTechnicianId(value)
            setTyped(null)
            setTypedEnd(null)
          }}
          hint={suggestion ? whyNot(suggestion, visit, zeroAt) : ''}
        />
        <FieldRow>
          <TextInput
            label="Starts"
            value={typed ?? timeIn(zeroAt, proposed)}
            onChange={(value) => {
              setTyped(value)
              setError(null)
            }}
            error={error}
            hint={problems.join('. ')}
          />
          <TextInput
            label="Ends"
            value={typedEnd ?? (endsAt === undefined ? '' : timeIn(zeroAt, endsAt))}
            onChange={(value) => {
              setTypedEnd(value)
              setError(null)
            }}
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
            <th scope="col">Why not</th>
          </tr>
        </thead>
        <tbody>
          {suggestions.slice(0, SHOWN).map((choice, index) => (
            <tr key={choice.row.key}>
              <td className="m">{index < 3 ? `${index + 1}  ${choice.row.technician.name}` : choice.row.technician.name}</td>
              <td>{choice.startsAt === undefined ? '\u2013' : timeIn(zeroAt, choice.startsAt)}</td>
              <td className="t2">{whyNot(choice, visit, zeroAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Asks for the board of the day that was promised: a visit of tomorrow is planned on tomorrow. */
export function AssignForm({ visit, now, person }: { readonly visit: BoardVisit; readonly now: Instant; readonly person: ActingPerson }) {
  const { data, error, refetch } = useQuery('board.day', { day: visit.windowDay })
  if (error) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines rows={4} />
  return <AssignFields key={visit.id} visit={visit} rows={boardRows(data, now)} zeroAt={data.zeroAt} now={now} person={person} />
}
