import type { MustSay, PracticeCaller } from './caller.ts'
import { type Finding, PART_POINTS, type PartScore, type Performance, type Said } from './parts.ts'
import { STEP_RULES } from './steps.ts'
import { brokenBy, saysPhrase, type WordRule, WORDS_NOT_TO_SAY } from './words.ts'

/** What each thing that should not have been said, or was not said although it must be, takes away. */
const WORD_PENALTY = 5

const quoted = (words: string): string => `\u201c${words.trim()}\u201d`

/** Said once or five times, it is one habit to leave. */
function breach(rule: WordRule, { said, typed }: Performance): Finding | null {
  const spoken = said.find(({ words }) => brokenBy(rule, words) !== null)
  if (spoken) return { part: 'words', verdict: 'wrong', what: rule.what, yours: `${STEP_RULES[spoken.step].name}: ${quoted(spoken.words)}`, better: rule.better }
  const written = rule.typed ? typed.find((text) => brokenBy(rule, text) !== null) : undefined
  return written === undefined ? null : { part: 'words', verdict: 'wrong', what: rule.what, yours: `Written: ${quoted(written)}`, better: rule.better }
}

function obligation({ what, anyOf, better, step }: MustSay, said: readonly Said[]): Finding {
  const found = said.find((one) => one.step === step && anyOf.some((phrase) => saysPhrase(one.words, phrase)))
  return { part: 'words', verdict: found ? 'right' : 'missing', what, yours: found ? quoted(found.words) : '', better: found ? '' : better }
}

/**
 * Who says everything that must be said and nothing that should not keeps all points; in a call in which only some steps
 * were said there is less to praise.
 */
export function scoreWords(caller: PracticeCaller, performance: Performance): PartScore {
  const said = performance.said.filter(({ words }) => words.trim() !== '')
  const breaches = [...WORDS_NOT_TO_SAY.filter(({ key }) => !caller.allows.includes(key)), ...caller.never].flatMap((rule) => breach(rule, { ...performance, said }) ?? [])
  const obligations = caller.mustSay.map((must) => obligation(must, said))
  const heard = caller.steps.filter((step) => said.some((one) => one.step === step)).length
  const full = caller.steps.length === 0 ? PART_POINTS.words : Math.floor((PART_POINTS.words * heard) / caller.steps.length)
  const lost = WORD_PENALTY * (breaches.length + obligations.filter(({ verdict }) => verdict === 'missing').length)
  const clean: readonly Finding[] = breaches.length > 0 || said.length === 0 ? [] : [{ part: 'words', verdict: 'right', what: 'Nothing said that should not be', yours: '', better: '' }]
  return { points: Math.max(0, full - lost), findings: [...obligations, ...breaches, ...clean] }
}
