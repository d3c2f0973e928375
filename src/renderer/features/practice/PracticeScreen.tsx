import { useEffect, useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { PracticeResultRow } from '../../../shared/contract/methods/practice.ts'
import type { PracticeCaller } from '../../../shared/domain/practice/caller.ts'
import { PRACTICE_CALLERS, practiceCaller } from '../../../shared/domain/practice/callers.ts'
import { spokenSeconds } from '../../../shared/domain/practice/score.ts'
import { api, useQuery } from '../../api/api.ts'
import { enterRoom, whyBack } from '../../api/room.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import type { ScreenProps } from '../screenProps.ts'
import classes from './practice.module.css'
import { ResultView } from './ResultView.tsx'

type Whose = 'mine' | 'everyone'

interface CallerRow {
  readonly caller: PracticeCaller
  /** Of the version that is played now; null where it was not done yet. */
  readonly best: number | null
  readonly times: number
}

function rowsOf(results: readonly PracticeResultRow[]): readonly CallerRow[] {
  return PRACTICE_CALLERS.map((caller) => {
    const done = results.filter(({ callerKey }) => callerKey === caller.key)
    const current = done.filter(({ callerVersion }) => callerVersion === caller.version)
    return { caller, best: current.length === 0 ? null : Math.max(...current.map(({ total }) => total)), times: done.length }
  })
}

function When({ at }: { readonly at: number }) {
  const zone = useZone()
  return (
    <>
      {formatDay(wallTimeOf(at, zone).day)}, {formatTime(at, zone)}
    </>
  )
}

function History({ results }: { readonly results: readonly PracticeResultRow[] }) {
  if (results.length === 0) return <p className="t3">Not done yet.</p>
  return (
    <ul className={classes['history']} aria-label="Your scores">
      {results.slice(0, 12).map(({ resultId, total, seconds, finishedAt }) => (
        <li key={resultId} className={classes['past']}>
          <b className="b">{total}</b>
          <a href={`#/practice/${resultId}`} className="el">
            <When at={finishedAt} />
          </a>
          <span className="t3">{spokenSeconds(seconds)}</span>
        </li>
      ))}
    </ul>
  )
}

function CallerPane({ caller, results }: { readonly caller: PracticeCaller; readonly results: readonly PracticeResultRow[] }) {
  const action = useAction()
  const start = (): void =>
    void action.run(async () => {
      const { ticket } = await api.action('exercise.begin', { callerKey: caller.key })
      enterRoom(ticket)
    })
  useHotkeys('Practice', [{ keys: 'S', label: 'Start the exercise', run: start }])
  return (
    <section className={classes['pane']} aria-label={caller.title}>
      <header className={classes['head']}>
        <h2 className="h2 el">{caller.title}</h2>
      </header>
      <div className={classes['body']}>
        <p>{caller.exercises}</p>
        <p className="t2">
          Such a call takes {spokenSeconds(caller.targetSeconds)}. The caller rings, says a line, and goes on when you say the step it answers. You work in the real screens, on an invented company in memory: nothing of it reaches the company’s records.
        </p>
        <p className="t2">The score counts the fields, the order of the steps, the words, and the time.</p>
        <h3 className="b">Your scores</h3>
        <History results={results} />
      </div>
      <footer className={classes['foot']}>
        <ActionButton kind="primary" label="Start" keys="S" busy={action.busy} onClick={start} />
        <ErrorNotice error={action.error} />
      </footer>
    </section>
  )
}

function Callers({ results, selected }: { readonly results: readonly PracticeResultRow[]; readonly selected: string | undefined }) {
  const rows = rowsOf(results)
  const chosen = rows.find(({ caller }) => caller.key === selected) ?? rows[0]
  return (
    <>
      <DataTable
        label="Practice callers"
        main
        columns={[
          { key: 'title', header: 'Caller', width: 'minmax(0, 2fr)', strong: true, cell: ({ caller }) => caller.title },
          { key: 'exercises', header: 'Trains', width: 'minmax(0, 3fr)', quiet: true, cell: ({ caller }) => <span title={caller.exercises}>{caller.exercises}</span> },
          { key: 'best', header: 'Best', width: '64px', align: 'right', cell: ({ best }) => best ?? '\u2013' },
          { key: 'times', header: 'Done', width: '64px', align: 'right', cell: ({ times }) => times },
        ]}
        rows={rows}
        rowId={({ caller }) => caller.key}
        selectedId={chosen?.caller.key ?? null}
        onSelect={(key) => navigate({ area: 'practice', query: { caller: key } }, { replace: true })}
      />
      {chosen ? <CallerPane key={chosen.caller.key} caller={chosen.caller} results={results.filter(({ callerKey }) => callerKey === chosen.caller.key)} /> : null}
    </>
  )
}

function Everyone({ results }: { readonly results: readonly PracticeResultRow[] }) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <DataTable
      label="What everybody scored"
      main
      columns={[
        { key: 'name', header: 'Person', strong: true, cell: ({ name }) => name },
        { key: 'caller', header: 'Caller', width: 'minmax(0, 2fr)', cell: ({ callerKey }) => practiceCaller(callerKey)?.title ?? callerKey },
        { key: 'total', header: 'Score', width: '64px', align: 'right', strong: true, cell: ({ total }) => total },
        { key: 'fields', header: 'Fields', width: '64px', align: 'right', cell: ({ points }) => points.fields },
        { key: 'order', header: 'Order', width: '64px', align: 'right', cell: ({ points }) => points.order },
        { key: 'words', header: 'Words', width: '64px', align: 'right', cell: ({ points }) => points.words },
        { key: 'time', header: 'Time', width: '64px', align: 'right', cell: ({ points }) => points.time },
        { key: 'seconds', header: 'Took', width: '72px', align: 'right', cell: ({ seconds }) => spokenSeconds(seconds) },
        { key: 'when', header: 'When', width: '168px', quiet: true, cell: ({ finishedAt }) => <When at={finishedAt} /> },
      ]}
      rows={results}
      rowId={({ resultId }) => resultId}
      selectedId={selected ?? results[0]?.resultId ?? null}
      onSelect={setSelected}
      onOpen={({ resultId }) => navigate({ area: 'practice', path: [resultId], query: { of: 'everyone' } })}
      empty={<EmptyState>Nobody has practiced yet.</EmptyState>}
    />
  )
}

