import type { ScriptAnswer, ScriptContent, ScriptQuestion } from '../../../shared/domain/scripts/content.ts'
import type { BookingDraft } from '../../stores/booking.ts'

/** The name of a question's place in the script. */
export const answerField = (key: string): `answer:${string}` => `answer:${key}`

const answerTo = ({ answers }: Pick<BookingDraft, 'answers'>, { key }: Pick<ScriptQuestion, 'key'>): string => (answers[key] ?? '').trim()

/** What is wrong with an answer, or what is missing; null where it may stand. */
export function answerProblem(question: ScriptQuestion, draft: Pick<BookingDraft, 'answers'>): string | null {
  const answer = answerTo(draft, question)
  if (answer === '') return question.required ? 'Ask this, and write down the answer.' : null
  if (question.kind === 'number' && !/^-?\d+([.,]\d+)?$/.test(answer)) return 'Write a number.'
  // A script bound to another job type may ask the same with other answers.
  if (question.kind === 'choice' && !question.options.includes(answer)) return 'Choose one of the answers.'
  return null
}

/** What the job keeps: the answers to what this script asks, in its words. */
export function answersFor({ questions }: Pick<ScriptContent, 'questions'>, draft: Pick<BookingDraft, 'answers'>): ScriptAnswer[] {
  return questions.flatMap((question) => {
    const answer = answerTo(draft, question)
    return answer === '' ? [] : [{ key: question.key, question: question.label, answer }]
  })
}
