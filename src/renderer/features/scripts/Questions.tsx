import type { ScriptQuestion, ScriptStepKey } from '../../../shared/domain/scripts/content.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import type { Booking } from '../booking/useBooking.ts'
import { answerField } from './answers.ts'
import classes from './callScript.module.css'

const YES_NO = ['Yes', 'No'].map((value) => ({ value, label: value }))

function Question({ question, booking }: { readonly question: ScriptQuestion; readonly booking: Booking }) {
  const { draft, change, errors } = booking
  const { key, label, kind, options } = question
  const name = answerField(key)
  const answer = draft.answers[key] ?? ''
  const say = (value: string): void => change((current) => ({ answers: { ...current.answers, [key]: value } }))
  return (
    <div data-field={name}>
      {kind === 'yesNo' || kind === 'choice' ? (
        <Choice
          tight
          label={label}
          options={kind === 'yesNo' ? YES_NO : options.map((value) => ({ value, label: value }))}
          value={answer === '' ? null : answer}
          onChange={say}
          onClear={() => say('')}
          error={errors[name]}
        />
      ) : (
        <TextInput tight label={label} value={answer} onChange={say} maxLength={500} error={errors[name]} {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})} />
      )}
    </div>
  )
}

/** What the script itself asks at a step, below the step's own fields. */
export function Questions({ step, questions, booking }: { readonly step: ScriptStepKey; readonly questions: readonly ScriptQuestion[]; readonly booking: Booking }) {
  const asked = questions.filter((question) => question.step === step)
  if (asked.length === 0) return null
  return (
    <div className={classes['questions']} data-questions>
      {asked.map((question) => (
        <Question key={question.key} question={question} booking={booking} />
      ))}
    </div>
  )
}
