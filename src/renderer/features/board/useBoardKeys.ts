import { addDays, QUARTER_HOUR, type IsoDay } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { Hotkey } from '../../components/hotkeyRegistry.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { announce, closePanel, selectVisit, showRefusal, useBoardStore } from '../../stores/board.ts'
import { planVisit, undoLast, type ActingPerson } from './boardActions.ts'
import { adjacentTechnician, type BoardRowModel, type Direction, findRow, isPlanned, neighbour, type TechnicianRow, tryPlan } from './boardLayout.ts'
import { timeIn, trialProblems } from './boardWords.ts'
import { actionsFor, type VisitAction } from './visitActions.ts'

export interface BoardKeysParts {
  readonly rows: readonly BoardRowModel[]
  readonly visits: ReadonlyMap<string, BoardVisit>
  readonly zeroAt: number
  readonly day: IsoDay
  readonly today: IsoDay
  readonly person: ActingPerson
  readonly goToDay: (day: IsoDay) => void
  readonly act: (visit: BoardVisit, action: VisitAction) => void
  readonly open: (visitId: string) => void
  readonly goToUnassigned: () => void
}

/** Moves a bar and says what came of it. */
export function moveBar(visit: BoardVisit, row: TechnicianRow, startsAt: number, zeroAt: number, person: ActingPerson): void {
  const trial = tryPlan(visit, row, startsAt)
  const problems = trialProblems({ ...trial, inTheWay: [] }, zeroAt)
  const words = [`${visit.shortName} to ${row.technician.name}, ${timeIn(zeroAt, startsAt)}`, ...problems].join('. ')
  void planVisit(visit, { technicianId: row.technician.id, startsAt, endsAt: trial.endsAt }, words, person)
}

const WALKS: readonly (readonly [string, Direction, string])[] = [
  ['ArrowRight', 'right', 'Next visit'],
  ['ArrowLeft', 'left', 'Previous visit'],
  ['ArrowDown', 'down', 'Technician below'],
  ['ArrowUp', 'up', 'Technician above'],
  ['Home', 'first', 'First visit of the technician'],
  ['End', 'last', 'Last visit of the technician'],
]

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
  ['B', 'Back one step'],
  ['Backspace', 'Unassign'],
]

/** Arrows walk the board only while nothing else owns them. */
function boardHasKeys(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.closest('[role=grid]') !== null
}

/** The board's keyboard. */
export function useBoardKeys(parts: BoardKeysParts): void {
  const { rows, visits, zeroAt, day, today, person, goToDay, act, open, goToUnassigned } = parts
  const selected = (): BoardVisit | undefined => {
    const { selectedId } = useBoardStore.getState()
    return selectedId === null ? undefined : visits.get(selectedId)
  }
  const walk = (direction: Direction) => (): boolean => {
    if (!boardHasKeys()) return false
    const visit = selected()
    const first = rows.find((row) => row.kind === 'technician' && row.bars.length > 0)
    const next = visit ? neighbour(rows, visit.id, direction) : first?.kind === 'technician' ? first.bars[0]?.visit.id : undefined
    if (next !== undefined) selectVisit(next, { focus: true })
    return true
  }
  const shift = (step: number, quarters: number) => (): boolean => {
    const visit = selected()
    if (!visit || !isPlanned(visit)) return false
    const row = step === 0 ? findRow(rows, visit.technicianId) : adjacentTechnician(rows, visit.technicianId, step > 0 ? 1 : -1)
    if (row) moveBar(visit, row, visit.startsAt + quarters * QUARTER_HOUR, zeroAt, person)
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
  const escape = (): boolean => {
    const { panel, refusal } = useBoardStore.getState()
    if (refusal) showRefusal(null)
    else if (panel) closePanel()
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
    {
      keys: 'Enter',
      label: 'Open the visit',
      run: () => {
        const visit = selected()
        if (visit && boardHasKeys()) open(visit.id)
        else return false
        return true
      },
    },
    ...LETTERS.map(([keys, label]): Hotkey => ({ keys, label, run: press(keys) })),
    { keys: 'U', label: 'Go to unassigned', run: goToUnassigned },
    { keys: 'T', label: 'Today', run: () => goToDay(today) },
    { keys: 'Shift+ArrowRight', label: 'Next day', run: () => goToDay(addDays(day, 1)) },
    { keys: 'Shift+ArrowLeft', label: 'Previous day', run: () => goToDay(addDays(day, -1)) },
    { keys: 'Ctrl+Z', label: 'Undo', run: () => void undoLast() },
    { keys: 'Alt+O', label: 'Overbook anyway', run: overbook },
    { keys: 'Escape', label: 'Back to the board', run: escape },
  ]
  useHotkeys('Board', list)
}
