import { assertNever } from '../../../../shared/base/assertNever.ts'
import type { BoardDay, BoardTechnician } from '../../../../shared/contract/methods/dispatch.ts'

export const GROUPINGS = ['unit', 'skill', 'area', 'none'] as const
export type Grouping = (typeof GROUPINGS)[number]

export const SORTINGS = ['office', 'name', 'left'] as const
export type Sorting = (typeof SORTINGS)[number]

/** How somebody wants the technicians to stand. */
export interface Arrangement {
  readonly grouping: Grouping
  readonly sorting: Sorting
  /** Technicians not shown. */
  readonly hiddenIds: readonly string[]
  /** Only this business unit; null for all. */
  readonly unitId: string | null
}

export const USUAL: Arrangement = { grouping: 'unit', sorting: 'office', hiddenIds: [], unitId: null }

export interface ArrangedGroup {
  readonly key: string
  readonly name: string
  readonly technicians: readonly BoardTechnician[]
}

interface Placed {
  readonly technician: BoardTechnician
  readonly unit: { readonly id: string; readonly name: string }
}

/** Everybody stands once: a technician with several skills under the first of them. */
function groupOf({ technician, unit }: Placed, grouping: Grouping): { readonly key: string; readonly name: string } {
  switch (grouping) {
    case 'unit':
      return { key: `unit ${unit.id}`, name: unit.name }
    case 'skill':
      return { key: `skill ${technician.skills[0] ?? ''}`, name: technician.skills[0] ?? 'No skill' }
    case 'area':
      return { key: `area ${technician.homeArea}`, name: technician.homeArea === '' ? 'No area' : technician.homeArea }
    case 'none':
      return { key: 'all', name: 'All technicians' }
    default:
      return assertNever(grouping, 'grouping')
  }
}

const named = (name: string): string => (name.startsWith('No ') ? '\uffff' : name.toLowerCase())
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/**
 * The technicians as they are to stand.
 * @param leftMinutesOf the time each has left, asked once: a board that sorted itself anew at every change would never stand still
 */
export function arrange(groups: BoardDay['groups'], { grouping, sorting, hiddenIds, unitId }: Arrangement, leftMinutesOf: (technicianId: string) => number): readonly ArrangedGroup[] {
  const hidden = new Set(hiddenIds)
  const everybody = groups.flatMap((group): readonly Placed[] =>
    unitId !== null && group.id !== unitId ? [] : group.technicians.filter(({ id }) => !hidden.has(id)).map((technician) => ({ technician, unit: group })),
  )
  const found = new Map<string, { readonly key: string; readonly name: string; readonly technicians: BoardTechnician[] }>()
  for (const placed of everybody) {
    const { key, name } = groupOf(placed, grouping)
    const group = found.get(key) ?? { key, name, technicians: [] }
    group.technicians.push(placed.technician)
    found.set(key, group)
  }
  const arranged = [...found.values()]
  if (grouping === 'skill' || grouping === 'area') arranged.sort((left, right) => compare(named(left.name), named(right.name)))
  for (const { technicians } of arranged) {
    if (sorting === 'name') technicians.sort((left, right) => compare(left.name.toLowerCase(), right.name.toLowerCase()))
    else if (sorting === 'left') technicians.sort((left, right) => leftMinutesOf(right.id) - leftMinutesOf(left.id))
  }
  return arranged
}
