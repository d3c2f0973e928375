import { useRef } from 'react'
import { addDays, MINUTE, QUARTER_HOUR, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { Hotkey } from '../../components/hotkeyRegistry.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { announce, chooseVisits, closePanel, selectVisit, showRefusal, toggleChosen, useBoardStore } from '../../stores/board.ts'
import { planVisit, planVisits, redoNext, unassignVisits, undoLast, type ActingPerson } from './boardActions.ts'
import type { OwnedBlock } from './timeActions.ts'
import { type BoardCell, cellIn, type Direction, headKey, neighbour, technicianOfKey, walkFrom, type Walk } from './boardCells.ts'
import { adjacentTechnician, isPlanned, type PlannedBoardVisit, type TechnicianRow, tryPlan } from './boardLayout.ts'
import { movedTogether, stayWords } from './moveTogether.ts'
import { extendTime, giveBack, shiftTime, timeOf } from './boardTimeActs.ts'
import { trialProblems } from './boardWords.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'
import { actionsFor, type VisitAction } from './visitActions.ts'

export interface BoardKeysParts {
  readonly model: BoardModel
  readonly clock: WallClock
  readonly day: IsoDay
  /** How many are shown. */
  readonly days: number
  readonly today: IsoDay
  readonly person: ActingPerson
  readonly goToDay: (day: IsoDay) => void
  readonly act: (visit: BoardVisit, action: VisitAction) => void
  readonly open: (visitId: string) => void
  readonly openTechnician: (technicianId: string) => void
  /** The form that changes kept time. */
  readonly changeTime: (block: OwnedBlock) => void
  readonly goToUnassigned: () => void
  readonly zoom: (direction: 1 | -1 | null) => void
  /** Hours later or earlier, for the eye: the keyboard stays where it is. */
  readonly scrollAcross: (direction: 1 | -1) => void
}

/** Where a bar is put. */
export interface NewPlace {
  readonly row: TechnicianRow
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Moves a bar, or one of its ends, and says what came of it. */
function moveBar(clock: WallClock, visit: BoardVisit, { row, startsAt, endsAt }: NewPlace, person: ActingPerson): void {
  const trial = tryPlan(visit, row, startsAt, endsAt - startsAt)
  const problems = trialProblems({ ...trial, inTheWay: [] }, clock)
  const extends_ = visit.technicianId === row.technician.id && visit.startsAt === startsAt && visit.endsAt !== endsAt
  const place = extends_ ? `${visit.shortName} until ${clock.time(endsAt)}` : `${visit.shortName} to ${row.technician.name}, ${clock.time(startsAt)}`
  void planVisit(visit, { technicianId: row.technician.id, startsAt, endsAt }, [place, ...problems].join('. '), person)
}

/** The visits that move with this one: those chosen together where it is one of them. */
export function chosenWith(model: BoardModel, visit: BoardVisit): readonly BoardVisit[] {
  const { chosenIds } = useBoardStore.getState()
  if (!chosenIds.has(visit.id)) return [visit]
  return [...chosenIds].flatMap((id) => model.visit(id) ?? [])
}

/** Moves a visit there, and those chosen with it by as much: in time, and from row to row. */
export function moveChosen(model: BoardModel, clock: WallClock, together: readonly BoardVisit[], lead: BoardVisit, place: NewPlace, person: ActingPerson): void {
  if (together.length <= 1 || !isPlanned(lead)) return moveBar(clock, lead, place, person)
  const { moves, staying, rowsDown, later } = movedTogether(model.rows(), together, lead, { technicianId: place.row.key, startsAt: place.startsAt })
  const minutes = Math.abs(later) / MINUTE
  const where = [
    ...(later === 0 ? [] : [`${minutes} min ${later > 0 ? 'later' : 'earlier'}`]),
    ...(rowsDown === 0 ? [] : [`${Math.abs(rowsDown)} ${Math.abs(rowsDown) === 1 ? 'row' : 'rows'} ${rowsDown > 0 ? 'down' : 'up'}`]),
  ]
  const count = moves.length === 1 ? '1 visit' : `${moves.length} visits`
  void planVisits(moves, [`${count} ${where.join(', ')}`, stayWords(staying)].filter(Boolean).join('. '), person).then((done) => {
    // What was refused stands there already, and says more.
    if (done && staying.length > 0) showRefusal({ message: stayWords(staying), inTheWayId: null, overbook: null })
  })
}

const WALKS: readonly (readonly [string, Direction, string])[] = [
  ['ArrowRight', 'right', 'Next visit or kept time'],
  ['ArrowLeft', 'left', 'Previous one; left of the first, the technician'],
  ['ArrowDown', 'down', 'Technician below'],
  ['ArrowUp', 'up', 'Technician above'],
  ['Home', 'first', 'First visit of the technician'],
  ['End', 'last', 'Last visit of the technician'],
]

/** Technicians that a page key goes past. */
const A_PAGE = 10

const LETTERS: readonly (readonly [string, string])[] = [
  ['A', 'Assign or move by name'],
  ['Y', 'Confirmed'],
  ['D', 'Dispatch'],
  ['W', 'Working'],
  ['H', 'Hold, or resume'],
  ['F', 'Done'],
  ['X', 'Cancel'],
  ['C', 'Close out'],
  ['K', 'Hand-off checklist'],
  ['G', 'Who goes along'],
  ['P', 'Promise the technician or the exact time'],
  ['V', 'Another time: reschedule, cancel, or sooner'],
  ['S', 'Split in two'],
  ['B', 'Back one step'],
]

/** Arrows walk the board only while nothing else owns them. */
function boardHasKeys(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.closest('[role=grid]') !== null
}

/** The board's keyboard. */
export function useBoardKeys(parts: BoardKeysParts): void {
  const { model, clock, day, days, today, person, goToDay, act, open, openTechnician, changeTime, goToUnassigned, zoom, scrollAcross } = parts
  const selected = (): BoardVisit | undefined => {
    const { selectedId, selectedKey } = useBoardStore.getState()
    // Whoever stands on a technician, or on kept time, means no visit: that of an open form stays selected meanwhile.
    if (boardHasKeys() && selectedKey !== null && technicianOfKey(selectedKey) !== undefined) return undefined
    return selectedId === null ? undefined : model.visit(selectedId)
  }
  /** What the keyboard stands on; undefined where that is not on the board. */
  const cell = (): BoardCell | undefined => {
    const { selectedKey } = useBoardStore.getState()
    if (selectedKey === null) return undefined
    const visit = selected()
    const rows = [technicianOfKey(selectedKey), visit?.technicianId, ...(visit?.crewIds ?? [])]
    for (const id of rows) {
      const found = id == null || model.indexOf(id) === -1 ? undefined : cellIn(model.row(id), selectedKey)
      if (found) return found
    }
    return undefined
  }
  const stand = (to: BoardCell): void => selectVisit(to.kind === 'visit' ? to.bar.visit.id : null, { focus: true, key: to.key })
  /** The way up or down that is being gone, and where it stands: turned aside, another one begins. */
  const way = useRef<{ readonly key: string; readonly from: Walk } | null>(null)
  const step = (direction: Direction, onlyVisits = false): BoardCell | undefined => {
    const here = cell()
    if (!here) {
      const technicians = model.rows().filter((row) => row.kind === 'technician')
      const row = technicians.find(({ bars }) => bars.length > 0) ?? technicians[0]
      const first = row && cellIn(row, row.bars[0]?.key ?? headKey(row.key))
      if (first) stand(first)
      return first
    }
    const upright = direction === 'up' || direction === 'down'
    const from = upright && way.current?.key === here.key ? way.current.from : walkFrom(here)
    let next = neighbour(model.rows(), here.key, direction, from)
    while (onlyVisits && next && next.kind !== 'visit') next = neighbour(model.rows(), next.key, direction, from)
    if (!next) return undefined
    way.current = upright ? { key: next.key, from } : null
    stand(next)
    return next
  }
  const walk = (direction: Direction) => (): boolean => {
    if (!boardHasKeys()) return false
    step(direction)
    return true
  }
  const page = (direction: 'up' | 'down') => (): boolean => {
    if (!boardHasKeys()) return false
    for (let rows = 0; rows < A_PAGE && step(direction); rows++);
    return true
  }
  const chooseOn = (direction: Direction): void => {
    const from = selected()
    const to = step(direction, true)
    chooseVisits([...useBoardStore.getState().chosenIds, ...(from && isPlanned(from) ? [from.id] : []), ...(to?.kind === 'visit' ? [to.bar.visit.id] : [])])
    announce(`${useBoardStore.getState().chosenIds.size} visits chosen`)
  }
  const choose = (): boolean => {
    const visit = selected()
    if (!boardHasKeys() || !visit || !isPlanned(visit)) return false
    toggleChosen(visit.id)
    const { chosenIds } = useBoardStore.getState()
    announce(`${visit.shortName} ${chosenIds.has(visit.id) ? 'chosen' : 'no longer chosen'}, ${chosenIds.size} together`)
    return true
  }
  /** While visits are being chosen, Shift and an arrow choose on; the day is turned when nothing is chosen. */
  const turnOrChoose = (direction: 'left' | 'right') => (): void => {
    if (boardHasKeys() && useBoardStore.getState().chosenIds.size > 0) chooseOn(direction)
    else goToDay(addDays(day, direction === 'right' ? days : -days))
  }
  const focusAgain = (): void => {
    const { selectedId, selectedKey } = useBoardStore.getState()
    if (selectedKey !== null) selectVisit(selectedId, { focus: true, key: selectedKey })
  }
  const plannedHere = (): { readonly visit: PlannedBoardVisit; readonly row: TechnicianRow } | undefined => {
    const visit = selected()
    const row = visit && isPlanned(visit) ? model.row(visit.technicianId) : undefined
    return visit && isPlanned(visit) && row ? { visit, row } : undefined
  }
  const standingTime = (): OwnedBlock | undefined => (boardHasKeys() ? timeOf(model, useBoardStore.getState().selectedKey) : undefined)
  /** Alt and an arrow move what the keyboard stands on; on what can't be moved they are not the way back to another screen. */
  const staysOnBoard = (): boolean => {
    if (document.activeElement?.closest('[role=grid], [role=option]') == null) return false
    announce('Choose a visit on the board, or kept time, to move it')
    return true
  }
  const shift = (rowStep: 0 | 1 | -1, quarters: number) => (): boolean => {
    const time = standingTime()
    if (time) {
      shiftTime(model, clock, time, rowStep, quarters, person)
      return true
    }
    const here = plannedHere()
    if (!here) return staysOnBoard()
    const { visit } = here
    const row = rowStep === 0 ? here.row : adjacentTechnician(model.rows(), visit.technicianId, rowStep)
    const later = quarters * QUARTER_HOUR
    if (row) moveChosen(model, clock, chosenWith(model, visit), visit, { row, startsAt: visit.startsAt + later, endsAt: visit.endsAt + later }, person)
    if (boardHasKeys()) focusAgain()
    return true
  }
  const extend = (quarters: 1 | -1) => (): boolean => {
    const time = standingTime()
    if (time) {
      extendTime(model, clock, time, quarters, person)
      return true
    }
    const here = plannedHere()
    if (!here) return false
    const endsAt = here.visit.endsAt + quarters * QUARTER_HOUR
    if (endsAt <= here.visit.startsAt) announce(`${here.visit.shortName} can\u2019t be shorter`)
    else moveBar(clock, here.visit, { row: here.row, startsAt: here.visit.startsAt, endsAt }, person)
    return true
  }
  const press = (key: string) => (): boolean => {
    const visit = selected()
    if (!visit) {
      announce('Choose a visit first')
      return true
    }
    const action = actionsFor(visit).find((candidate) => candidate.key === key)
    if (action) act(visit, action)
    else announce(`${visit.shortName} can\u2019t do that now`)
    return true
  }
  const unassign = (): boolean => {
    const time = standingTime()
    if (time) {
      giveBack(time)
      return true
    }
    const visit = selected()
    const together = visit ? chosenWith(model, visit) : []
    if (together.length <= 1) return press('Backspace')()
    void unassignVisits(together.filter((one) => actionsFor(one).some(({ kind }) => kind === 'unassign')))
    chooseVisits([])
    return true
  }
  const escape = (): boolean => {
    const { panel, refusal, chosenIds } = useBoardStore.getState()
    if (refusal) showRefusal(null)
    else if (panel) closePanel()
    else if (chosenIds.size > 0) chooseVisits([])
    else return false
    return true
  }
  // Where nothing is refused, Alt+O stays the telephone's.
  const overbook = (): boolean => {
    const accept = useBoardStore.getState().refusal?.overbook
    accept?.()
    return Boolean(accept)
  }
  const list: readonly Hotkey[] = [
    ...WALKS.map(([keys, direction, label]): Hotkey => ({ keys, label, run: walk(direction) })),
    { keys: 'Alt+ArrowRight', label: '15 minutes later', run: shift(0, 1) },
    { keys: 'Alt+ArrowLeft', label: '15 minutes earlier', run: shift(0, -1) },
    { keys: 'Alt+ArrowDown', label: 'To the technician below', run: shift(1, 0) },
    { keys: 'Alt+ArrowUp', label: 'To the technician above', run: shift(-1, 0) },
    { keys: 'Alt+Shift+ArrowRight', label: '15 minutes longer', run: extend(1) },
    { keys: 'Alt+Shift+ArrowLeft', label: '15 minutes shorter', run: extend(-1) },
    {
      keys: 'Enter',
      label: 'Open the visit, the kept time or the technician',
      run: () => {
        const here = boardHasKeys() ? cell() : undefined
        const time = standingTime()
        if (here?.kind === 'visit') open(here.bar.visit.id)
        else if (here?.kind === 'head') openTechnician(here.technicianId)
        else if (time) changeTime(time)
        else return false
        return true
      },
    },
    { keys: ' ', label: 'Choose the visit together with others', run: choose },
    { keys: 'Shift+ArrowDown', label: 'Choose on, below', run: () => (boardHasKeys() ? chooseOn('down') : false) },
    { keys: 'Shift+ArrowUp', label: 'Choose on, above', run: () => (boardHasKeys() ? chooseOn('up') : false) },
    ...LETTERS.map(([keys, label]): Hotkey => ({ keys, label, run: press(keys) })),
    { keys: ['Backspace', 'Delete'], label: 'Unassign; give kept time back', run: unassign },
    { keys: 'PageDown', label: `${A_PAGE} technicians down`, run: page('down') },
    { keys: 'PageUp', label: `${A_PAGE} technicians up`, run: page('up') },
    { keys: 'Ctrl+ArrowRight', label: 'Later hours', run: () => (boardHasKeys() ? scrollAcross(1) : false) },
    { keys: 'Ctrl+ArrowLeft', label: 'Earlier hours', run: () => (boardHasKeys() ? scrollAcross(-1) : false) },
    { keys: 'U', label: 'Go to unassigned', run: goToUnassigned },
    { keys: 'T', label: 'Today', run: () => goToDay(today) },
    { keys: 'Shift+ArrowRight', label: 'Next day; while visits are chosen: choose on', run: turnOrChoose('right') },
    { keys: 'Shift+ArrowLeft', label: 'Previous day; while visits are chosen: choose on', run: turnOrChoose('left') },
    { keys: '=', label: 'Wider hours', run: () => zoom(1) },
    { keys: '-', label: 'Narrower hours', run: () => zoom(-1) },
    { keys: '0', label: 'Hours as wide as fits', run: () => zoom(null) },
    { keys: 'Ctrl+Z', label: 'Undo', run: () => void undoLast() },
    { keys: 'Ctrl+Shift+Z', label: 'Do again what was undone', run: () => void redoNext() },
    { keys: 'Alt+O', label: 'Overbook anyway', run: overbook },
    { keys: 'Escape', label: 'Back to the board', run: escape },
  ]
  useHotkeys('Board', list)
}
