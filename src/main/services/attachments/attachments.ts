import type { attachmentsMethods } from '../../../shared/contract/methods/attachments.ts'
import { handedOverAs, isShown, mediaTypeOf } from '../../../shared/domain/attachments/mediaTypes.ts'
import { type Attachment, attachmentTable, isSound } from '../../../shared/domain/attachments/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import type { Store } from '../../store/store.ts'
import { fileOf } from './file.ts'
import { listAttachments } from './list.ts'
import { AttachmentUploadsFromPages } from './uploads.ts'

/** A larger image is handed over as a file: it would cross to the page as one message. */
const MAX_SHOWN_BYTES = 16 * 1024 * 1024

const uploads = new WeakMap<Store, AttachmentUploadsFromPages>()

function uploadsOf(store: Store): AttachmentUploadsFromPages {
  let found = uploads.get(store)
  if (!found) uploads.set(store, (found = new AttachmentUploadsFromPages(store.blobs)))
  return found
}

function attachmentOf(attachmentId: string, { store }: Asked): Attachment {
  const attachment = store.engine.run(get(attachmentTable, attachmentId))
  // What somebody said is nobody’s to open as a file: whoever may listen does so in the call log.
  if (!attachment || attachment.removedAt !== null || isSound(attachment)) throw new ServiceError('attachment.unknown', 'This attachment is gone: somebody removed it meanwhile.')
  return attachment
}

export const attachmentsService: Implementation<typeof attachmentsMethods> = {
  'attachment.list': (subject, asked) => listAttachments(subject, asked),

  'attachment.waiting': (_input, { hub }) => hub.waitingAttachments(),

  'attachment.upload': async ({ base64, ...part }, asked) => ({ received: await uploadsOf(asked.store).receive({ ...part, bytes: Buffer.from(base64, 'base64') }, asked.actorId) }),

  'attachment.attach': async ({ uploadId, ...given }, asked) => {
    const { store, hub, actorId, now } = asked
    const { sha256, bytes } = await uploadsOf(store).keep(uploadId, actorId, now())
    const input = { ...given, mediaType: mediaTypeOf(given.name), bytes, sha256, deviceName: hub.state().deviceName ?? '' }
    mustRun(asked, { name: 'attachment.add', input, actorId })
    return { attachmentId: given.attachmentId }
  },

  'attachment.open': async ({ attachmentId, asFile, operationId }, asked) => {
    const attachment = attachmentOf(attachmentId, asked)
    const bytes = await fileOf(attachment, operationId, asked)
    const { name, mediaType } = attachment
    if (!asFile && isShown(mediaType) && bytes.length <= MAX_SHOWN_BYTES) return { kind: 'image', name, mediaType, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
    return { kind: 'file', name, delivery: await asked.shell.offerFile({ name, mime: handedOverAs(mediaType), bytes }) }
  },
}
