import type { ScriptSettings } from '../../../shared/contract/methods/scripts.ts'
import { MAX_VARIANTS, SCRIPT_STEP_NAMES } from '../../../shared/domain/scripts/content.ts'
import { wordsProblem } from '../../../shared/domain/scripts/check.ts'
import { MERGE_FIELD_NAMES, MERGE_FIELDS } from '../../../shared/domain/scripts/merge.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { Switch } from '../settings/formFields.tsx'
import settings from '../settings/settings.module.css'

type Step = ScriptSettings['content']['steps'][number]

const OFFERS = [
  { value: 'none', label: 'Nothing' },
  { value: 'special', label: 'The specials of the day' },
  { value: 'membership', label: 'The membership' },
] as const

function StepEditor({ step, onChange }: { readonly step: Step; readonly onChange: (step: Step) => void }) {
  const name = SCRIPT_STEP_NAMES[step.key]
  const words = step.words.length === 0 ? [''] : step.words
  return (
    <fieldset className={settings['part']}>
      <legend className={settings['legend']}>{name}</legend>
      {words.map((said, way) => (
        <TextInput
          // Ways to say it have no identity of their own: their place is what they are.
          key={way}
          label={way === 0 ? `${name}: what is said` : `${name}: or, where that lacks more`}
          rows={2}
          value={said}
          maxLength={400}
          error={wordsProblem(said, name, '')?.message}
          onChange={(next) => onChange({ ...step, words: words.map((other, place) => (place === way ? next : other)) })}
        />
      ))}
      <div className={settings['rowFields']}>
        <Choice label={`${name}: then offer`} tight options={OFFERS} value={step.offer} onChange={(offer) => onChange({ ...step, offer })} />
        <Switch label="Safety words" checked={step.tone === 'safety'} onChange={(safety) => onChange({ ...step, tone: safety ? 'safety' : 'plain' })} />
        {words.length < MAX_VARIANTS ? <ActionButton small kind="quiet" label="Another way" onClick={() => onChange({ ...step, words: [...words, ''] })} /> : null}
        {words.length > 1 ? <ActionButton small kind="quiet" label="Remove the last" onClick={() => onChange({ ...step, words: words.slice(0, -1) })} /> : null}
      </div>
    </fieldset>
  )
}

/** The words of every step, with the names of what is filled in. */
export function StepsEditor({ steps, onChange }: { readonly steps: readonly Step[]; readonly onChange: (steps: Step[]) => void }) {
  return (
    <>
      <p className="t2 dense">
        Filled in: {MERGE_FIELDS.map((field) => `{${field}} ${MERGE_FIELD_NAMES[field]}`).join('; ')}. Of several ways to say it, the one that lacks least is said.
      </p>
      {steps.map((step, index) => (
        <StepEditor key={step.key} step={step} onChange={(next) => onChange(steps.map((other, place) => (place === index ? next : other)))} />
      ))}
    </>
  )
}
