import { DAY, type Instant } from '../shared/base/time.ts'
import type { AppointmentState } from '../shared/domain/dispatch/tables.ts'
import { MOST_AGO_MS } from '../shared/field/heard.ts'
import type { Tap, TechnicianDay, TechnicianVisit } from '../shared/field/wire.ts'

/** What was tapped and what became of it, without anything of a browser: how the page shows it and what goes next. */

/**
 * `waiting`: kept here and not heard yet. `taken`: the office has it, and the day on the page may be older. `settled`: the day
 * shows it. `refused`: the office said no, and the technician has not put it away yet.
 */
export type SaidState = 'waiting' | 'taken' | 'settled' | 'refused'

interface SaidBase {
  /** Its place in the order in which things were said. */
  readonly seq: number
  readonly linkId: string
  readonly visitId: string
  /** Whose visit it is: the office may have taken it off the page meanwhile. */
  readonly about: string
  /** The visit’s own, in which the time of the tap is said; absent in what an older page kept. */
  readonly zone?: string
  /** By this telephone’s clock. */
  readonly tappedAt: Instant
  readonly state: SaidState
  /** Why it was refused, or why it can’t go up yet. */
  readonly message?: string
}

export type SaidTap = SaidBase & { readonly what: 'tap'; readonly tap: Omit<Tap, 'agoMs' | 'visitId'> }
export type SaidPhoto = SaidBase & { readonly what: 'photo'; readonly photoId: string; readonly reportId: string; readonly photo: Blob }
export type Said = SaidTap | SaidPhoto

/** So long a tap can be taken back before it is sent. */
export const UNDO_MS = 5_000

/** A photo takes room: so long it is kept, to be sent again to a hub that was restored from a backup. */
const PHOTO_KEPT_MS = 3 * DAY

/** How much longer a tap can be taken back, milliseconds. One from a time that the telephone’s clock has not come to was made before that was set back. */
export function undoLeft({ tappedAt }: Pick<Said, 'tappedAt'>, now: Instant): number {
  const age = now - tappedAt
  return age < 0 ? 0 : Math.max(0, UNDO_MS - age)
}

/** The office has it, for so long that no hub asks for it again. */
export function isSpent({ what, state, tappedAt }: Said, now: Instant): boolean {
  return (state === 'taken' || state === 'settled') && now - tappedAt > (what === 'photo' ? PHOTO_KEPT_MS : MOST_AGO_MS)
}

const waitingOf = <Of extends Said>(said: readonly Said[], is: (one: Said) => one is Of): readonly Of[] =>
  said.filter(({ state }) => state === 'waiting').filter(is).toSorted((left, right) => left.seq - right.seq)

const isTap = (one: Said): one is SaidTap => one.what === 'tap'
const isPhoto = (one: Said): one is SaidPhoto => one.what === 'photo'

/**
 * The tap that is to be sent next: in their order, and never one before another.
 * @returns the wait until then, milliseconds; null where none waits
 */
export function nextTap(said: readonly Said[], now: Instant): { readonly said: SaidTap; readonly inMs: number } | null {
  const [next] = waitingOf(said, isTap)
  if (!next) return null
  return { said: next, inMs: next.tap.kind === 'issue' ? 0 : undoLeft(next, now) }
}

/**
 * The photo that is to be sent next. None is begun while a tap waits, so that a large file holds no word up.
 * @param resting the `seq` of those that did not go up just now: they let the others by
 */
export function nextPhoto(said: readonly Said[], resting: ReadonlySet<number>): SaidPhoto | undefined {
  return waitingOf(said, isTap).length > 0 ? undefined : waitingOf(said, isPhoto).find(({ seq }) => !resting.has(seq))
}

const STATE_AFTER: Readonly<Partial<Record<Tap['kind'], AppointmentState>>> = { onMyWay: 'dispatched', arrived: 'working', hold: 'hold', resume: 'working', done: 'done' }

function afterTap(visit: TechnicianVisit, { tap, tappedAt }: SaidTap): TechnicianVisit {
  const state = STATE_AFTER[tap.kind]
  if (!state) return visit
  return {
    ...visit,
    state,
    holdReason: state === 'hold' ? (tap.reason ?? null) : null,
    dispatchedAt: visit.dispatchedAt ?? (state === 'hold' ? null : tappedAt),
    arrivedAt: visit.arrivedAt ?? (state === 'working' || state === 'done' ? tappedAt : null),
    doneAt: state === 'done' ? tappedAt : null,
  }
}

/** The day as the technician knows it: what the office last said, and over it what was tapped since. */
export function shownVisits(day: TechnicianDay, said: readonly Said[]): readonly TechnicianVisit[] {
  const over = said.filter((one): one is SaidTap => one.what === 'tap' && (one.state === 'waiting' || one.state === 'taken')).toSorted((left, right) => left.seq - right.seq)
  return day.visits.map((visit) => over.filter(({ visitId }) => visitId === visit.id).reduce(afterTap, visit))
}

/** How the visit stands on the page: it goes along with each tap, so that nothing is undone that the technician did not see. */
export function sawOf({ state, startsAt, holdReason }: Pick<TechnicianVisit, 'state' | 'startsAt' | 'holdReason'>): Pick<Tap, 'saw' | 'sawStartsAt' | 'sawHold'> {
  return { saw: state, sawStartsAt: startsAt, ...(state === 'hold' && holdReason !== null ? { sawHold: holdReason } : {}) }
}

export interface Action {
  readonly kind: Tap['kind']
  readonly label: string
  /** The one that comes next; the others are quieter. */
  readonly main: boolean
}

const act = (kind: Tap['kind'], label: string, main = false): Action => ({ kind, label, main })
const ISSUE = act('issue', 'Something came up')

/** What a technician can say of a visit now, the likeliest first. */
export function actionsFor({ state, arrivedAt }: Pick<TechnicianVisit, 'state' | 'arrivedAt'>): readonly Action[] {
  const [hold, late] = [act('hold', 'Put on hold'), act('late', 'Running late')]
  switch (state) {
    case 'scheduled':
    case 'confirmed':
      return [act('onMyWay', 'On my way', true), act('arrived', 'I have arrived'), late, hold, ISSUE]
    case 'dispatched':
      return [act('arrived', 'I have arrived', true), late, hold, ISSUE]
    case 'working':
      return [act('done', 'Done', true), hold, ISSUE]
    case 'hold':
      return arrivedAt === null ? [act('onMyWay', 'On my way', true), act('arrived', 'I have arrived'), ISSUE] : [act('resume', 'Back to work', true), act('done', 'Done'), ISSUE]
    case 'done':
    case 'canceled':
      return [ISSUE]
    default:
      // A state of a newer hub: nothing is offered that might be wrong.
      return [ISSUE]
  }
}
