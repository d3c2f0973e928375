import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../../shared/domain/dispatch/acceptance.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { CommandAnswer, OutputOf } from '../../api/types.ts'
import { announce, changePile, type PendingVisit, pushUndo, setPending, showRefusal, type UndoEntry, useBoardStore } from '../../stores/board.ts'
import { toast, withdrawToast } from '../../stores/toast.ts'
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

interface Stayed<T> {
  readonly one: T
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

async function standingVersion(appointmentId: string): Promise<number | null> {
  return (await api.query('board.standing', { appointmentIds: [appointmentId] })).visits[0]?.version ?? null
}

/** Looks how the visit stands, then acts. @returns null where there is nothing to take back: a visit that was closed out, or nothing changed */
async function takeStep(move: Move, expectedVersion: number | null): Promise<Taken | null> {
  const { id } = move.visit
  const [before] = (await api.query('board.standing', { appointmentIds: [id] })).visits
  const { changed } = await move.step(expectedVersion)
  if (!before) return null
  // Nothing is listed where nothing was changed, and where the answer came to a second sending: then it was.
  const listed = changed.some((row) => row.table === 'appointment' && row.id === id) ? before.version + 1 : before.version
  const left = changed.length === 0 ? ((await standingVersion(id)) ?? before.version) : listed
  versions.set(id, left)
  return before.closedOut || left === before.version ? null : { move, standing: before.standing, before: before.version, left }
}

/** Does something to each, goes on where one is refused, and says which stayed. A visit’s further steps stay with the one that did. */
async function each<T, R>(all: readonly T[], visitOf: (one: T) => BoardVisit, act: (one: T) => Promise<R>): Promise<{ readonly done: readonly R[]; readonly stayed: readonly Stayed<T>[] }> {
  const [done, stayed]: [R[], Stayed<T>[]] = [[], []]
  for (const one of all) {
    const visit = visitOf(one)
    const before = stayed.find((other) => other.visit.id === visit.id)
    try {
      if (before) stayed.push({ one, visit, error: before.error })
      else done.push(await act(one))
    } catch (thrown) {
      stayed.push({ one, visit, error: asContractError(thrown) })
    }
  }
  return { done, stayed }
}

const isTaken = (taken: Taken | null): taken is Taken => taken !== null

/** `Natarajan stayed: Wes Tran is with…`, and how many more did. */
function stayedWords(all: readonly Stayed<unknown>[]): string {
  const adrift = all.filter(({ isAdrift }) => isAdrift)
  const stayed = all.filter(({ isAdrift }) => !isAdrift)
  const [first] = stayed
  const lost = adrift.map(({ visit, error }) => `${visit.shortName} does not stand where it stood, look at it now: ${error.message}`)
  if (!first) return lost.join(' ')
  if (lost.length > 0) return `${lost.join(' ')} ${stayedWords(stayed)}`
  return `${stayed.length === 1 ? first.visit.shortName : `${first.visit.shortName} and ${stayed.length - 1} more`} stayed: ${first.error.message}`
}

/** What came of turning an act back or forth where not all of it could be: what is still to be done that way, and whether any was. */
class NotAll extends Error {
  readonly left: boolean
  readonly came: boolean

