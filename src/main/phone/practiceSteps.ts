import { assertNever } from '../../shared/base/assertNever.ts'
import type { Answered, CallPhase, EndCause, PhoneCommand, Target } from './port.ts'

/** What the practice line does with a command, as plain rules: what follows from where a call is. */

export type Up = Exclude<CallPhase, { readonly state: 'ended' }>
export type Steering = Extract<
  PhoneCommand,
  { kind: 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume' | 'mute' | 'digits' | 'transfer' | 'consult' | 'completeTransfer' | 'conference' | 'record' }
>

/**
 * What happens by itself after a while: a transfer nobody took comes back; whoever is consulted picks up; a number that
 * a caller is put through to answers; a caller who was handed on is done.
 */
export type Later = 'comesBack' | 'consultedAnswers' | 'numberTakes' | 'callerLeaves'

export type Step =
  | { readonly kind: 'refuse'; readonly message: string }
  | { readonly kind: 'end'; readonly cause: EndCause }
  | {
      readonly kind: 'goOn'
      /** One after the other. */
      readonly phases: readonly Up[]
      /** The caller begins to wait, or waits for something else. */
      readonly waits?: boolean
      /** Absent, what was to happen still will; null, nothing will. */
      readonly later?: Later | null
    }

/** The moment of a step, by the practice line’s clocks. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number
  /** How long it has rung, milliseconds. */
  readonly ringMs: number
}

const refuse = (message: string): Step => ({ kind: 'refuse', message })

/** What stays with a call whatever is done to it; its durations are the line’s to fill in. */
function kept({ ringMs, agentId, answeredAt, transferred, muted, recording, conference, digits }: Answered): Answered {
  return {
    ringMs,
    agentId,
    answeredAt,
    talkMs: 0,
    ...(transferred ? { transferred } : {}),
    ...(muted === true ? { muted } : {}),
    ...(recording ? { recording } : {}),
    ...(conference === true ? { conference } : {}),
    ...(digits === undefined ? {} : { digits }),
  }
}

/** A call that is up and on which somebody of this office is. */
const isUp = (phase: Up): phase is Extract<Up, Answered> => 'answeredAt' in phase

/** The caller talks with whoever has the call, and waits no more. */
const talking = (phase: Answered, more: Partial<Answered> = {}, later: Later | null = null): Step => ({ kind: 'goOn', phases: [{ state: 'active', ...kept({ ...phase, ...more }) }], later })

function takeTransfer(phase: Extract<Up, { state: 'transferring' | 'recalling' }>, agentId: string, { now }: Moment): Step {
  const rings = phase.state === 'transferring' ? phase.toAgentId : phase.agentId
  if (rings !== agentId) return refuse('This call rings somebody else.')
  if (phase.state === 'recalling' || phase.agentId === null) return talking(phase)
  return talking(phase, { agentId, transferred: { byAgentId: phase.agentId, at: now } })
}

function putThrough(phase: Answered, to: Pick<Extract<Up, { state: 'transferring' }>, 'toAgentId' | 'toNumber'>): Step {
  return { kind: 'goOn', phases: [{ state: 'transferring', ...kept(phase), ...to, waitMs: 0 }], waits: true, later: to.toAgentId === null ? 'numberTakes' : 'comesBack' }
}

const aim = (to: Target): { readonly toAgentId: string | null; readonly toNumber: string | null } =>
  to.kind === 'colleague' ? { toAgentId: to.agentId, toNumber: null } : { toAgentId: null, toNumber: to.number }

const WITH_THEM = 'The caller is with them already.'

/** A consultation ends with the caller at the other telephone. */
function complete(phase: Extract<Up, { state: 'consulting' }>, { now }: Moment): Step {
  const { toAgentId, toNumber, agentId } = phase
  if (phase.consult === 'ringing') return putThrough(phase, { toAgentId, toNumber })
  if (toAgentId === null) return { kind: 'end', cause: 'transferred' }
  return talking(phase, { agentId: toAgentId, muted: false, ...(agentId === null ? {} : { transferred: { byAgentId: agentId, at: now } }) }, 'callerLeaves')
}

