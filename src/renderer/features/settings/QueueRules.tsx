import { useState } from 'react'
import { type Expression, expressionSchema } from '../../../shared/domain/promises/expression.ts'
import type { SubjectKind } from '../../../shared/domain/promises/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { NumberInput } from './formFields.tsx'
import {
  type Clause,
  clausesOf,
  COMBINE_WORDS,
  COMBINES,
  conditionOf,
  dueOf,
  dueRuleOf,
  type DueTerm,
  fieldsFor,
  fieldWords,
  minutesWords,
  OPERATOR_WORDS,
  operatorsFor,
} from './queueClauses.ts'
import classes from './settings.module.css'

type View = 'rows' | 'json'

const VIEWS = [
  { value: 'rows', label: 'In rows' },
  { value: 'json', label: 'As JSON' },
] as const

interface RuleProps {
  readonly kind: SubjectKind
  readonly value: Expression
  readonly onChange: (value: Expression) => void
  readonly error: string | null
}

/** An expression as JSON text. What can't be read stays as typed and is said; the rule keeps its last readable form. */
function JsonRule({ label, value, onChange, error }: Omit<RuleProps, 'kind'> & { readonly label: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const [unread, setUnread] = useState<string | null>(null)
  const read = (text: string): void => {
    setTyped(text)
    try {
      const parsed = expressionSchema.safeParse(JSON.parse(text))
      setUnread(parsed.success ? null : `This is not a rule: ${parsed.error.issues[0]?.path.join('.') || 'start with a kind'}.`)
      if (parsed.success) onChange(parsed.data)
    } catch {
      setUnread('This is not JSON yet.')
    }
  }
  return (
    <div className={classes['json']}>
      <TextInput label={label} rows={8} value={typed ?? JSON.stringify(value, null, 2)} error={unread ?? error} onChange={read} onBlur={() => (unread === null ? setTyped(null) : undefined)} />
    </div>
  )
}

const YES_NO: readonly Option<string>[] = [
  { value: 'yes', label: 'yes' },
  { value: 'no', label: 'no' },
]

function ClauseRow({ clause, kind, onChange, onRemove }: { readonly clause: Clause; readonly kind: SubjectKind; readonly onChange: (clause: Clause) => void; readonly onRemove: () => void }) {
  const fields = fieldsFor(kind)
  const column = fields.get(clause.field)
  const operators = operatorsFor(column)
  const values = column?.kind === 'boolean' ? YES_NO : column?.values?.map((value) => ({ value, label: value }))
  const empty = clause.operator === 'isEmpty' || clause.operator === 'isNotEmpty'
  const setValue = (value: string): void => onChange({ ...clause, value })
  return (
    <div className={classes['rowFields']}>
      <Choice
        label="Field"
        options={[...fields].filter(([, candidate]) => operatorsFor(candidate).length > 0).map(([name]) => ({ value: name, label: fieldWords(name) }))}
        value={clause.field}
        onChange={(field) => {
          const next = fields.get(field)
          const operator = operatorsFor(next)[0] ?? 'is'
          onChange({ field, operator, value: next?.values?.[0] ?? (next?.kind === 'boolean' ? 'yes' : '') })
        }}
      />
      <Choice label="Test" options={operators.map((value) => ({ value, label: OPERATOR_WORDS[value] }))} value={clause.operator} onChange={(operator) => onChange({ ...clause, operator })} />
      {empty ? (
        <span />
      ) : values && clause.operator !== 'isOneOf' ? (
        <Choice label="Value" options={values} value={clause.value} onChange={setValue} />
      ) : (
        <TextInput label="Value" value={clause.value} onChange={setValue} hint={clause.operator === 'isOneOf' ? (column?.values?.join(', ') ?? 'Between commas.') : undefined} />
      )}
      <span className={classes['fixed']}>
        <ActionButton kind="quiet" label="Remove" onClick={onRemove} />
      </span>
    </div>
  )
}

/** When a record is in the queue: rows that must all hold, or JSON where a manager wants more. */
export function ConditionRule({ kind, value, onChange, error }: RuleProps) {
  const clauses = clausesOf(value, kind)
  const [view, setView] = useState<View>('rows')
  const rows = view === 'rows' && clauses !== null
  const set = (next: readonly Clause[]): void => onChange(conditionOf(next, kind))
  return (
    <fieldset className={classes['part']}>
      <legend className={classes['legend']}>A record is in this queue while</legend>
      <div className="row">
        <SegmentedControl label="How to edit the condition" value={rows ? 'rows' : 'json'} segments={VIEWS} onChange={setView} />
        {clauses === null ? <span className="t3 dense">richer than rows can say</span> : null}
      </div>
      {rows ? (
        <>
          {clauses.map((clause, index) => (
            <ClauseRow
              // Clauses have no identity of their own: their place is what they are.
              key={index}
              clause={clause}
              kind={kind}
              onChange={(next) => set(clauses.map((other, place) => (place === index ? next : other)))}
              onRemove={() => set(clauses.filter((_other, place) => place !== index))}
            />
          ))}
          {error === null ? null : <p className="alert-t m">{error}</p>}
          <ActionButton small icon="plus" label="And another test" onClick={() => set([...clauses, { field: [...fieldsFor(kind).keys()][0] ?? '', operator: 'is', value: '' }])} />
        </>
      ) : (
        <JsonRule label="Condition" value={value} onChange={onChange} error={error} />
      )}
    </fieldset>
  )
}

const OPENED = 'openedAt'

function TermRow({ term, kind, onChange, onRemove }: { readonly term: DueTerm; readonly kind: SubjectKind; readonly onChange: (term: DueTerm) => void; readonly onRemove: (() => void) | null }) {
  const instants = [...fieldsFor(kind)].filter(([, column]) => column.kind === 'instant').map(([name]) => ({ value: name, label: fieldWords(name) }))
  const magnitude = Math.abs(term.minutes)
  const before = term.minutes < 0
  return (
    <div className={classes['rowFields']}>
      <NumberInput label="Minutes" value={magnitude} onChange={(minutes) => onChange({ ...term, minutes: before ? -minutes : minutes })} hint={minutesWords(term.minutes) || 'at once'} />
      <Choice
        label="Before or after"
        options={[{ value: 'after', label: 'after' }, { value: 'before', label: 'before' }]}
        value={before ? 'before' : 'after'}
        onChange={(side) => onChange({ ...term, minutes: side === 'before' ? -magnitude : magnitude })}
      />
      <Choice
        label="Which moment"
        options={[{ value: OPENED, label: 'it opened' }, ...instants]}
        value={term.field ?? OPENED}
        onChange={(field) => onChange({ ...term, field: field === OPENED ? null : field })}
      />
      {onRemove ? (
        <span className={classes['fixed']}>
          <ActionButton kind="quiet" label="Remove" onClick={onRemove} />
        </span>
      ) : null}
    </div>
  )
}

/** When the promise is due: one moment, or the first, soonest or latest of several. */
export function DueRuleField({ kind, value, onChange, error }: RuleProps) {
  const rule = dueRuleOf(value)
  const [view, setView] = useState<View>('rows')
  const rows = view === 'rows' && rule !== null
  const several = (rule?.terms.length ?? 0) > 1
  return (
    <fieldset className={classes['part']}>
      <legend className={classes['legend']}>It is due</legend>
      <div className="row">
        <SegmentedControl label="How to edit the due time" value={rows ? 'rows' : 'json'} segments={VIEWS} onChange={setView} />
        {rule === null ? <span className="t3 dense">richer than rows can say</span> : null}
      </div>
      {rows ? (
        <>
          {several ? (
            <Choice label="Which of them counts" options={COMBINES.map((combine) => ({ value: combine, label: COMBINE_WORDS[combine] }))} value={rule.combine} onChange={(combine) => onChange(dueOf({ ...rule, combine }))} tight />
          ) : null}
          {rule.terms.map((term, index) => (
            <TermRow
              // Terms have no identity of their own: their place is what they are.
              key={index}
              term={term}
              kind={kind}
              onChange={(next) => onChange(dueOf({ ...rule, terms: rule.terms.map((other, place) => (place === index ? next : other)) }))}
              onRemove={several ? () => onChange(dueOf({ ...rule, terms: rule.terms.filter((_other, place) => place !== index) })) : null}
            />
          ))}
          {error === null ? null : <p className="alert-t m">{error}</p>}
          <ActionButton small icon="plus" label="Or another moment" onClick={() => onChange(dueOf({ ...rule, terms: [...rule.terms, { field: null, minutes: 60 }] }))} />
        </>
      ) : (
        <JsonRule label="Due time" value={value} onChange={onChange} error={error} />
      )}
    </fieldset>
  )
}
