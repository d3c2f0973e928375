import { describe, expect, it } from 'vitest'
import { otherPlace } from './otherPlace.ts'

const NOWHERE = { board: null, desk: null }

describe('one person at the telephone and at the board', () => {
  it('goes to the board as it was left', () => {
    expect(otherPlace('booking', 'c', NOWHERE)).toEqual({ area: 'board' })
    expect(otherPlace('booking', 'c', { ...NOWHERE, board: { area: 'board', query: { day: '2026-07-15' } } })).toEqual({ area: 'board', query: { day: '2026-07-15' } })
  })

  it('comes back to the call that is up, else to where the desk was left', () => {
    const left = { board: null, desk: { area: 'customers', path: ['a'] } }
    expect(otherPlace('board', 'c', left)).toEqual({ area: 'booking', query: { call: 'c' } })
    expect(otherPlace('board', null, left)).toEqual({ area: 'customers', path: ['a'] })
    expect(otherPlace('board', null, NOWHERE)).toEqual({ area: 'calls' })
  })
})
