import { type FormEvent, useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatPhone } from '../../../shared/base/phone.ts'
import type { Attention, AttentionChoice } from '../../../shared/contract/methods/hub.ts'
import { api, useQuery } from '../../api/api.ts'
import { type Action, useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import classes from '../../components/Settle.module.css'
import { StateChip } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { goBack, navigate, type RouteTarget } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { attentionTarget } from './attentionTarget.ts'
import { usePerson } from '../../stores/session.ts'
import { callNumber } from '../calls/callNumber.ts'

type Side = Attention['ours']

const QUEUE: RouteTarget = { area: 'queues', path: ['needs-attention'] }
const toQueue = (): void => navigate(QUEUE)

/** Where it was opened from, the queue or the desk, has the next one. */
function onward(said: string): void {
  toast(said)
  if (!goBack()) toQueue()
}

const KIND_WORDS: Readonly<Record<Attention['kind'], string>> = {
  refused: 'It has no effect: something else stands instead.',
  parked: 'It happened and found no place in the records: it is kept whole until somebody says where it belongs.',
  flagged: 'It stands, and somebody should look at it: what is said beside it is why.',
}

function SideView({ label, side, money }: { readonly label: string; readonly side: Side; readonly money?: number | null }) {
  return (
    <section className={classes['part']} aria-label={label}>
      <h2 className="cap">{label}</h2>
      <p className={classes['title']}>{side.title}</p>
      <ul className={classes['lines']}>
        {side.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {money == null ? null : (
        <p className={classes['money']}>
          Money taken: <b className="b">{formatMoney(money)}</b>
        </p>
      )}
    </section>
  )
}

const NOTE_WORDS = {
  drop: { label: 'Why, and what the customer was told', gap: 'Say in a few words why.' },
  wait: { label: 'Whom you wait for, and for what', gap: 'Say in a few words what you wait for.' },
} as const

interface NoteFormProps {
  readonly item: Attention
  readonly choice: AttentionChoice
  readonly action: Action
  readonly onCancel: () => void
}

/** A note of why it is let go, or of what is waited for; it stays with the promise. */
function NoteForm({ item, choice, action, onCancel }: NoteFormProps) {
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  const words = NOTE_WORDS[choice.action === 'wait' ? 'wait' : 'drop']
  const record = (): void => {
    if (note.trim() === '') return setMissing(true)
    const { promiseId } = item
    if (promiseId === null) return
    void action
      .run(() => api.command('promise.recordOutcome', { promiseId, outcomeKey: choice.outcomeKey ?? '', note }))
      .then((done) => {
        if (done) onward(`${choice.label}: ${item.ours.title}`)
      })
  }
  useHotkeys(choice.label, [
    { keys: 'Ctrl+Enter', label: choice.label, run: record },
    { keys: 'Escape', label: 'Back to the choices', run: onCancel },
  ])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    record()
  }
  return (
    <form className={classes['note']} aria-label={choice.label} onSubmit={submit} noValidate>
      <TextInput label={words.label} value={note} onChange={setNote} required autoFocus maxLength={1000} error={missing && note.trim() === '' ? words.gap : null} />
      <div className={classes['noteButtons']}>
        <ActionButton type="submit" kind="primary" label={choice.label} keys="Ctrl+Enter" busy={action.busy} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" onClick={onCancel} />
      </div>
    </form>
  )
}

/** Every way to settle it, each with its key. */
function Choices({ item }: { readonly item: Attention }) {
  const [noting, setNoting] = useState<AttentionChoice | null>(null)
  const action = useAction()
  const opens = item.theirs.opens ?? item.ours.opens
  const target = opens === null ? null : attentionTarget(opens)

  const redo = ({ changes, withFallen, label }: AttentionChoice): void => {
    void action
      .run(() => api.action('attention.redo', { id: item.id, changes, withFallen }))
      .then((done) => {
        if (done) onward(`${label}: done. ${item.ours.title}`)
      })
  }
  const choose = (choice: AttentionChoice): void => {
    switch (choice.action) {
      case 'redo':
        return redo(choice)
      case 'drop':
      case 'wait':
        action.clear()
        return setNoting(choice)
      case 'open':
        return target === null ? undefined : navigate(target)
    }
  }
  const { phone } = item
  const { userId } = usePerson()
  const call = (): void => (phone === null ? undefined : void callNumber({ number: phone }, userId))
  const shown = item.choices.filter((choice) => choice.action !== 'open' || target !== null)
  useHotkeys(
    'What stands against what',
    [...shown.map((choice) => ({ keys: choice.key, label: choice.label, run: () => choose(choice) })), ...(phone === null ? [] : [{ keys: 'L', label: 'Call the number', run: call }])],
    { enabled: noting === null },
  )
  return (
    <section className={`${classes['hand']} ${classes['below']}`} aria-label="What to do">
      {noting ? (
        <NoteForm item={item} choice={noting} action={action} onCancel={() => setNoting(null)} />
      ) : (
        <div className={classes['choices']}>
          {shown.map((choice, index) => (
            <ActionButton key={choice.key} kind={index === 0 ? 'primary' : 'plain'} label={choice.label} keys={choice.key} busy={choice.action === 'redo' && action.busy} onClick={() => choose(choice)} />
          ))}
          {phone === null ? null : <ActionButton icon="phone" label={`Call ${formatPhone(phone)}`} keys="L" onClick={call} />}
        </div>
      )}
      {action.error ? <ErrorNotice error={action.error} /> : item.state === 'open' ? <p className="t2">{item.promiseId === null ? 'It is settled together with the change it fell with.' : 'Doing it again is yours then: your name stands at it.'}</p> : null}
    </section>
  )
}

const SETTLED_WORDS = { redone: 'Done another way', dropped: 'Let go' } as const

/** One change that could not stand: what was done, what stands instead, and one key to settle it. */
export function AttentionScreen({ id }: { readonly id: string }) {
  const { data: item, error, refetch } = useQuery('attention.get', { id })
  if (item === undefined) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  if (item === null) {
    return (
      <EmptyState action={<ActionButton label="Go to Needs attention" onClick={toQueue} />}>
        <h1 className="spoken">Needs attention</h1>
        This change is not kept here any more.
      </EmptyState>
    )
  }
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Needs attention" detail={KIND_WORDS[item.kind]} actions={item.state === 'open' ? <StateChip state="alert">Open</StateChip> : <StateChip state="done">{SETTLED_WORDS[item.state]}</StateChip>} />
      <div className={classes['above']}>
        <div className={classes['sides']}>
          <SideView label="What was done" side={item.ours} money={item.amountCents} />
          <SideView label={item.kind === 'refused' ? 'What stands instead' : 'Why somebody should look'} side={item.theirs} />
        </div>
        {item.fallen.length === 0 ? null : (
          <section className={classes['fallen']} aria-label="What fell with it">
            <h2 className="cap">What fell with it, and is settled with it</h2>
            <ul className={classes['lines']}>
              {item.fallen.map((title, index) => (
                // The same may have been done twice; they stand in the order in which they were done.
                <li key={`${index} ${title}`}>{title}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <Choices key={item.id} item={item} />
    </div>
  )
}
