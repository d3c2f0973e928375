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

/**
 * What somebody else changed between two answers, in a sentence that names them: "Ana Petrov gave Hatch to Theo Barnard, 10:15 AM,
 * and 2 more". Null where nothing is another one's.
 * @param actingName who did something in this very window just now: what stands under that name is no news here
 * @param ownName whose window this is: the same person's act in another window is said as theirs
 */
export function newsOf(before: BoardDay, after: BoardDay, actingName: string | null, ownName: string, clock: WallClock): string | null {
  if (before === after || before.day !== after.day || before.dayStarts.length !== after.dayStarts.length) return null
  const known = visitsOf(before)
  const changed = [...visitsOf(after).values()].filter((visit) => {
    const old = known.get(visit.id)
    // What was always there and comes into sight as time goes on is nobody's doing.
    return (old ? old.version < visit.version : visit.version > 1) && visit.updatedBy !== '' && visit.updatedBy !== actingName
  })
  const [first] = changed
  if (!first) return null
  const names = new Map(after.groups.flatMap(({ technicians }) => technicians.map(({ id, name }) => [id, name] as const)))
  const deed = deedOf(known.get(first.id), first, (id) => names.get(id) ?? 'somebody who left', clock)
  const elsewhere = first.updatedBy === ownName ? ', in another window' : ''
  const isState = deed.startsWith(`${first.shortName} `)
  const subject = `${first.updatedBy}${elsewhere}${isState ? ':' : elsewhere === '' ? '' : ','} ${deed}`
  return changed.length === 1 ? subject : `${subject}, and ${changed.length - 1} more`
}
