import type { BoardDay, BoardVisit, TravelLeg } from '../../../shared/contract/methods/dispatch.ts'
import type { CommandAnswer } from '../../api/types.ts'

/**
 * What this person has just changed on this very board. While they talk with a customer it moves and nothing else does: an answer of
 * the backend holds everybody's changes, and the others' wait.
 */
export interface OwnWork {
  /** Of visits, of their jobs, and of kept time. */
  readonly ids: ReadonlySet<string>
  /** Hours or who there is: what follows from it is the whole board's. */
  readonly everything: boolean
}

export const NO_WORK: OwnWork = { ids: new Set(), everything: false }

/** The tables whose rows stand on the board by themselves, or through their visits. */
const STANDING: ReadonlySet<string> = new Set(['appointment', 'job', 'technician_time'])
/** Those that say what rows there are, and when somebody works. */
const SHAPING: ReadonlySet<string> = new Set(['dated_shift', 'on_call', 'technician', 'business_unit', 'zone_clock'])

export function workedOn(work: OwnWork, changed: CommandAnswer['changed']): OwnWork {
  const ids = changed.flatMap(({ table, id }) => (STANDING.has(table) ? [id] : []))
  const everything = work.everything || changed.some(({ table }) => SHAPING.has(table))
  return ids.length === 0 && everything === work.everything ? work : { ids: new Set([...work.ids, ...ids]), everything }
}

const LISTS = ['planned', 'unassigned', 'hold', 'toCloseOut'] as const

type Lists = Pick<BoardDay, (typeof LISTS)[number]>

const isOwn = ({ ids }: OwnWork, visit: BoardVisit): boolean => ids.has(visit.id) || ids.has(visit.jobId)

/** Every visit with its version, and the lists that it stands in. */
function standings(day: Lists): ReadonlyMap<string, { readonly visit: BoardVisit; readonly stands: string }> {
  const found = new Map<string, { readonly visit: BoardVisit; readonly stands: string }>()
  for (const list of LISTS) for (const visit of day[list]) found.set(visit.id, { visit, stands: `${found.get(visit.id)?.stands ?? visit.version} ${list}` })
  return found
}

/** The visits that do not stand in both answers as the same version in the same place. */
function differing(one: Lists, other: Lists): readonly BoardVisit[] {
  const [before, after] = [standings(one), standings(other)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)]
    return was?.stands === is?.stands ? [] : ((is ?? was)?.visit ?? [])
  })
}

const ownBlocks = ({ ids }: OwnWork, { blocks }: { readonly blocks: readonly { readonly id: string | null }[] }): boolean => blocks.some(({ id }) => id !== null && ids.has(id))

/** The people as they were shown, with the kept time of those whose time is own work as it is now. */
function ownTimes(shown: BoardDay['groups'], fresh: BoardDay['groups'], work: OwnWork): BoardDay['groups'] {
  const now = new Map(fresh.flatMap(({ technicians }) => technicians.map((technician) => [technician.id, technician] as const)))
  return shown.map((group) => ({
    ...group,
    technicians: group.technicians.map((technician) => {
      const next = now.get(technician.id)
      return next && (ownBlocks(work, technician) || ownBlocks(work, next)) ? { ...technician, blocks: next.blocks } : technician
    }),
  }))
}

/** Whose rows own work stands on, before or after. */
function ownRows(days: readonly BoardDay[], work: OwnWork): ReadonlySet<string> {
  return new Set(days.flatMap(({ planned }) => planned.flatMap((visit) => (isOwn(work, visit) ? [...(visit.technicianId === null ? [] : [visit.technicianId]), ...visit.crewIds] : []))))
}

export interface WorkShown {
  readonly day: BoardDay
  /** What is still to be shown: an answer that was on its way before the work was done does not have it yet. */
  readonly left: OwnWork
}

/** The day as it was shown, with own work as it stands in a newer answer; that answer itself where nobody else's change is in it. */
export function withOwnWork(shown: BoardDay, fresh: BoardDay, work: OwnWork): WorkShown {
  if (work.everything) return { day: fresh, left: NO_WORK }
  const changed = differing(shown, fresh)
  const own = changed.filter((visit) => isOwn(work, visit))
  const settled = new Set(own.map(({ id }) => id))
  const left: OwnWork = { ...work, ids: new Set([...work.ids].filter((id) => !settled.has(id))) }
  const groups = ownTimes(shown.groups, fresh.groups, work)
  if (own.length === changed.length && JSON.stringify(groups) === JSON.stringify(fresh.groups)) return { day: fresh, left }
  const list = (name: (typeof LISTS)[number]): BoardVisit[] => [...shown[name].filter((visit) => !isOwn(work, visit)), ...fresh[name].filter((visit) => isOwn(work, visit))]
  const planned = list('planned')
  const rows = ownRows([shown, fresh], work)
  const places = new Set(planned.map(({ id }) => id))
  const legs: TravelLeg[] = [...shown.legs.filter(({ technicianId }) => !rows.has(technicianId)), ...fresh.legs.filter(({ technicianId, toVisitId }) => rows.has(technicianId) && places.has(toVisitId))]
  return { day: { ...shown, groups, planned, legs, unassigned: list('unassigned'), hold: list('hold'), toCloseOut: list('toCloseOut') }, left }
}
