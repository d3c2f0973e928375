import { create } from 'zustand'
import type { Instant } from '../../shared/base/time.ts'
import type { TimeBlock } from '../../shared/contract/methods/dispatch.ts'
import type { Acceptance } from '../../shared/domain/dispatch/acceptance.ts'
import type { AppointmentState } from '../../shared/domain/dispatch/tables.ts'

/** What the panel beside the board is asked to do with the selected visit. */
export type BoardPanel =
  | { readonly kind: 'detail' }
  | { readonly kind: 'assign' }
  /** Hold, cancel or back: they need to say why. */
  | { readonly kind: 'reason'; readonly to: AppointmentState }
  | { readonly kind: 'closeOut' }
  /** What is handed on before the visit goes out. */
  | { readonly kind: 'handOff' }
  /** Who goes along. */
  | { readonly kind: 'crew' }
  /** The technician or the very time that the customer was promised. */
  | { readonly kind: 'promise' }
  /** The customer wants another time, or said what they do about it. */
  | { readonly kind: 'reschedule' }
  | { readonly kind: 'split' }

/** What was refused, in place, with the way out where the person may take it. */
export interface BoardRefusal {
  readonly message: string
  /** The visit that is in the way, to mark it on the board. */
  readonly inTheWayId: string | null
  readonly overbook: (() => void) | null
  /** Does it though the customer was promised otherwise, once somebody has said who accepted it; absent where that is not what stands against it. */
  readonly accept?: ((acceptance: Acceptance) => void) | null
}

/** A change shown before the backend's answer has come round through the query: data moves at 0 ms. */
export interface PendingVisit {
  readonly technicianId: string | null
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  readonly state: AppointmentState
  /** The version the visit will have; once the board shows it, this is past. */
  readonly version: number
}

/** Kept time shown where it goes before the backend's answer has come round. */
export interface PendingTime {
  readonly technicianId: string
  readonly block: TimeBlock & { readonly id: string }
  /** The lunch of the week that it is from now on: not shown beside it. */
  readonly insteadOf: { readonly technicianId: string; readonly startsAt: Instant } | null
  /** The backend has said yes: the next answer about the day shows it. */
  readonly done: boolean
}

/** How to take an act back and to do it again: commands that each expect the version the one before left. */
export interface UndoEntry {
  readonly label: string
  /** @param outOfTurn something newer may stand in its way that can be taken back itself: what is refused is not given up */
  readonly undo: (outOfTurn: boolean) => Promise<void>
  readonly redo: () => Promise<void>
}

interface BoardStore {
  readonly selectedId: string | null
  /** The selected visit's bar: one of several where a crew goes to it. */
  readonly selectedKey: string | null
  /** Visits chosen together, to be moved as one; empty where only the selected one is meant. */
  readonly chosenIds: ReadonlySet<string>
  /** Grows when the selected visit should take the focus. */
  readonly focusRequest: number
  readonly panel: BoardPanel | null
  /** A form stands beside the board in place of a visit: what is typed into it is not to be lost either. */
  readonly formAside: boolean
  /** Something was typed into the selected visit’s form: it stands until that is sent, or left with Escape. */
  readonly typed: boolean
  /** Grows when somebody would leave such a form for another visit: the focus goes back into it. */
  readonly formRequest: number
  /** Grows when a visit is opened from outside of the board: by a link, or in another window. */
  readonly openRequest: number
  readonly refusal: BoardRefusal | null
  /** What the hand has lifted; the board stands still meanwhile. */
  readonly liftedIds: ReadonlySet<string>
  readonly pending: ReadonlyMap<string, PendingVisit>
  /** By the id of its row, which the lunch of the week gets only now. */
  readonly pendingTimes: ReadonlyMap<string, PendingTime>
  /** Who has just changed a visit elsewhere, by the visit. */
  readonly changedBy: ReadonlyMap<string, string>
  /** Whose acts the two piles hold. */
  readonly pileOf: string | null
  readonly undoable: readonly UndoEntry[]
  readonly redoable: readonly UndoEntry[]
  /** What the live region says. */
  readonly said: string
}

