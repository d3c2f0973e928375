import { col, defineTable, nullable, type Row } from '../kernel/table.ts'
import { ROLES } from '../people/permissions.ts'

export const HANDED_STATES = ['waiting', 'taken', 'takenBack', 'dropped'] as const

/**
 * A call's work handed to a colleague with everything typed (C3). While it waits it is a promise of whoever gets it.
 * A draft that nobody handed over is on its workstation only; this row is what travels.
 */
export const handedDraftTable = defineTable(
  'handed_draft',
  {
    /** Who is calling, as far as anybody knows: "Nora Whitfield", "New caller". */
    who: col.text(),
    /** What was begun, in words: "AC not cooling, 3 steps left". */
    about: col.text(),
    callId: nullable(col.ref('call')),
    customerId: nullable(col.ref('customer')),
    /** The draft as the page keeps it, JSON. Only pages read it, so the office's rules hang on nothing in it. */
    body: col.text(),
    /** What the colleague should know beside it. */
    note: col.text(),
    /** Null where the hub does not know whoever did. */
    fromUserId: nullable(col.ref('user')),
    /** Who gets it; without a person, the role does. */
    toUserId: nullable(col.ref('user')),
    toRole: col.oneOf(ROLES),
    handedAt: col.instant(),
    state: col.oneOf(HANDED_STATES),
    settledAt: nullable(col.instant()),
    settledBy: nullable(col.ref('user')),
    practice: col.boolean(),
  },
  {
    indexes: {
      byState: ['state', 'handedAt'],
      byCall: ['callId'],
      byCustomer: ['customerId'],
    },
  },
)

export type HandedDraft = Row<typeof handedDraftTable>
