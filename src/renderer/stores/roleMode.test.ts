import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveCall } from '../../shared/contract/methods/calls.ts'
import { keepUnsaid, said, useCallsStore } from './calls.ts'
import { afterCall, stayThere, takeFromBoard } from './roleMode.ts'

const ME = 'rosa'
const BOARD = { area: 'board', query: { day: '2026-07-15' } } as const
const CUSTOMER = { area: 'customers', path: ['a'] } as const
const call = (callId: string): LiveCall => ({ callId, state: 'live', direction: 'in', practice: false, at: 0, lineName: '', fromNumber: null, name: null, agentId: ME, ringMs: 0, talkMs: 0, heldMs: 0, muted: false, recording: null, consult: null, conference: false, digits: '', can: [], transfer: null, card: null, blocked: false, pop: null })
const talkOn = (...ids: readonly string[]): void => useCallsStore.setState({ calls: ids.map((id) => ({ call: call(id), heardAt: 0 })) })

beforeEach(() => {
  stayThere()
  useCallsStore.setState({ calls: [], pop: null, unsaid: [], concluding: null, left: new Set() })
})

describe('one person at the telephone and at the board', () => {
  it('has the board back as it was left once the last caller is gone, and only once', () => {
    talkOn('a', 'b')
    takeFromBoard(ME, BOARD)
    expect(afterCall(CUSTOMER)).toBe(CUSTOMER)
    talkOn('b')
    expect(afterCall(null)).toBeNull()
    talkOn()
    expect(afterCall(CUSTOMER)).toBe(BOARD)
    expect(afterCall(CUSTOMER)).toBe(CUSTOMER)
  })

  it('says first how the call ended', () => {
    takeFromBoard(ME, BOARD)
    keepUnsaid(call('a'))
    expect(afterCall(CUSTOMER)).toBe(CUSTOMER)
    said('a')
    expect(afterCall(CUSTOMER)).toBe(BOARD)
  })

  it('goes nowhere by itself where no call took the board away', () => {
    expect(afterCall(null)).toBeNull()
    takeFromBoard(ME, BOARD)
    stayThere()
    expect(afterCall(CUSTOMER)).toBe(CUSTOMER)
  })
})
