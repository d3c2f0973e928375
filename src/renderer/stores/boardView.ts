import { create } from 'zustand'

/** How somebody likes to see the board: kept at this workstation for each person, as a window's size is. */
export interface BoardView {
  readonly days: 1 | 7
  /** The width of an hour, px, of the day and of the week; null for as wide as fits. */
  readonly dayZoom: number | null
  readonly weekZoom: number | null
  readonly grouping: 'unit' | 'skill' | 'area' | 'none'
  readonly sorting: 'office' | 'name' | 'left'
  readonly hiddenIds: readonly string[]
  readonly unitId: string | null
}

const USUAL: BoardView = { days: 1, dayZoom: null, weekZoom: null, grouping: 'unit', sorting: 'office', hiddenIds: [], unitId: null }

const PREFIX = 'baton-board:'

let keptFor: string | null = null

export const useBoardView = create<BoardView>(() => USUAL)

const isOneOf = <Value,>(value: unknown, values: readonly Value[]): value is Value => values.includes(value as Value)
const widthOf = (value: unknown): number | null => (typeof value === 'number' && value >= 2 && value <= 1000 ? value : null)

/** What was kept may be from another version, or damaged: whatever is not understood is as usual. */
export function readBoardView(text: string | null): BoardView {
  let kept: Readonly<Record<string, unknown>>
  try {
    const parsed: unknown = JSON.parse(text ?? 'null')
    if (typeof parsed !== 'object' || parsed === null) return USUAL
    kept = parsed as Readonly<Record<string, unknown>>
  } catch {
    return USUAL
  }
  const { days, dayZoom, weekZoom, grouping, sorting, hiddenIds, unitId } = kept
  return {
    days: isOneOf(days, [1, 7] as const) ? days : USUAL.days,
    dayZoom: widthOf(dayZoom),
    weekZoom: widthOf(weekZoom),
    grouping: isOneOf(grouping, ['unit', 'skill', 'area', 'none'] as const) ? grouping : USUAL.grouping,
    sorting: isOneOf(sorting, ['office', 'name', 'left'] as const) ? sorting : USUAL.sorting,
    hiddenIds: Array.isArray(hiddenIds) ? hiddenIds.filter((id) => typeof id === 'string') : [],
    unitId: typeof unitId === 'string' ? unitId : null,
  }
}

/** Shows the board as this person left it. */
export function recallBoardView(userId: string): void {
  if (keptFor === userId) return
  keptFor = userId
  useBoardView.setState(readBoardView(localStorage.getItem(PREFIX + userId)))
}

export function changeBoardView(change: Partial<BoardView>): void {
  useBoardView.setState(change)
  if (keptFor !== null) localStorage.setItem(PREFIX + keptFor, JSON.stringify(useBoardView.getState()))
}