const UNDO_LIMIT = 50
const NOTHING: ReadonlySet<string> = new Set()

export const useBoardStore = create<BoardStore>(() => ({
  selectedId: null,
  selectedKey: null,
  chosenIds: NOTHING,
  focusRequest: 0,
  panel: null,
  formAside: false,
  typed: false,
  formRequest: 0,
  openRequest: 0,
  refusal: null,
  liftedIds: NOTHING,
  pending: new Map(),
  pendingTimes: new Map(),
  changedBy: new Map(),
  pileOf: null,
  undoable: [],
  redoable: [],
  said: '',
}))

const { setState, getState } = useBoardStore

/** A form is open: what is typed into it is worth more than showing what is chosen or opened elsewhere. */
export function isFilling(): boolean {
  const { panel, formAside } = getState()
  return formAside || (panel !== null && panel.kind !== 'detail')
}

/** They do what is chosen at once, or keep what is typed themselves: nothing is lost where they are left. */
const NOTHING_WAITS: ReadonlySet<BoardPanel['kind']> = new Set(['detail', 'crew', 'handOff'])

/** Notes that the form beside the board is no longer as it was opened. */
export function noteTyped(): void {
  const { panel, typed } = getState()
  if (!typed && panel !== null && !NOTHING_WAITS.has(panel.kind)) setState({ typed: true })
}

/** The form is gone from the screen, and what was typed with it: nobody can be led back into it. */
export function forgetTyped(): void {
  if (getState().typed) setState({ typed: false })
}

/** Back into the form in which something was typed. @returns false where there is none */
export function returnToForm(): boolean {
  const { typed, formRequest } = getState()
  if (typed) setState({ formRequest: formRequest + 1 })
  return typed
}

/** @param options `focus` gives it the keyboard, too; `key` names its bar where it has several */
export function selectVisit(visitId: string | null, options: { readonly focus?: boolean; readonly key?: string } = {}): void {
  const { focusRequest, selectedId: before, selectedKey, panel } = getState()
  if (visitId !== null && visitId !== before && returnToForm()) return
  // Looking at a technician or their lunch meanwhile says nothing about the visit whose form is open.
  const selectedId = visitId === null && options.key !== undefined && isFilling() ? before : visitId
  const key = options.key ?? (selectedId === before ? selectedKey : selectedId)
  if (selectedId === before && key === selectedKey && !options.focus) return
  setState({
    selectedId,
    selectedKey: key,
    focusRequest: options.focus ? focusRequest + 1 : focusRequest,
    // A half-filled form belongs to the visit it was opened for.
    ...(selectedId !== before && panel !== null && panel.kind !== 'detail' ? { panel: { kind: 'detail' }, typed: false } : {}),
    ...(selectedId !== before ? { refusal: null } : {}),
  })
}

/** Chooses visits together; one visit alone is no choice. */
export function chooseVisits(visitIds: Iterable<string>): void {
  const chosen = new Set(visitIds)
  const { chosenIds } = getState()
  if (chosen.size === 0 && chosenIds.size === 0) return
  setState({ chosenIds: chosen.size === 0 ? NOTHING : chosen })
}

/** Puts a visit to those chosen together, or takes it away from them. */
export function toggleChosen(visitId: string): void {
  const chosen = new Set(getState().chosenIds)
  if (!chosen.delete(visitId)) chosen.add(visitId)
  chooseVisits(chosen)
}

/** Opens a visit from outside of the board, in front of whatever stands beside it. */
export function openVisit(visitId: string): void {
  setState({ typed: false })
  selectVisit(visitId, { focus: true })
  setState({ panel: { kind: 'detail' }, openRequest: getState().openRequest + 1 })
}

export function setFormAside(formAside: boolean): void {
  if (getState().formAside !== formAside) setState({ formAside })
}

export function openPanel(panel: BoardPanel): void {
  setState({ panel, typed: false })
}

