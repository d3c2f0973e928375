import { describe, expect, it } from 'vitest'
import { liveStateOf, newsOf, ownEnd } from './callReports.ts'
import type { CallPhase, PhoneCall } from './port.ts'

const identity = { externalId: 'sip:1', direction: 'in', lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: '+15550142210', offeredAt: 1_000, practice: false } as const
const had = { ringMs: 4_000.4, answeredAt: 5_000, talkMs: 0 } as const
const call = (phase: CallPhase): PhoneCall => ({ ...identity, ...phase })

const active = call({ state: 'active', ...had, agentId: 'ada' })
const transferring = call({ state: 'transferring', ...had, agentId: 'ada', toAgentId: 'kim', toNumber: null, waitMs: 0 })
const kims = call({ state: 'active', ...had, agentId: 'kim', transferred: { byAgentId: 'ada', at: 9_000 } })
const ended = (cause: 'callerHungUp' | 'hungUp' | 'transferred', more: object = {}) => call({ state: 'ended', cause, ringMs: 4_000, agentId: 'ada', answeredAt: 5_000, endedAt: 12_000, talkMs: 7_000, ...more })
const names = (before: PhoneCall | null, now: PhoneCall): readonly string[] => newsOf(before, now).map(({ name }) => name)

describe('what the log is told of a call', () => {
  it('is each thing once, and a transfer when it is taken', () => {
    expect(names(null, active)).toEqual(['call.answered'])
    expect(names(active, transferring)).toEqual([])
    expect(names(transferring, active)).toEqual([])
    expect(newsOf(transferring, kims)).toEqual([{ name: 'call.transferred', input: { ...identity, extension: null, ringMs: 4_000, answeredAt: 5_000, agentId: 'kim', transferredAt: 9_000, transferredBy: 'ada' } }])
    expect(names(kims, { ...kims })).toEqual([])
  })

  it('includes a transfer that was not heard of before the end', () => {
    const end = ended('hungUp', { agentId: 'kim', transferred: { byAgentId: 'ada', at: 9_000 } })
    expect(names(kims, end)).toEqual(['call.ended'])
    expect(names(active, end)).toEqual(['call.transferred', 'call.ended'])
    expect(names(null, end)).toEqual(['call.transferred', 'call.ended'])
  })

  it('is that it broke off, where the caller hung up on the way to a colleague', () => {
    expect(newsOf(transferring, ended('callerHungUp'))).toMatchObject([{ input: { endCause: 'lost' } }])
    expect(newsOf(transferring, ended('hungUp'))).toMatchObject([{ input: { endCause: 'hungUp' } }])
    expect(newsOf(active, ended('callerHungUp'))).toMatchObject([{ input: { endCause: 'callerHungUp' } }])
  })

  it('is whose part ended, where the caller went to another telephone', () => {
    const told = (more: object) => newsOf(active, ended('transferred', more)).map(({ name, input: { agentId, leftBy } }) => [name, agentId, leftBy])
    // A number that says nothing of the call.
    expect(told({})).toEqual([['call.ended', 'ada', 'ada']])
    expect(told({ agentId: null, transferred: { byAgentId: 'ada', at: 12_000 } })).toEqual([['call.ended', 'ada', 'ada']])
    // A colleague who took the caller just then.
    expect(told({ agentId: 'kim', transferred: { byAgentId: 'ada', at: 12_000 } })).toEqual([['call.transferred', 'kim', undefined], ['call.ended', 'kim', 'ada']])
    // A colleague who had the caller and put them on.
    expect(told({ agentId: 'kim', transferred: { byAgentId: 'ada', at: 9_000 } })).toEqual([['call.transferred', 'kim', undefined], ['call.ended', 'kim', 'kim']])
    // A colleague who took the caller just then, of whose telephone nothing is heard.
    expect(told({ agentId: 'kim', transferred: { byAgentId: 'ada', at: 12_000 }, unheard: true })).toEqual([['call.transferred', 'kim', undefined], ['call.ended', 'kim', 'kim']])
    expect(newsOf(null, ended('hungUp'))).toMatchObject([{ input: { leftBy: null } }])
  })

  it('is no ring time where the caller came through to somebody who had been asked', () => {
    const through = { ...active, cameThrough: true, ringMs: 3 } as const
    expect(newsOf(null, through)).toMatchObject([{ name: 'call.answered', input: { ringMs: null } }])
    expect(newsOf(through, { ...ended('hungUp'), cameThrough: true })).toMatchObject([{ name: 'call.ended', input: { ringMs: null } }])
  })

  it('is which of our own telephones is at the other end, unless a caller\u2019s number becomes known', () => {
    const asked = { ...active, fromNumber: null, fromExtension: ' 111 ' }
    expect(newsOf(null, asked)).toMatchObject([{ input: { fromNumber: null, extension: '111' } }])
    expect([ownEnd(asked), ownEnd(active), ownEnd({ ...asked, fromNumber: '+15550142210' })]).toEqual(['111', null, null])
  })

  it('shows a caller on the way to somebody as waiting', () => {
    expect([active, transferring, kims, ended('hungUp')].map(liveStateOf)).toEqual(['live', 'held', 'live', 'ended'])
  })
})
