import type { SideWindow } from '../../../shared/contract/windows.ts'

export interface WindowInfo {
  readonly kind: SideWindow
  readonly label: string
  /** The screen that it shows. */
  readonly area: string
  /** Opens it in the list of windows. */
  readonly digit: string
  readonly what: string
  /** Escape closes it: nothing is in hand there. */
  readonly escapes: boolean
}

/** The windows beside the main one. */
export const WINDOWS: readonly WindowInfo[] = [
  { kind: 'board', label: 'Board', area: 'board', digit: '1', what: 'The day or the week, to work on', escapes: false },
  { kind: 'map', label: 'Map', area: 'map', digit: '2', what: 'Where everybody is', escapes: false },
  { kind: 'trays', label: 'Trays', area: 'trays', digit: '3', what: 'What waits; Enter opens it on the board', escapes: true },
  { kind: 'alerts', label: 'Alerts', area: 'alerts', digit: '4', what: 'What endangers a promise of today', escapes: true },
  { kind: 'wall', label: 'Wall', area: 'dayWall', digit: '5', what: 'Large, for everybody to read; nothing private', escapes: true },
]

export function windowInfo(kind: SideWindow): WindowInfo {
  const info = WINDOWS.find((one) => one.kind === kind)
  if (!info) throw new Error(`There is no window ${kind}`)
  return info
}
