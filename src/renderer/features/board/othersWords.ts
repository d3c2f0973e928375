import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { WallClock } from './timeline/axis.ts'
import type { VisitChange } from './timeline/boardModel.ts'

/** Of more than that it is only said how many more there are. */
const NAMED = 2

type Names = (technicianId: string) => string

function moved({ was, is }: VisitChange, clock: WallClock, nameOf: Names): string | undefined {
  if (is.technicianId === null) return was.technicianId === null ? undefined : `took ${is.shortName} off ${nameOf(was.technicianId)}`
  const at = is.startsAt === null ? '' : `, ${clock.time(is.startsAt)}`
  if (is.technicianId !== was.technicianId) return `gave ${is.shortName} to ${nameOf(is.technicianId)}${at}`
  if (is.startsAt !== was.startsAt && is.startsAt !== null) return `moved ${is.shortName} to ${clock.time(is.startsAt)}`
  return is.endsAt !== was.endsAt && is.endsAt !== null ? `planned ${is.shortName} until ${clock.time(is.endsAt)}` : undefined
}

/** What somebody did to a visit, after their name. */
function changeWords(change: VisitChange, clock: WallClock, nameOf: Names): string {
  const { was, is } = change
  const words = [moved(change, clock, nameOf), ...(is.state === was.state ? [] : [`made ${is.shortName} ${STATE_NAMES[is.state].toLowerCase()}`])].filter((word) => word !== undefined)
  return words.length === 0 ? `changed ${is.shortName}` : words.join(' and ')
}

/** What others did, by person: `Dana Wray gave Natarajan to Wes Tran, 2:15 PM, and moved Brooks to 3:00 PM`. */
export function othersWords(changes: readonly VisitChange[], clock: WallClock, nameOf: Names): string {
  const byPerson = Map.groupBy(changes, ({ is }) => is.updatedBy)
  return [...byPerson]
    .map(([name, list]) => {
      const more = list.length - NAMED
      const named = list.slice(0, NAMED).map((change) => changeWords(change, clock, nameOf))
      return `${name} ${[...named, ...(more > 0 ? [`changed ${more} more`] : [])].join(', and ')}`
    })
    .join('. ')
}
