import { beforeEach, describe, expect, it } from 'vitest'
import { LiveCalls } from '../liveCalls.ts'
import type { PhoneCall, PhoneCommand } from '../port.ts'
import { RecordingDesk, type RecordingRule } from './recordingDesk.ts'

const AGENT = 'agent'
const CALL = 'call'
const up = { externalId: 'sip:1', direction: 'in', lineName: '', lineNumber: '', fromNumber: null, offeredAt: 0, practice: false, ringMs: 1, agentId: AGENT, answeredAt: 1, talkMs: 0 } as const
/** Every state of a call that was answered. */
const STATES = {
  active: { ...up, state: 'active' },
  held: { ...up, state: 'held', heldMs: 0 },
  transferring: { ...up, state: 'transferring', toAgentId: 'other', toNumber: null, waitMs: 0 },
  recalling: { ...up, state: 'recalling', toAgentId: 'other', toNumber: null, waitMs: 0 },
  consulting: { ...up, state: 'consulting', toAgentId: 'other', toNumber: null, consult: 'ringing', heldMs: 0 },
  mediaLost: { ...up, state: 'mediaLost' },
  renegotiating: { ...up, state: 'renegotiating' },
} as unknown as Readonly<Record<string, PhoneCall>>

let sent: PhoneCommand[]
let liveCalls: LiveCalls
let desk: RecordingDesk

beforeEach(() => {
  sent = []
  liveCalls = new LiveCalls(() => 0)
  desk = new RecordingDesk({
    phone: { send: (command) => void sent.push(command), listen: () => () => undefined, close: () => undefined },
    liveCalls,
    now: () => 0,
    ruleOf: () => ({ mode: 'always', consent: 'system', sentence: '' }),
    canRecord: () => true,
  })
})

function hear(call: PhoneCall | undefined): void {
  if (!call) throw new Error('There is no such state')
  liveCalls.heard(CALL, call)
  desk.follow(CALL, call)
}

const orders = (): readonly string[] => sent.splice(0).flatMap((command) => (command.kind === 'record' ? [command.to] : []))

describe('a pause of a recording', () => {
  it.each(Object.keys(STATES))('is ordered at once while the call is %s, and sound only when it is up again', (state) => {
    hear(STATES.active)
    expect(orders()).toEqual(['on'])
    hear(STATES[state])
    desk.payment('page', AGENT, true)
    expect(orders()).toEqual(['paused'])
    desk.payment('page', AGENT, false)
    const early = orders()
    hear(STATES.active)
    expect([...early, ...orders()]).toEqual(['on'])
    if (!['active', 'held', 'consulting'].includes(state)) expect(early).toEqual([])
  })

  it.each(Object.keys(STATES))('gives way to the end of the recording while the call is %s', (state) => {
    hear(STATES.active)
    hear(STATES[state])
    orders()
    desk.say(CALL, { kind: 'off' }, AGENT)
    expect(orders()).toEqual(['off'])
  })
})

it('nothing begins to be recorded while the call is on its way elsewhere', () => {
  hear(STATES.transferring)
  expect(orders()).toEqual([])
  hear(STATES.active)
  expect(orders()).toEqual(['on'])
})

describe('a caller whose line becomes known only later', () => {
  const onLine = { ...STATES.active, lineNumber: '+15550142000' } as PhoneCall

  /** Where the line is not known it is recorded on request, after the notice was read. */
  function deskOf(line: RecordingRule): void {
    const usual: RecordingRule = { mode: 'onRequest', consent: 'read', sentence: 'May I?' }
    desk = new RecordingDesk({
      phone: { send: (command) => void sent.push(command), listen: () => () => undefined, close: () => undefined },
      liveCalls,
      now: () => 7,
      ruleOf: ({ lineNumber }) => (lineNumber === '' ? usual : line),
      canRecord: () => true,
    })
  }

  it('is recorded from then on where their line always does, and says how they were told', () => {
    deskOf({ mode: 'always', consent: 'system', sentence: 'This call is recorded.' })
    hear(STATES.active)
    expect(orders()).toEqual([])
    hear(onLine)
    expect(orders()).toEqual(['on'])
    expect(desk.told(CALL)).toEqual({ consent: 'system', consentAt: null, consentBy: null })
    // Once is enough: what somebody says afterwards stands.
    desk.say(CALL, { kind: 'off' }, AGENT)
    hear({ ...onLine })
    expect(orders()).toEqual(['off'])
  })

  it('is not recorded any more where their line never does', () => {
    deskOf({ mode: 'never', consent: 'read', sentence: '' })
    hear(STATES.active)
    desk.say(CALL, { kind: 'consent' }, AGENT)
    desk.say(CALL, { kind: 'on' }, AGENT)
    expect(orders()).toEqual(['on'])
    hear(onLine)
    expect(orders()).toEqual(['off'])
  })

  it('waits for the notice of their line, and not again for one that was read; and is left alone where somebody had ended it', () => {
    deskOf({ mode: 'always', consent: 'read', sentence: 'Their own notice.' })
    hear(STATES.active)
    hear(onLine)
    expect(orders()).toEqual([])
    expect(desk.shown(CALL, onLine)).toMatchObject({ mode: 'always', consented: false, sentence: 'Their own notice.' })
    desk.say(CALL, { kind: 'consent' }, AGENT)
    expect(orders()).toEqual(['on'])
    deskOf({ mode: 'always', consent: 'read', sentence: '' })
    hear(STATES.active)
    desk.say(CALL, { kind: 'consent' }, AGENT)
    desk.say(CALL, { kind: 'on' }, AGENT)
    desk.say(CALL, { kind: 'off' }, AGENT)
    orders()
    hear(onLine)
    expect(orders()).toEqual([])
    expect(desk.told(CALL)).toEqual({ consent: 'read', consentAt: 7, consentBy: AGENT })
  })
})
