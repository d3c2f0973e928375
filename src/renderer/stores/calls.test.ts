import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveCall } from '../../shared/contract/methods/calls.ts'
import { askConclusion, earTaken, grown, hearCall, keepUnsaid, leaveToOthers, nextToAnswer, said, soundsHere, startFrom, useCallsStore } from './calls.ts'

const ME = 'rosa'
const call = (callId: string, more: Partial<LiveCall> = {}): LiveCall => ({
  callId,
  state: 'ringing',
  direction: 'in',
  practice: false,
  at: 0,
  lineName: 'HVAC line',
  fromNumber: '+15550142210',
  name: null,
  agentId: null,
  ringMs: 0,
  talkMs: 0,
  heldMs: 0, muted: false, recording: null, consult: null, conference: false, digits: '', can: [],
  transfer: null,
  card: null,
  blocked: false,
  pop: null,
  ...more,
})
const hear = (one: LiveCall): void => hearCall(one, ME, () => 'bottomRight')
const state = () => useCallsStore.getState()

beforeEach(() => useCallsStore.setState({ calls: [], pop: null, unsaid: [], concluding: null, left: new Set(), blocked: new Set() }))

describe('the calls of a page', () => {
  it('pops a ring and takes the pop away when it is answered or ends', () => {
    hear(call('a'))
    expect(state().pop).toEqual({ callId: 'a', corner: 'bottomRight' })
    hear(call('a', { state: 'live', agentId: 'kim' }))
    expect(state().pop).toBeNull()
    hear(call('b'))
    hear(call('b', { state: 'ended' }))
    expect(state()).toMatchObject({ pop: null, calls: [{ call: { callId: 'a' } }] })
  })

  it('lets a blocked number ring nobody', () => {
    hear(call('a', { blocked: true }))
    expect(state()).toMatchObject({ calls: [], pop: null })
    startFrom([call('a', { blocked: true })], ME, () => 'bottomRight')
    expect(state()).toMatchObject({ calls: [], pop: null })
  })

  it('takes the ear of whom it rings at, and of who dials or talks, and of nobody else', () => {
    const taken = (): boolean => earTaken(state(), ME)
    expect(taken()).toBe(false)
    hear(call('a', { ringsFirst: { userIds: ['kim'], untilMs: 60_000 } }))
    expect([taken(), earTaken(state(), 'kim')]).toEqual([false, true])
    hear(call('a', { ringsFirst: { userIds: ['kim'], untilMs: 60_000 }, ringMs: 60_000 }))
    expect(taken()).toBe(true)
    leaveToOthers('a')
    expect(taken()).toBe(false)
    hear(call('a', { state: 'live', agentId: 'kim' }))
    expect([taken(), earTaken(state(), 'kim')]).toEqual([false, true])
    hear(call('b', { practice: true }))
    expect(taken()).toBe(true)
    hear(call('b', { practice: true, state: 'live', agentId: ME }))
    expect(taken()).toBe(true)
    hear(call('b', { practice: true, state: 'held', agentId: ME }))
    expect(taken()).toBe(false)
    hear(call('c', { direction: 'out', agentId: ME }))
    expect(taken()).toBe(true)
    hear(call('c', { direction: 'out', agentId: ME, state: 'ended' }))
    expect(taken()).toBe(false)
  })

  it('sounds for whom a ring goes to first, and for nobody whom it is not for', () => {
    expect(soundsHere(state(), ME)).toBeNull()
    hear(call('a', { ringsFirst: { userIds: ['kim'], untilMs: 60_000 } }))
    expect(soundsHere(state(), ME)).toBe(false)
    expect(soundsHere(state(), 'kim')).toBe(true)
    hear(call('a', { ringsFirst: { userIds: ['kim'], untilMs: 60_000 }, ringMs: 60_000 }))
    expect(soundsHere(state(), ME)).toBe(true)
    leaveToOthers('a')
    expect(soundsHere(state(), ME)).toBe(false)
    hear(call('a', { state: 'ended' }))
    expect(soundsHere(state(), ME)).toBeNull()
    hear(call('b', { blocked: true }))
    expect(soundsHere(state(), ME)).toBe(false)
    hear(call('b', { blocked: true, state: 'ended' }))
    expect(soundsHere(state(), ME)).toBeNull()
  })

  it('keeps a second ring in the cell while this person talks, and pops it after that', () => {
    hear(call('a', { state: 'live', agentId: ME }))
    hear(call('b'))
    expect(state().pop).toBeNull()
    hear(call('a', { state: 'ended', agentId: ME }))
    expect(state().pop?.callId).toBe('b')
  })

  it('rings whoever a colleague puts a caller through to, and nobody else', () => {
    const transfer = { state: 'ringing', fromUserId: 'kim', from: 'Kim Ode', toUserId: ME, to: 'Rosa Quill', waitMs: 0 } as const
    hear(call('a', { state: 'held', agentId: 'kim', transfer: { ...transfer, toUserId: 'lee' } }))
    expect(state().pop).toBeNull()
    expect(nextToAnswer(state(), ME)).toBeUndefined()
    hear(call('a', { state: 'held', agentId: 'kim', transfer }))
    expect(state().pop?.callId).toBe('a')
    expect(nextToAnswer(state(), ME)?.call.callId).toBe('a')
    hear(call('a', { state: 'live', agentId: 'kim' }))
    expect(state().pop).toBeNull()
  })

  it('rings whoever put a caller through who came back, and leaves them free for others until then', () => {
    const transfer = { state: 'ringing', fromUserId: ME, from: 'Rosa Quill', toUserId: 'kim', to: 'Kim Ode', waitMs: 0 } as const
    hear(call('a', { state: 'held', agentId: ME, transfer }))
    expect(nextToAnswer(state(), ME)).toBeUndefined()
    hear(call('b'))
    expect(state().pop?.callId).toBe('b')
    leaveToOthers('b')
    hear(call('a', { state: 'held', agentId: ME, transfer: { ...transfer, state: 'back' } }))
    expect(state().pop?.callId).toBe('a')
    expect(nextToAnswer(state(), ME)?.call.callId).toBe('a')
  })

  it('rings anew for a transfer of a caller who was left to others', () => {
    hear(call('a'))
    leaveToOthers('a')
    hear(call('a', { state: 'live', agentId: 'kim' }))
    hear(call('a', { state: 'held', agentId: 'kim', transfer: { state: 'ringing', fromUserId: 'kim', from: 'Kim Ode', toUserId: ME, to: 'Rosa Quill', waitMs: 0 } }))
    expect(state().pop?.callId).toBe('a')
  })

  it('pops while somebody else talks', () => {
    hear(call('a', { state: 'live', agentId: 'kim' }))
    hear(call('b'))
    expect(state().pop?.callId).toBe('b')
  })

  it('does not pop what was left to others, and answers it last', () => {
    hear(call('a'))
    leaveToOthers('a')
    hear(call('a'))
    expect(state().pop).toBeNull()
    expect(nextToAnswer(state(), ME)?.call.callId).toBe('a')
    hear(call('b'))
    expect(nextToAnswer(state(), ME)?.call.callId).toBe('b')
  })

  it('never moves a pop that is up', () => {
    hearCall(call('a'), ME, () => 'topLeft')
    hearCall(call('a', { name: 'Priya Natarajan' }), ME, () => 'bottomRight')
    startFrom([call('a')], ME, () => 'bottomRight')
    expect(state().pop).toEqual({ callId: 'a', corner: 'topLeft' })
  })

  it('draws nothing anew for a call that was turned away', () => {
    hear(call('a'))
    const before = state()
    hear(call('b', { state: 'ended' }))
    expect(state()).toBe(before)
  })

  it('forgets a pop whose call is gone after a lost connection', () => {
    hear(call('a'))
    startFrom([], ME, () => 'bottomRight')
    expect(state()).toMatchObject({ pop: null, calls: [] })
  })

  it('keeps a call in the cell until somebody says how it ended', () => {
    keepUnsaid(call('a', { state: 'ended', agentId: ME }))
    keepUnsaid(call('a', { state: 'ended', agentId: ME }))
    askConclusion('a')
    expect(state()).toMatchObject({ unsaid: [{ callId: 'a' }], concluding: 'a' })
    said('a')
    expect(state()).toMatchObject({ unsaid: [], concluding: null })
  })

  it('lets only the duration grow that is growing', () => {
    const heard = { call: call('a', { state: 'held', ringMs: 9_000, talkMs: 60_000, heldMs: 1_000 }), heardAt: 100 }
    expect([grown(heard, 'ringMs', 1_100), grown(heard, 'talkMs', 1_100), grown(heard, 'heldMs', 1_100)]).toEqual([9_000, 61_000, 2_000])
  })
})
