import { newId } from '../../../shared/base/id.ts'
import { UPLOAD_PART_BYTES } from '../../../shared/contract/methods/intake.ts'
import { MAX_ATTACHMENT_BYTES, TOO_LARGE } from '../../../shared/domain/attachments/commands.ts'
import type { AttachmentSubject } from '../../../shared/domain/attachments/tables.ts'
import { api } from '../../api/api.ts'
import { RequestError } from '../../api/errors.ts'
import { fileBase64 } from '../../api/fileBase64.ts'

/** The record that files are attached to. */
export interface Subject {
  readonly subjectKind: AttachmentSubject
  readonly subjectId: string
}

/**
 * Sends a file to the backend and attaches it.
 * @param progress is told which share of it is there, from 0 to 1
 * @returns the attachment\u2019s id
 */
export async function attachFile(file: File, subject: Subject, progress: (share: number) => void): Promise<string> {
  // Said before it is sent: the backend would say the same after the fiftieth megabyte.
  if (file.size > MAX_ATTACHMENT_BYTES) throw new RequestError({ code: 'attachment.tooLarge', message: `${file.name}: ${TOO_LARGE}` })
  const uploadId = newId()
  const parts = Math.max(1, Math.ceil(file.size / UPLOAD_PART_BYTES))
  for (let part = 0; part < parts; part++) {
    progress(part / parts)
    const base64 = await fileBase64(file.slice(part * UPLOAD_PART_BYTES, (part + 1) * UPLOAD_PART_BYTES))
    await api.action('attachment.upload', { uploadId, part, last: part === parts - 1, base64 })
  }
  const attachmentId = newId()
  // What is pasted has no name, or everything pasted has the same.
  const name = file.name === '' || file.name === 'image.png' ? `Pasted ${new Date().toISOString().slice(0, 10)}.png` : file.name.slice(-200)
  await api.action('attachment.attach', { uploadId, attachmentId, ...subject, name })
  return attachmentId
}
