import { MINUTE } from '../../shared/base/time.ts'
import type { Ability, CallIdentity, EndCause, LineState, PhoneCall, PhoneCommand, PhoneEvent, PhonePort, PracticeDial, PracticeRing } from './port.ts'
import { PracticeTapes, pretendedVoicemail } from './recording/practiceTapes.ts'
import { type Later, type Steering, type Step, stepLater, stepOf, type Up } from './practiceSteps.ts'

/** A real caller gives up some time; so does this one when nobody answers. */
const PATIENCE_MS = 90_000

/** A transfer that nobody takes comes back after three rings: no caller is to wait longer than that for anybody. */
export const RECALL_AFTER_MS = 18_000

/** Whoever is consulted, or called at a number, picks up after one ring. */
export const CONSULTED_ANSWERS_MS = 4_000

/** A caller whom a scripted colleague has taken over is helped in this time. */
const HELPED_MS = 120_000

/** Nobody picks up an outgoing practice call: the line gives up after so long. */
const NO_ANSWER_MS = 30_000

const LATER_MS: Readonly<Record<Later, number>> = { comesBack: RECALL_AFTER_MS, consultedAnswers: CONSULTED_ANSWERS_MS, numberTakes: CONSULTED_ANSWERS_MS, callerLeaves: PATIENCE_MS }

/** What the practice line can be asked to do with a practice call. It rings nobody, so it never dials. */
export const PRACTICE_ABILITIES: readonly Ability[] = ['answer', 'reject', 'hangUp', 'hold', 'mute', 'digits', 'transfer', 'transferToNumber', 'consult', 'conference', 'pickUp', 'doNotDisturb', 'record']

/** The world as the practice line needs it, so that a test can turn the clock. */
export interface PracticeWorld {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds that only ever grow, whatever is done to the machine's clock. */
  readonly monotonic: () => number
  /** Calls back once after so long; returns how to call it off. */
  readonly after: (milliseconds: number, then: () => void) => () => void
}

/** The machine's own clocks. Its timers never keep a closing application alive. */
const machineWorld: PracticeWorld = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

interface Playing {
  readonly identity: CallIdentity
  readonly offeredAtMonotonic: number
  answeredAtMonotonic: number
  /** Since when the caller waits: on hold, or for somebody to take the transfer. */
  waitsSinceMonotonic: number
  readonly voicemailSeconds: number | null
  phase: Up
  callOff: () => void
}

/**
 * A telephone that nobody real can ring and that can ring nobody: it plays scripted callers through the
 * same port as any other line, for training, demonstration and tests.
 */
export class PracticeLine implements PhonePort {
  readonly #world: PracticeWorld
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  readonly #calls = new Map<string, Playing>()
  readonly #begunAt: number
  readonly #tapes: PracticeTapes
  #doNotDisturb = false
  #stopSchedule: () => void = () => undefined

