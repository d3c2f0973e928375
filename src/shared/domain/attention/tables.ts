import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/**
 * What was done at a workstation and could not stand at the hub: the slot was somebody else's by then, the right was
 * taken away, the record is gone. It is kept whole, and its promise has a holder until a person has settled it.
 */
export const refusedChangeTable = defineTable('refused_change', {
  /** The command that could not stand, whole, so that it can be given again. */
  commandId: col.id(),
  commandName: col.text(),
  commandVersion: col.integer(),
  input: col.json<unknown>(),
  /** Document numbers it had taken: they count as used, so that a series shows no hole nobody can explain. */
  numbers: col.json<Readonly<Record<string, string>>>(),
  /** When it was done, where and by whom. */
  at: col.instant(),
  deviceId: col.id(),
  actorId: nullable(col.ref('user')),
  /** `refused`: it has no effect. `parked`: a fact that found no place, kept for a person. `flagged`: a fact that stands, by somebody who may not report it any more. */
  kind: col.oneOf(['refused', 'parked', 'flagged']),
  code: col.text(),
  message: col.text(),
  /** The record on the other side: what stands instead. */
  subjectKind: nullable(col.text()),
  subjectId: nullable(col.id()),
  customerId: nullable(col.ref('customer')),
  /** Money the person took, so that nobody looks for it in vain. */
  amountCents: nullable(col.cents()),
  /** The refused change it built upon, and falls with. */
  causeId: nullable(col.ref('refused_change')),
  state: col.oneOf(['open', 'redone', 'dropped']),
  settledAt: nullable(col.instant()),
}, { indexes: { byCommand: ['commandId'], byState: ['state'], byCause: ['causeId'], byCustomer: ['customerId'] } })

export type RefusedChange = Row<typeof refusedChangeTable>