/** Back to the board, with the focus where it was. */
export function closePanel(): void {
  setState({ panel: null, typed: false, focusRequest: getState().focusRequest + 1 })
}

/**
 * Closes the form of a visit whose act is done, also where it was done only after an overbooking or an acceptance. Another panel
 * stays, and another visit's form: what is typed there has nothing to do with it.
 */
export function closeForm(kind: BoardPanel['kind'], visitId: string): void {
  const { panel, selectedId } = getState()
  if (panel?.kind === kind && selectedId === visitId) closePanel()
}

export function showRefusal(refusal: BoardRefusal | null): void {
  setState({ refusal })
}

export function setLifted(visitIds: readonly string[]): void {
  setState({ liftedIds: visitIds.length === 0 ? NOTHING : new Set(visitIds) })
}

export function announce(said: string): void {
  setState({ said })
}

export function setPending(visitId: string, visit: PendingVisit | null): void {
  const pending = new Map(getState().pending)
  if (visit) pending.set(visitId, visit)
  else pending.delete(visitId)
  setState({ pending })
}

export function setPendingTime(id: string, time: PendingTime | null): void {
  const pendingTimes = new Map(getState().pendingTimes)
  if (time) pendingTimes.set(id, time)
  else pendingTimes.delete(id)
  setState({ pendingTimes })
}

/** An answer about the day is here: it shows what the backend had said yes to. */
export function settleTimes(): void {
  const { pendingTimes } = getState()
  const left = new Map([...pendingTimes].filter(([, { done }]) => !done))
  if (left.size < pendingTimes.size) setState({ pendingTimes: left })
}

/** Says on the bars who changed them, until it is no news any more. */
export function showChangedBy(changes: ReadonlyMap<string, string>): void {
  setState({ changedBy: new Map([...getState().changedBy, ...changes]) })
}

export function forgetChangedBy(visitIds: Iterable<string>): void {
  const changedBy = new Map(getState().changedBy)
  for (const id of visitIds) changedBy.delete(id)
  setState({ changedBy })
}

/** Whoever works here from now on takes back what they do, and nothing of those before them. */
export function beginPile(userId: string): void {
  if (getState().pileOf !== userId) setState({ pileOf: userId, undoable: [], redoable: [] })
}

/**
 * After a new act there is nothing to do again.
 * @param by whose act it is: its answer may come when somebody else has signed in
 */
export function pushUndo(entry: UndoEntry, by = getState().pileOf): void {
  const { pileOf, undoable } = getState()
  if (pileOf === by) setState({ undoable: [...undoable, entry].slice(-UNDO_LIMIT), redoable: [] })
}

const without = (pile: readonly UndoEntry[], entry: UndoEntry): readonly UndoEntry[] => pile.filter((other) => other !== entry)
const onTop = (pile: readonly UndoEntry[], entry: UndoEntry): readonly UndoEntry[] => [...without(pile, entry), entry].slice(-UNDO_LIMIT)

/**
 * What was undone can be done again, what was done again can be undone.
 * @param left some of the act, or all of it, is still to be done that way: it stays where it lies
 * @param came some of it was done: it lies on the other pile as well
 */
export function changePile(entry: UndoEntry, became: 'undone' | 'redone', { left, came }: { readonly left: boolean; readonly came: boolean }): void {
  const { undoable, redoable } = getState()
  const [from, to] = became === 'undone' ? [undoable, redoable] : [redoable, undoable]
  if (!from.includes(entry)) return
  const [rest, reached] = [left ? from : without(from, entry), came ? onTop(to, entry) : to]
  setState(became === 'undone' ? { undoable: rest, redoable: reached } : { redoable: rest, undoable: reached })
}

/** Forgets what belongs to one person's hands when the board is left. */
export function leaveBoard(): void {
  setState({ panel: null, formAside: false, typed: false, refusal: null, liftedIds: NOTHING, chosenIds: NOTHING, pending: new Map(), pendingTimes: new Map(), changedBy: new Map(), said: '' })
}
