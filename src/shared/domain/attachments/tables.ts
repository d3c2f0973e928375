import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** What a file can belong to. */
export const ATTACHMENT_SUBJECTS = ['customer', 'location', 'job', 'call', 'invoice'] as const

export type AttachmentSubject = (typeof ATTACHMENT_SUBJECTS)[number]

/** Nobody attaches these: they are kept by their own rules, and whoever may not listen never sees their files. */
const SOUND_SUBJECTS = ['recording', 'voicemail'] as const

const KEPT_SUBJECTS = [...ATTACHMENT_SUBJECTS, ...SOUND_SUBJECTS] as const

/**
 * A photo, a permit, a scanned check: what it is and what it belongs to. The file itself is kept beside the rows, under its
 * SHA-256, and travels in a queue of its own.
 */
export const attachmentTable = defineTable(
  'attachment',
  {
    subjectKind: col.oneOf(KEPT_SUBJECTS),
    subjectId: col.id(),
    /** Whose page it shows on beside its subject's. */
    customerId: nullable(col.ref('customer')),
    name: col.text(),
    mediaType: col.text(),
    bytes: col.integer(),
    /** Of the file, hex. Two attachments of one content share the file. */
    sha256: col.text(),
    note: col.text(),
    at: col.instant(),
    /** Who added it; it stands though the hub may not know the person. */
    authorId: col.id(),
    /** The workstation that has the file until the hub has it, and what the office called it then. */
    deviceId: col.id(),
    deviceName: col.text(),
    /** When the hub had the whole file; null while it is on its way. */
    storedAt: nullable(col.instant()),
    /** Removed attachments are kept as rows: who put what where stays known. */
    removedAt: nullable(col.instant()),
    removedBy: nullable(col.id()),
  },
  { indexes: { bySubject: ['subjectKind', 'subjectId'], byCustomer: ['customerId'], bySha256: ['sha256', 'removedAt'], byStored: ['storedAt'] } },
)

export type Attachment = Row<typeof attachmentTable>

/** True of what somebody said on the telephone: it is listened to, and on no list of files. */
export function isSound<T extends Pick<Attachment, 'subjectKind'>>(attachment: T): attachment is T & { readonly subjectKind: (typeof SOUND_SUBJECTS)[number] } {
  return (SOUND_SUBJECTS as readonly string[]).includes(attachment.subjectKind)
}
