/** A way of speaking that a caller should never hear, with what to say instead. */
export interface WordRule {
  readonly key: string
  readonly what: string
  readonly phrases: readonly string[]
  /** Beside the phrases: an amount of money. */
  readonly amounts?: boolean
  readonly better: string
  /** Also looked for in what is typed into the records, where whoever reads them would repeat it. */
  readonly typed: boolean
}

/**
 * What the office guide (002: don’t rush, dismiss, overpromise, argue, pass the buck) and the roles of CSR and
 * dispatcher (001: no quoting, no diagnosing) ask nobody to say.
 */
export const WORDS_NOT_TO_SAY: readonly WordRule[] = [
  { key: 'dontKnow', what: 'Not knowing', phrases: ['i don\'t know', 'i do not know', 'no idea', 'i\'m not sure', 'beats me'], better: 'Let me find out for you.', typed: false },
  { key: 'calmDown', what: 'Telling somebody how to feel', phrases: ['calm down', 'relax', 'take it easy', 'no need to shout', 'no need to get upset'], better: 'I hear how upsetting this is. Tell me all of it.', typed: false },
  { key: 'cant', what: 'What we can\u2019t do', phrases: ['we can\'t', 'we cannot', 'i can\'t do', 'i cannot do', 'can\'t do that', 'not possible', 'impossible', 'unable to'], better: 'What I can do is \u2026', typed: false },
  {
    key: 'price',
    what: 'Quoting a price',
    phrases: ['dollars', 'bucks', 'it costs', 'will cost', 'would cost', 'costs about', 'we charge', 'runs about', 'ballpark'],
    amounts: true,
    better: 'Our technician tells you the price before any work starts.',
    typed: true,
  },
  {
    key: 'diagnosis',
    what: 'Diagnosing',
    phrases: ['it\'s probably', 'it is probably', 'sounds like the', 'sounds like your', 'must be the', 'you need a new', 'you\'ll need a new', 'that\'s your compressor', 'that\'s your capacitor', 'it\'s just the'],
    better: 'Our technician finds the cause and shows it to you.',
    typed: true,
  },
  { key: 'passTheBuck', what: 'Passing the buck', phrases: ['not my job', 'not my department', 'not my fault', 'that\'s not us', 'nothing to do with me', 'you have to call', 'you need to call'], better: 'I\u2019ll take care of it, and you hear from us by \u2026', typed: false },
  { key: 'argue', what: 'Arguing', phrases: ['you\'re wrong', 'you are wrong', 'that\'s not true', 'that is not true', 'as i said', 'like i said', 'you should have', 'you must have', 'our technician would never'], better: 'I understand. Let me write that down.', typed: false },
  { key: 'rush', what: 'Rushing', phrases: ['make it quick', 'be quick', 'hurry up', 'i\'m busy', 'we\'re busy', 'we are very busy'], better: 'Take your time. I\u2019m writing it down.', typed: false },
  { key: 'dismiss', what: 'Making little of it', phrases: ['no big deal', 'that\'s nothing', 'it\'s nothing', 'don\'t worry about it', 'happens all the time', 'whatever'], better: 'I understand that this matters to you.', typed: false },
  { key: 'overpromise', what: 'Promising too much', phrases: ['i promise', 'i guarantee', 'we guarantee', 'guaranteed', 'for sure', 'a hundred percent', '100 percent', 'i swear'], better: 'We have you for that window, and dispatch keeps you in the loop if anything changes.', typed: false },
  { key: 'fault', what: 'Admitting fault', phrases: ['our fault', 'we messed up', 'my fault', 'our mistake', 'he messed up', 'she messed up'], better: 'I\u2019m sorry this happened. Let me put it right.', typed: true },
  { key: 'callAgain', what: 'Sending the caller away', phrases: ['call back later', 'try again later', 'call us back', 'call back tomorrow', 'check our website'], better: 'I call you back by \u2026', typed: false },
]

/** Text as it is compared: lower case, one kind of apostrophe, single spaces, no other marks. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02BC`\u00B4]/gu, '\'')
    .replaceAll(/[^\p{L}\p{N}'$]+/gu, ' ')
    .trim()
}

/** Whether the words stand in the text as whole words. */
export function saysPhrase(text: string, phrase: string): boolean {
  return ` ${plain(text)} `.includes(` ${plain(phrase)} `)
}

/** An amount: `$89`, `89 dollars` counts by its word. */
const AMOUNT = /\$\s?\d/u

/** What of a rule is said in the text; null where nothing is. */
export function brokenBy(rule: WordRule, text: string): string | null {
  const phrase = rule.phrases.find((candidate) => saysPhrase(text, candidate))
  if (phrase !== undefined) return phrase
  return rule.amounts === true && AMOUNT.test(text.normalize('NFKC')) ? 'an amount' : null
}
