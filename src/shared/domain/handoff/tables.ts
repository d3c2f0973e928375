import { derivedId } from '../../base/id.ts'
import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/**
 * What a person has said about one item of a visit's hand-off checklist (D8). Who said it stands beside it; what was taken
 * back stays, so that nobody is said to have ticked what they did not.
 */
export const handoffTickTable = defineTable(
  'handoff_tick',
  {
    appointmentId: col.ref('appointment'),
    /** The item's key in the job type's checklist. */
    item: col.text(),
    /** As the item read when it was ticked: a checklist may be worded otherwise later. */
    label: col.text(),
    said: col.text(),
    tickedBy: col.id(),
    tickedAt: col.instant(),
    takenBackBy: nullable(col.id()),
    takenBackAt: nullable(col.instant()),
  },
  { indexes: { byAppointment: ['appointmentId'] } },
)

export type HandoffTick = Row<typeof handoffTickTable>

/** The same wherever it is ticked, so that two workstations tick it once. */
export function handoffTickId(appointmentId: string, item: string): string {
  return derivedId('handoff', appointmentId, item)
}
