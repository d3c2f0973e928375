import { type ReactNode, useRef, useState } from 'react'
import { MINUTE, type Instant } from '../../../shared/base/time.ts'
import type { TaskDetail } from '../../../shared/contract/methods/tasks.ts'
import { TASK_PRIORITIES, TASK_TYPES } from '../../../shared/domain/tasks/tables.ts'
import { TASK_TYPE_NAMES } from '../../../shared/domain/tasks/types.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { DueField, HolderField, holderInput, RemindField, usualDue } from './TaskFields.tsx'
import type { TaskHolderValue } from './taskDraft.ts'
import classes from './tasks.module.css'
import { PRIORITY_WORDS } from './taskWords.ts'

/** What is about to be done with the task in hand. */
export type TaskAsk = 'finish' | 'drop' | 'signOff' | 'sendBack' | 'giveTo' | 'edit' | 'note' | 'step'

export interface TaskDialogProps {
  readonly task: TaskDetail
  readonly onClose: () => void
  /** Tells what was done; the row may move or go. */
  readonly onDone: (said: string, leaves: boolean) => void
}

interface FrameProps {
  readonly title: string
  readonly action: string
  readonly onClose: () => void
  /** Sends, and says what was done. */
  readonly send: () => Promise<void>
  readonly children: (error: (field: string) => string | null) => ReactNode
  /** The fields that show their own refusal. */
  readonly fields: readonly string[]
  readonly width?: 'xs' | 'sm'
}

function TaskForm({ title, action, onClose, send, children, fields }: FrameProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<{ readonly field: string | null; readonly message: string } | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const save = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await send()
    } catch (thrown) {
      const { field, message } = asContractError(thrown)
      setError({ field: field ?? null, message })
      setBusy(false)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
    }
  }
  useHotkeys(title, [{ keys: 'Ctrl+Enter', label: action, run: () => void save() }])
  return (
    <form
      ref={form}
      className={classes['form']}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {children((field) => (error?.field === field ? error.message : null))}
      {error && !fields.includes(error.field ?? '') ? (
        <p className="alert-t m" role="alert">
          {error.message}
        </p>
      ) : null}
      <div className="row">
        <ActionButton kind="primary" type="submit" label={action} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton label="Cancel" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

function Frame(props: FrameProps) {
  return (
    <DialogFrame open title={props.title} onClose={props.onClose} width={props.width ?? 'xs'}>
      <TaskForm {...props} />
    </DialogFrame>
  )
}

function FinishDialog({ task, onClose, onDone }: TaskDialogProps) {
  const [resolution, setResolution] = useState('')
  return (
    <Frame
      title={`Done: ${task.title}`}
      action="It is done"
      onClose={onClose}
      fields={['resolution']}
      send={async () => {
        await api.command('task.finish', { taskId: task.taskId, resolution })
        onDone(task.signOff === 'wanted' && task.askedBy !== null ? `Done. ${task.askedBy} signs it off: ${task.title}` : `Done: ${task.title}`, true)
      }}
    >
      {(error) => <TextInput label="How it ended" value={resolution} onChange={setResolution} rows={3} maxLength={1000} autoFocus error={error('resolution')} />}
    </Frame>
  )
}

/** One text, asked for with the action's name. */
function WordsDialog({ title, label, action, onClose, send, field, required }: { readonly title: string; readonly label: string; readonly action: string; readonly onClose: () => void; readonly send: (words: string) => Promise<void>; readonly field: string; readonly required: boolean }) {
  const [words, setWords] = useState('')
  return (
    <Frame title={title} action={action} onClose={onClose} fields={[field]} send={() => send(words)}>
      {(error) => <TextInput label={label} value={words} onChange={setWords} rows={field === 'title' ? 1 : 3} maxLength={field === 'title' ? 200 : 1000} required={required} autoFocus error={error(field)} />}
    </Frame>
  )
}

function SendBackDialog({ task, onClose, onDone }: TaskDialogProps) {
  const zone = useZone()
  const now = Math.floor(useNow() / MINUTE) * MINUTE
  const [reason, setReason] = useState('')
  const [dueAt, setDueAt] = useState<Instant | null>(null)
  return (
    <Frame
      title={`Send back: ${task.title}`}
      action="Send it back"
      onClose={onClose}
      fields={['reason', 'dueAt']}
      width="sm"
      send={async () => {
        await api.command('task.sendBack', { taskId: task.taskId, reason, dueAt: dueAt ?? usualDue(task.type, now, zone) })
        onDone(`Sent back: ${task.title}`, true)
      }}
    >
      {(error) => (
        <>
          <TextInput label="What is missing" value={reason} onChange={setReason} rows={3} maxLength={1000} required autoFocus error={error('reason')} />
          <FieldRow>
            <DueField label="Due" type={task.type} value={dueAt} onChange={setDueAt} error={error('dueAt')} />
          </FieldRow>
        </>
      )}
    </Frame>
  )
}

function GiveToDialog({ task, onClose, onDone }: TaskDialogProps) {
  const [holder, setHolder] = useState<TaskHolderValue | null>(null)
  return (
    <Frame
      title={`Give to somebody: ${task.title}`}
      action="Give it"
      onClose={onClose}
      fields={['assigneeId']}
      send={async () => {
        await api.command('task.reassign', { taskId: task.taskId, ...(holder === null ? { assigneeId: null, role: null } : holderInput(holder)) })
        onDone(`Given away: ${task.title}`, true)
      }}
    >
      {(error) => <HolderField label="Who does it" value={holder} onChange={setHolder} error={error('assigneeId')} />}
    </Frame>
  )
}

function EditDialog({ task, onClose, onDone }: TaskDialogProps) {
  const [form, setForm] = useState({ title: task.title, type: task.type, dueAt: null as Instant | null, remindAt: task.remindAt, priority: task.priority, notes: task.notes })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  return (
    <Frame
      title="Change the task"
      action="Save the task"
      onClose={onClose}
      fields={['set.title', 'dueAt', 'set.notes']}
      width="sm"
      send={async () => {
        const { dueAt, remindAt, ...words } = form
        await api.command('task.change', {
          taskId: task.taskId,
          set: { ...words, ...(dueAt === null ? {} : { dueAt }), ...(remindAt === task.remindAt ? {} : { remindAt }) },
        })
        onDone(`Saved: ${form.title}`, true)
      }}
    >
      {(error) => (
        <>
          <TextInput label="What is to be done" value={form.title} onChange={(title) => set({ title })} maxLength={120} required autoFocus error={error('set.title')} />
          <FieldRow>
            <Choice label="Kind" options={TASK_TYPES.map((value) => ({ value, label: TASK_TYPE_NAMES[value] }))} value={form.type} onChange={(type) => set({ type })} />
            <Choice label="Priority" options={TASK_PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] }))} value={form.priority} onChange={(priority) => set({ priority })} />
          </FieldRow>
          <FieldRow>
            <DueField label="Due" type={form.type} value={form.dueAt} current={task.dueAt} onChange={(dueAt) => set({ dueAt: dueAt === task.dueAt ? null : dueAt, remindAt: null })} error={error('dueAt')} />
          </FieldRow>
          <RemindField dueAt={form.dueAt ?? task.dueAt} value={form.remindAt} onChange={(remindAt) => set({ remindAt })} />
          <TextInput label="Notes" rows={3} value={form.notes} onChange={(notes) => set({ notes })} error={error('set.notes')} />
        </>
      )}
    </Frame>
  )
}