  constructor(world: PracticeWorld = machineWorld) {
    this.#world = world
    this.#begunAt = world.now()
    this.#tapes = new PracticeTapes(world, (event) => this.#tell(event))
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#stopSchedule()
    for (const call of [...this.#calls.values()]) this.#end(call, 'lost')
    this.#listeners.clear()
  }

  send(command: PhoneCommand): void {
    switch (command.kind) {
      case 'practiceRing':
        return this.#ring(command.ring)
      case 'practiceDial':
        return this.#dial(command.dial)
      case 'practiceCutOff': {
        const call = this.#calls.get(command.externalId)
        return call ? this.#end(call, 'lost') : undefined
      }
      case 'practiceSchedule':
        return this.#schedule(command.everyMinutes)
      case 'dial':
        return this.#refuse(command.kind, null, 'The practice line can\u2019t dial. Connect a telephone to call customers.')
      case 'configure':
        return this.#refuse(command.kind, null, 'The practice line can\u2019t do this.')
      case 'pickUp':
        return this.#pickUp(command.extension, command.agentId)
      case 'doNotDisturb':
        this.#doNotDisturb = command.on
        return this.#tell({ kind: 'line', line: this.#line() })
      case 'tryAccount':
        return this.#tell({ kind: 'tried', attempt: command.attempt, ready: false, sentence: 'The practice line knows no accounts.' })
      case 'watch':
        return
      case 'report':
        this.#calls.forEach((call) => this.#say(call))
        return this.#tell({ kind: 'reported' })
      default:
        return this.#steer(command)
    }
  }

  #steer(command: Steering): void {
    const call = this.#calls.get(command.externalId)
    if (!call) return this.#refuse(command.kind, command.externalId, 'This call is over.')
    const step = stepOf(call.phase, command, { now: this.#world.now(), ringMs: this.#since(call.offeredAtMonotonic) })
    if (step.kind === 'refuse') return this.#refuse(command.kind, command.externalId, step.message)
    if (command.kind === 'record') this.#tapes.because(command.externalId, command.why ?? 'hand')
    this.#take(call, step)
  }

  #take(call: Playing, step: Exclude<Step, { readonly kind: 'refuse' }>): void {
    if (step.kind === 'end') return this.#end(call, step.cause)
    if (step.waits === true) call.waitsSinceMonotonic = this.#world.monotonic()
    if (step.later !== undefined) {
      call.callOff()
      call.callOff = step.later === null ? () => undefined : this.#later(call, step.later)
    }
    for (const phase of step.phases) {
      if (!('answeredAt' in call.phase) && 'answeredAt' in phase) call.answeredAtMonotonic = this.#world.monotonic()
      call.phase = phase
      this.#tapes.follow(call.identity.externalId, phase)
      this.#say(call)
    }
  }

  #later(call: Playing, later: Later): () => void {
    const waits = later === 'callerLeaves' && call.phase.state === 'consulting' ? HELPED_MS : LATER_MS[later]
    return this.#world.after(waits, () => {
      const step = stepLater(call.phase, later)
      if (step && step.kind !== 'refuse') this.#take(call, step)
    })
  }

  /** Takes what rings at a colleague’s telephone: on the practice line an extension is that colleague’s id, and '' the group. */
  #pickUp(extension: string, agentId: string): void {
    const there = [...this.#calls.values()].find(({ phase }) => (phase.state === 'transferring' ? phase.toAgentId === extension : phase.state === 'offered' && extension === ''))
    if (!there) return this.#refuse('pickUp', null, 'Nothing rings there any more.')
    if (there.phase.state === 'transferring') there.phase = { ...there.phase, toAgentId: agentId }
    this.#steer({ kind: 'answer', externalId: there.identity.externalId, agentId })
  }

  #line(): LineState {
    return { status: 'none', at: this.#begunAt, reason: '', account: '', abilities: [], doNotDisturb: this.#doNotDisturb, messages: null, audio: null }
  }

  #begin(identity: CallIdentity, phase: Up, voicemailSeconds: number | null): Playing {
    const call: Playing = { identity, offeredAtMonotonic: this.#world.monotonic(), answeredAtMonotonic: 0, waitsSinceMonotonic: 0, voicemailSeconds, phase, callOff: () => undefined }
    this.#calls.set(identity.externalId, call)
    this.#say(call)
    return call
  }

  #ring(ring: PracticeRing): void {
    if (this.#calls.has(ring.externalId)) return
    const { externalId, lineName, lineNumber, fromNumber } = ring
    const identity: CallIdentity = { externalId, direction: 'in', lineName, lineNumber, fromNumber, offeredAt: this.#world.now(), practice: true }
    const call = this.#begin(identity, { state: 'offered', ringMs: 0 }, ring.voicemailSeconds ?? null)
    if (this.#doNotDisturb) return this.#end(call, 'busy')
    call.callOff = this.#world.after(ring.hangsUpAfterMs ?? PATIENCE_MS, () => this.#end(call, 'callerHungUp'))
  }

  /** Nobody is rung: after the first tone it is early, and somebody scripted picks up or does not. */
  #dial({ externalId, lineName, lineNumber, number, agentId, answersAfterMs }: PracticeDial): void {
    if (this.#calls.has(externalId)) return
    const identity: CallIdentity = { externalId, direction: 'out', lineName, lineNumber, fromNumber: number, offeredAt: this.#world.now(), practice: true }
    const call = this.#begin(identity, { state: 'dialing', ringMs: 0, agentId }, null)
    const ringMs = (): number => this.#since(call.offeredAtMonotonic)
    const pickUp = (): void => this.#take(call, { kind: 'goOn', phases: [{ state: 'active', ringMs: ringMs(), agentId, answeredAt: this.#world.now(), talkMs: 0 }], later: null })
    this.#take(call, { kind: 'goOn', phases: [{ state: 'early', ringMs: 0, agentId }] })
    call.callOff = answersAfterMs === null ? this.#world.after(NO_ANSWER_MS, () => this.#end(call, 'failed')) : this.#world.after(answersAfterMs, pickUp)
  }

  #end(call: Playing, cause: EndCause): void {
    call.callOff()
    this.#calls.delete(call.identity.externalId)
    this.#tapes.follow(call.identity.externalId, null)
    const { phase } = call
    const answered = 'answeredAt' in phase
    this.#tell({
      kind: 'call',
      call: {
        ...call.identity,
        state: 'ended',
        cause,
        ringMs: answered ? phase.ringMs : this.#since(call.offeredAtMonotonic),
        agentId: 'agentId' in phase ? phase.agentId : null,
        answeredAt: answered ? phase.answeredAt : null,
        endedAt: this.#world.now(),
        talkMs: answered ? this.#since(call.answeredAtMonotonic) : 0,
        ...(answered && phase.transferred ? { transferred: phase.transferred } : {}),
      },
    })
    if (!answered && cause !== 'lost' && call.identity.direction === 'in') this.#leaveVoicemail(call)
  }

  /** The machine takes its time for granted: what a real caller would say in seconds is there at once. */
  #leaveVoicemail({ identity, voicemailSeconds }: Playing): void {
    if (voicemailSeconds === null) return
    this.#tell({ kind: 'voicemail', call: identity, voicemail: { leftAt: this.#world.now(), seconds: voicemailSeconds, recording: null, sound: pretendedVoicemail(voicemailSeconds) } })
  }

  /** The call with its durations as they are now. */
  #snapshot(call: Playing): PhoneCall {
    const { phase } = call
    if (phase.state === 'offered' || phase.state === 'dialing' || phase.state === 'early') return { ...call.identity, ...phase, ringMs: this.#since(call.offeredAtMonotonic) }
    if (!('answeredAt' in phase)) return { ...call.identity, ...phase }
    const talkMs = this.#since(call.answeredAtMonotonic)
    if (phase.state === 'held' || phase.state === 'consulting') return { ...call.identity, ...phase, talkMs, heldMs: this.#since(call.waitsSinceMonotonic) }
    if (phase.state === 'transferring' || phase.state === 'recalling') return { ...call.identity, ...phase, talkMs, waitMs: this.#since(call.waitsSinceMonotonic) }
    return { ...call.identity, ...phase, talkMs }
  }

  #since(started: number): number {
    return Math.round(this.#world.monotonic() - started)
  }

  #schedule(everyMinutes: number | null): void {
    this.#stopSchedule()
    this.#stopSchedule = () => undefined
    if (everyMinutes === null) return
    const again = (): void => {
      this.#stopSchedule = this.#world.after(everyMinutes * MINUTE, () => {
        // Nobody learns from a second caller while the first still rings.
        const ringing = [...this.#calls.values()].some((call) => call.phase.state === 'offered')
        if (!ringing) this.#tell({ kind: 'practiceDue', at: this.#world.now() })
        again()
      })
    }
    again()
  }

  #say(call: Playing): void {
    this.#tell({ kind: 'call', call: this.#snapshot(call) })
  }

  #refuse(command: PhoneCommand['kind'], externalId: string | null, message: string): void {
    this.#tell({ kind: 'refused', command, externalId, message })
  }

  #tell(event: PhoneEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}