/** What a command makes of a call that is in this phase. */
export function stepOf(phase: Up, command: Steering, moment: Moment): Step {
  switch (command.kind) {
    case 'answer':
      if (phase.state === 'transferring' || phase.state === 'recalling') return takeTransfer(phase, command.agentId, moment)
      if (phase.state !== 'offered') return refuse('This call is answered already.')
      return {
        kind: 'goOn',
        phases: [
          { state: 'answering', ringMs: moment.ringMs, agentId: command.agentId },
          { state: 'active', ringMs: moment.ringMs, agentId: command.agentId, answeredAt: moment.now, talkMs: 0 },
        ],
        later: null,
      }
    case 'reject':
      if (phase.state === 'transferring') return { kind: 'goOn', phases: [{ ...phase, state: 'recalling', waitMs: 0 }], waits: true, later: 'callerLeaves' }
      return phase.state === 'offered' ? { kind: 'end', cause: 'rejected' } : refuse('Only a call that rings can be rejected.')
    case 'hangUp':
      return { kind: 'end', cause: phase.state === 'offered' ? 'rejected' : 'hungUp' }
    case 'hold':
      return phase.state === 'active' ? { kind: 'goOn', phases: [{ ...phase, state: 'held', heldMs: 0 }], waits: true } : refuse('Only a call you are talking on can be held.')
    case 'resume':
      if (phase.state !== 'held' && phase.state !== 'transferring' && phase.state !== 'recalling' && phase.state !== 'consulting') return refuse('This caller is not waiting.')
      return talking(phase)
    case 'mute':
      return isUp(phase) ? { kind: 'goOn', phases: [{ ...phase, muted: command.on }] } : refuse('Nobody hears this call yet.')
    case 'digits':
      if (!isUp(phase) || (phase.state !== 'active' && phase.state !== 'consulting')) return refuse('Only a call you are talking on hears digits.')
      return /^[0-9*#]+$/.test(command.digits) ? { kind: 'goOn', phases: [{ ...phase, digits: (phase.digits ?? '') + command.digits }] } : refuse('A telephone has the digits 0 to 9, * and # only.')
    case 'transfer':
      if (phase.state !== 'active' && phase.state !== 'held' && phase.state !== 'recalling') return refuse('Only a caller who is with you can be put through.')
      if (command.to.kind === 'colleague' && phase.agentId === command.to.agentId) return refuse(WITH_THEM)
      return putThrough(phase, aim(command.to))
    case 'consult':
      if (phase.state !== 'active' && phase.state !== 'held') return refuse('Only a caller who is with you can wait while you ask somebody.')
      if (command.to.kind === 'colleague' && phase.agentId === command.to.agentId) return refuse(WITH_THEM)
      return { kind: 'goOn', phases: [{ state: 'consulting', ...kept(phase), ...aim(command.to), consult: 'ringing', heldMs: 0 }], waits: true, later: 'consultedAnswers' }
    case 'completeTransfer':
      return phase.state === 'consulting' ? complete(phase, moment) : refuse('Nobody is being asked about this caller.')
    case 'conference':
      if (phase.state !== 'consulting' || phase.consult !== 'talking') return refuse('All three can talk once the other telephone has answered.')
      return talking(phase, { conference: true })
    case 'record':
      return isUp(phase) ? record(phase, command.to) : refuse('Only a call that is up can be recorded.')
    default:
      return assertNever(command, 'telephone command')
  }
}

function record(phase: Extract<Up, Answered>, to: 'on' | 'paused' | 'off'): Step {
  if (to === 'paused' && phase.recording === undefined) return refuse('This call is not being recorded.')
  const { recording: _recording, ...rest } = phase
  return { kind: 'goOn', phases: [to === 'off' ? rest : { ...rest, recording: to }] }
}

/** What follows where something happens by itself. */
export function stepLater(phase: Up, later: Later): Step | null {
  switch (later) {
    case 'comesBack':
      return phase.state === 'transferring' ? { kind: 'goOn', phases: [{ ...phase, state: 'recalling', waitMs: 0 }], waits: true, later: 'callerLeaves' } : null
    case 'consultedAnswers':
      return phase.state === 'consulting' ? { kind: 'goOn', phases: [{ ...phase, consult: 'talking' }], later: null } : null
    case 'numberTakes':
      return phase.state === 'transferring' ? { kind: 'end', cause: 'transferred' } : null
    case 'callerLeaves':
      return { kind: 'end', cause: 'callerHungUp' }
    default:
      return assertNever(later, 'what happens by itself')
  }
}
