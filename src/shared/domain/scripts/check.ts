import { type ScriptContent, type ScriptPurpose, type ScriptQuestion, SCRIPT_STEP_NAMES } from './content.ts'
import { MERGE_FIELDS, namesPrice, partsOf } from './merge.ts'

/** Why a script cannot be published, and where: the path of the field to return to. */
interface ScriptProblem {
  readonly field: string
  readonly message: string
}

const problem = (field: string, message: string): ScriptProblem => ({ field, message })

/** Words with a field nobody knows would be read out with its braces. */
export function wordsProblem(words: string, where: string, field: string): ScriptProblem | undefined {
  const unknown = partsOf(words).find((part) => part.kind === 'unknown')
  if (unknown) {
    const known = MERGE_FIELDS.map((name) => `{${name}}`).join(', ')
    return problem(field, `${where}: \u201c${unknown.text.trim().slice(0, 40)}\u201d can\u2019t be filled in. Write one of ${known}.`)
  }
  // Who takes calls must not quote: it paints the technician into a corner (001).
  return namesPrice(words) ? problem(field, `${where} names a price. Who takes the calls must not quote; leave the amount out.`) : undefined
}

function stepsProblem({ steps }: ScriptContent): ScriptProblem | undefined {
  for (const [index, step] of steps.entries()) {
    const name = `\u201c${SCRIPT_STEP_NAMES[step.key]}\u201d`
    if (step.words.every((words) => words.trim() === '')) return problem(`content.steps.${index}`, `${name} says nothing. Write what is said there.`)
    for (const [way, words] of step.words.entries()) {
      const wrong = wordsProblem(words, name, `content.steps.${index}.words.${way}`)
      if (wrong) return wrong
    }
  }
  return undefined
}

function questionProblem(question: ScriptQuestion, field: string): ScriptProblem | undefined {
  const { label, kind, options } = question
  const price = [label, ...options].find(namesPrice)
  if (price !== undefined) return problem(field, `\u201c${price}\u201d names a price. Who takes the calls must not quote; leave the amount out.`)
  if (kind === 'choice' && options.length < 2) return problem(field, `\u201c${label}\u201d needs at least two answers to choose from.`)
  if (new Set(options).size !== options.length) return problem(field, `\u201c${label}\u201d has the same answer twice.`)
  return undefined
}

function questionsProblem({ questions }: ScriptContent): ScriptProblem | undefined {
  for (const [index, question] of questions.entries()) {
    const field = `content.questions.${index}`
    if (questions.findIndex(({ key }) => key === question.key) !== index) return problem(field, `\u201c${question.label}\u201d is there twice.`)
    const wrong = questionProblem(question, field)
    if (wrong) return wrong
  }
  return undefined
}

/** What keeps a script from being published; the editor shows it while it is written. */
export function scriptProblem(purpose: ScriptPurpose, content: ScriptContent): ScriptProblem | undefined {
  const wrong = stepsProblem(content) ?? questionsProblem(content)
  if (wrong) return wrong
  if (purpose === 'emergency' && !content.steps.some(({ tone }) => tone === 'safety')) {
    return problem('content', 'An emergency script says the safety words first. Mark the step that says them.')
  }
  return undefined
}
