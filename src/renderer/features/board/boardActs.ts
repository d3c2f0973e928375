import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../../shared/domain/dispatch/acceptance.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { CommandAnswer, OutputOf } from '../../api/types.ts'
import { announce, changePile, type PendingVisit, popRedo, popUndo, pushUndo, setPending, showRefusal, type UndoEntry, useBoardStore } from '../../stores/board.ts'
import { toast } from '../../stores/toast.ts'
import { createStandingVersions } from './standingVersions.ts'
import { carryTogether } from './together.ts'

/** How an act on the board is carried out, undone and done again: one visit or several as one. */

type Standing = OutputOf<'board.standing'>['visits'][number]['standing']

/** A command about one visit, given the version it may expect; null where any will do. */
export type Step = (expectedVersion: number | null) => Promise<CommandAnswer>

/** What one act does to one visit. */
export interface Move {
  readonly visit: BoardVisit
  readonly step: Step
  /** What it will look like, shown at once. */
  readonly becomes: Partial<Omit<PendingVisit, 'version'>>
  /** The version that the person was shown, where that is not what the board shows: a proposal made earlier. */
  readonly seenVersion?: number
  /** Those of one group hold only together: where one is refused, the others are put back. */
  readonly group?: number | undefined
}

export interface Act {
  readonly moves: readonly Move[]
  /** What is heard and shown of it: “Natarajan to Wes Tran, 2:15 PM”. */
  readonly said: string
  /** Also as a toast with Undo: for what changes more than a place. */
  readonly toasted: boolean
  /** Only on what the person has seen: refused where somebody changed it meanwhile. */
  readonly careful: boolean
  readonly undoable: boolean
  /** Does the same again to what stayed, with the overbooking accepted; null where the person may not. */
  readonly overbook: ((stayed: readonly BoardVisit[]) => void) | null
  /** Does the same again to what stayed, once somebody has accepted what it breaks. */
  readonly accept: ((stayed: readonly BoardVisit[], acceptance: Acceptance) => void) | null
  /** Told which visits are not where they were to go. */
  readonly stayed?: (visits: readonly BoardVisit[]) => void
}

/** How a visit stood before an act and as which version, and the version the act left. */
interface Taken {
  readonly move: Move
  readonly standing: Standing
  readonly before: number
  readonly left: number
}

interface Stayed {
  readonly visit: BoardVisit
  readonly error: ReturnType<typeof asContractError>
  /** It is neither where it was nor where it was to go: it was taken off for a moment, and nobody has it now. */
  readonly isAdrift?: boolean
}

/** The newest version this page knows of: a command's own step counts before the board has heard of it. */
const versions = new Map<string, number>()

/** What this page undid and did again. */
export const standingVersions = createStandingVersions()

/** Acts go out one after the other, so that each finds the version the one before left. */
let line: Promise<unknown> = Promise.resolve()

function inLine<T>(act: () => Promise<T>): Promise<T> {
  const next = line.then(act, act)
  line = next.catch(() => undefined)
  return next
}

const knownVersion = (visit: BoardVisit): number => Math.max(visit.version, versions.get(visit.id) ?? 0)

/** Looks how the visit stands, then acts. @returns null where the act can't be taken back: a visit that was closed out */
async function takeStep(move: Move, expectedVersion: number | null): Promise<Taken | null> {
  const { id } = move.visit
  const [before] = (await api.query('board.standing', { appointmentIds: [id] })).visits
  const { changed } = await move.step(expectedVersion)
  if (!before) return null
  // Nothing is listed where the answer came to a second sending: then it was done.
  const touched = changed.length === 0 || changed.some((row) => row.table === 'appointment' && row.id === id)
  const left = touched ? before.version + 1 : before.version
  versions.set(id, left)
  return before.closedOut || !touched ? null : { move, standing: before.standing, before: before.version, left }
}

