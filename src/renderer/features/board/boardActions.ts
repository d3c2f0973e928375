import type { Instant } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES, transitionBetween } from '../../../shared/domain/dispatch/states.ts'
import type { AppointmentState } from '../../../shared/domain/dispatch/tables.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { CommandAnswer } from '../../api/types.ts'
import { announce, popUndo, pushUndo, setPending, showRefusal, useBoardStore, type PendingVisit } from '../../stores/board.ts'
import { toast } from '../../stores/toast.ts'

/** What a dispatcher does to a visit: commands, each with its way back. */

export interface BoardPlan {
  readonly technicianId: string
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export interface ActingPerson {
  readonly mayOverbook: boolean
}

/** A command about one visit, given the version it may expect. */
type Step = (expectedVersion: number) => Promise<CommandAnswer>

/** The newest version this page knows of: a command's own step counts before the board has heard of it. */
const versions = new Map<string, number>()

/** Acts go out one after the other, so that each finds the version the one before left. */
let line: Promise<unknown> = Promise.resolve()

function inLine<T>(act: () => Promise<T>): Promise<T> {
  const next = line.then(act, act)
  line = next.catch(() => undefined)
  return next
}

const knownVersion = (visit: BoardVisit): number => Math.max(visit.version, versions.get(visit.id) ?? 0)

async function takeStep(visit: BoardVisit, step: Step): Promise<void> {
  const expected = knownVersion(visit)
  const { changed } = await step(expected)
  if (changed.some(({ table, id }) => table === 'appointment' && id === visit.id)) versions.set(visit.id, expected + 1)
}

const assignStep =
  (visit: BoardVisit, plan: BoardPlan, overbookAccepted: boolean, careful: boolean): Step =>
  (expectedVersion) =>
    api.command('appointment.assign', { appointmentId: visit.id, ...plan, overbookAccepted, ...(careful ? { expectedVersion } : {}) })

const unassignStep =
  (visit: BoardVisit): Step =>
  (expectedVersion) =>
    api.command('appointment.unassign', { appointmentId: visit.id, expectedVersion })

const stateStep =
  (visit: BoardVisit, to: AppointmentState, reason: string | null): Step =>
  (expectedVersion) =>
    api.command('appointment.changeState', { appointmentId: visit.id, to, reason, expectedVersion })

function planOf(visit: BoardVisit): BoardPlan | undefined {
  const { technicianId, startsAt, endsAt } = visit
  return technicianId === null || startsAt === null || endsAt === null ? undefined : { technicianId, startsAt, endsAt }
}

interface Act {
  readonly visit: BoardVisit
  readonly step: Step
  /** What it will look like, shown at once. */
  readonly becomes: Partial<Omit<PendingVisit, 'version'>>
  readonly said: string
  /** Also as a toast with Undo: for what changes more than a place. */
  readonly toasted: boolean
  /** The commands that take it back, in order; none where nothing can. */
  readonly back: readonly Step[]
  /** Does the same again with the overbooking accepted. */
  readonly overbook: (() => void) | null
}

/** @returns whether it was done */
async function carryOut({ visit, step, becomes, said, toasted, back, overbook }: Act): Promise<boolean> {
  const { technicianId, startsAt, endsAt, state } = visit
  showRefusal(null)
  setPending(visit.id, { technicianId, startsAt, endsAt, state, ...becomes, version: knownVersion(visit) + 1 })
  try {
    await inLine(() => takeStep(visit, step))
  } catch (thrown) {
    setPending(visit.id, null)
    const error = asContractError(thrown)
    const inTheWayId = error.code === 'dispatch.doubleBooked' ? (error.subject?.id ?? null) : null
    showRefusal({ message: error.message, inTheWayId, overbook: error.code === 'dispatch.doubleBooked' ? overbook : null })
    return false
  }
  if (back.length > 0) {
    pushUndo({
      label: said,
      run: async () => {
        for (const undoing of back) await takeStep(visit, undoing)
      },
    })
  }
  if (toasted) toast(said, back.length > 0 ? () => void undoLast() : undefined)
  else announce(said)
  return true
}

/** Gives a visit to a technician at a time, or moves it there. `words` is what is said: "Natarajan to Wes Tran, 2:15 PM". */
export function planVisit(visit: BoardVisit, plan: BoardPlan, words: string, person: ActingPerson, overbookAccepted = false): Promise<boolean> {
  const before = planOf(visit)
  const changesHands = before !== undefined && before.technicianId !== plan.technicianId
  const resent: readonly Step[] = changesHands && visit.state === 'dispatched' ? [stateStep(visit, 'dispatched', null)] : []
  return carryOut({
    visit,
    step: assignStep(visit, plan, overbookAccepted, false),
    becomes: { ...plan, ...(resent.length > 0 ? { state: 'scheduled' } : {}) },
    said: words,
    toasted: before === undefined,
    back: before ? [assignStep(visit, before, visit.overbooked && person.mayOverbook, true), ...resent] : [unassignStep(visit)],
    overbook: person.mayOverbook ? () => void planVisit(visit, plan, words, person, true) : null,
  })
}

/** Takes a visit off its technician. */
export function unassignVisit(visit: BoardVisit, person: ActingPerson): Promise<boolean> {
  const before = planOf(visit)
  if (!before) return Promise.resolve(false)
  const resent: readonly Step[] = visit.state === 'dispatched' ? [stateStep(visit, 'dispatched', null)] : []
  return carryOut({
    visit,
    step: unassignStep(visit),
    becomes: { technicianId: null, startsAt: null, endsAt: null, ...(resent.length > 0 ? { state: 'scheduled' } : {}) },
    said: `${visit.shortName} is unassigned`,
    toasted: true,
    back: [assignStep(visit, before, visit.overbooked && person.mayOverbook, true), ...resent],
    overbook: null,
  })
}

const UNDONE = 'Undone at once'

/** The states to pass through from `to` so as to stand at `from` again. */
function wayBack(from: AppointmentState, to: AppointmentState): readonly AppointmentState[] {
  if (transitionBetween(to, from)) return [from]
  // A canceled visit comes back scheduled or confirmed; the rest of its way is walked again.
  const rest: Readonly<Partial<Record<AppointmentState, readonly AppointmentState[]>>> = {
    dispatched: ['scheduled', 'dispatched'],
    working: ['scheduled', 'dispatched', 'working'],
  }
  return rest[from] ?? []
}

/** Says how far a visit is. A reason is needed for hold, canceled and every way back. */
export function changeVisitState(visit: BoardVisit, to: AppointmentState, reason: string | null): Promise<boolean> {
  return carryOut({
    visit,
    step: stateStep(visit, to, reason),
    becomes: { state: to },
    said: `${visit.shortName} is ${STATE_NAMES[to].toLowerCase()}`,
    toasted: true,
    back: wayBack(visit.state, to).map((state) => stateStep(visit, state, UNDONE)),
    overbook: null,
  })
}

/** Debriefs a visit that is done. */
export function closeOutVisit(visit: BoardVisit, notes: string, equipment: string): Promise<boolean> {
  return carryOut({
    visit,
    step: (expectedVersion) => api.command('appointment.closeOut', { appointmentId: visit.id, notes, equipment, expectedVersion }),
    becomes: {},
    said: `${visit.shortName} is closed out`,
    toasted: true,
    back: [],
    overbook: null,
  })
}

/** Takes the last act back by a new command; refused, with who it was, where somebody has changed the visit since. */
export async function undoLast(): Promise<void> {
  const entry = popUndo()
  if (!entry) {
    announce('There is nothing to undo')
    return
  }
  useBoardStore.setState({ refusal: null, pending: new Map() })
  try {
    await inLine(entry.run)
    announce(`Undone: ${entry.label}`)
  } catch (thrown) {
    showRefusal({ message: asContractError(thrown).message, inTheWayId: null, overbook: null })
  }
}
