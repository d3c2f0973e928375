import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import type { Role } from '../people/permissions.ts'
import { type ScriptContent, SCRIPT_PURPOSES } from './content.ts'

/** A script as a manager edits it. Calls see only what was published of it. */
export const scriptTable = defineTable('script', {
  name: col.text(),
  purpose: col.oneOf(SCRIPT_PURPOSES),
  /** Null: for every unit. */
  businessUnitId: nullable(col.ref('business_unit')),
  /** Null: for every job type. */
  jobTypeId: nullable(col.ref('job_type')),
  /** What is written and not said yet. */
  content: col.json<ScriptContent>(),
  state: col.oneOf(['draft', 'published', 'retired']),
  /** The version that calls use. It may be one that the hub has not heard of yet. */
  versionId: nullable(col.id()),
  /** Of the newest version; 0 before the first. */
  versionNumber: col.integer(),
})

/** What was published, as it was: it is never changed, for calls and jobs name it. */
export const scriptVersionTable = defineTable(
  'script_version',
  {
    scriptId: col.ref('script'),
    number: col.integer(),
    name: col.text(),
    purpose: col.oneOf(SCRIPT_PURPOSES),
    businessUnitId: nullable(col.ref('business_unit')),
    jobTypeId: nullable(col.ref('job_type')),
    content: col.json<ScriptContent>(),
    /** What is new in it, in the publisher's words. */
    note: col.text(),
    publishedAt: col.instant(),
    publishedBy: col.id(),
  },
  { indexes: { byScript: ['scriptId', 'number'] } },
)

export const SPECIAL_KINDS = ['special', 'membership'] as const

/** What is offered on certain days, in the words that say it: specials (C10), and the membership. */
export const specialTable = defineTable('special', {
  name: col.text(),
  kind: col.oneOf(SPECIAL_KINDS),
  words: col.text(),
  /** The first and the last day on which it is said. */
  fromDay: col.day(),
  toDay: col.day(),
  businessUnitId: nullable(col.ref('business_unit')),
  active: col.boolean(),
})

/** A manual as it is written: the CSR's, the dispatcher's, the technician's. */
export const manualTable = defineTable('manual', {
  name: col.text(),
  body: col.text(),
  /** Whose duty it is to read it. */
  roles: col.json<readonly Role[]>(),
  state: col.oneOf(['draft', 'published', 'retired']),
  versionId: nullable(col.id()),
  versionNumber: col.integer(),
  /** Whose duty it became with the version that is published. */
  readBy: col.json<readonly Role[]>(),
})

export const manualVersionTable = defineTable(
  'manual_version',
  {
    manualId: col.ref('manual'),
    number: col.integer(),
    name: col.text(),
    body: col.text(),
    roles: col.json<readonly Role[]>(),
    note: col.text(),
    publishedAt: col.instant(),
    publishedBy: col.id(),
  },
  { indexes: { byManual: ['manualId', 'number'] } },
)

/** That a person has read a version of a manual, or still owes it: an owed one is their promise. */
export const readReceiptTable = defineTable(
  'read_receipt',
  {
    manualId: col.ref('manual'),
    versionId: col.ref('manual_version'),
    userId: col.ref('user'),
    /** `dropped`: a newer version came, or it is no longer theirs to read. */
    state: col.oneOf(['due', 'read', 'dropped']),
    dueAt: col.instant(),
    readAt: nullable(col.instant()),
  },
  { indexes: { byUser: ['userId', 'state'], byManual: ['manualId', 'state'], byVersion: ['versionId', 'state'] } },
)

export type Script = Row<typeof scriptTable>
export type ScriptVersion = Row<typeof scriptVersionTable>
export type Special = Row<typeof specialTable>
export type Manual = Row<typeof manualTable>
export type ManualVersion = Row<typeof manualVersionTable>
export type ReadReceipt = Row<typeof readReceiptTable>