/** Does something to each, goes on where one is refused, and says which stayed. */
async function each<T, R>(all: readonly T[], visitOf: (one: T) => BoardVisit, act: (one: T) => Promise<R>): Promise<{ readonly done: readonly R[]; readonly stayed: readonly Stayed[] }> {
  const [done, stayed]: [R[], Stayed[]] = [[], []]
  for (const one of all) {
    try {
      done.push(await act(one))
    } catch (thrown) {
      stayed.push({ visit: visitOf(one), error: asContractError(thrown) })
    }
  }
  return { done, stayed }
}

const isTaken = (taken: Taken | null): taken is Taken => taken !== null

/** `Natarajan stayed: Wes Tran is with…`, and how many more did. */
function stayedWords(all: readonly Stayed[]): string {
  const adrift = all.filter(({ isAdrift }) => isAdrift)
  const stayed = all.filter(({ isAdrift }) => !isAdrift)
  const [first] = stayed
  const lost = adrift.map(({ visit, error }) => `${visit.shortName} does not stand where it stood, look at it now: ${error.message}`)
  if (!first) return lost.join(' ')
  if (lost.length > 0) return `${lost.join(' ')} ${stayedWords(stayed)}`
  return `${stayed.length === 1 ? first.visit.shortName : `${first.visit.shortName} and ${stayed.length - 1} more`} stayed: ${first.error.message}`
}

class PartlyDone extends Error {}

/** One entry for everything that was done; a visit that can't go back by now stays, and the others still go. */
function entryFor(label: string, first: readonly Taken[]): UndoEntry {
  let taken = first
  const settle = (stayed: readonly Stayed[], count: number): void => {
    if (stayed.length === 0) return
    const [only] = stayed
    if (count === 1 && only) throw new Error(only.error.message)
    throw new PartlyDone(`${count - stayed.length} of ${count} visits. ${stayedWords(stayed)}`)
  }
  return {
    label,
    undo: async () => {
      const all = taken.toReversed()
      const { done, stayed } = await each(all, ({ move }) => move.visit, async (one) => {
        const { id } = one.move.visit
        const expectedVersion = standingVersions.now(id, one.left)
        await api.command('appointment.putBack', { appointmentId: id, standing: one.standing, expectedVersion })
        versions.set(id, expectedVersion + 1)
        standingVersions.again(id, expectedVersion + 1, one.before)
        return one
      })
      taken = done.toReversed()
      settle(stayed, all.length)
    },
    redo: async () => {
      const all = taken
      const { done, stayed } = await each(all, ({ move }) => move.visit, async ({ move, before, left }) => {
        const again = await takeStep(move, standingVersions.now(move.visit.id, before))
        if (again) standingVersions.again(move.visit.id, again.left, left)
        return again
      })
      taken = done.filter(isTaken)
      settle(stayed, all.length)
    },
  }
}

/** A visit stands again as before an act that is not to be. */
async function takeBack({ move, standing, before, left }: Taken): Promise<void> {
  const { id } = move.visit
  await api.command('appointment.putBack', { appointmentId: id, standing, expectedVersion: left })
  versions.set(id, left + 1)
  standingVersions.again(id, left + 1, before)
}

/** The moves of an act in their order. The second step of one visit expects what the first has left. */
async function carryMoves(moves: readonly Move[], careful: boolean): Promise<{ readonly done: readonly (Taken | null)[]; readonly stayed: readonly Stayed[] }> {
  const begun = new Set<string>()
  const { done, stayed, adrift } = await carryTogether(moves, {
    carry: (move) => {
      const { visit, seenVersion } = move
      const expected = seenVersion !== undefined && !begun.has(visit.id) ? seenVersion : knownVersion(visit)
      begun.add(visit.id)
      return takeStep(move, careful ? expected : null)
    },
    putBack: (taken: Taken | null) => (taken === null ? Promise.resolve() : takeBack(taken)),
  })
  const all = [
    ...adrift.map(({ act, thrown }): Stayed => ({ visit: act.visit, error: asContractError(thrown), isAdrift: true })),
    ...stayed.map(({ act, thrown }): Stayed => ({ visit: act.visit, error: asContractError(thrown) })),
  ]
  // A visit has two steps where it was taken off for a moment; it stayed once.
  return { done, stayed: all.filter(({ visit }, index) => all.findIndex((other) => other.visit.id === visit.id) === index) }
}

