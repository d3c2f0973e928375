import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { api } from '../../api/api.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { answerCall, resumeCall } from './callActions.ts'

const ADA = 'ada'
const call = (callId: string, state: LiveCall['state']): LiveCall => ({ callId, state, direction: 'in', practice: false, at: 0, lineName: 'HVAC line', fromNumber: null, name: null, agentId: ADA, ringMs: 0, talkMs: 0, heldMs: 0, muted: false, recording: null, consult: null, conference: false, digits: '', can: [], transfer: null, card: null, blocked: false, pop: null })

const up = (...calls: readonly LiveCall[]): void => useCallsStore.setState({ calls: calls.map((one) => ({ call: one, heardAt: 0 })) })
const asked: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('location', { hash: '#/calls' })
  asked.length = 0
  // The telephone says that it was told, not that it is done.
  vi.spyOn(api, 'action').mockImplementation(((method: string, { callId }: { readonly callId: string }) => {
    asked.push(`${method} ${callId}`)
    return Promise.resolve({})
  }) as typeof api.action)
  up(call('talking', 'live'), call('waiting', 'held'))
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
  up()
})

describe('taking a caller back while another is talked with', () => {
  it('waits until the other one is on hold: two callers never hear each other', async () => {
    const back = resumeCall('waiting')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked).toEqual(['phone.hold talking'])
    up(call('talking', 'held'), call('waiting', 'held'))
    expect(await back).toBe(true)
    expect(asked).toEqual(['phone.hold talking', 'phone.resume waiting'])
  })

  it('leaves them waiting where the other one can\u2019t be held', async () => {
    const back = resumeCall('waiting')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await back).toBe(false)
    expect(asked).toEqual(['phone.hold talking'])
  })

  it('takes them back at once where the other one has hung up meanwhile', async () => {
    const back = resumeCall('waiting')
    await vi.advanceTimersByTimeAsync(500)
    up(call('waiting', 'held'))
    expect(await back).toBe(true)
    expect(asked.at(-1)).toBe('phone.resume waiting')
  })

  it('waits for whoever is being answered just now: they are held first, however late the telephone says so', async () => {
    up(call('talking', 'live'), call('waiting', 'ringing'))
    void answerCall('waiting', 'talking')
    await vi.advanceTimersByTimeAsync(100)
    up(call('talking', 'held'), call('waiting', 'ringing'))
    const back = resumeCall('talking')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual(['phone.hold talking', 'phone.answer waiting'])
    up(call('talking', 'held'), call('waiting', 'live'))
    await vi.advanceTimersByTimeAsync(100)
    expect(asked.slice(2)).toEqual(['phone.hold waiting'])
    up(call('talking', 'held'), call('waiting', 'held'))
    expect(await back).toBe(true)
    expect(asked.slice(2)).toEqual(['phone.hold waiting', 'phone.resume talking'])
  })

  it('is not kept waiting for ever by a telephone that says nothing', async () => {
    up(call('talking', 'live'), call('waiting', 'ringing'), call('patient', 'held'))
    vi.mocked(api.action).mockImplementationOnce(() => new Promise(() => undefined))
    void answerCall('waiting', 'talking')
    const back = resumeCall('patient')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await back).toBe(false)
    expect(asked).toEqual(['phone.hold talking'])
  })
})
