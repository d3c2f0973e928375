import { derivedId } from '../../base/id.ts'
import { col, defineTable, type Row } from '../kernel/table.ts'

/**
 * Somebody has seen an alert and is at it: it is quiet for everybody until then, and it is still there. Alerts themselves are
 * no rows: they follow from the visits and the time, so that each is gone the moment its cause is.
 */
export const alertSeenTable = defineTable(
  'alert_seen',
  {
    appointmentId: col.ref('appointment'),
    kind: col.text(),
    /** What it was about: another technician, another time or another state is another cause. */
    cause: col.text(),
    seenBy: col.id(),
    seenAt: col.instant(),
    doing: col.text(),
    lookAgainAt: col.instant(),
  },
  { indexes: { byLookAgain: ['lookAgainAt'] } },
)

/** The Truth Comes Home Hour of a day: when it began and on how many visits. It is over when none of them is open. */
export const truthHourTable = defineTable('truth_hour', { day: col.day(), begunAt: col.instant(), visits: col.integer() }, { indexes: { byDay: ['day'] } })

export type AlertSeen = Row<typeof alertSeenTable>

/** The same wherever it is said: of two who see one alert at once the later word stands. */
export function alertSeenId(appointmentId: string, kind: string): string {
  return derivedId('alert-seen', appointmentId, kind)
}

/** One hour a day, whichever workstation's clock begins it. */
export function truthHourId(companyId: string, day: string): string {
  return derivedId('truth-hour', companyId, day)
}
