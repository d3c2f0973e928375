import type { QueueSettings } from '../../../shared/contract/methods/settings.ts'
import { SETTABLE_FIELDS } from '../../../shared/domain/promises/subjects.ts'
import type { SubjectKind } from '../../../shared/domain/promises/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { NumberInput, Switch } from './formFields.tsx'
import { fieldWords, minutesWords } from './queueClauses.ts'
import classes from './settings.module.css'

type Outcome = QueueSettings['outcomes'][number]

const RETRY = 'retry'

/** What an outcome of this kind of record can do: come back later, or settle by one of the fields it may write. */
function effectOptions(kind: SubjectKind): readonly Option<string>[] {
  const settles = Object.entries(SETTABLE_FIELDS[kind]).flatMap(([field, { values }]) =>
    values.map((value) => ({ value: JSON.stringify({ [field]: value }), label: `settles it: ${fieldWords(field)} becomes ${String(value)}` })),
  )
  return [{ value: RETRY, label: 'comes back later' }, ...settles]
}

function effectOf(chosen: string, before: Outcome['effect']): Outcome['effect'] {
  if (chosen === RETRY) return before.kind === 'retry' ? before : { kind: 'retry', afterMinutes: 60, asksWhen: false }
  return { kind: 'settle', set: JSON.parse(chosen) as Record<string, string> }
}

/** A key of one word from what the outcome says: `Left a message` is `leftAMessage`. */
function outcomeKey(label: string, taken: readonly string[]): string {
  const [first = '', ...rest] = label.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const base = (first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')).replace(/^[^a-z]+/, '').slice(0, 30) || 'outcome'
  let key = base
  for (let number = 2; taken.includes(key); number++) key = `${base}${number}`
  return key
}

/** How a promise of the queue can end or come back, each with the key that says so. */
export function QueueOutcomes({ kind, outcomes, onChange, error }: { readonly kind: SubjectKind; readonly outcomes: readonly Outcome[]; readonly onChange: (outcomes: Outcome[]) => void; readonly error: string | null }) {
  const options = effectOptions(kind)
  const put = (index: number, next: Partial<Outcome>): void => onChange(outcomes.map((outcome, place) => (place === index ? { ...outcome, ...next } : outcome)))
  const add = (): void => {
    const label = 'Try again'
    const shortcut = 'ABCEFGIMNOPQSUVWXYZ'.split('').find((letter) => !outcomes.some((outcome) => outcome.shortcut === letter)) ?? '9'
    onChange([...outcomes, { key: outcomeKey(label, outcomes.map((outcome) => outcome.key)), label, shortcut, effect: { kind: 'retry', afterMinutes: 60, asksWhen: false }, needsNote: false }])
  }
  return (
    <fieldset className={classes['part']}>
      <legend className={classes['legend']}>What can come of it</legend>
      {outcomes.map((outcome, index) => {
        const { effect } = outcome
        return (
          <div key={outcome.key}>
            <div className={classes['rowFields']}>
              <TextInput label="Outcome" value={outcome.label} onChange={(label) => put(index, { label })} maxLength={40} grow={2} />
              <TextInput label="Key" value={outcome.shortcut} onChange={(shortcut) => put(index, { shortcut: shortcut.slice(-1).toUpperCase() })} />
              <Choice label="It" options={options} value={effect.kind === 'retry' ? RETRY : JSON.stringify(effect.set)} onChange={(chosen) => put(index, { effect: effectOf(chosen, effect) })} grow={2} />
              {effect.kind === 'retry' ? (
                <NumberInput label="After minutes" value={effect.afterMinutes} onChange={(afterMinutes) => put(index, { effect: { ...effect, afterMinutes } })} hint={minutesWords(effect.afterMinutes)} />
              ) : (
                <span />
              )}
            </div>
            <div className="row">
              <Switch label="Needs a note" checked={outcome.needsNote} onChange={(needsNote) => put(index, { needsNote })} />
              {effect.kind === 'retry' ? <Switch label="Asks when" checked={effect.asksWhen} onChange={(asksWhen) => put(index, { effect: { ...effect, asksWhen } })} /> : null}
              <span className="sp" />
              <ActionButton small kind="quiet" label={`Remove ${outcome.label}`} onClick={() => onChange(outcomes.filter((_other, place) => place !== index))} />
            </div>
          </div>
        )
      })}
      {error === null ? null : <p className="alert-t m">{error}</p>}
      <ActionButton small icon="plus" label="Add an outcome" onClick={add} />
    </fieldset>
  )
}
