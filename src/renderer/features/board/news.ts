import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import { stateWords } from './boardWords.ts'
import type { WallClock } from './timeline/axis.ts'

/** Every visit of an answer, by id: the place it has on these days, or its tray. */
function visitsOf({ planned, unassigned, hold, toCloseOut }: BoardDay): ReadonlyMap<string, BoardVisit> {
  return new Map([...toCloseOut, ...hold, ...unassigned, ...planned].map((visit) => [visit.id, visit]))
}

/** What was done to a visit, said after the name of whoever did it. */
function deedOf(before: BoardVisit | undefined, after: BoardVisit, nameOf: (technicianId: string) => string, clock: WallClock): string {
  const { shortName, technicianId, startsAt, state } = after
  if (!before) return `put ${shortName} on the board`
  if (before.state !== state) return `${shortName} is ${stateWords(state)}`
  if (technicianId === null) return before.technicianId === null ? `changed ${shortName}` : `took ${shortName} off ${nameOf(before.technicianId)}`
  const at = startsAt === null ? '' : `, ${clock.time(startsAt)}`
  if (before.technicianId !== technicianId) return `gave ${shortName} to ${nameOf(technicianId)}${at}`
  if (before.startsAt !== startsAt) return `moved ${shortName}${at}`
  return before.endsAt === after.endsAt ? `changed ${shortName}` : `${shortName} now ends ${after.endsAt === null ? 'later' : clock.time(after.endsAt)}`
}

/** So many people are named; of more it is said how many changes there are beside. */
const MOST_NAMED = 3

/** How a visit stands, where several have had a hand in it: whoever was last is named for that alone. */
function standOf(after: BoardVisit, nameOf: (technicianId: string) => string, clock: WallClock): string {
  const { technicianId, startsAt, state } = after
  if (state === 'hold' || state === 'canceled') return stateWords(state)
  if (technicianId === null) return 'with nobody'
  return `${nameOf(technicianId)}${startsAt === null ? '' : `, ${clock.time(startsAt)}`}`
}

export interface NewsParts {
  readonly before: BoardDay
  readonly after: BoardDay
  /** The visits that were changed in this very window: what its person did to them is no news here. */
  readonly ownIds: ReadonlySet<string>
  /** Whose window this is: the same person's act in another window is said as theirs. */
  readonly ownName: string
  readonly clock: WallClock
}

/**
 * What somebody else changed between two answers, in a sentence that names each for their own: "Ana Petrov gave Hatch to Theo
 * Barnard, 10:15 AM, and 2 more; Ben Ito moved Vance, 1:00 PM". Null where nothing is another one's.
 */
export function newsOf({ before, after, ownIds, ownName, clock }: NewsParts): string | null {
  if (before === after || before.day !== after.day || before.dayStarts.length !== after.dayStarts.length) return null
  const known = visitsOf(before)
  const names = new Map(after.groups.flatMap(({ technicians }) => technicians.map(({ id, name }) => [id, name] as const)))
  const nameOf = (id: string): string => names.get(id) ?? 'somebody who left'
  const changed = new Map<string, BoardVisit[]>()
  for (const visit of visitsOf(after).values()) {
    const old = known.get(visit.id)
    // What was always there and comes into sight as time goes on is nobody's doing.
    const isNew = old ? old.version < visit.version : visit.version > 1
    if (!isNew || visit.updatedBy === '' || (visit.updatedBy === ownName && ownIds.has(visit.id))) continue
    changed.set(visit.updatedBy, [...(changed.get(visit.updatedBy) ?? []), visit])
  }
  const sentences = [...changed].slice(0, MOST_NAMED).flatMap(([by, [first, ...others]]): readonly string[] => {
    if (!first) return []
    const old = known.get(first.id)
    const elsewhere = by === ownName ? ', in another window' : ''
    const several = old !== undefined && first.version > old.version + 1
    const deed = several ? `changed ${first.shortName} last: ${standOf(first, nameOf, clock)}` : deedOf(old, first, nameOf, clock)
    const isState = deed.startsWith(`${first.shortName} `)
    const subject = `${by}${elsewhere}${isState ? ':' : elsewhere === '' ? '' : ','} ${deed}`
    return [others.length === 0 ? subject : `${subject}, and ${others.length} more`]
  })
  if (sentences.length === 0) return null
  const rest = [...changed.values()].slice(MOST_NAMED).flat().length
  return [...sentences, ...(rest === 0 ? [] : [`${rest} more by others`])].join('; ')
}
