import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { TaskDetail } from '../../../shared/contract/methods/tasks.ts'
import { TASK_TYPE_NAMES } from '../../../shared/domain/tasks/types.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { Due } from '../../components/Due.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { PlainChip, StateChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { TaskDialog, type TaskAsk } from './TaskDialogs.tsx'
import classes from './tasks.module.css'
import { PRIORITY_WORDS, relatedTarget, stateWords } from './taskWords.ts'
import { callNumber } from '../calls/callNumber.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

const told = (work: Promise<unknown>): void => {
  work.catch((thrown: unknown) => toast(asContractError(thrown).message))
}

const check = (stepId: string, done: boolean): void => told(api.command('task.checkStep', { stepId, done }))

function Steps({ task }: { readonly task: TaskDetail }) {
  const { stepList, state, steps } = task
  if (stepList.length === 0) return null
  return (
    <PanelSection title="Steps" aside={<span className="t3 dense">{`${steps.done} of ${steps.total} done`}</span>}>
      <ul className={classes['steps']}>
        {stepList.map((step) => (
          <li key={step.stepId}>
            <label>
              <input type="checkbox" checked={step.done} disabled={state !== 'open'} onChange={(event) => check(step.stepId, event.target.checked)} />
              <span className={step.done ? 't3' : undefined}>{step.title}</span>
              {step.doneBy === null ? null : <span className="t3 dense">{step.doneBy}</span>}
            </label>
            {state === 'open' ? <ActionButton small kind="quiet" label="Take off" onClick={() => told(api.command('task.removeStep', { stepId: step.stepId }))} /> : null}
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}

function Notes({ task }: { readonly task: TaskDetail }) {
  const zone = useZone()
  if (task.noteList.length === 0) return null
  return (
    <PanelSection title="Notes">
      <ol className={classes['notes']}>
        {task.noteList.map((note) => (
          <li key={note.noteId}>
            <span className="t3 dense">
              {note.by}, {formatDay(wallTimeOf(note.at, zone).day)}, {formatTime(note.at, zone)}
            </span>
            <p>{note.body}</p>
          </li>
        ))}
      </ol>
    </PanelSection>
  )
}

function TaskFacts({ task }: { readonly task: TaskDetail }) {
  const zone = useZone()
  const moment = (at: number): string => `${formatDay(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`
  const holder = task.coveringFor === null ? task.holder : `${task.holder}, for ${task.coveringFor}`
  const ended = task.state !== 'open' && task.resolvedAt !== null
  const signOff = { none: 'Not asked for', wanted: task.awaiting ? `${task.askedBy ?? 'Who asked'} has yet to see it` : 'Wanted once it is done', given: 'Given' }[task.signOff]
  return (
    <Facts
      items={[
        { name: 'Kind', value: TASK_TYPE_NAMES[task.type] },
        ...(ended ? [{ name: task.state === 'done' ? 'Done by' : 'Dropped by', value: `${task.awaiting ? 'see below' : task.holder}, ${moment(task.resolvedAt ?? 0)}` }] : []),
        ...(ended && !task.awaiting ? [] : [{ name: 'Held by', value: task.escalatedTo === null ? holder : `${holder}; late, so ${task.escalatedTo} too` }]),
        { name: 'Asked by', value: `${task.askedBy ?? 'A rule'}${task.source === 'call' ? ', on a call' : ''}, ${moment(task.createdAt)}` },
        ...(task.remindAt === null ? [] : [{ name: 'Reminder', value: moment(task.remindAt) }]),
        ...(task.priority === 'normal' ? [] : [{ name: 'Priority', value: PRIORITY_WORDS[task.priority] }]),
        { name: 'Sign-off', value: signOff },
        ...(task.phone === null ? [] : [{ name: 'Number', value: <PhoneNumber number={task.phone} name={task.customerName ?? ''} /> }]),
      ]}
    />
  )
}

/** Every way to work a task, each with its key; what the person may not do is not offered. */
function actionsOf(task: TaskDetail, ask: (what: TaskAsk) => void, userId: string) {
  const open = task.state === 'open'
  const target = task.related && relatedTarget(task.related, task.customerId)
  const nextStep = task.stepList.find((step) => !step.done)
  const { phone } = task
  return [
    ...(open ? [{ keys: 'F', label: 'It is done', run: () => ask('finish'), kind: 'primary' as const }] : []),
    ...(task.maySignOff
      ? [
          { keys: 'S', label: 'Sign it off', run: () => ask('signOff'), kind: 'primary' as const },
          { keys: 'B', label: 'Send it back', run: () => ask('sendBack') },
        ]
      : []),
    ...(target ? [{ keys: 'Enter', label: `Open ${task.related?.kind === 'customer' ? 'the customer' : (task.related?.label ?? 'it')}`, run: () => navigate(target) }] : []),
    ...(open && nextStep ? [{ keys: 'T', label: 'Tick the next step', run: () => check(nextStep.stepId, true) }] : []),
    ...(phone !== null && open ? [{ keys: 'L', label: 'Call the number', run: () => void callNumber({ number: phone, name: task.customerName ?? '', returnsCallId: task.call?.id ?? null }, userId) }] : []),
    ...(open ? [{ keys: 'H', label: 'Give to somebody', run: () => ask('giveTo') }, { keys: 'A', label: 'Add a step', run: () => ask('step') }] : []),
    { keys: 'N', label: 'Add a note', run: () => ask('note') },
    ...(task.mayChange ? [{ keys: 'E', label: 'Change it', run: () => ask('edit') }] : []),
    ...(task.remindAt !== null && task.mayChange ? [{ keys: 'M', label: 'Reminder seen', run: () => told(api.command('task.change', { taskId: task.taskId, set: { remindAt: null } })) }] : []),
    ...(task.mayDrop ? [{ keys: 'X', label: 'Drop it', run: () => ask('drop') }] : []),
  ] as const
}

/** The task in hand: what is to be done, its steps, what was written on it, and every way to go on. */
export function TaskPanel({ task, onWorked }: { readonly task: TaskDetail; readonly onWorked: (taskId: string) => void }) {
  const [asking, setAsking] = useState<TaskAsk | null>(null)
  const actions = actionsOf(task, setAsking, usePerson().userId)
  useHotkeys('The task in hand', actions, { enabled: asking === null })
  const ended = task.state !== 'open'
  return (
    <DetailPanel
      wide
      label="The task in hand"
      title={task.title}
      aside={
        <>
          {task.practice ? <PlainChip>Practice</PlainChip> : null}
          {task.awaiting ? <StateChip state="hold">Sign-off</StateChip> : ended ? <StateChip state={task.state === 'done' ? 'done' : 'canceled'}>{stateWords(task)}</StateChip> : null}
        </>
      }
      footer={actions.map(({ keys, label, run, ...more }) => (
        <ActionButton key={keys} small={!('kind' in more)} label={label} keys={keys} onClick={run} {...('kind' in more ? { kind: more.kind } : {})} />
      ))}
    >
      <PanelSection>
        {ended && !task.awaiting ? null : <Due dueAt={task.dueAt} since={task.dueSince} relative />}
        {task.customerName === null && !task.related ? null : (
          <p className="m">{[task.related?.kind === 'customer' ? null : task.related?.label, task.customerName].filter(Boolean).join(', ')}</p>
        )}
        {task.notes === '' ? null : <p className={classes['words']}>{task.notes}</p>}
      </PanelSection>
      {task.resolution === '' ? null : (
        <PanelSection title="How it ended" {...(task.maySignOff ? { tone: 'yours' as const } : {})}>
          <p className={classes['words']}>{task.resolution}</p>
        </PanelSection>
      )}
      <Steps task={task} />
      <Notes task={task} />
      <PanelSection>
        <TaskFacts task={task} />
      </PanelSection>
      {task.state === 'open' && task.stepList.length === 0 && task.noteList.length === 0 ? (
        <p className={`t3 ${classes['hint']}`}>
          <Keycap keys="A" /> adds a step, <Keycap keys="N" /> a note.
        </p>
      ) : null}
      {asking ? (
        <TaskDialog
          ask={asking}
          task={task}
          newId={newId}
          onClose={() => setAsking(null)}
          onDone={(said, leaves) => {
            setAsking(null)
            toast(said)
            if (leaves) onWorked(task.taskId)
          }}
        />
      ) : null}
    </DetailPanel>
  )
}
