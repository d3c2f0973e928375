import { askedSize, makeDays } from './boardData.ts'
import { install as installBoard } from './harness.ts'

/** Stands in for the peers' own data and harness, by the same names: they draw the same days and are asked and timed as Baton is. */

interface PeerJob {
  readonly id: string
  readonly tech: string
  readonly start: number
  readonly end: number
  readonly title: string
  readonly color: string
}

interface PeerBoard {
  readonly barSel: string
  mount(): void
  move(visitId: string, by: number, technicianId: string): void
  scroller(axis: 'x' | 'y'): Element
}

const { technicians, visitsEach } = askedSize()

export const DAY0 = makeDays(0, visitsEach).from

export const params = (): { readonly R: number; readonly N: number; readonly virt: boolean } => ({ R: technicians, N: visitsEach, virt: true })

export function make(technicianCount: number, each: number): { readonly techs: readonly { readonly id: string; readonly title: string }[]; readonly jobs: readonly PeerJob[]; readonly days: number } {
  const made = makeDays(technicianCount, each)
  return { techs: made.technicians, jobs: made.visits.map(({ technicianId, ...visit }) => ({ ...visit, tech: technicianId })), days: made.days }
}

export function install(board: PeerBoard): void {
  installBoard({ barSelector: board.barSel, mount: () => board.mount(), move: (visitId, by, technicianId) => board.move(visitId, by, technicianId), scroller: (axis) => board.scroller(axis) })
}

/** The element that scrolls the farthest along an axis. */
export function findScroller(root: Element, axis: 'x' | 'y'): Element | null {
  let best: Element | null = null
  let farthest = 0
  for (const candidate of root.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(candidate)
    if (!/auto|scroll/.test(axis === 'x' ? overflowX : overflowY)) continue
    const far = axis === 'x' ? candidate.scrollWidth - candidate.clientWidth : candidate.scrollHeight - candidate.clientHeight
    if (far > farthest) [best, farthest] = [candidate, far]
  }
  return best
}
