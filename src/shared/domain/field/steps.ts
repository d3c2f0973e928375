import type { Instant } from '../../base/time.ts'
import type { Appointment, AppointmentState } from '../dispatch/tables.ts'
import type { FieldReport, ReportKind, TechnicianLink } from './tables.ts'

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

type Standing = Pick<Appointment, 'state' | 'holdReason' | 'dispatchedAt' | 'arrivedAt' | 'updatedAt'>

/** The last that technicians said of how far the visit is, in the order in which it was heard. */
function lastStep(reports: readonly FieldReport[]): FieldReport | undefined {
  return reports.filter(({ kind }) => kind !== 'late' && kind !== 'issue').toSorted((left, right) => left.heardAt - right.heardAt || left.countedAt - right.countedAt).at(-1)
}

/**
 * Since when the visit is as it is, at the latest: a hold by the office has no time of its own, so what was last changed of
 * the visit stands for it. Null where nothing says.
 */
function standsSince({ state, holdReason, dispatchedAt, arrivedAt, updatedAt }: Standing, saw: AppointmentState | undefined, reports: readonly FieldReport[]): Instant | null {
  switch (state) {
    case 'hold': {
      const last = lastStep(reports)
      return last?.kind === 'hold' && last.words === holdReason ? last.countedAt : updatedAt
    }
    case 'dispatched':
      return dispatchedAt
    case 'working':
      return arrivedAt
    default:
      return saw === undefined ? null : updatedAt
  }
}

/** How the visit stood on the page when it was tapped; undefined what an older page did not say. */
interface Tapped {
  readonly tappedAt: Instant
  readonly saw?: AppointmentState | undefined
  /** What it was on hold for. */
  readonly sawHold?: string | undefined
}

/** On hold for something else than the technician saw: what they wait for no longer is not what it waits for. */
export function isOtherHold({ saw, sawHold }: Pick<Tapped, 'saw' | 'sawHold'>, { state, holdReason }: Pick<Appointment, 'state' | 'holdReason'>): boolean {
  return state === 'hold' && saw === 'hold' && sawHold !== undefined && sawHold !== holdReason
}

/**
 * Whether somebody has said something else of the visit since the tap, which the tap would undo: an older one takes nobody
 * off a hold, and puts no visit on hold that has gone on. What the technician saw when they tapped is undone knowingly.
 */
export function isOvertaken(step: Step, tapped: Tapped, visit: Standing, reports: readonly FieldReport[]): boolean {
  const { tappedAt, saw } = tapped
  if ((step === 'hold') === (visit.state === 'hold')) return false
  if (isOtherHold(tapped, visit)) return true
  if (visit.state === saw) return false
  const since = standsSince(visit, saw, reports)
  return since !== null && tappedAt < since
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
