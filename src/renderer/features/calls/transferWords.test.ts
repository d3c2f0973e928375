import { describe, expect, it } from 'vitest'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { heldFirst, ringingSentence, ringingWords, transferSaid } from './transferWords.ts'

type Transfer = NonNullable<LiveCall['transfer']>

const [ADA, KIM] = ['ada', 'kim']
const transfer = (state: Transfer['state']): Transfer => ({ state, fromUserId: ADA, from: 'Ada Okonjo', toUserId: KIM, to: 'Kim Ode', waitMs: 0 })
const call = (more: Partial<LiveCall> = {}): LiveCall => ({ callId: 'a', state: 'held', direction: 'in', practice: false, at: 0, lineName: 'HVAC line', fromNumber: null, name: 'Nora Whitfield', agentId: ADA, ringMs: 0, talkMs: 0, heldMs: 0, muted: false, recording: null, consult: null, conference: false, digits: '', can: [], transfer: null, card: null, blocked: false, pop: null, ...more })

describe('a transfer', () => {
  const under = call({ transfer: transfer('ringing') })
  const back = call({ transfer: transfer('back') })
  const kims = call({ state: 'live', agentId: KIM })

  it('is said by name while it rings', () => {
    expect([ringingWords(call({ state: 'ringing' })), ringingWords(under), ringingWords(back)]).toEqual(['Ringing', 'From Ada Okonjo', 'Back from Kim Ode'])
    expect(ringingSentence(under)).toBe('Ada Okonjo puts Nora Whitfield through to you.')
  })

  it('says to whoever put a caller through what became of it, once', () => {
    expect(transferSaid(under, kims, ADA)).toBe('Kim Ode has Nora Whitfield now.')
    expect(transferSaid(under, back, ADA)).toBe('Kim Ode did not answer. Nora Whitfield is back with you and waits: F8 takes them.')
    expect(transferSaid(back, back, ADA)).toBeNull()
    expect(transferSaid(under, call({ state: 'ended' }), ADA)).toContain('hung up before Kim Ode answered')
    expect(transferSaid(under, call({ state: 'live' }), ADA)).toBeNull()
  })

  it('says to the colleague only that the caller is gone', () => {
    expect(transferSaid(call(), under, KIM)).toBeNull()
    expect(transferSaid(under, kims, KIM)).toBeNull()
    expect(transferSaid(under, back, KIM)).toBeNull()
    expect(transferSaid(under, call({ state: 'live' }), KIM)).toBe('Ada Okonjo took Nora Whitfield back.')
  })

  it('is taken back after a caller who is on hold, and one that came back is answered', () => {
    const heard = (one: LiveCall) => ({ call: one, heardAt: 0 })
    const held = call({ callId: 'b' })
    expect(heldFirst([heard(under), heard(held)])?.call.callId).toBe('b')
    expect(heldFirst([heard(under)])?.call.callId).toBe('a')
    expect(heldFirst([heard(back)])).toBeUndefined()
  })
})
