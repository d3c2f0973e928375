import { newId } from '../../../shared/base/id.ts'
import type { ScriptSettings } from '../../../shared/contract/methods/scripts.ts'
import { MAX_QUESTIONS, type QuestionKind, SCRIPT_STEP_NAMES, SCRIPT_STEPS } from '../../../shared/domain/scripts/content.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { Switch } from '../settings/formFields.tsx'
import settings from '../settings/settings.module.css'

type Question = ScriptSettings['content']['questions'][number]

const KINDS: readonly { readonly value: QuestionKind; readonly label: string }[] = [
  { value: 'text', label: 'In words' },
  { value: 'yesNo', label: 'Yes or no' },
  { value: 'choice', label: 'One of several' },
  { value: 'number', label: 'A number' },
]

function QuestionEditor({ question, onChange, onRemove }: { readonly question: Question; readonly onChange: (question: Question) => void; readonly onRemove: () => void }) {
  return (
    <div>
      <div className={settings['rowFields']}>
        <TextInput label="Question" grow={2} value={question.label} maxLength={120} onChange={(label) => onChange({ ...question, label })} />
        <Choice label="Answered" options={KINDS} value={question.kind} onChange={(kind) => onChange({ ...question, kind, options: kind === 'choice' ? question.options : [] })} />
        <Choice label="At the step" options={SCRIPT_STEPS.map((value) => ({ value, label: SCRIPT_STEP_NAMES[value] }))} value={question.step} onChange={(step) => onChange({ ...question, step })} />
      </div>
      <div className={settings['rowFields']}>
        {question.kind === 'choice' ? <TextInput label="Answers, one per line" grow={2} rows={3} value={question.options.join('\n')} onChange={(typed) => onChange({ ...question, options: typed.split('\n') })} /> : null}
        <Switch label="Must be answered" checked={question.required} onChange={(required) => onChange({ ...question, required })} />
        <span className={settings['fixed']}>
          <ActionButton kind="quiet" label="Remove" onClick={onRemove} />
        </span>
      </div>
    </div>
  )
}

/** The script's own questions; their answers are kept with the job. */
export function QuestionsEditor({ questions, onChange }: { readonly questions: readonly Question[]; readonly onChange: (questions: Question[]) => void }) {
  const add = (): void => onChange([...questions, { key: newId(), step: 'problem', label: '', kind: 'text', options: [], required: false }])
  return (
    <fieldset className={settings['part']}>
      <legend className={settings['legend']}>Questions of its own; the job keeps the answers</legend>
      {questions.map((question, index) => (
        <QuestionEditor
          key={question.key}
          question={question}
          onChange={(next) => onChange(questions.map((other, place) => (place === index ? next : other)))}
          onRemove={() => onChange(questions.filter((_other, place) => place !== index))}
        />
      ))}
      {questions.length < MAX_QUESTIONS ? <ActionButton small icon="plus" label="Add a question" onClick={add} /> : null}
    </fieldset>
  )
}
