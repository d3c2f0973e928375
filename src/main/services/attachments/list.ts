import { assertNever } from '../../../shared/base/assertNever.ts'
import type { ListedAttachment } from '../../../shared/contract/methods/attachments.ts'
import { type Attachment, type AttachmentSubject, attachmentTable, isSound } from '../../../shared/domain/attachments/tables.ts'
import { locationTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { byTheLink } from '../customers/names.ts'

interface Subject {
  readonly subjectKind: AttachmentSubject
  readonly subjectId: string
}

function aboutWords({ subjectKind, subjectId }: Subject, { store }: Asked): string {
  switch (subjectKind) {
    case 'customer':
      return ''
    case 'call':
      return 'Call'
    case 'location':
      return store.engine.run(get(locationTable, subjectId))?.line1 ?? 'Location'
    case 'job':
      return `Job ${store.engine.run(get(jobTable, subjectId))?.number ?? ''}`.trim()
    case 'invoice':
      return `Invoice ${store.engine.run(get(invoiceTable, subjectId))?.number ?? ''}`.trim()
    default:
      return assertNever(subjectKind, 'attachment subject')
  }
}

function placeOf({ storedAt }: Attachment, isHere: boolean, alone: boolean): ListedAttachment['place'] {
  if (alone) return isHere ? 'here' : 'missing'
  if (isHere) return storedAt === null ? 'toHub' : 'here'
  return storedAt === null ? 'onItsWay' : 'atHub'
}

type Listed = Attachment & { readonly subjectKind: AttachmentSubject }

const isListed = (attachment: Attachment): attachment is Listed => attachment.removedAt === null && !isSound(attachment)

/** What is attached to a record, newest first. */
export function listAttachments(subject: Subject, asked: Asked): ListedAttachment[] {
  const { engine } = asked.store
  const { subjectKind, subjectId } = subject
  const alone = asked.hub.state().link === 'none'
  const found = subjectKind === 'customer' ? engine.run(range(attachmentTable, 'byCustomer', [subjectId])) : engine.run(range(attachmentTable, 'bySubject', [subjectKind, subjectId]))
  return found
    .filter(isListed)
    .toSorted((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1))
    .map((attachment) => ({
      attachmentId: attachment.id,
      subjectKind: attachment.subjectKind,
      subjectId: attachment.subjectId,
      name: attachment.name,
      mediaType: attachment.mediaType,
      bytes: attachment.bytes,
      note: attachment.note,
      at: attachment.at,
      by: engine.run(get(userTable, attachment.authorId))?.name ?? byTheLink(engine.run(get(technicianTable, attachment.authorId))),
      about: attachment.subjectKind === subjectKind ? '' : aboutWords(attachment, asked),
      place: placeOf(attachment, asked.store.blobs.has(attachment.sha256), alone),
      deviceName: attachment.deviceName,
    }))
}
