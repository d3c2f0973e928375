import { type ChecklistItem, type ItemAnswer, RECORD_RULES, type RecordRule, STANDARD_CHECKLIST } from '../../../shared/domain/handoff/checklist.ts'
import { canonicalJson } from '../../../shared/base/canonicalJson.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import classes from './settings.module.css'

/** `record:line`: which way of answering, by which rule. A rule of somebody's own has no name and stays as it is. */
type AnswerName = string

const WAYS: readonly { readonly kind: ItemAnswer['kind']; readonly words: (rule: string) => string }[] = [
  { kind: 'record', words: (rule) => `By the record: ${rule.toLowerCase()}` },
  { kind: 'recordOrPerson', words: (rule) => `By the record, or a person: ${rule.toLowerCase()}` },
  { kind: 'person', words: (rule) => `A person ticks it, where ${rule.toLowerCase()}` },
]

const RULE_NAMES = Object.keys(RECORD_RULES) as readonly RecordRule[]

const OPTIONS: readonly Option<AnswerName>[] = [
  { value: 'person', label: 'A person ticks it' },
  { value: 'words', label: 'A person says it in words' },
  ...WAYS.flatMap(({ kind, words }) => RULE_NAMES.map((name) => ({ value: `${kind}:${name}`, label: words(RECORD_RULES[name].label) }))),
]

function nameOf(answer: ItemAnswer): AnswerName {
  if (answer.kind === 'person' && answer.needs === null) return answer.words ? 'words' : 'person'
  const rule = answer.kind === 'person' ? answer.needs : answer.rule
  const known = RULE_NAMES.find((name) => canonicalJson(RECORD_RULES[name].rule) === canonicalJson(rule))
  return known === undefined ? 'own' : `${answer.kind}:${known}`
}

function answerNamed(name: AnswerName): ItemAnswer | undefined {
  if (name === 'person' || name === 'words') return { kind: 'person', needs: null, words: name === 'words' }
  const [kind, ruleName] = name.split(':')
  const rule = RULE_NAMES.find((candidate) => candidate === ruleName)
  if (rule === undefined) return undefined
  if (kind === 'record' || kind === 'recordOrPerson') return { kind, rule: RECORD_RULES[rule].rule }
  return kind === 'person' ? { kind, needs: RECORD_RULES[rule].rule, words: false } : undefined
}

/** A key that no other item has: it stays with the ticks when the wording changes. */
function freeKey(items: readonly ChecklistItem[]): string {
  for (let number = items.length + 1; ; number++) {
    const key = `item-${number}`
    if (!items.some((item) => item.key === key)) return key
  }
}

export interface ChecklistFieldsProps {
  readonly items: readonly ChecklistItem[] | null
  readonly onChange: (items: readonly ChecklistItem[] | null) => void
  readonly error: string | null
}

/** The hand-off checklist of a job type: what must be known before a visit goes out, and who answers for it. */
export function ChecklistFields({ items, onChange, error }: ChecklistFieldsProps) {
  const list = items ?? []
  const put = (index: number, next: Partial<ChecklistItem>): void => onChange(list.map((item, place) => (place === index ? { ...item, ...next } : item)))
  return (
    <fieldset>
      <legend className={classes['legend']}>Hand-off checklist: nothing is dispatched with a hole in it</legend>
      {list.map((item, index) => {
        const answer = nameOf(item.answer)
        return (
          <div key={item.key} className={classes['rowFields']}>
            <TextInput label="Item" value={item.label} maxLength={60} onChange={(label) => put(index, { label })} />
            <Choice
              label="Answered"
              options={answer === 'own' ? [{ value: 'own', label: 'By a rule of its own' }, ...OPTIONS] : OPTIONS}
              value={answer}
              onChange={(name) => {
                const chosen = answerNamed(name)
                if (chosen) put(index, { answer: chosen })
              }}
            />
            <span className={classes['fixed']}>
              <ActionButton kind="quiet" label="Remove" onClick={() => onChange(list.filter((_other, place) => place !== index))} />
            </span>
          </div>
        )
      })}
      <ErrorNotice error={error === null ? null : { message: error }} />
      <ActionButton small icon="plus" label="Add an item" onClick={() => onChange([...list, { key: freeKey(list), label: '', answer: { kind: 'person', needs: null, words: false } }])} />{' '}
      {list.length === 0 ? <ActionButton small label="Begin with the usual items" onClick={() => onChange(STANDARD_CHECKLIST)} /> : null}
    </fieldset>
  )
}
