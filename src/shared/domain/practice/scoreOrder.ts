import { type Finding, PART_POINTS, type PartScore, type Said } from './parts.ts'
import { type PracticeStep, STEP_RULES } from './steps.ts'

/** The steps as they were first said; what is said twice counts once. */
function firstSaid(steps: readonly PracticeStep[], said: readonly Said[]): readonly PracticeStep[] {
  return [...new Set(said.filter(({ words }) => words.trim() !== '').map(({ step }) => step))].filter((step) => steps.includes(step))
}

/**
 * The most steps that were said in their order: of two that changed places, one is out of place.
 * Of several choices the one that keeps the earlier steps.
 */
export function inOrder(steps: readonly PracticeStep[], done: readonly PracticeStep[]): readonly PracticeStep[] {
  let best: readonly PracticeStep[] = []
  const chains: (readonly PracticeStep[])[] = []
  for (const step of done) {
    const place = steps.indexOf(step)
    const before = chains.filter((chain) => steps.indexOf(chain.at(-1) ?? step) < place).reduce<readonly PracticeStep[]>((longest, chain) => (chain.length > longest.length ? chain : longest), [])
    const chain = [...before, step]
    chains.push(chain)
    if (chain.length > best.length) best = chain
  }
  return best
}

/** Every expected step that was said, and was said in its place, counts the same. */
export function scoreOrder(steps: readonly PracticeStep[], said: readonly Said[]): PartScore {
  const done = firstSaid(steps, said)
  const kept = new Set(inOrder(steps, done))
  const findings = steps.map((step, index): Finding => {
    const { name, better } = STEP_RULES[step]
    const what = `${index + 1}. ${name}`
    const place = done.indexOf(step)
    const words = `\u201c${(said.find((one) => one.step === step && one.words.trim() !== '')?.words ?? '').trim()}\u201d`
    if (place === -1) return { part: 'order', verdict: 'missing', what, yours: '', better }
    if (kept.has(step)) return { part: 'order', verdict: 'right', what, yours: words, better: '' }
    return { part: 'order', verdict: 'wrong', what, yours: `Said ${ORDINALS[place] ?? `as number ${place + 1}`}: ${words}`, better: placeOf(steps, index) }
  })
  return { points: steps.length === 0 ? PART_POINTS.order : Math.floor((PART_POINTS.order * kept.size) / steps.length), findings }
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'] as const

/** Between which steps it belongs. */
function placeOf(steps: readonly PracticeStep[], index: number): string {
  const [before, after] = [steps[index - 1], steps[index + 1]]
  const name = (step: PracticeStep): string => STEP_RULES[step].name.toLowerCase()
  if (before === undefined) return 'Comes before everything else.'
  return after === undefined ? 'Comes at the end.' : `Comes after \u201c${name(before)}\u201d, before \u201c${name(after)}\u201d.`
}