/** What is asked before something is done with a task. */
export function TaskDialog({ ask, newId, ...props }: TaskDialogProps & { readonly ask: TaskAsk; readonly newId: () => string }) {
  const { task, onClose, onDone } = props
  const { taskId, title } = task
  switch (ask) {
    case 'finish':
      return <FinishDialog {...props} />
    case 'sendBack':
      return <SendBackDialog {...props} />
    case 'giveTo':
      return <GiveToDialog {...props} />
    case 'edit':
      return <EditDialog {...props} />
    case 'drop':
      return (
        <WordsDialog title={`Drop: ${title}`} label="Why it is not to be done any more" action="Drop it" field="reason" required onClose={onClose}
          send={async (reason) => {
            await api.command('task.drop', { taskId, reason })
            onDone(`Dropped: ${title}`, true)
          }}
        />
      )
    case 'signOff':
      return (
        <WordsDialog title={`Sign off: ${title}`} label="A word to keep, if there is one" action="Sign it off" field="note" required={false} onClose={onClose}
          send={async (note) => {
            await api.command('task.signOff', { taskId, note })
            onDone(`Signed off: ${title}`, true)
          }}
        />
      )
    case 'note':
      return (
        <WordsDialog title={`Note: ${title}`} label="Note" action="Add the note" field="body" required onClose={onClose}
          send={async (body) => {
            await api.command('task.note', { noteId: newId(), taskId, body })
            onDone('Note added.', false)
          }}
        />
      )
    case 'step':
      return (
        <WordsDialog title={`Step: ${title}`} label="Step" action="Add the step" field="title" required onClose={onClose}
          send={async (step) => {
            await api.command('task.saveStep', { taskId, stepId: newId(), title: step })
            onDone('Step added.', false)
          }}
        />
      )
  }
}
