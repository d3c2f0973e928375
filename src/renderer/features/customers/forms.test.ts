import { describe, expect, it } from 'vitest'
import { changedReach, type Reach } from './forms.ts'

describe('how somebody wants to be reached', () => {
  const start: Reach = { language: null, bestTime: 'Mornings', preferredChannel: null }

  it('sends what was changed here and nothing a colleague may have changed meanwhile', () => {
    expect(changedReach(start, { ...start, language: 'es' })).toEqual({ language: 'es' })
    expect(changedReach(start, { ...start, bestTime: '' })).toEqual({ bestTime: '' })
    expect(changedReach(start, { ...start })).toEqual({})
  })
})
