import { handedDraftTable } from '../../../src/shared/domain/drafts/tables.ts'
import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { waitEntryTable } from '../../../src/shared/domain/waitlist/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** What was handed over can be read by whoever gets it, and what ended says when; empty when all of it is so. */
export function draftProblems(rows: Rows): readonly string[] {
  return rows(handedDraftTable).flatMap((handed) => {
    const problems: string[] = []
    if (typeof JSON.parse(handed.body) !== 'object') problems.push(`draft ${handed.id} cannot be read`)
    if ((handed.state === 'waiting') !== (handed.settledAt === null)) problems.push(`draft ${handed.id} is ${handed.state} and does not say when`)
    if (handed.state === 'takenBack' && handed.settledBy !== handed.fromUserId) problems.push(`draft ${handed.id} was taken back by somebody else`)
    if (handed.state === 'taken' && handed.settledBy === handed.fromUserId) problems.push(`draft ${handed.id} was taken by whoever handed it over`)
    return problems
  })
}

/** An offer has its time and its end, nobody who waits has one, and who accepted was booked. */
export function waitListProblems(rows: Rows): readonly string[] {
  return rows(waitEntryTable).flatMap((entry) => {
    const problems: string[] = []
    const offered = [entry.offerDay, entry.offerStart, entry.offerEnd, entry.offerStartsAt, entry.offerEndsAt, entry.offeredAt, entry.offerUntil].filter((value) => value !== null).length
    if (entry.state === 'offered' && offered !== 7) problems.push(`wait entry ${entry.id} is offered a time that it does not say`)
    if (entry.state === 'waiting' && offered !== 0) problems.push(`wait entry ${entry.id} waits with an offer`)
    if ((entry.state === 'accepted') !== (entry.jobId !== null)) problems.push(`wait entry ${entry.id} is ${entry.state} with${entry.jobId === null ? 'out' : ''} a job`)
    if ((entry.state === 'waiting' || entry.state === 'offered') !== (entry.settledAt === null)) problems.push(`wait entry ${entry.id} is ${entry.state} and does not say when`)
    return problems
  })
}