  constructor(message: string, { left, came }: { readonly left: boolean; readonly came: boolean }) {
    super(message)
    this.left = left
    this.came = came
  }
}

/** It has gone on since, for good: another try is refused as well. A line that is away, or a time that is taken, is none of these. */
const OVER: ReadonlySet<string> = new Set(
  ['movedOn', 'timeMovedOn', 'notYours', 'noWayBack', 'unknownVisit', 'unknownTime', 'restInUse', 'invoiced', 'jobCanceled'].map((code) => `dispatch.${code}`),
)

/** One entry for everything that was done; a visit that can't go back by now stays, and the others still go. */
function entryFor(label: string, first: readonly Taken[]): UndoEntry {
  let stands = first
  let undone: readonly Taken[] = []
  const visitOf = ({ move }: Taken): BoardVisit => move.visit
  const settle = (stayed: readonly Stayed<Taken>[], of: readonly Taken[], left: readonly Taken[]): void => {
    const [only] = stayed
    if (!only) return
    // A visit may have two steps, taken off and put elsewhere: it stayed once.
    const visits = new Set(of.map(({ move }) => move.visit.id)).size
    const stuck = [...new Map(stayed.map((one) => [one.visit.id, one])).values()]
    const message = visits === 1 ? only.error.message : `${visits - stuck.length} of ${visits} visits. ${stayedWords(stuck)}`
    throw new NotAll(message, { left: left.length > 0, came: stayed.length < of.length })
  }
  /** Those of what stayed that may yet go another time, in their order. */
  const open = (all: readonly Taken[], stayed: readonly Stayed<Taken>[], outOfTurn: boolean): readonly Taken[] => {
    const again = new Set(stayed.flatMap(({ one, error }) => (outOfTurn || !OVER.has(error.code) ? [one] : [])))
    return all.filter((one) => again.has(one))
  }
  return {
    label,
    undo: async (outOfTurn) => {
      const all = stands
      const { done, stayed } = await each(all.toReversed(), visitOf, async (one) => {
        const { id } = one.move.visit
        const expectedVersion = standingVersions.now(id, one.left)
        await api.command('appointment.putBack', { appointmentId: id, standing: one.standing, expectedVersion })
        versions.set(id, expectedVersion + 1)
        standingVersions.again(id, expectedVersion + 1, one.before)
        return one
      })
      stands = open(all, stayed, outOfTurn)
      undone = [...done.toReversed(), ...undone]
      settle(stayed, all, stands)
    },
    redo: async () => {
      const all = undone
      const { done, stayed } = await each(all, visitOf, async ({ move, before, left }) => {
        const again = await takeStep(move, standingVersions.now(move.visit.id, before))
        if (again) standingVersions.again(move.visit.id, again.left, left)
        return again
      })
      undone = open(all, stayed, false)
      stands = [...stands, ...done.filter(isTaken)]
      settle(stayed, all, undone)
    },
  }
}

/** The toast of the act before: its Undo would be taken for that of what was done since. */
let lastToast: (() => void) | undefined

/** Says what was done; with Undo where it can be taken back, and for that act alone. */
function tell(said: string, toasted: boolean, entry: UndoEntry | null): void {
  if (toasted) {
    lastToast = entry ? () => void undoThis(entry) : undefined
    toast(said, lastToast)
    return
  }
  if (lastToast) withdrawToast(lastToast)
  announce(said)
}

/** A visit stands again as before an act that is not to be. */
async function takeBack({ move, standing, before, left }: Taken): Promise<void> {
  const { id } = move.visit
  await api.command('appointment.putBack', { appointmentId: id, standing, expectedVersion: left })
  versions.set(id, left + 1)
  standingVersions.again(id, left + 1, before)
}

/** The moves of an act in their order. The second step of one visit expects what the first has left. */
async function carryMoves(moves: readonly Move[], careful: boolean): Promise<{ readonly done: readonly (Taken | null)[]; readonly stayed: readonly Stayed<Move>[] }> {
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
    ...adrift.map(({ act, thrown }): Stayed<Move> => ({ one: act, visit: act.visit, error: asContractError(thrown), isAdrift: true })),
    ...stayed.map(({ act, thrown }): Stayed<Move> => ({ one: act, visit: act.visit, error: asContractError(thrown) })),
  ]
  // A visit has two steps where it was taken off for a moment; it stayed once.
  return { done, stayed: all.filter(({ visit }, index) => all.findIndex((other) => other.visit.id === visit.id) === index) }
}

