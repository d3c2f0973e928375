import { z } from 'zod'
import { idInput, lineInput, optionalLine } from '../kernel/inputs.ts'

/** The steps of a call in the order in which they are walked. The fields beside them are the program's; the words are data. */
export const SCRIPT_STEPS = ['customer', 'location', 'jobType', 'problem', 'lines', 'window', 'payment', 'readBack'] as const

export type ScriptStepKey = (typeof SCRIPT_STEPS)[number]

export const SCRIPT_STEP_NAMES: Readonly<Record<ScriptStepKey, string>> = {
  customer: 'Customer',
  location: 'Location',
  jobType: 'Job type',
  problem: 'Problem',
  lines: 'Line items',
  window: 'Window',
  payment: 'Payment and notes',
  readBack: 'Read back',
}

/** What a script is for: booking as usual, screening what to run (C11), or an emergency (C12). */
export const SCRIPT_PURPOSES = ['booking', 'triage', 'emergency'] as const

export type ScriptPurpose = (typeof SCRIPT_PURPOSES)[number]

export const SCRIPT_PURPOSE_NAMES: Readonly<Record<ScriptPurpose, string>> = { booking: 'Booking', triage: 'Better screening', emergency: 'Emergency' }

/** Fields of a booking that a script may ask for; what a job cannot do without is asked for anyway. */
export const REQUIRABLE_FIELDS = ['leadSource', 'email', 'postalCode', 'accessNotes', 'notes'] as const

export type RequirableField = (typeof REQUIRABLE_FIELDS)[number]

export const REQUIRABLE_NAMES: Readonly<Record<RequirableField, string>> = {
  leadSource: 'Heard of us by',
  email: 'Email',
  postalCode: 'ZIP',
  accessNotes: 'Access',
  notes: 'Note for dispatch',
}

export const QUESTION_KINDS = ['text', 'yesNo', 'choice', 'number'] as const

export type QuestionKind = (typeof QUESTION_KINDS)[number]

export const MAX_VARIANTS = 4
export const MAX_QUESTIONS = 12
const MAX_WORDS = 400

const words = optionalLine('What is said', MAX_WORDS)

const stepInput = z.strictObject({
  key: z.enum(SCRIPT_STEPS),
  /** The same thing said in other words: the first that needs least of what is not known yet is said. */
  words: z.array(words).max(MAX_VARIANTS, `A step is said in at most ${MAX_VARIANTS} ways.`),
  /** Words that keep people safe are shown so that nobody reads past them. */
  tone: z.enum(['plain', 'safety']),
  /** What is offered after the words, where there is something to offer on the day. */
  offer: z.enum(['none', 'special', 'membership']),
})

const questionInput = z.strictObject({
  /** Stays with the answers: a question in other words is the same question. */
  key: idInput,
  step: z.enum(SCRIPT_STEPS),
  label: lineInput('The question', 120),
  kind: z.enum(QUESTION_KINDS),
  options: z.array(lineInput('The answer', 60)).max(12, 'A question has at most 12 answers to choose from.'),
  required: z.boolean(),
})

/** What a script says and asks. */
export const contentInput = z.strictObject({
  steps: z.array(stepInput).refine((steps) => steps.length === SCRIPT_STEPS.length && SCRIPT_STEPS.every((key, index) => steps[index]?.key === key), 'A script has the eight steps of a booking, in their order.'),
  questions: z.array(questionInput).max(MAX_QUESTIONS, `A script asks at most ${MAX_QUESTIONS} questions of its own.`),
  required: z.array(z.enum(REQUIRABLE_FIELDS)).max(REQUIRABLE_FIELDS.length),
})

type Frozen<T> = T extends readonly (infer Item)[] ? readonly Frozen<Item>[] : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T

export type ScriptContent = Frozen<z.output<typeof contentInput>>
export type ScriptStepContent = ScriptContent['steps'][number]
export type ScriptQuestion = ScriptContent['questions'][number]

/** What was answered to a script's question, in the words that were asked. It stands by itself: no later version changes it. */
export const answerInput = z.strictObject({
  key: idInput,
  question: lineInput('The question', 120),
  answer: optionalLine('The answer', 500),
})

/** A script’s own questions and those that qualify a lead, together. */
const MOST_ANSWERS = 60

export const answersInput = z.array(answerInput).max(MOST_ANSWERS, `A booking keeps at most ${MOST_ANSWERS} answers.`)

export type ScriptAnswer = Frozen<z.output<typeof answerInput>>
