import { derivedId } from '../../base/id.ts'
import type { ScriptContent, ScriptPurpose, ScriptQuestion, ScriptStepContent, ScriptStepKey } from './content.ts'
import type { PublishedScript } from './published.ts'

const step = (key: ScriptStepKey, words: readonly string[], more: Partial<Pick<ScriptStepContent, 'tone' | 'offer'>> = {}): ScriptStepContent => ({ key, words, tone: more.tone ?? 'plain', offer: more.offer ?? 'none' })

const question = (label: string, kind: ScriptQuestion['kind'], required: boolean, options: readonly string[] = []): ScriptQuestion => ({ key: derivedId('question', label), step: 'problem', label, kind, options, required })

/** The greeting, the agenda, the expectations, the read-back and the closing line of the office guide; no price, no diagnosis. */
const BOOKING_STEPS: readonly ScriptStepContent[] = [
  step('customer', ['\u201cThank you for calling {company}, this is {agent}. How can I help you today?\u201d']),
  step('location', ['\u201cIs this for {place} at {address}?\u201d', '\u201cWhere will we be working? How do we get in?\u201d']),
  step('jobType', ['\u201cI\u2019m sorry to hear that. Let\u2019s get you on the schedule, {first}.\u201d', '\u201cI\u2019m sorry to hear that. Let\u2019s get you on the schedule.\u201d']),
  step('problem', ['\u201cWhat is it doing, and since when? How soon do you need us? Is a small child or anyone ill at home?\u201d']),
  step('lines', ['\u201cOur technician looks, then tells you the price before any work starts.\u201d'], { offer: 'special' }),
  step('window', ['\u201cI have {day}, {hours}. Does that suit you?\u201d', '\u201cLet me see when we can be with you, and life is going to be good again.\u201d']),
  step('payment', ['\u201cWe take card, check, cash and financing. Which will you use on the day?\u201d'], { offer: 'membership' }),
  step('readBack', [
    '\u201cLet me read that back, {first}. We have you for {day}, {window}, at {address}. We\u2019ll reach you at {phone}. Shall I send a confirmation? If anything changes, dispatch keeps you in the loop. Anything else I can help with? Thank you for choosing {company}.\u201d',
    '\u201cLet me read that back. We have you for {day}, {window}, at {address}. We\u2019ll reach you at {phone}. Shall I send a confirmation? If anything changes, dispatch keeps you in the loop. Anything else I can help with? Thank you for choosing {company}.\u201d',
  ]),
]

const instead = (...changed: readonly ScriptStepContent[]): readonly ScriptStepContent[] => BOOKING_STEPS.map((usual) => changed.find(({ key }) => key === usual.key) ?? usual)

const CONTENTS: Readonly<Record<ScriptPurpose, ScriptContent>> = {
  booking: { steps: BOOKING_STEPS, questions: [], required: [] },
  triage: {
    steps: instead(
      step('customer', ['\u201cThank you for calling {company}, this is {agent}. Before anything else: is anyone in danger, or is there gas, smoke, sparks or running water?\u201d']),
      step('jobType', ['\u201cMany people need us today, {first}, so let me ask two things to see who needs us first.\u201d', '\u201cMany people need us today, so let me ask two things to see who needs us first.\u201d']),
      step('problem', ['\u201cIs anything leaking, sparking or without heat or cooling right now? Is a small child or anyone ill at home?\u201d']),
      step('window', ['\u201cThe first I can promise is {day}, {hours}. If it gets worse, call us at once: an emergency hears from us within {eta}. Does that suit you?\u201d', '\u201cLet me see what I can promise you today, and what has to wait its turn.\u201d']),
    ),
    questions: [question('Can the home be lived in tonight?', 'yesNo', true), question('Small child, or anyone ill or old at home?', 'yesNo', true)],
    required: [],
  },
  emergency: {
    steps: instead(
      step('jobType', ['\u201cThank you for telling me, {first}. I\u2019ll get somebody on the way.\u201d', '\u201cThank you for telling me. I\u2019ll get somebody on the way.\u201d']),
      step('problem', ['\u201cIf you smell gas or see sparks, leave the home now and call 911 from outside. Is everybody safe, and is anyone ill or very young or old with you? What do you see, hear and smell?\u201d'], { tone: 'safety' }),
      step('window', ['\u201cWe can be with you {day}, {hours}. We call you within {eta} to say when our technician arrives.\u201d', '\u201cI\u2019ll have somebody with you today. We call you within {eta} to say when.\u201d']),
    ),
    questions: [],
    required: [],
  },
}

const SHIPPED_NAMES: Readonly<Record<ScriptPurpose, string>> = { booking: 'Booking, as shipped', triage: 'Better screening, as shipped', emergency: 'Emergency, as shipped' }

const SHIPPED: Readonly<Record<ScriptPurpose, PublishedScript>> = {
  booking: shipped('booking'),
  triage: shipped('triage'),
  emergency: shipped('emergency'),
}

function shipped(purpose: ScriptPurpose): PublishedScript {
  return {
    scriptId: derivedId('script', purpose),
    // Other words are another version: jobs name the one they were booked with.
    versionId: derivedId('script-version', purpose, 'shipped-1'),
    name: SHIPPED_NAMES[purpose],
    number: 0,
    purpose,
    businessUnitId: null,
    jobTypeId: null,
    content: CONTENTS[purpose],
  }
}

/** What is said where a manager has published nothing for it. */
export function shippedScript(purpose: ScriptPurpose): PublishedScript {
  return SHIPPED[purpose]
}