/** Ten scripted callers to practice with, what one scored, and for who looks after the people what everybody did. */
export function PracticeScreen({ route }: ScreenProps) {
  const may = useMay()
  const manages = may('people.edit')
  const whose: Whose = manages && route.query['of'] === 'everyone' ? 'everyone' : 'mine'
  const { data, error, refetch } = useQuery('exercise.results', { whose })
  const show = (next: Whose): void => navigate({ area: 'practice', ...(next === 'everyone' ? { query: { of: 'everyone' } } : {}) }, { replace: true })
  useHotkeys(
    'Practice',
    [
      { keys: '[', label: 'My exercises', run: () => show('mine') },
      { keys: ']', label: 'What everybody scored', run: () => show('everyone') },
    ],
    { enabled: manages },
  )
  useEffect(() => {
    const why = whyBack()
    if (why !== null) toast(why)
  }, [])
  const [resultId] = route.path
  const result = resultId === undefined ? undefined : data?.results.find((one) => one.resultId === resultId)
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  if (resultId !== undefined) return result ? <ResultView result={result} /> : <EmptyState>This result is not among those you see. Escape goes back.</EmptyState>
  const done = new Set(data.results.map(({ callerKey }) => callerKey)).size
  return (
    <div className={whose === 'mine' ? classes['screen'] : classes['list']} style={whose === 'mine' ? { gridTemplateRows: '40px minmax(0, 1fr)' } : { flex: 1 }}>
      <div style={{ gridColumn: '1 / -1' }}>
        <ScreenBar title="Practice" detail={whose === 'mine' ? `${done} of ${PRACTICE_CALLERS.length} callers done` : data.results.length === 1 ? '1 exercise' : `${data.results.length} exercises`}>
          {manages ? (
            <SegmentedControl
              label="Whose exercises"
              value={whose}
              onChange={show}
              segments={[
                { value: 'mine', label: 'Mine' },
                { value: 'everyone', label: 'Everybody' },
              ]}
            />
          ) : null}
        </ScreenBar>
      </div>
      {whose === 'mine' ? <Callers results={data.results} selected={route.query['caller']} /> : <Everyone results={data.results} />}
    </div>
  )
}
