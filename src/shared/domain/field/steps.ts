import type { Instant } from '../../base/time.ts'
import type { Appointment, AppointmentState } from '../dispatch/tables.ts'
import type { ReportKind, TechnicianLink } from './tables.ts'

/** What a technician’s tap means for a visit. */

type Step = Exclude<ReportKind, 'late'>

/** The states that the visit has when the tap is true already. */
const REACHED: Readonly<Record<Step, readonly AppointmentState[]>> = {
  onMyWay: ['dispatched', 'working', 'done'],
  arrived: ['working', 'done'],
  hold: ['hold'],
  resume: ['working', 'done'],
  done: ['done'],
}

/** Whether the visit is there already, whoever said so. */
export function isReached(step: Step, state: AppointmentState): boolean {
  return REACHED[step].includes(state)
}

/** Nobody can be done who never arrived, and nobody goes on who never began. */
const needsArrival = (step: Step): boolean => step === 'done' || step === 'resume'

/**
 * The states through which the tap leads, in order: whoever arrives without having been sent was sent.
 * @returns undefined where it leads nowhere from here
 */
export function stepsTo(step: Step, { state, arrivedAt }: Pick<Appointment, 'state' | 'arrivedAt'>): readonly AppointmentState[] | undefined {
  if (state === 'canceled' || state === 'done' || (needsArrival(step) && arrivedAt === null)) return undefined
  const waits = state === 'scheduled' || state === 'confirmed'
  switch (step) {
    case 'onMyWay':
      return waits || state === 'hold' ? ['dispatched'] : undefined
    case 'arrived':
      return waits ? ['dispatched', 'working'] : ['working']
    case 'hold':
      return ['hold']
    case 'resume':
      return state === 'hold' ? ['working'] : undefined
    case 'done':
      return state === 'hold' ? ['working', 'done'] : state === 'working' ? ['done'] : undefined
  }
}

/**
 * The moment that counts: when it was tapped, but never in the future, never before the link was there, and never before
 * what must have come first (nobody arrives before they were sent, or is done before they arrived).
 * @param heardAt by the hub’s clock
 */
export function countedAt(step: ReportKind, tappedAt: Instant, link: Pick<TechnicianLink, 'issuedAt'>, visit: Pick<Appointment, 'dispatchedAt' | 'arrivedAt'>, heardAt: Instant): Instant {
  const before = step === 'arrived' ? visit.dispatchedAt : step === 'done' || step === 'resume' ? visit.arrivedAt : null
  return Math.min(Math.max(tappedAt, link.issuedAt, before ?? 0), heardAt)
}
