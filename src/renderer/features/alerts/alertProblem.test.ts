import { describe, expect, it } from 'vitest'
import { graverProblem, problemWords } from './alertProblem.ts'

const MESSAGE = 'Only Ada Okonjo, dispatch or a manager can take this alert back.'

describe('what is said where dispatch did not hear something', () => {
  it('says that nobody was alerted only where nobody was', () => {
    expect(problemWords({ of: 'raise', message: MESSAGE })).toMatch(/^Dispatch was not alerted: .* Alt\+E again\.$/)
    expect(problemWords({ of: 'change', message: MESSAGE })).toMatch(/^Dispatch was alerted, but has not heard the latest: /)
    expect(problemWords({ of: 'withdraw', message: MESSAGE })).toBe(`The alert stands. It could not be taken back: ${MESSAGE}`)
  })

  it('says the gravest while it lasts', () => {
    const [raise, change] = [{ of: 'raise', message: 'a' }, { of: 'change', message: 'b' }] as const
    expect(graverProblem(null, change)).toBe(change)
    expect(graverProblem(raise, change)).toBe(raise)
    expect(graverProblem(change, raise)).toBe(raise)
  })
})
