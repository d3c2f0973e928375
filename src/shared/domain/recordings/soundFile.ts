import type { Instant } from '../../base/time.ts'
import { type Attachment, attachmentTable } from '../attachments/tables.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import type { DecisionContext } from '../kernel/command.ts'

type SoundFile = Pick<Attachment, 'name' | 'mediaType' | 'bytes' | 'sha256' | 'deviceName'> & { readonly subjectKind: 'recording' | 'voicemail'; readonly id: string }

/** The file with the sound of a recording or a voicemail, of the same id. It is listened to where the call is: on a customer’s page, whoever may not listen would see it among the files. */
export function keepSound({ id, ...file }: SoundFile, context: DecisionContext): Change {
  return insert(attachmentTable, {
    id,
    ...file,
    subjectId: id,
    customerId: null,
    note: '',
    at: context.at,
    authorId: context.actorId,
    deviceId: context.deviceId,
    storedAt: null,
    removedAt: null,
    removedBy: null,
  })
}

/**
 * Whether the time of a sound that is still there is over, by a clock that nobody can have turned.
 * @param keptUntil epoch milliseconds; null while something keeps it without end
 */
export function isSoundOver({ goneAt }: { readonly goneAt: Instant | null }, keptUntil: Instant | null, { surelyAt }: Pick<DecisionContext, 'surelyAt'>): boolean {
  return goneAt === null && keptUntil !== null && keptUntil <= surelyAt
}

export function removeSound(file: Attachment | undefined, context: DecisionContext): readonly Change[] {
  return file && file.removedAt === null ? [update(attachmentTable, file, { removedAt: context.at, removedBy: context.actorId })] : []
}
