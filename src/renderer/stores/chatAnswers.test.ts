import { beforeEach, expect, it } from 'vitest'
import { answerAnew, answerSent, typeAnswer, useChatAnswersStore } from './chatAnswers.ts'

const typed = () => useChatAnswersStore.getState().answers['lead']

beforeEach(() => useChatAnswersStore.setState({ answers: {} }))

it('is one answer as long as it is typed and sent again, and another one once it went out', () => {
  typeAnswer('lead', 'Yes')
  const first = typed()
  typeAnswer('lead', 'Yes, at ten.')
  expect(typed()?.entryId).toBe(first?.entryId)
  if (first) answerSent('lead', { ...first, text: 'Yes, at ten.' })
  expect(typed()).toBeUndefined()
  typeAnswer('lead', 'Anything else?')
  expect(typed()?.entryId).not.toBe(first?.entryId)
})

it('keeps what was typed on while it was sent, as an answer of its own', () => {
  typeAnswer('lead', 'Yes.')
  const sent = typed()
  typeAnswer('lead', 'Yes. And bring')
  if (sent) answerSent('lead', sent)
  expect(typed()?.text).toBe('And bring')
  expect(typed()?.entryId).not.toBe(sent?.entryId)
})

it('that other words went out under becomes an answer of its own with all of its words', () => {
  typeAnswer('lead', 'Yes!')
  const before = typed()
  if (before) answerAnew('lead', before)
  expect(typed()).toMatchObject({ text: 'Yes!' })
  expect(typed()?.entryId).not.toBe(before?.entryId)
})
