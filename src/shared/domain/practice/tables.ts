import { col, defineTable, type Row } from '../kernel/table.ts'
import type { Finding } from './parts.ts'

/** What somebody made of a scripted caller. It is never changed, and no number of the office counts it. */
export const practiceResultTable = defineTable(
  'practice_result',
  {
    /** Who practised. No reference: a result finds its place whatever became of the person. */
    userId: col.id(),
    callerKey: col.text(),
    /** Of the caller: a score counts for what was expected then. */
    callerVersion: col.integer(),
    fieldPoints: col.integer(),
    orderPoints: col.integer(),
    wordPoints: col.integer(),
    timePoints: col.integer(),
    total: col.integer(),
    /** From answer to end of the call. */
    seconds: col.integer(),
    finishedAt: col.instant(),
    findings: col.json<readonly Finding[]>(),
  },
  { indexes: { byUser: ['userId', 'finishedAt'], byFinished: ['finishedAt'] } },
)

export type PracticeResult = Row<typeof practiceResultTable>
