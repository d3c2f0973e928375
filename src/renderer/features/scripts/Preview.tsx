import { useState } from 'react'
import type { ScriptSettings } from '../../../shared/contract/methods/scripts.ts'
import { SCRIPT_STEP_NAMES } from '../../../shared/domain/scripts/content.ts'
import type { MergeValues } from '../../../shared/domain/scripts/merge.ts'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { usePerson } from '../../stores/session.ts'
import settings from '../settings/settings.module.css'
import { stepWords } from './callScript.tsx'
import classes from './editor.module.css'

const VIEWS = [
  { value: 'first', label: 'As the call begins' },
  { value: 'last', label: 'When everything is known' },
] as const

type View = (typeof VIEWS)[number]['value']

const KNOWN_LAST: MergeValues = {
  first: 'Nora',
  place: 'the house',
  address: '61 Saltbrook Lane',
  phone: '(555) 014-9027',
  day: 'tomorrow, Wednesday',
  hours: 'between 8 and 10',
  window: 'between 8 and 10 in the morning',
  jobType: 'No cooling',
  eta: '30 minutes',
  special: 'What is on offer that day.',
  membership: 'What is said of the membership.',
}

/** The words as they will be said, at once while they are written, by somebody who must not quote. */
export function Preview({ content, companyName }: { readonly content: ScriptSettings['content']; readonly companyName: string }) {
  const [view, setView] = useState<View>('last')
  const { name } = usePerson()
  const values: MergeValues = { company: companyName, agent: name.split(' ')[0] ?? name, ...(view === 'last' ? KNOWN_LAST : {}) }
  return (
    <section className={settings['part']} aria-label="Preview">
      <div className="row">
        <h3 className="sp">As it will be said</h3>
        <SegmentedControl label="Preview" segments={VIEWS} value={view} onChange={setView} />
      </div>
      <dl className={classes['preview']}>
        {content.steps.map((step) => (
          <div key={step.key}>
            <dt>{SCRIPT_STEP_NAMES[step.key]}</dt>
            <dd>{stepWords(step, values, { mayQuote: false, live: false }).shown}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
