import { TASK_VIEWS, type TaskView } from '../../../shared/contract/methods/tasks.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { PlainChip, StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import type { SteadyRow } from '../../stores/steadyList.ts'
import { dueGroup } from '../queues/dueGroups.ts'
import type { ScreenProps } from '../screenProps.ts'
import { startTask } from './taskDraft.ts'
import { TaskPanel } from './TaskPanel.tsx'
import classes from './tasks.module.css'
import { EMPTY_WORDS, stateWords, VIEW_WORDS } from './taskWords.ts'
import { type ListedTask, useSteadyTasks } from './useSteadyTasks.ts'

type Row = SteadyRow<ListedTask>

const DUE: Column<Row> = {
  key: 'due',
  header: 'Due',
  width: '132px',
  cell: ({ item }) => (item.state === 'open' || item.awaiting ? <Due dueAt={item.dueAt} since={item.dueSince} /> : stateWords(item)),
}

function TaskName({ item, gone }: Row) {
  return (
    <span className="row">
      {item.priority === 'high' ? <StateGlyph state="alert" label="High priority" className="hold-t" /> : null}
      {item.awaiting ? <PlainChip>Sign-off</PlainChip> : null}
      <span className="el">{gone ? <s>{item.title}</s> : item.title}</span>
      {item.steps.total > 0 ? <span className="t3 nw">{`${item.steps.done}/${item.steps.total}`}</span> : null}
      {item.practice ? <PlainChip>Practice</PlainChip> : null}
    </span>
  )
}

const TASK: Column<Row> = { key: 'task', header: 'Task', width: 'minmax(160px, 1.6fr)', strong: true, cell: (row) => <TaskName {...row} /> }
const ABOUT: Column<Row> = {
  key: 'about',
  header: 'About',
  width: 'minmax(112px, 1fr)',
  cell: ({ item }) => [item.customerName, item.related?.kind === 'customer' ? null : item.related?.label].filter(Boolean).join(', ') || '\u2013',
}
const HOLDER: Column<Row> = {
  key: 'holder',
  header: 'Holder',
  width: 'minmax(88px, 0.7fr)',
  quiet: true,
  cell: ({ item, gone }) => (gone ? 'Settled or passed on' : item.escalatedTo === null ? item.holder : `${item.holder}, ${item.escalatedTo}`),
}
const ASKED_BY: Column<Row> = { key: 'asked', header: 'Asked by', width: 'minmax(80px, 0.6fr)', quiet: true, cell: ({ item }) => item.askedBy ?? '\u2013' }

const COLUMNS = [DUE, TASK, ABOUT, HOLDER, ASKED_BY]

const viewOf = (asked: string | undefined): TaskView => TASK_VIEWS.find((view) => view === asked) ?? 'mine'

const target = (view: TaskView, taskId: string | null) => ({ area: 'tasks', path: taskId === null ? [] : [taskId], query: view === 'mine' ? {} : { show: view } })

/** Tasks by whose they are, the first due first; the one in hand at the right, worked by single keys. */
export function TasksScreen({ route }: ScreenProps) {
  const zone = useZone()
  const me = usePerson()
  const may = useMay()
  const view = viewOf(route.query['show'])
  const list = useSteadyTasks(view)
  const { rows, waiting } = list
  const asked = route.path[0]
  // A task opened from elsewhere may stand in no view; it is in hand all the same.
  const selectedId = asked ?? rows[0]?.item.taskId ?? null
  const detail = useQuery('tasks.get', selectedId === null ? null : { taskId: selectedId }, { keep: true })
  const task = detail.data?.taskId === selectedId ? detail.data : undefined
  const go = (next: TaskView, taskId: string | null): void => navigate(target(next, taskId), { replace: true })
  const worked = (taskId: string): void => go(view, list.worked(taskId))
  const add = (): void => startTask({ about: null, callId: null }, me.userId)

  useHotkeys('Tasks', [
    ...TASK_VIEWS.map((name, index) => ({ keys: String(index + 1), label: `${VIEW_WORDS[name]}`, run: () => go(name, null) })),
    { keys: 'R', label: 'Bring the list up to date', run: list.renew },
  ])

  const fresh = waiting.fresh + waiting.gone
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Tasks" actions={may('promise.work') ? <ActionButton small label="New task" icon="plus" keys="Alt+T" onClick={add} /> : null}>
        <SegmentedControl<TaskView>
          label="Whose tasks"
          value={view}
          onChange={(next) => go(next, null)}
          segments={TASK_VIEWS.map((value) => ({ value, label: VIEW_WORDS[value], ...(value === 'ended' || !list.counts ? {} : { count: list.counts[value] }) }))}
        />
        <span className="t3 nw">keys 1 to 5</span>
        {fresh > 0 ? (
          <ActionButton small kind="quiet" label={[waiting.fresh > 0 ? `${waiting.fresh} new` : '', waiting.gone > 0 ? `${waiting.gone} gone` : ''].filter(Boolean).join(', ')} keys="R" onClick={list.renew} />
        ) : null}
      </ScreenBar>
      <div className={classes['parts']}>
        <div className={classes['list']}>
          {list.error ? <ErrorNotice error={list.error} onRetry={list.refetch} /> : null}
          {list.loading ? (
            <LoadingLines />
          ) : (
            <DataTable
              main
              label="Tasks"
              columns={COLUMNS}
              rows={rows}
              rowId={({ item }) => item.taskId}
              selectedId={selectedId}
              onSelect={(id) => go(view, id)}
              {...(view === 'ended' ? {} : { group: ({ item }: Row) => dueGroup(item.dueAt, list.at, zone) })}
              alert={({ item }) => item.escalatedTo !== null}
              empty={<EmptyState action={<ActionButton label="New task" keys="Alt+T" onClick={add} />}>{EMPTY_WORDS[view]}</EmptyState>}
            />
          )}
        </div>
        {task ? <TaskPanel key={task.taskId} task={task} onWorked={worked} /> : detail.data === null && asked !== undefined ? <EmptyState>This task is not here. It may still be on its way from another workstation.</EmptyState> : null}
      </div>
    </div>
  )
}
