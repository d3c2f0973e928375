import type { Instant } from '../../../shared/base/time.ts'
import type { TimeBlock } from '../../../shared/contract/methods/dispatch.ts'
import type { BarModel, BoardRowModel, TechnicianRow } from './boardLayout.ts'

/** What the keyboard can stand on: a technician's head, the visits, and the time that is kept beside them. Pure. */
export type BoardCell =
  | { readonly kind: 'head'; readonly key: string; readonly technicianId: string }
  | { readonly kind: 'visit'; readonly key: string; readonly technicianId: string; readonly startsAt: Instant; readonly bar: BarModel }
  | { readonly kind: 'time'; readonly key: string; readonly technicianId: string; readonly startsAt: Instant; readonly block: TimeBlock }

/** Everything of a row that stands at a time. */
export type TimedCell = Exclude<BoardCell, { readonly kind: 'head' }>

const HEAD = 'head:'
const TIME = 'time:'

export const headKey = (technicianId: string): string => HEAD + technicianId

type TimeName = Pick<TimeBlock, 'id' | 'kind' | 'startsAt'>

const placeOf = (technicianId: string, { kind, startsAt }: TimeName): string => `${TIME}${technicianId}:${kind}:${startsAt}:`

/** Named by its place and its row: two meetings of one technician may begin together. The lunch of the week has no row. */
export const timeKey = (technicianId: string, block: TimeName): string => placeOf(technicianId, block) + (block.id ?? '')

/** Where the keyboard goes of kept time that is no longer there: to what stands in its place, to what is left of its kind, or to its technician. */
export function insteadOf(row: TechnicianRow, key: string): string {
  const times = cellsOf(row).filter((cell) => cell.kind === 'time')
  const [, , kind] = key.split(':')
  const found = times.find((cell) => cell.key === key) ?? times.find(({ block }) => key.startsWith(placeOf(row.technician.id, block))) ?? times.find(({ block }) => block.kind === kind)
  return found?.key ?? headKey(row.technician.id)
}

/** The technician on whose row a head or kept time stands; undefined of a visit's bar, which its visit knows. */
export function technicianOfKey(key: string): string | undefined {
  if (key.startsWith(HEAD)) return key.slice(HEAD.length)
  return key.startsWith(TIME) ? key.slice(TIME.length).split(':')[0] : undefined
}

const known = new WeakMap<TechnicianRow, readonly TimedCell[]>()

/** Visits and kept time of a row in the order of the day; asked at every step of a scroll, so each row is sorted once. */
export function cellsOf(row: TechnicianRow): readonly TimedCell[] {
  let cells = known.get(row)
  if (!cells) {
    const { id } = row.technician
    cells = [
      ...row.technician.blocks.map((block): TimedCell => ({ kind: 'time', key: timeKey(id, block), technicianId: id, startsAt: block.startsAt, block })),
      ...row.bars.map((bar): TimedCell => ({ kind: 'visit', key: bar.key, technicianId: id, startsAt: bar.visit.startsAt, bar })),
    ].sort((left, right) => left.startsAt - right.startsAt)
    known.set(row, cells)
  }
  return cells
}

const headOf = ({ technician }: TechnicianRow): BoardCell => ({ kind: 'head', key: headKey(technician.id), technicianId: technician.id })

/** A cell of a row by its key. */
export function cellIn(row: TechnicianRow | undefined, key: string): BoardCell | undefined {
  if (!row) return undefined
  return key === headKey(row.technician.id) ? headOf(row) : cellsOf(row).find((cell) => cell.key === key)
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** From where somebody walks up and down: rows with nothing at that time don't lead them astray. */
export interface Walk {
  readonly kind: BoardCell['kind']
  /** Null at the heads. */
  readonly at: Instant | null
}

export const walkFrom = (cell: BoardCell): Walk => ({ kind: cell.kind, at: cell.kind === 'head' ? null : cell.startsAt })

function nearest(cells: readonly TimedCell[], at: Instant): TimedCell | undefined {
  let best: TimedCell | undefined
  for (const cell of cells) if (!best || Math.abs(cell.startsAt - at) < Math.abs(best.startsAt - at)) best = cell
  return best
}

/** In another row: what is nearest in time of the same kind, then of any, then the head of a row that has nothing. */
function alike(row: TechnicianRow, { kind, at }: Walk): BoardCell {
  if (at === null) return headOf(row)
  const cells = cellsOf(row)
  return nearest(cells.filter((cell) => cell.kind === kind), at) ?? nearest(cells, at) ?? headOf(row)
}

/**
 * The cell one arrow away: the neighbour in the row, its head to the left of all, or what is nearest in the next row.
 * @param walk from where the way up or down began; else from this cell
 */
export function neighbour(rows: readonly BoardRowModel[], key: string, direction: Direction, walk?: Walk): BoardCell | undefined {
  const technicians = rows.filter((row) => row.kind === 'technician')
  const rowIndex = technicians.findIndex((row) => cellIn(row, key) !== undefined)
  const row = technicians[rowIndex]
  const here = cellIn(row, key)
  if (!row || !here) return undefined
  const cells = cellsOf(row)
  const index = cells.findIndex((cell) => cell.key === key)
  switch (direction) {
    case 'left':
      return index === -1 ? undefined : (cells[index - 1] ?? headOf(row))
    case 'right':
      return cells[index + 1]
    case 'first':
      return cells.find(({ kind }) => kind === 'visit') ?? cells[0] ?? headOf(row)
    case 'last':
      return cells.findLast(({ kind }) => kind === 'visit') ?? cells.at(-1) ?? headOf(row)
    case 'up':
    case 'down': {
      const next = technicians[rowIndex + (direction === 'down' ? 1 : -1)]
      return next && alike(next, walk ?? walkFrom(here))
    }
  }
}
