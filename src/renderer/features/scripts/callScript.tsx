import { Fragment } from 'react'
import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import type { ScriptStepKey } from '../../../shared/domain/scripts/content.ts'
import { fittingScript } from '../../../shared/domain/scripts/fitting.ts'
import { mergeWords, type MergeValues, type Said, spoken } from '../../../shared/domain/scripts/merge.ts'
import { offerWords } from '../../../shared/domain/scripts/offers.ts'
import type { PublishedScript } from '../../../shared/domain/scripts/published.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { usePerson } from '../../stores/session.ts'
import { Merge } from '../booking/ScriptStep.tsx'
import type { Booking } from '../booking/useBooking.ts'
import { spokenDay, spokenHours, spokenWindow } from '../booking/words.ts'
import classes from './callScript.module.css'
import { purposeOf } from './draftScript.ts'
import type { StepWords } from './stepWords.ts'

export interface CallScript {
  readonly script: PublishedScript
  readonly words: Readonly<Record<ScriptStepKey, StepWords>>
}

/** The number to reach the caller at, as it is said. */
export function spokenPhone({ draft, customer, pop }: Pick<Booking, 'draft' | 'customer' | 'pop'>): string {
  const typed = draft.newPerson ? normalizePhone(draft.newPerson.phone) : undefined
  const number = typed ?? pop?.fromNumber ?? customer?.phones[0]?.value
  return number ? formatPhone(number) : ''
}

function valuesOf(booking: Booking, agentName: string): MergeValues {
  const { draft, form, customer, location, jobType, today, words, desk } = booking
  const address = location?.line1 ?? draft.newPlace?.line1 ?? ''
  const on = { day: today, businessUnitId: draft.businessUnitId, mayQuote: !form.pricesHidden }
  return {
    company: form.companyName,
    agent: agentName.split(' ')[0] ?? agentName,
    first: customer ? customer.firstName || customer.name : (draft.newPerson?.firstName ?? ''),
    place: address === '' ? '' : location?.kind === 'business' ? 'the business' : 'the house',
    address,
    phone: spokenPhone(booking),
    day: draft.window ? spokenDay(draft.window.day, today) : '',
    hours: draft.window ? spokenHours(draft.window) : '',
    window: draft.window ? spokenWindow(draft.window) : '',
    jobType: jobType?.name ?? '',
    eta: `${desk.etaMinutes} minutes`,
    special: offerWords(words.specials, 'special', on),
    membership: offerWords(words.specials, 'membership', on),
  }
}

/** What is this caller's own is underlined; the company's name is the same for everybody. */
function Words({ said }: { readonly said: readonly Said[] }) {
  return said.map(({ text, field }, index) => <Fragment key={index}>{field === null || field === 'company' ? text : <Merge>{text}</Merge>}</Fragment>)
}

interface Showing {
  readonly mayQuote: boolean
  /** Where a screen reader says safety words at once: in a call whose alert does not say them already, not in the editor's preview. */
  readonly live: boolean
}

/** A step's words as people see them. */
export function stepWords(step: PublishedScript['content']['steps'][number], values: MergeValues, { mayQuote, live }: Showing): StepWords {
  const said = mergeWords(step.words, values, mayQuote)
  const offer = step.offer === 'none' ? '' : (values[step.offer] ?? '')
  const words = <Words said={said} />
  return {
    said: [spoken(said), offer].filter(Boolean).join(' '),
    shown: (
      <>
        {step.tone === 'safety' ? (
          <span className={classes['safety']} {...(live ? { role: 'alert' } : {})}>
            <StateGlyph state="alert" /> {words}
          </span>
        ) : (
          words
        )}
        {offer === '' ? null : <span className={classes['offer']}> {offer}</span>}
      </>
    ),
  }
}

/** The script that fits what is known of the call so far, of those that were published when it began. */
export function useCallScript(booking: Booking): CallScript {
  const purpose = purposeOf(booking)
  const { draft, words, form } = booking
  const person = usePerson()
  const script = fittingScript(words.scripts, { purpose, businessUnitId: draft.businessUnitId, jobTypeId: draft.jobTypeId })
  const values = valuesOf(booking, person.name)
  const steps = script.content.steps.map((step) => [step.key, stepWords(step, values, { mayQuote: !form.pricesHidden, live: draft.alert === null })] as const)
  return { script, words: Object.fromEntries(steps) as Record<ScriptStepKey, StepWords> }
}
