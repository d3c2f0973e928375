import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CallState, mayFollow, type PhoneCall, type PhoneEvent } from './port.ts'
import { CONSULTED_ANSWERS_MS, PracticeLine, type PracticeWorld, RECALL_AFTER_MS } from './practiceLine.ts'
import { fillCard, PRACTICE_SCRIPTS } from './practiceScripts.ts'

/** A clock that a test turns by hand; the wall clock can be set back, the monotonic one can't. */
class TestWorld implements PracticeWorld {
  wall = 1_783_000_000_000
  elapsed = 0
  readonly #timers = new Set<{ readonly at: number; readonly due: () => void }>()

  now = (): number => this.wall
  monotonic = (): number => this.elapsed
  after = (milliseconds: number, due: () => void): (() => void) => {
    const timer = { at: this.elapsed + milliseconds, due }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  pass(milliseconds: number): void {
    const until = this.elapsed + milliseconds
    for (;;) {
      const next = [...this.#timers].filter((timer) => timer.at <= until).sort((left, right) => left.at - right.at)[0]
      if (!next) break
      this.#timers.delete(next)
      this.wall += next.at - this.elapsed
      this.elapsed = next.at
      next.due()
    }
    this.wall += until - this.elapsed
    this.elapsed = until
  }
}

function listen(): { world: TestWorld; line: PracticeLine; events: PhoneEvent[]; calls: () => PhoneCall[] } {
  const world = new TestWorld()
  const line = new PracticeLine(world)
  const events: PhoneEvent[] = []
  line.listen((event) => events.push(event))
  return { world, line, events, calls: () => events.flatMap((event) => (event.kind === 'call' ? [event.call] : [])) }
}

const ring = (externalId: string, hangsUpAfterMs: number | null = null) =>
  ({ kind: 'practiceRing', ring: { externalId, lineName: 'HVAC line', lineNumber: '+15550142000', fromNumber: '+15550142210', hangsUpAfterMs } }) as const

describe('the practice line', () => {
  it('rings, is answered, held, taken back and ended, and measures each part', () => {
    const { world, line, calls } = listen()
    line.send(ring('practice:1'))
    world.pass(9_000)
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    world.pass(60_000)
    line.send({ kind: 'hold', externalId: 'practice:1' })
    world.pass(5_000)
    line.send({ kind: 'report' })
    line.send({ kind: 'resume', externalId: 'practice:1' })
    line.send({ kind: 'hangUp', externalId: 'practice:1' })
    expect(calls().map((call) => call.state)).toEqual(['offered', 'answering', 'active', 'held', 'held', 'active', 'ended'])
    expect(calls()[4]).toMatchObject({ heldMs: 5_000 })
    expect(calls().at(-1)).toMatchObject({ cause: 'hungUp', ringMs: 9_000, talkMs: 65_000, agentId: 'rosa', practice: true })
  })

  it('measures by the monotonic clock when the machine\u2019s clock is set back', () => {
    const { world, line, calls } = listen()
    line.send(ring('practice:1'))
    world.pass(4_000)
    world.wall -= 3_600_000
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    expect(calls().at(-1)).toMatchObject({ state: 'active', ringMs: 4_000 })
  })

  it('lets the caller hang up while it rings, and nobody can answer after that', () => {
    const { world, line, events, calls } = listen()
    line.send(ring('practice:1', 14_000))
    world.pass(14_000)
    expect(calls().at(-1)).toMatchObject({ state: 'ended', cause: 'callerHungUp', ringMs: 14_000, talkMs: 0, answeredAt: null })
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'answer', message: 'This call is over.' })
  })

  const through = { kind: 'transfer', externalId: 'practice:1', to: { kind: 'colleague', agentId: 'kim', extension: null } } as const

  it('puts a caller through, and whoever answers has the call from then on', () => {
    const { world, line, events, calls } = listen()
    line.send(ring('practice:1'))
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    world.pass(30_000)
    line.send(through)
    world.pass(4_000)
    line.send({ kind: 'report' })
    expect(calls().at(-1)).toMatchObject({ state: 'transferring', agentId: 'rosa', toAgentId: 'kim', waitMs: 4_000, talkMs: 34_000 })
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'lee' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'answer' })
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'kim' })
    expect(calls().at(-1)).toMatchObject({ state: 'active', agentId: 'kim', transferred: { byAgentId: 'rosa', at: world.wall }, talkMs: 34_000 })
    world.pass(60_000)
    line.send({ kind: 'hangUp', externalId: 'practice:1' })
    expect(calls().at(-1)).toMatchObject({ state: 'ended', agentId: 'kim', talkMs: 94_000, transferred: { byAgentId: 'rosa' } })
  })

  it('gives a caller back who is taken back before anybody answers, and rings nobody any more', () => {
    const { world, line, events, calls } = listen()
    line.send(ring('practice:1'))
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    line.send({ kind: 'hold', externalId: 'practice:1' })
    line.send(through)
    line.send({ kind: 'resume', externalId: 'practice:1' })
    expect(calls().at(-1)).toMatchObject({ state: 'active', agentId: 'rosa' })
    expect(calls().at(-1)).not.toHaveProperty('transferred')
    const said = calls().length
    world.pass(10 * RECALL_AFTER_MS)
    expect(calls()).toHaveLength(said)
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'kim' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'answer' })
  })

  it('rings whoever put a caller through whom nobody took, and loses no caller who waits too long', () => {
    const { world, line, calls } = listen()
    for (const externalId of ['practice:1', 'practice:2']) {
      line.send(ring(externalId))
      line.send({ kind: 'answer', externalId, agentId: 'rosa' })
      line.send({ ...through, externalId })
    }
    world.pass(RECALL_AFTER_MS)
    expect(calls().slice(-2)).toMatchObject([{ state: 'recalling', agentId: 'rosa', toAgentId: 'kim', waitMs: 0 }, { state: 'recalling' }])
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    expect(calls().at(-1)).toMatchObject({ state: 'active', agentId: 'rosa' })
    world.pass(90_000)
    expect(calls().at(-1)).toMatchObject({ externalId: 'practice:2', state: 'ended', cause: 'callerHungUp', agentId: 'rosa', answeredAt: expect.any(Number) as number })
    line.send({ kind: 'hangUp', externalId: 'practice:1' })
    expect(calls().at(-1)).toMatchObject({ externalId: 'practice:1', state: 'ended', cause: 'hungUp' })
  })

  it('does not put a caller through to whoever has them, or before anybody answered', () => {
    const { line, events } = listen()
    line.send(ring('practice:1'))
    line.send(through)
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'transfer' })
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'kim' })
    line.send(through)
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'transfer' })
  })

  it('lets a caller speak to the machine whom nobody answered, and nobody else', () => {
    const { world, line, events } = listen()
    const speaks = (externalId: string) => ({ kind: 'practiceRing', ring: { ...ring(externalId, 4_000).ring, voicemailSeconds: 38 } }) as const
    const left = (): readonly PhoneEvent[] => events.filter((event) => event.kind === 'voicemail')
    line.send(speaks('practice:1'))
    line.send({ kind: 'answer', externalId: 'practice:1', agentId: 'rosa' })
    line.send({ kind: 'hangUp', externalId: 'practice:1' })
    expect(left()).toEqual([])
    line.send(speaks('practice:2'))
    world.pass(4_000)
    expect(events.slice(-2)).toMatchObject([{ kind: 'call', call: { state: 'ended', answeredAt: null } }, { kind: 'voicemail', call: { externalId: 'practice:2' }, voicemail: { seconds: 38, leftAt: world.wall, recording: null } }])
    line.send(speaks('practice:3'))
    line.close()
    expect(left()).toHaveLength(1)
  })

  it('gives up after a minute and a half', () => {
    const { world, line, calls } = listen()
    line.send(ring('practice:1'))
    world.pass(89_999)
    expect(calls()).toHaveLength(1)
    world.pass(1)
    expect(calls().at(-1)).toMatchObject({ state: 'ended', cause: 'callerHungUp' })
  })

  const answered = (agentId = 'rosa') => {
    const heard = listen()
    heard.line.send(ring('practice:1'))
    heard.line.send({ kind: 'answer', externalId: 'practice:1', agentId })
    const tell = (command: Record<string, unknown>): PhoneCall | undefined => {
      heard.line.send({ externalId: 'practice:1', ...command } as Parameters<PracticeLine['send']>[0])
      return heard.calls().at(-1)
    }
    return { ...heard, tell }
  }
  const kim = { kind: 'colleague', agentId: 'kim', extension: null } as const
  const outside = { kind: 'number', number: '+15550149999' } as const

  it('mutes, sends digits and records, through hold and back', () => {
    const { tell, events } = answered()
    expect(tell({ kind: 'mute', on: true })).toMatchObject({ state: 'active', muted: true })
    expect(tell({ kind: 'digits', digits: '1#' })).toMatchObject({ digits: '1#' })
    tell({ kind: 'record', to: 'paused' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'record', message: 'This call is not being recorded.' })
    tell({ kind: 'record', to: 'on' })
    expect(tell({ kind: 'hold' })).toMatchObject({ state: 'held', muted: true, recording: 'on', digits: '1#' })
    tell({ kind: 'digits', digits: '2' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'digits' })
    expect(tell({ kind: 'record', to: 'paused' })).toMatchObject({ state: 'held', recording: 'paused' })
    tell({ kind: 'resume' })
    expect(tell({ kind: 'digits', digits: '4' })).toMatchObject({ state: 'active', muted: true, recording: 'paused', digits: '1#4' })
    expect(tell({ kind: 'record', to: 'off' })).not.toHaveProperty('recording')
    tell({ kind: 'digits', digits: 'a' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'digits' })
  })

  it('asks a colleague first, who answers after a ring, and puts the caller through', () => {
    const { tell, world, line, calls } = answered()
    expect(tell({ kind: 'consult', to: kim })).toMatchObject({ state: 'consulting', toAgentId: 'kim', consult: 'ringing', agentId: 'rosa' })
    world.pass(CONSULTED_ANSWERS_MS)
    expect(calls().at(-1)).toMatchObject({ state: 'consulting', consult: 'talking', heldMs: CONSULTED_ANSWERS_MS })
    expect(tell({ kind: 'completeTransfer' })).toMatchObject({ state: 'active', agentId: 'kim', transferred: { byAgentId: 'rosa', at: world.wall } })
    world.pass(600_000)
    // A scripted colleague helps the caller, and nobody stays on the line for ever.
    expect(calls().at(-1)).toMatchObject({ state: 'ended', cause: 'callerHungUp', agentId: 'kim', transferred: { byAgentId: 'rosa' } })
    line.close()
  })

  it('rings on where a caller is put through before the colleague has answered', () => {
    const { tell, world, calls } = answered()
    tell({ kind: 'consult', to: kim })
    expect(tell({ kind: 'completeTransfer' })).toMatchObject({ state: 'transferring', toAgentId: 'kim' })
    world.pass(RECALL_AFTER_MS)
    expect(calls().at(-1)).toMatchObject({ state: 'recalling', agentId: 'rosa' })
  })

  it('gives the caller back from a consultation, and nobody answers it afterwards', () => {
    const { tell, world, calls } = answered()
    tell({ kind: 'consult', to: kim })
    expect(tell({ kind: 'resume' })).toMatchObject({ state: 'active', agentId: 'rosa' })
    const said = calls().length
    world.pass(600_000)
    expect(calls()).toHaveLength(said)
  })

  it('lets all three talk once the third has answered', () => {
    const { tell, world, events } = answered()
    tell({ kind: 'conference' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'conference' })
    tell({ kind: 'consult', to: outside })
    tell({ kind: 'conference' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'conference' })
    world.pass(CONSULTED_ANSWERS_MS)
    expect(tell({ kind: 'conference' })).toMatchObject({ state: 'active', conference: true, agentId: 'rosa' })
    expect(tell({ kind: 'hangUp' })).toMatchObject({ state: 'ended', cause: 'hungUp' })
  })

  it('ends our part where a caller goes to a number, asked first or not', () => {
    const blind = answered()
    expect(blind.tell({ kind: 'transfer', to: outside })).toMatchObject({ state: 'transferring', toNumber: '+15550149999', toAgentId: null })
    blind.world.pass(CONSULTED_ANSWERS_MS)
    expect(blind.calls().at(-1)).toMatchObject({ state: 'ended', cause: 'transferred', agentId: 'rosa' })
    const asked = answered()
    asked.tell({ kind: 'consult', to: outside })
    asked.world.pass(CONSULTED_ANSWERS_MS)
    expect(asked.tell({ kind: 'completeTransfer' })).toMatchObject({ state: 'ended', cause: 'transferred', agentId: 'rosa' })
  })

  it('sends a ring away, and a transfer straight back', () => {
    const { line, calls } = listen()
    line.send(ring('practice:1'))
    line.send({ kind: 'reject', externalId: 'practice:1' })
    expect(calls().at(-1)).toMatchObject({ state: 'ended', cause: 'rejected', answeredAt: null })
    const { tell } = answered()
    tell({ kind: 'transfer', to: kim })
    expect(tell({ kind: 'reject' })).toMatchObject({ state: 'recalling', agentId: 'rosa' })
  })

  it('lets a call that rings at a colleague\u2019s be picked up', () => {
    const { tell, line, calls, events } = answered()
    line.send({ kind: 'pickUp', extension: 'kim', agentId: 'lee' })
    expect(events.at(-1)).toMatchObject({ kind: 'refused', command: 'pickUp', message: 'Nothing rings there any more.' })
    tell({ kind: 'transfer', to: kim })
    line.send({ kind: 'pickUp', extension: 'kim', agentId: 'lee' })
    expect(calls().at(-1)).toMatchObject({ state: 'active', agentId: 'lee', transferred: { byAgentId: 'rosa' } })
  })

  it('rings nobody while nobody is to be disturbed, and takes the voicemail', () => {
    const { line, events, calls } = listen()
    line.send({ kind: 'doNotDisturb', on: true })
    expect(events.at(-1)).toMatchObject({ kind: 'line', line: { status: 'none', doNotDisturb: true } })
    line.send({ kind: 'practiceRing', ring: { ...ring('practice:1').ring, voicemailSeconds: 12 } })
    expect(calls().map(({ state }) => state)).toEqual(['offered', 'ended'])
    expect(events.at(-1)).toMatchObject({ kind: 'voicemail' })
    line.send({ kind: 'doNotDisturb', on: false })
    line.send(ring('practice:2'))
    expect(calls().at(-1)).toMatchObject({ state: 'offered' })
  })

  const dial = (answersAfterMs: number | null) => ({ kind: 'practiceDial', dial: { externalId: 'practice:out', lineName: 'HVAC line', lineNumber: '', number: '+15550142210', agentId: 'rosa', answersAfterMs } }) as const

  it('calls somebody scripted, who picks up', () => {
    const { line, world, calls } = listen()
    line.send(dial(3_000))
    world.pass(3_000)
    line.send({ kind: 'hangUp', externalId: 'practice:out' })
    expect(calls().map(({ state }) => state)).toEqual(['dialing', 'early', 'active', 'ended'])
    expect(calls().at(-1)).toMatchObject({ direction: 'out', fromNumber: '+15550142210', agentId: 'rosa', ringMs: 3_000, practice: true })
  })

  it('gives up on somebody who does not pick up, and leaves no voicemail of theirs', () => {
    const { line, world, calls, events } = listen()
    line.send(dial(null))
    world.pass(30_000)
    expect(calls().at(-1)).toMatchObject({ state: 'ended', cause: 'failed', answeredAt: null, agentId: 'rosa' })
    expect(events.at(-1)?.kind).toBe('call')
  })

  it('never dials', () => {
    const { line, events } = listen()
    line.send({ kind: 'dial', number: '+15550142210', agentId: 'rosa' })
    expect(events).toMatchObject([{ kind: 'refused', command: 'dial' }])
  })

  it('says every few minutes that a caller is due, but not while one rings, and stops when asked', () => {
    const { world, line, events } = listen()
    const due = (): number => events.filter((event) => event.kind === 'practiceDue').length
    line.send({ kind: 'practiceSchedule', everyMinutes: 2 })
    world.pass(4 * 60_000)
    expect(due()).toBe(2)
    world.pass(90_000)
    line.send(ring('practice:1'))
    world.pass(30_000)
    expect(due()).toBe(2)
    line.send({ kind: 'practiceSchedule', everyMinutes: null })
    world.pass(20 * 60_000)
    expect(due()).toBe(2)
  })

  it('reports only what may follow, whatever it is told to do', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('ring', 'answer', 'answerAsKim', 'hangUp', 'hold', 'resume', 'transfer', 'wait', 'reject', 'mute', 'digits', 'consult', 'consultNumber', 'completeTransfer', 'conference', 'record', 'toNumber', 'pickUp', 'dial', 'doNotDisturb'), fc.constantFrom('practice:1', 'practice:2')), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (told) => {
        const { world, line, events, calls } = listen()
        for (const [kind, externalId] of told) {
          if (kind === 'ring') line.send(ring(externalId))
          else if (kind === 'wait') world.pass(40_000)
          else if (kind === 'answer') line.send({ kind, externalId, agentId: 'rosa' })
          else if (kind === 'answerAsKim') line.send({ kind: 'answer', externalId, agentId: 'kim' })
          else if (kind === 'transfer' || kind === 'consult') line.send({ kind, externalId, to: kim })
          else if (kind === 'toNumber' || kind === 'consultNumber') line.send({ kind: kind === 'toNumber' ? 'transfer' : 'consult', externalId, to: outside })
          else if (kind === 'mute' || kind === 'doNotDisturb') line.send(kind === 'mute' ? { kind, externalId, on: true } : { kind, on: externalId === 'practice:1' })
          else if (kind === 'digits') line.send({ kind, externalId, digits: '5' })
          else if (kind === 'record') line.send({ kind, externalId, to: externalId === 'practice:1' ? 'on' : 'paused' })
          else if (kind === 'pickUp') line.send({ kind, extension: externalId === 'practice:1' ? 'kim' : '', agentId: 'lee' })
          else if (kind === 'dial') line.send({ kind: 'practiceDial', dial: { ...dial(3_000).dial, externalId } })
          else line.send({ kind, externalId })
        }
        const last = new Map<string, CallState>()
        for (const call of calls()) {
          const before = last.get(call.externalId)
          expect(before === undefined || before === 'ended' ? call.state === 'offered' || call.state === 'dialing' : mayFollow(before, call.state)).toBe(true)
          last.set(call.externalId, call.state)
        }
        expect(events.every((event) => event.kind === 'call' || event.kind === 'refused' || event.kind === 'line')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the scripts', () => {
  it('have their own keys, and leave no word unfilled', () => {
    expect(new Set(PRACTICE_SCRIPTS.map((script) => script.key)).size).toBe(PRACTICE_SCRIPTS.length)
    const words = { name: 'Priya Natarajan', first: 'Priya', address: '418 Juniper Bend', other: 'Arun Natarajan' }
    for (const script of PRACTICE_SCRIPTS) {
      const filled = fillCard(script.card, words)
      expect([filled.title, filled.goal, ...filled.lines].join(' ')).not.toMatch(/[{}]/)
    }
  })

  it('speak of a customer only where one is picked', () => {
    for (const script of PRACTICE_SCRIPTS.filter(({ caller }) => caller === 'newCaller' || caller === 'withheld')) {
      expect([script.card.title, script.card.goal, ...script.card.lines].join(' ')).not.toMatch(/[{}]/)
    }
  })
})
