import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayFollow, type PhoneCall } from '../port.ts'
import { CallTale } from './callTale.ts'

function tale(direction: 'in' | 'out' = 'in') {
  let time = 0
  const clock = { now: () => 1_000_000 - time, monotonic: () => time }
  const told = new CallTale({ externalId: 'sip:1', direction, lineName: '', lineNumber: '', fromNumber: null, practice: false }, direction === 'in' ? 'offered' : 'dialing', clock)
  return { told, pass: (milliseconds: number) => void (time += milliseconds) }
}

const TO = { toAgentId: 'b', toNumber: '102' }

describe('a call as it was lived', () => {
  it('measures ring, talk and hold by the monotonic clock, though the other runs backwards', () => {
    const { told, pass } = tale()
    pass(2_000)
    told.handledBy('a')
    told.go('answering')
    pass(100)
    told.talk()
    pass(5_000)
    told.hold()
    pass(700)
    expect(told.tell()).toMatchObject({ state: 'held', ringMs: 2_100, talkMs: 5_700, heldMs: 700, agentId: 'a' })
    told.end('callerHungUp')
    pass(10_000)
    expect(told.tell()).toMatchObject({ state: 'ended', cause: 'callerHungUp', ringMs: 2_100, talkMs: 5_700, agentId: 'a' })
  })

  it('counts one wait across lost words, and a new one where it began only then', () => {
    for (const [before, heldMs] of [['held', 1_700], ['active', 700]] as const) {
      const { told, pass } = tale()
      pass(3_000)
      told.talk()
      if (before === 'held') told.hold()
      pass(1_000)
      for (const step of ['mediaLost', 'renegotiating', 'mediaLost', 'renegotiating'] as const) told.go(step)
      told.hold()
      pass(700)
      expect(told.tell()).toMatchObject({ state: 'held', heldMs })
    }
  })

  it('says who put a caller through, and who has them', () => {
    const { told } = tale()
    told.handledBy('a')
    told.talk()
    told.transfer(TO)
    told.taken()
    told.end('hungUp')
    expect(told.tell()).toMatchObject({ agentId: 'b', transferred: { byAgentId: 'a' } })
  })

  it('has no talk below nothing where a sleep is taken off after the answer was heard', () => {
    const { told, pass } = tale()
    told.handledBy('a')
    told.go('answering')
    pass(16_000)
    told.talk()
    pass(-15_000)
    told.end('callerHungUp')
    expect(told.tell()).toMatchObject({ state: 'ended', talkMs: 0 })
  })

  it('has nobody and no talk where nobody answered', () => {
    const { told, pass } = tale()
    pass(900)
    told.end('callerHungUp')
    expect(told.tell()).toMatchObject({ answeredAt: null, agentId: null, talkMs: 0, ringMs: 900 })
  })

  it('never says what can\u2019t follow, whatever happens in whatever order', () => {
    const steps: readonly ((told: CallTale) => void)[] = [
      (told) => void told.go('answering'),
      (told) => void told.go('early'),
      (told) => void told.talk(),
      (told) => void told.hold(),
      (told) => void told.consult(TO),
      (told) => void told.consulted(),
      (told) => void told.transfer(TO),
      (told) => void told.recall(),
      (told) => void told.go('mediaLost'),
      (told) => void told.go('renegotiating'),
      (told) => told.handledBy('a'),
      (told) => told.mute(true),
      (told) => told.taken(),
      (told) => void told.end('hungUp'),
    ]
    fc.assert(
      fc.property(fc.constantFrom('in' as const, 'out' as const), fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(5_000)), { maxLength: 40 }), (direction, happens) => {
        const { told, pass } = tale(direction)
        let before: PhoneCall = told.tell()
        for (const [step, milliseconds] of happens) {
          pass(milliseconds)
          steps[step]?.(told)
          const call = told.tell()
          expect(mayFollow(before.state, call.state)).toBe(true)
          expect(call.ringMs).toBeGreaterThanOrEqual(0)
          if (before.state === 'ended') expect(call).toEqual(before)
          before = call
        }
      }),
    )
  })
})