/** @returns whether all of it was done */
export async function carryOut({ moves, said, toasted, careful, undoable, overbook, accept, stayed: tellStayed }: Act): Promise<boolean> {
  showRefusal(null)
  const by = useBoardStore.getState().pileOf
  for (const { visit, becomes } of moves) {
    const { technicianId, startsAt, endsAt, state } = visit
    setPending(visit.id, { technicianId, startsAt, endsAt, state, ...becomes, version: knownVersion(visit) + 1 })
  }
  const { done, stayed } = await inLine(() => carryMoves(moves, careful))
  for (const { visit } of stayed) setPending(visit.id, null)
  const taken = done.filter(isTaken)
  const entry = undoable && taken.length > 0 ? entryFor(said, taken) : null
  if (entry) pushUndo(entry, by)
  const [first] = stayed
  if (first) {
    const left = stayed.map(({ visit }) => visit)
    const count = new Set(moves.map(({ visit }) => visit.id)).size
    tellStayed?.(left)
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
  tell(said, toasted, entry)
  return true
}

/** Keeps an act that was carried out elsewhere, and says it: other hours are taken back with Ctrl+Z as every act on the board is. */
export function rememberAct(entry: UndoEntry): void {
  pushUndo(entry)
  tell(entry.label, true, entry)
}

/**
 * An act that is no visit's alone: kept time, a split. Refused in place; undone and done again by what it says.
 * @param act how it is undone and done again; null where it changed nothing
 */
export async function carryOutOther(said: string, act: () => Promise<Pick<UndoEntry, 'undo' | 'redo'> | null>, overbook: (() => void) | null): Promise<boolean> {
  showRefusal(null)
  const by = useBoardStore.getState().pileOf
  try {
    const turns = await inLine(act)
    const entry = turns && { label: said, ...turns }
    if (entry) pushUndo(entry, by)
    tell(said, true, entry)
    return true
  } catch (thrown) {
    const { code, message, subject } = asContractError(thrown)
    showRefusal({ message, inTheWayId: code === 'dispatch.doubleBooked' ? (subject?.id ?? null) : null, overbook: code === 'dispatch.doubleBooked' ? overbook : null })
    return false
  }
}

/** What somebody just did is what they take back, even where its answer is still on the way. */
const underway = (): Promise<void> => inLine(() => Promise.resolve())

/** One at a time: two quick presses take back two acts. */
let turns: Promise<unknown> = Promise.resolve()

function inTurn(act: () => Promise<void>): Promise<void> {
  const next = turns.then(underway).then(act)
  turns = next.catch(() => undefined)
  return next
}

interface Outcome {
  readonly message: string
  readonly left: boolean
  readonly came: boolean
}

function outcomeOf(thrown: unknown, outOfTurn: boolean): Outcome {
  if (thrown instanceof NotAll) return thrown
  const { code, message } = asContractError(thrown)
  return { message, left: outOfTurn || !OVER.has(code), came: false }
}

async function turn(entry: UndoEntry, way: 'undone' | 'redone', outOfTurn = false): Promise<void> {
  useBoardStore.setState({ refusal: null, pending: new Map(), pendingTimes: new Map() })
  const word = way === 'undone' ? 'Undone' : 'Done again'
  try {
    await inLine(way === 'undone' ? () => entry.undo(outOfTurn) : entry.redo)
    changePile(entry, way, { left: false, came: true })
    announce(`${word}: ${entry.label}`)
  } catch (thrown) {
    const { message, left, came } = outcomeOf(thrown, outOfTurn)
    // It stays on its pile as long as another try may do it: a line that is away is no reason to lose it.
    changePile(entry, way, { left, came })
    const again = way === 'redone' ? 'Ctrl+Shift+Z tries again.' : outOfTurn ? 'Ctrl+Z takes back the newest first.' : 'Ctrl+Z tries again.'
    const further = left ? again : way === 'undone' ? 'What you did before it can still be undone.' : ''
    showRefusal({ message: [came ? `${word}: ${message}` : message, further].filter(Boolean).join(' '), inTheWayId: null, overbook: null })
  }
}

/** Takes the last act back by new commands; refused, with who it was, where somebody has changed the visit since. */
export function undoLast(): Promise<void> {
  return inTurn(async () => {
    const entry = useBoardStore.getState().undoable.at(-1)
    if (entry) await turn(entry, 'undone')
    else announce('There is nothing to undo')
  })
}

/** Takes back that act and no other, though something newer may have been done since. */
function undoThis(entry: UndoEntry): Promise<void> {
  return inTurn(async () => {
    const { undoable } = useBoardStore.getState()
    if (undoable.includes(entry)) await turn(entry, 'undone', undoable.at(-1) !== entry)
    else announce('This is undone already')
  })
}

/** Does again what was undone last, as long as nothing else was done since. */
export function redoNext(): Promise<void> {
  return inTurn(async () => {
    const entry = useBoardStore.getState().redoable.at(-1)
    if (entry) await turn(entry, 'redone')
    else announce('There is nothing to do again')
  })
}
