import type { Instant } from '../../../shared/base/time.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { BoardPlan } from './boardActions.ts'
import { type BoardRowModel, isPlanned, type PlannedBoardVisit } from './boardLayout.ts'

/** Where the visit that leads goes; the others follow it by as much. */
export interface LeadPlace {
  readonly technicianId: string
  readonly startsAt: Instant
}

export interface MovedTogether {
  readonly moves: readonly { readonly visit: BoardVisit; readonly plan: BoardPlan }[]
  /** Those that stay where they are: on a row that is not shown, or with no row so far down or up. */
  readonly staying: readonly BoardVisit[]
  /** Rows down; negative is up. */
  readonly rowsDown: number
  /** Milliseconds later; negative is earlier. */
  readonly later: number
}

/**
 * Visits chosen together go as the one that leads does: as much later, as many rows down of those that are shown. In time alone
 * each keeps its technician, shown or not; where no row can be counted from or to, a visit stays: nobody may be guessed for it.
 */
export function movedTogether(rows: readonly BoardRowModel[], together: readonly BoardVisit[], lead: PlannedBoardVisit, to: LeadPlace): MovedTogether {
  const shown = rows.filter((row) => row.kind === 'technician').map(({ key }) => key)
  const later = to.startsAt - lead.startsAt
  const [from, until] = [shown.indexOf(lead.technicianId), shown.indexOf(to.technicianId)]
  const rowsDown = to.technicianId === lead.technicianId ? 0 : until - from
  const isCounted = from !== -1 && until !== -1
  const rowFor = (visit: PlannedBoardVisit): string | undefined => {
    if (to.technicianId === lead.technicianId) return visit.technicianId
    // The one in hand goes where it was put, also where the row it leaves is hidden.
    if (visit.id === lead.id) return to.technicianId
    const own = shown.indexOf(visit.technicianId)
    return isCounted && own !== -1 ? shown[own + rowsDown] : undefined
  }
  const planned = together.map((visit) => {
    const technicianId = isPlanned(visit) ? rowFor(visit) : undefined
    return { visit, plan: technicianId !== undefined && isPlanned(visit) ? { technicianId, startsAt: visit.startsAt + later, endsAt: visit.endsAt + later } : null }
  })
  return {
    moves: planned.flatMap(({ visit, plan }) => (plan ? [{ visit, plan }] : [])),
    staying: planned.flatMap(({ visit, plan }) => (plan ? [] : [visit])),
    rowsDown,
    later,
  }
}

/** `Ruiz and 2 more stay: there is no row for them there on your board.` */
export function stayWords(staying: readonly BoardVisit[]): string {
  const [first] = staying
  if (!first) return ''
  const many = staying.length > 1
  return `${first.shortName}${many ? ` and ${staying.length - 1} more stay` : ' stays'}: your board shows no row to move ${many ? 'them' : 'it'} by. N shows everybody.`
}