/** @returns whether all of it was done */
export async function carryOut({ moves, said, toasted, careful, undoable, overbook, accept, stayed: tell }: Act): Promise<boolean> {
  showRefusal(null)
  for (const { visit, becomes } of moves) {
    const { technicianId, startsAt, endsAt, state } = visit
    setPending(visit.id, { technicianId, startsAt, endsAt, state, ...becomes, version: knownVersion(visit) + 1 })
  }
  const { done, stayed } = await inLine(() => carryMoves(moves, careful))
  for (const { visit } of stayed) setPending(visit.id, null)
  const taken = done.filter(isTaken)
  if (undoable && taken.length > 0) pushUndo(entryFor(said, taken))
  const [first] = stayed
  if (first) {
    const left = stayed.map(({ visit }) => visit)
    const count = new Set(moves.map(({ visit }) => visit.id)).size
    tell?.(left)
    const { code, message, subject } = first.error
    showRefusal({
      message: count === 1 ? message : stayedWords(stayed),
      inTheWayId: code === 'dispatch.doubleBooked' ? (subject?.id ?? null) : null,
      overbook: code === 'dispatch.doubleBooked' && overbook ? () => overbook(left) : null,
      accept: code === 'dispatch.acceptance' && accept ? (acceptance) => accept(left, acceptance) : null,
    })
    if (done.length > 0) announce(`${count - left.length} of ${count} visits moved. ${stayedWords(stayed)}`)
    return false
  }
  if (toasted) toast(said, undoable && taken.length > 0 ? () => void undoLast() : undefined)
  else announce(said)
  return true
}

/** An act that is no visit's alone: kept time, a split. Refused in place; undone and done again by what it says. */
export async function carryOutOther(said: string, act: () => Promise<Pick<UndoEntry, 'undo' | 'redo'>>, overbook: (() => void) | null): Promise<boolean> {
  showRefusal(null)
  try {
    pushUndo({ label: said, ...(await inLine(act)) })
    toast(said, () => void undoLast())
    return true
  } catch (thrown) {
    const { code, message, subject } = asContractError(thrown)
    showRefusal({ message, inTheWayId: code === 'dispatch.doubleBooked' ? (subject?.id ?? null) : null, overbook: code === 'dispatch.doubleBooked' ? overbook : null })
    return false
  }
}

/** What somebody just did is what they take back, even where its answer is still on the way. */
const underway = (): Promise<void> => inLine(() => Promise.resolve())

async function turn(entry: UndoEntry, way: 'undone' | 'redone'): Promise<void> {
  useBoardStore.setState({ refusal: null, pending: new Map(), pendingTimes: new Map() })
  const word = way === 'undone' ? 'Undone' : 'Done again'
  try {
    await inLine(way === 'undone' ? entry.undo : entry.redo)
    changePile(entry, way)
    announce(`${word}: ${entry.label}`)
  } catch (thrown) {
    const partly = thrown instanceof PartlyDone
    if (partly) changePile(entry, way)
    const message = thrown instanceof Error ? thrown.message : asContractError(thrown).message
    showRefusal({ message: partly ? `${word}: ${message}` : message, inTheWayId: null, overbook: null })
  }
}

/** Takes the last act back by new commands; refused, with who it was, where somebody has changed the visit since. */
export async function undoLast(): Promise<void> {
  await underway()
  const entry = popUndo()
  if (!entry) return announce('There is nothing to undo')
  await turn(entry, 'undone')
}

/** Does again what was undone last, as long as nothing else was done since. */
export async function redoNext(): Promise<void> {
  await underway()
  const entry = popRedo()
  if (!entry) return announce('There is nothing to do again')
  await turn(entry, 'redone')
}
