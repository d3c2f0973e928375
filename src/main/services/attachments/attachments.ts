import type { attachmentsMethods } from '../../../shared/contract/methods/attachments.ts'
import { handedOverAs, isShown, mediaTypeOf } from '../../../shared/domain/attachments/mediaTypes.ts'
import { type Attachment, attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import type { Store } from '../../store/store.ts'
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
  if (!attachment || attachment.removedAt !== null) throw new ServiceError('attachment.unknown', 'This attachment is gone: somebody removed it meanwhile.')
  return attachment
}

const from = ({ deviceName }: Attachment): string => (deviceName === '' ? 'the workstation where it was attached' : deviceName)

/** Why a file that is not here can’t come; null where the hub may be asked. */
function whyNot(attachment: Attachment, { hub }: Asked): ServiceError | null {
  if (hub.state().link === 'none') return new ServiceError('attachment.missing', 'The file is not on this workstation: it was not in the backup or was deleted from the folder. The entry stays. Attach the file again if you have it.')
  if (attachment.storedAt === null) return new ServiceError('attachment.onItsWay', `The file is still on its way from ${from(attachment)}. It can be opened here once the hub has it.`)
  return null
}

/** The file, brought here from the hub where it has to be. @throws ServiceError with why not */
async function fileOf(attachment: Attachment, operationId: string, asked: Asked): Promise<Uint8Array> {
  const { store, hub, emit, actorId } = asked
  const found = await store.blobs.whole(attachment.sha256)
  if (found) return found
  const problem = whyNot(attachment, asked)
  if (problem) throw problem
  await hub.fetchAttachment(actorId, { sha256: attachment.sha256, bytes: attachment.bytes }, (done) => emit('progress', { operationId, label: `Fetching ${attachment.name}`, done, total: attachment.bytes })).catch((error: unknown) => {
    // The hub lost it in a restore; a workstation that has it sends it again.
    if (error instanceof ServiceError && error.error.code === 'attachment.notHere') throw new ServiceError('attachment.onItsWay', `The hub does not have the file yet: it is on its way from ${from(attachment)}. Try again in a while.`)
    if (error instanceof ServiceError && error.error.code === 'hub.needed') throw new ServiceError('hub.needed', 'The file is at the hub, and the line to it is down. It can be opened when this workstation is online again.')
    throw error
  })
  const fetched = await store.blobs.whole(attachment.sha256)
  if (!fetched) throw new ServiceError('attachment.disk', 'The file came from the hub but could not be kept on this disk. Try again; the log says more.')
  return fetched
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
