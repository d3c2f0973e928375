import type { Attachment } from '../../../shared/domain/attachments/tables.ts'
import { type Asked, ServiceError } from '../../core/service.ts'

const from = ({ deviceName }: Attachment): string => (deviceName === '' ? 'the workstation where it was attached' : deviceName)

/** Why a file that is not here can’t come; null where the hub may be asked. */
function whyNot(attachment: Attachment, { hub }: Asked): ServiceError | null {
  if (hub.state().link === 'none') return new ServiceError('attachment.missing', 'The file is not on this workstation: it was not in the backup or was deleted from the folder. The entry stays. Attach the file again if you have it.')
  if (attachment.storedAt === null) return new ServiceError('attachment.onItsWay', `The file is still on its way from ${from(attachment)}. It can be opened here once the hub has it.`)
  return null
}

/** The file, brought here from the hub where it has to be. @throws ServiceError with why not */
export async function fileOf(attachment: Attachment, operationId: string, asked: Asked): Promise<Uint8Array> {
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
