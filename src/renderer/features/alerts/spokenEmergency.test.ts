import { expect, it } from 'vitest'
import { spokenEmergency } from './spokenEmergency.ts'

const summary = 'I smell gas in the basement '

it('hears an emergency in what is typed, whole words first', () => {
  expect(spokenEmergency({ summary, brought: null }, 'mild', false)).toBe('gas')
})

it('hears none in what the wait list brought, until something is added', () => {
  const brought = { summary, offerAt: null }
  expect(spokenEmergency({ summary, brought }, 'mild', true)).toBeNull()
  expect(spokenEmergency({ summary: `${summary}and it is worse now`, brought }, 'mild', true)).toBe('gas')
})
