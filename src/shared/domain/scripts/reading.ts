import { derivedId } from '../../base/id.ts'
import { DAY } from '../../base/time.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { all, type Loading, range } from '../kernel/load.ts'
import type { User } from '../people/tables.ts'
import { type Manual, manualTable, readReceiptTable, type ReadReceipt } from './tables.ts'

/** In how many milliseconds somebody new to a role has read its manuals. */
export const READING_TIME = 7 * DAY

/** One person reads one version once, on whichever workstation it is said. */
export function receiptId(versionId: string, userId: string): string {
  return derivedId('read-receipt', versionId, userId)
}

type Reader = Pick<User, 'id' | 'roles' | 'presence'>

/** Whose duty it is to read what is published. Who is away reads it when they are back; who has left never does. */
export function mustRead(manual: Pick<Manual, 'state' | 'versionId' | 'readBy'>, reader: Pick<Reader, 'roles' | 'presence'>): boolean {
  return manual.state === 'published' && reader.presence !== 'left' && manual.readBy.some((role) => reader.roles.includes(role))
}

interface Reading {
  readonly manuals: readonly Manual[]
  readonly receipts: readonly ReadReceipt[]
}

/** What decides what a person has still to read. */
export function* loadReading(userId: string): Loading<Reading> {
  return { manuals: yield* all(manualTable), receipts: yield* range(readReceiptTable, 'byUser', [userId]) }
}

/**
 * The receipts of somebody whose roles changed, who came or who left: new manuals are owed, what is no longer theirs is not,
 * and what was read stays read.
 */
export function readingOf(reader: Reader, { manuals, receipts }: Reading, at: number): readonly Change[] {
  return manuals.flatMap((manual): readonly Change[] => {
    const { versionId } = manual
    if (versionId === null) return []
    const receipt = receipts.find((candidate) => candidate.versionId === versionId)
    const owed = mustRead(manual, reader)
    if (owed && !receipt) return [owe(manual.id, versionId, reader.id, at + READING_TIME)]
    if (owed && receipt?.state === 'dropped') return [update(readReceiptTable, receipt, { state: 'due', dueAt: at + READING_TIME })]
    return !owed && receipt?.state === 'due' ? [update(readReceiptTable, receipt, { state: 'dropped' })] : []
  })
}

export function owe(manualId: string, versionId: string, userId: string, dueAt: number): Change {
  return insert(readReceiptTable, { id: receiptId(versionId, userId), manualId, versionId, userId, state: 'due', dueAt, readAt: null })
}

/** Nobody owes a version any more that another took the place of. */
export function dropDue(receipts: readonly ReadReceipt[]): readonly Change[] {
  return receipts.filter(({ state }) => state === 'due').map((receipt) => update(readReceiptTable, receipt, { state: 'dropped' }))
}
