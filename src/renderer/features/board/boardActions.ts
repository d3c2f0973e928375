import { newId } from '../../../shared/base/id.ts'
import type { Instant } from '../../../shared/base/time.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../../shared/domain/dispatch/acceptance.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'
import { api } from '../../api/api.ts'
import { closeForm } from '../../stores/board.ts'
import { tellIfLost } from '../booking/claiming.ts'
import type { PromisedWindow } from '../windowPick/useWindowPick.ts'
import { carryOut, carryOutOther, type Move, standingVersions, type Step } from './boardActs.ts'
import { stateWords } from './boardWords.ts'

export { redoNext, undoLast } from './boardActs.ts'

/** What a dispatcher does to visits and to technicians' time: commands, each with its way back. */

export interface BoardPlan {
  readonly technicianId: string
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export interface ActingPerson {
  readonly mayOverbook: boolean
}

/** What was said yes to before it is asked again. */
export interface Agreed {
  readonly overbookAccepted?: boolean
  readonly acceptance?: Acceptance
}

const expecting = (expectedVersion: number | null) => (expectedVersion === null ? {} : { expectedVersion })

const assignStep =
  (visit: BoardVisit, plan: BoardPlan, { overbookAccepted = false, acceptance }: Agreed): Step =>
  (expectedVersion) =>
    api.command('appointment.assign', { appointmentId: visit.id, ...plan, overbookAccepted, ...(acceptance ? { acceptance } : {}), ...expecting(expectedVersion) })

/** Closes the form of the visits' act that was done, be it at the second try. */
async function closing(kind: 'assign' | 'promise' | 'split', visits: readonly BoardVisit[], act: Promise<boolean>): Promise<boolean> {
  const done = await act
  if (done) for (const { id } of visits) closeForm(kind, id)
  return done
}

/** A visit to be planned, as part of one act. */
export interface PlannedMove {
  readonly visit: BoardVisit
  readonly plan: BoardPlan
}

function planMove({ visit, plan }: PlannedMove, agreed: Agreed): Move {
  const changesHands = visit.technicianId !== null && visit.technicianId !== plan.technicianId
  return { visit, step: assignStep(visit, plan, agreed), becomes: { ...plan, ...(changesHands && visit.state === 'dispatched' ? { state: 'scheduled' } : {}) } }
}

/** Those in front go first, so that none is in the way of the one that takes its place. */
function inOrder(moves: readonly PlannedMove[]): readonly PlannedMove[] {
  const start = ({ visit }: PlannedMove): Instant => visit.startsAt ?? 0
  const later = moves.some(({ visit, plan }) => visit.startsAt !== null && plan.startsAt > visit.startsAt)
  return moves.toSorted((left, right) => (later ? start(right) - start(left) : start(left) - start(right)))
}

/**
 * Gives several visits to technicians, or moves them, as one act with one undo. Where one can't go the others still do, and it is
 * said which stayed. `words` is what is said of all of them.
 */
export function planVisits(moves: readonly PlannedMove[], words: string, person: ActingPerson, agreed: Agreed = {}): Promise<boolean> {
  const again = (stayed: readonly BoardVisit[], more: Agreed): void => {
    const ids = new Set(stayed.map(({ id }) => id))
    void planVisits(moves.filter(({ visit }) => ids.has(visit.id)), words, person, { ...agreed, ...more })
  }
  const act = carryOut({
    moves: inOrder(moves).map((move) => planMove(move, agreed)),
    said: words,
    toasted: moves.some(({ visit }) => visit.technicianId === null),
    careful: false,
    undoable: true,
    overbook: person.mayOverbook ? (stayed) => again(stayed, { overbookAccepted: true }) : null,
    accept: (stayed, acceptance) => again(stayed, { acceptance }),
  })
  return closing('assign', moves.map(({ visit }) => visit), act)
}

/** Gives a visit to a technician at a time, or moves it there. `words` is what is said: "Natarajan to Wes Tran, 2:15 PM". */
export function planVisit(visit: BoardVisit, plan: BoardPlan, words: string, person: ActingPerson, agreed: Agreed = {}): Promise<boolean> {
  return planVisits([{ visit, plan }], words, person, agreed)
}

/** Takes visits off their technicians, as one act. */
export function unassignVisits(visits: readonly BoardVisit[], acceptance?: Acceptance): Promise<boolean> {
  const planned = visits.filter(({ technicianId }) => technicianId !== null)
  const [only] = planned
  if (!only) return Promise.resolve(false)
  return carryOut({
    moves: planned.map((visit) => ({
      visit,
      step: (expectedVersion) => api.command('appointment.unassign', { appointmentId: visit.id, ...(acceptance ? { acceptance } : {}), ...expecting(expectedVersion) }),
      becomes: { technicianId: null, startsAt: null, endsAt: null, ...(visit.state === 'dispatched' ? { state: 'scheduled' } : {}) },
    })),
    said: planned.length === 1 ? `${only.shortName} is unassigned` : `${planned.length} visits are unassigned`,
    toasted: true,
    careful: true,
    undoable: true,
    overbook: null,
    accept: (stayed, agreed) => void unassignVisits(stayed, agreed),
  })
}

/** Takes a visit off its technician. */
export function unassignVisit(visit: BoardVisit, _person?: ActingPerson): Promise<boolean> {
  return unassignVisits([visit])
}

/** One act on one visit that changes more than its place. */
function actOn(visit: BoardVisit, said: string, step: Step, more: { readonly becomes?: Move['becomes']; readonly undoable?: boolean; readonly overbook?: () => void } = {}): Promise<boolean> {
  const { overbook } = more
  return carryOut({ moves: [{ visit, step, becomes: more.becomes ?? {} }], said, toasted: true, careful: true, undoable: more.undoable ?? true, overbook: overbook ?? null, accept: null })
}

/** Says how far a visit is. A reason is needed for hold, canceled and every way back. */
export function changeVisitState(visit: BoardVisit, to: AppointmentState, reason: string | null): Promise<boolean> {
  const step: Step = (expectedVersion) => api.command('appointment.changeState', { appointmentId: visit.id, to, reason, ...expecting(expectedVersion) })
  return actOn(visit, `${visit.shortName} is ${stateWords(to)}`, step, { becomes: { state: to } })
}

export interface PartsNote {
  readonly what: string
  readonly from: string
  readonly expectedAt: Instant
  /** How often the customer hears how it stands, as agreed with them. */
  readonly updateEveryDays: number
}

/** Holds a visit until its parts are here. */
export function awaitParts(visit: BoardVisit, note: PartsNote, reason: string): Promise<boolean> {
  const step: Step = (expectedVersion) => api.command('appointment.awaitParts', { appointmentId: visit.id, ...note, reason, ...expecting(expectedVersion) })
  return actOn(visit, `${visit.shortName} waits for parts`, step, { becomes: { state: 'hold' } })
}

export interface ReturnTrip extends PromisedWindow {
  readonly returnId: string
  readonly durationMinutes: number
  readonly work: string
}

/**
 * Promises the customer another visit of the job, so that its time is taken.
 * @param claim sends it, and hears where the window is full
 */
export function promiseReturn(visit: BoardVisit, trip: ReturnTrip, claim: <T>(send: () => Promise<T>) => Promise<T>): Promise<boolean> {
  const step: Step = async () => {
    const said = await claim(() => api.command('appointment.returnTrip', { appointmentId: visit.id, ...trip }))
    tellIfLost(`Return trip to ${visit.shortName}`, trip.returnId, said)
    return said
  }
  return actOn(visit, `Return trip to ${visit.shortName} on ${formatDay(trip.windowDay)}`, step, { undoable: false })
}

export interface Debrief {
  readonly notes: string
  readonly equipment: string
  readonly causeCode: string | null
  readonly afterVisit: string | null
  /** Why something that is asked for is not there. */
  readonly without?: Readonly<Record<string, string>>
}

/** Debriefs a visit that is done. */
export function closeOutVisit(visit: BoardVisit, debrief: Debrief): Promise<boolean> {
  const step: Step = (expectedVersion) => api.command('appointment.closeOut', { appointmentId: visit.id, ...debrief, ...expecting(expectedVersion) })
  return actOn(visit, `${visit.shortName} is closed out`, step, { undoable: false })
}

/** Says who goes along; `words` is what is said: "Lena Ruiz goes along to Natarajan". */
export function setCrew(visit: BoardVisit, crewIds: readonly string[], words: string, person: ActingPerson, overbookAccepted = false): Promise<boolean> {
  const step: Step = (expectedVersion) => api.command('appointment.setCrew', { appointmentId: visit.id, crewIds: [...crewIds], overbookAccepted, ...expecting(expectedVersion) })
  return actOn(visit, words, step, person.mayOverbook ? { overbook: () => void setCrew(visit, crewIds, words, person, true) } : {})
}

/** Says that the customer was promised this technician, or this very time: the visit is locked. */
export function promiseVisit(visit: BoardVisit, promise: { readonly technicianId: string | null; readonly startsAt: Instant | null }, acceptance?: Acceptance): Promise<boolean> {
  const step: Step = (expectedVersion) => api.command('appointment.promise', { appointmentId: visit.id, ...promise, ...(acceptance ? { acceptance } : {}), ...expecting(expectedVersion) })
  const act = carryOut({
    moves: [{ visit, becomes: {}, step }],
    said: promise.technicianId === null && promise.startsAt === null ? `${visit.shortName} is promised a window only` : `${visit.shortName} is locked`,
    toasted: true,
    careful: true,
    undoable: true,
    overbook: null,
    accept: (_stayed, agreed) => void promiseVisit(visit, promise, agreed),
  })
  return closing('promise', [visit], act)
}

/** Makes the rest of a visit's work a second visit, which waits in the tray. */
export function splitVisit(visit: BoardVisit, firstMinutes: number): Promise<boolean> {
  const act = carryOutOther(
    `${visit.shortName} is split: the rest waits in the tray`,
    async () => {
      let restId = newId()
      const [before] = (await api.query('board.standing', { appointmentIds: [visit.id] })).visits
      const split = (expectedVersion: number | null) => api.command('appointment.split', { appointmentId: visit.id, restId, firstMinutes, ...expecting(expectedVersion) })
      await split(before?.version ?? null)
      const whole = before?.version ?? visit.version
      const left = whole + 1
      return {
        undo: async () => {
          const expectedVersion = standingVersions.now(visit.id, left)
          // The rest may have been given to somebody meanwhile, and that undone.
          const restVersion = standingVersions.now(restId, 1)
          await api.command('appointment.join', { appointmentId: visit.id, restId, durationMinutes: before?.durationMinutes ?? visit.durationMinutes, overbookAccepted: false, expectedVersion, restVersion })
          standingVersions.again(visit.id, expectedVersion + 1, whole)
        },
        redo: async () => {
          restId = newId()
          const expectedVersion = standingVersions.now(visit.id, whole)
          await split(expectedVersion)
          standingVersions.again(visit.id, expectedVersion + 1, left)
        },
      }
    },
    null,
  )
  return closing('split', [visit], act)
}
