import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/**
 * A page on a technician’s telephone: whose it is, for which day, and until when. Nothing here opens it: the hub signs the
 * row’s id with a secret of its own, and only who has that address gets in.
 */
export const technicianLinkTable = defineTable(
  'technician_link',
  {
    technicianId: col.ref('technician'),
    /** The one day that it shows; null: whatever day it is, until it ends. */
    day: nullable(col.day()),
    issuedAt: col.instant(),
    /** Who made it; it stands though the hub may not know the person any more. */
    issuedBy: col.id(),
    expiresAt: col.instant(),
    revokedAt: nullable(col.instant()),
    revokedBy: nullable(col.id()),
    /** When a telephone first opened it. */
    openedAt: nullable(col.instant()),
  },
  { indexes: { byTechnician: ['technicianId', 'expiresAt'] } },
)

/** What a technician says with one tap. */
export const REPORT_KINDS = ['onMyWay', 'arrived', 'hold', 'resume', 'done', 'late'] as const

export type ReportKind = (typeof REPORT_KINDS)[number]

/** What a technician said from the field, as it was said; rows are only ever added. */
export const fieldReportTable = defineTable(
  'field_report',
  {
    linkId: col.id(),
    technicianId: col.id(),
    appointmentId: col.id(),
    jobId: nullable(col.id()),
    kind: col.oneOf([...REPORT_KINDS, 'issue']),
    /** When it was tapped, by the hub’s clock. */
    tappedAt: col.instant(),
    /** The moment that counts for the visit: tapped, and neither before what must come first nor after it was heard. */
    countedAt: col.instant(),
    heardAt: col.instant(),
    /** The reason of a hold, the words of an issue. */
    words: col.text(),
    /** How late, minutes. */
    minutes: nullable(col.integer()),
    /** What somebody in the office now has to do about it. */
    taskId: nullable(col.id()),
  },
  { indexes: { byAppointment: ['appointmentId', 'tappedAt'], byTechnician: ['technicianId', 'tappedAt'] } },
)

export type TechnicianLink = Row<typeof technicianLinkTable>
export type FieldReport = Row<typeof fieldReportTable>
