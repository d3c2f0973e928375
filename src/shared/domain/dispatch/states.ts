import type { AppointmentState } from './tables.ts'

export const STATE_NAMES: Readonly<Record<AppointmentState, string>> = {
  scheduled: 'Scheduled',
  confirmed: 'Confirmed',
  dispatched: 'Dispatched',
  working: 'Working',
  hold: 'Hold',
  done: 'Done',
  canceled: 'Canceled',
}

/**
 * How a visit goes from one state to another (D2). `back` mends a wrong click: always with a reason,
 * never once the job is invoiced.
 */
export type TransitionKind = 'forward' | 'stop' | 'resume' | 'back'

export interface Transition {
  readonly from: AppointmentState
  readonly to: AppointmentState
  readonly kind: TransitionKind
}

const forward = (from: AppointmentState, to: AppointmentState): Transition => ({ from, to, kind: 'forward' })
const stop = (from: AppointmentState, to: AppointmentState): Transition => ({ from, to, kind: 'stop' })
const resume = (to: AppointmentState): Transition => ({ from: 'hold', to, kind: 'resume' })
const back = (from: AppointmentState, to: AppointmentState): Transition => ({ from, to, kind: 'back' })

export const TRANSITIONS: readonly Transition[] = [
  forward('scheduled', 'confirmed'),
  forward('scheduled', 'dispatched'),
  forward('confirmed', 'dispatched'),
  forward('dispatched', 'working'),
  forward('working', 'done'),
  stop('scheduled', 'hold'),
  stop('confirmed', 'hold'),
  stop('dispatched', 'hold'),
  stop('working', 'hold'),
  resume('scheduled'),
  resume('confirmed'),
  resume('dispatched'),
  resume('working'),
  stop('scheduled', 'canceled'),
  stop('confirmed', 'canceled'),
  stop('dispatched', 'canceled'),
  stop('working', 'canceled'),
  stop('hold', 'canceled'),
  back('confirmed', 'scheduled'),
  back('dispatched', 'confirmed'),
  back('dispatched', 'scheduled'),
  back('working', 'dispatched'),
  back('done', 'working'),
  back('canceled', 'scheduled'),
  back('canceled', 'confirmed'),
]

export function transitionBetween(from: AppointmentState, to: AppointmentState): Transition | undefined {
  return TRANSITIONS.find((transition) => transition.from === from && transition.to === to)
}

export function transitionsFrom(from: AppointmentState): readonly Transition[] {
  return TRANSITIONS.filter((transition) => transition.from === from)
}

export function needsReason(transition: Transition): boolean {
  return transition.kind === 'stop' || transition.kind === 'back'
}

/** Nobody can be on the way, at work or done without being somebody. */
export function needsTechnician(state: AppointmentState): boolean {
  return state === 'dispatched' || state === 'working' || state === 'done'
}

/** The states in which a visit still takes a technician's time. */
export const OPEN_STATES: readonly AppointmentState[] = ['scheduled', 'confirmed', 'dispatched', 'working', 'hold']

/** The states in which a visit without a technician waits in the tray. */
export const WAITING_STATES: readonly AppointmentState[] = ['scheduled', 'confirmed']
