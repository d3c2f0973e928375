import { MAX_ATTACHMENT_BYTES, TOO_LARGE } from '../../../shared/domain/attachments/commands.ts'
import { ServiceError } from '../../core/service.ts'
import type { BlobFolder, IncomingBlob, LocalBlob } from '../../store/blobFolder.ts'

/** How many files may be on their way from pages at once: some that were left lying too. */
const MAX_UPLOADS = 16

interface Upload {
  readonly owner: string
  readonly file: IncomingBlob
  parts: number
  bytes: number
  whole: boolean
}

export interface Part {
  readonly uploadId: string
  readonly part: number
  readonly last: boolean
  readonly bytes: Uint8Array
}

function diskProblem(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new ServiceError('attachment.diskFull', 'The disk is full, so the file could not be attached. Nothing was changed. Free some space and try again.')
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new ServiceError('attachment.disk', 'Baton can\u2019t write into the folder of its attachments. Nothing was changed. The log says more.')
  return error
}

/** Files that pages are sending into the folder of one store, until they are attached or given up. */
export class AttachmentUploadsFromPages {
  readonly #blobs: BlobFolder
  readonly #files = new Map<string, Upload>()

  constructor(blobs: BlobFolder) {
    this.#blobs = blobs
  }

  /** Takes the next part of a file. @returns how many bytes have come */
  async receive({ uploadId, part, last, bytes }: Part, owner: string): Promise<number> {
    const upload = part === 0 ? await this.#begin(uploadId, owner) : this.#of(uploadId, owner)
    if (part !== upload.parts || upload.whole) {
      await this.#discard(uploadId)
      throw new ServiceError('attachment.uploadOrder', 'The file did not arrive whole. Choose it again.')
    }
    if (upload.bytes + bytes.length > MAX_ATTACHMENT_BYTES) {
      await this.#discard(uploadId)
      throw new ServiceError('attachment.tooLarge', TOO_LARGE)
    }
    // Counted before the disk has it: two parts at once are out of order.
    upload.parts += 1
    upload.bytes += bytes.length
    await upload.file.append(bytes).catch(async (error: unknown) => {
      await this.#discard(uploadId)
      throw diskProblem(error)
    })
    upload.whole = last
    return upload.bytes
  }

  async #begin(uploadId: string, owner: string): Promise<Upload> {
    await this.#discard(uploadId)
    const oldest = this.#files.keys().next().value
    if (this.#files.size >= MAX_UPLOADS && oldest !== undefined) await this.#discard(oldest)
    const file = this.#blobs.incoming(`upload-${uploadId}`)
    await file.drop()
    const upload: Upload = { owner, file, parts: 0, bytes: 0, whole: false }
    this.#files.set(uploadId, upload)
    return upload
  }

  #of(uploadId: string, owner: string): Upload {
    const upload = this.#files.get(uploadId)
    if (!upload || upload.owner !== owner) throw new ServiceError('attachment.noFile', 'This file is not here any more. Choose it again.')
    return upload
  }

  /** Keeps a file that has come whole: it is one of the folder’s from now on. */
  async keep(uploadId: string, owner: string, at: number): Promise<LocalBlob> {
    const upload = this.#of(uploadId, owner)
    if (!upload.whole) throw new ServiceError('attachment.noFile', 'The file has not arrived whole. Choose it again.')
    if (upload.bytes === 0) {
      await this.#discard(uploadId)
      throw new ServiceError('attachment.empty', 'This file is empty. Nothing was attached.')
    }
    this.#files.delete(uploadId)
    return upload.file.keep(null, at).catch((error: unknown) => {
      throw diskProblem(error)
    })
  }

  async #discard(uploadId: string): Promise<void> {
    const upload = this.#files.get(uploadId)
    this.#files.delete(uploadId)
    await upload?.file.drop()
  }
}
