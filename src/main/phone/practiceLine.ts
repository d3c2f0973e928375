import { assertNever } from '../../shared/base/assertNever.ts'
import { MINUTE } from '../../shared/base/time.ts'
import type { Answered, CallIdentity, CallPhase, EndCause, PhoneCall, PhoneCommand, PhoneEvent, PhonePort, PracticeRing } from './port.ts'

/** A real caller gives up some time; so does this one when nobody answers. */
const PATIENCE_MS = 90_000

/** A transfer that nobody takes comes back after three rings: no caller is to wait longer than that for anybody. */
export const RECALL_AFTER_MS = 18_000

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

type Up = Exclude<CallPhase, { readonly state: 'ended' }>

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

type Steering = Extract<PhoneCommand, { kind: 'answer' | 'hangUp' | 'hold' | 'resume' | 'transfer' }>
type Waiting = Extract<Up, { readonly state: 'transferring' | 'recalling' }>

/**
 * A telephone that nobody real can ring and that can ring nobody: it plays scripted callers through the
 * same port as any other line, for training, demonstration and tests.
 */
export class PracticeLine implements PhonePort {
  readonly #world: PracticeWorld
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  readonly #calls = new Map<string, Playing>()
  #stopSchedule: () => void = () => undefined

  constructor(world: PracticeWorld = machineWorld) {
    this.#world = world
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
      case 'practiceCutOff': {
        const call = this.#calls.get(command.externalId)
        return call ? this.#end(call, 'lost') : undefined
      }
      case 'practiceSchedule':
        return this.#schedule(command.everyMinutes)
      case 'dial':
        return this.#refuse(command.kind, null, 'The practice line can\u2019t dial. Connect a telephone to call customers.')
      case 'reject':
      case 'mute':
      case 'digits':
      case 'consult':
      case 'completeTransfer':
      case 'conference':
      case 'record':
        return this.#refuse(command.kind, command.externalId, 'The practice line can\u2019t do this.')
      case 'pickUp':
      case 'doNotDisturb':
      case 'configure':
        return this.#refuse(command.kind, null, 'The practice line can\u2019t do this.')
      case 'tryAccount':
        return this.#tell({ kind: 'tried', attempt: command.attempt, ready: false, sentence: 'The practice line knows no accounts.' })
      case 'watch':
        return
      case 'report':
        this.#calls.forEach((call) => this.#say(call))
        return this.#tell({ kind: 'reported' })
      case 'answer':
      case 'hangUp':
      case 'hold':
      case 'resume':
      case 'transfer': {
        const call = this.#calls.get(command.externalId)
        if (!call) return this.#refuse(command.kind, command.externalId, 'This call is over.')
        return this.#steer(call, command)
      }
      default:
        return assertNever(command, 'telephone command')
    }
  }

  #steer(call: Playing, command: Steering): void {
    const { phase } = call
    switch (command.kind) {
      case 'answer':
        if (phase.state === 'transferring' || phase.state === 'recalling') return this.#takeTransfer(call, phase, command.agentId)
        if (phase.state !== 'offered') return this.#refuse('answer', command.externalId, 'This call is answered already.')
        return this.#answer(call, command.agentId)
      case 'hangUp':
        return this.#end(call, phase.state === 'offered' ? 'rejected' : 'hungUp')
      case 'hold':
        if (phase.state !== 'active') return this.#refuse('hold', command.externalId, 'Only a call you are talking on can be held.')
        call.waitsSinceMonotonic = this.#world.monotonic()
        call.phase = { ...phase, state: 'held', heldMs: 0 }
        return this.#say(call)
      case 'resume':
        if (phase.state !== 'held' && phase.state !== 'transferring' && phase.state !== 'recalling') return this.#refuse('resume', command.externalId, 'This caller is not waiting.')
        return this.#talk(call, phase)
      case 'transfer':
        if (phase.state !== 'active' && phase.state !== 'held' && phase.state !== 'recalling') return this.#refuse('transfer', command.externalId, 'Only a caller who is with you can be put through.')
        if (command.to.kind === 'number') return this.#refuse('transfer', command.externalId, 'The practice line reaches colleagues only.')
        if (phase.agentId === command.to.agentId) return this.#refuse('transfer', command.externalId, 'The caller is with them already.')
        return this.#transfer(call, phase, command.to.agentId)
      default:
        return assertNever(command, 'telephone command')
    }
  }

  #ring(ring: PracticeRing): void {
    if (this.#calls.has(ring.externalId)) return
    const { externalId, lineName, lineNumber, fromNumber } = ring
    const call: Playing = {
      identity: { externalId, direction: 'in', lineName, lineNumber, fromNumber, offeredAt: this.#world.now(), practice: true },
      offeredAtMonotonic: this.#world.monotonic(),
      answeredAtMonotonic: 0,
      waitsSinceMonotonic: 0,
      voicemailSeconds: ring.voicemailSeconds ?? null,
      phase: { state: 'offered', ringMs: 0 },
      callOff: this.#world.after(ring.hangsUpAfterMs ?? PATIENCE_MS, () => this.#end(call, 'callerHungUp')),
    }
    this.#calls.set(externalId, call)
    this.#say(call)
  }

  #answer(call: Playing, agentId: string): void {
    call.callOff()
    const ringMs = this.#since(call.offeredAtMonotonic)
    call.phase = { state: 'answering', ringMs, agentId }
    this.#say(call)
    call.answeredAtMonotonic = this.#world.monotonic()
    call.phase = { state: 'active', ringMs, agentId, answeredAt: this.#world.now(), talkMs: 0 }
    this.#say(call)
  }

  /** The caller talks with whoever has the call, and waits no more. */
  #talk(call: Playing, { ringMs, agentId, answeredAt, transferred }: Answered): void {
    call.callOff()
    call.phase = { state: 'active', ringMs, agentId, answeredAt, talkMs: 0, ...(transferred ? { transferred } : {}) }
    this.#say(call)
  }

  #transfer(call: Playing, { ringMs, agentId, answeredAt, transferred }: Answered, toAgentId: string): void {
    call.callOff()
    call.waitsSinceMonotonic = this.#world.monotonic()
    call.phase = { state: 'transferring', ringMs, agentId, answeredAt, talkMs: 0, toAgentId, toNumber: null, waitMs: 0, ...(transferred ? { transferred } : {}) }
    call.callOff = this.#world.after(RECALL_AFTER_MS, () => this.#recall(call))
    this.#say(call)
  }

  #recall(call: Playing): void {
    if (call.phase.state !== 'transferring') return
    call.waitsSinceMonotonic = this.#world.monotonic()
    call.phase = { ...call.phase, state: 'recalling', waitMs: 0 }
    call.callOff = this.#world.after(PATIENCE_MS, () => this.#end(call, 'callerHungUp'))
    this.#say(call)
  }

  #takeTransfer(call: Playing, phase: Waiting, agentId: string): void {
    const rings = phase.state === 'transferring' ? phase.toAgentId : phase.agentId
    if (rings !== agentId) return this.#refuse('answer', call.identity.externalId, 'This call rings somebody else.')
    if (phase.state === 'recalling' || phase.agentId === null) return this.#talk(call, phase)
    this.#talk(call, { ...phase, agentId, transferred: { byAgentId: phase.agentId, at: this.#world.now() } })
  }

  #end(call: Playing, cause: EndCause): void {
    call.callOff()
    this.#calls.delete(call.identity.externalId)
    const { phase } = call
    const answered = 'answeredAt' in phase
    this.#tell({
      kind: 'call',
      call: {
        ...call.identity,
        state: 'ended',
        cause,
        ringMs: answered ? phase.ringMs : this.#since(call.offeredAtMonotonic),
        agentId: answered ? phase.agentId : null,
        answeredAt: answered ? phase.answeredAt : null,
        endedAt: this.#world.now(),
        talkMs: answered ? this.#since(call.answeredAtMonotonic) : 0,
        ...(answered && phase.transferred ? { transferred: phase.transferred } : {}),
      },
    })
    if (!answered && cause !== 'lost') this.#leaveVoicemail(call)
  }

  /** The machine takes its time for granted: what a real caller would say in seconds is there at once. */
  #leaveVoicemail({ identity, voicemailSeconds }: Playing): void {
    if (voicemailSeconds === null) return
    this.#tell({ kind: 'voicemail', call: identity, voicemail: { leftAt: this.#world.now(), seconds: voicemailSeconds, recording: null } })
  }

  /** The call with its durations as they are now. */
  #snapshot(call: Playing): PhoneCall {
    const { phase } = call
    if (phase.state === 'offered') return { ...call.identity, ...phase, ringMs: this.#since(call.offeredAtMonotonic) }
    if (!('answeredAt' in phase)) return { ...call.identity, ...phase }
    const talkMs = this.#since(call.answeredAtMonotonic)
    if (phase.state === 'held') return { ...call.identity, ...phase, talkMs, heldMs: this.#since(call.waitsSinceMonotonic) }
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
