import { createHash, type Hash } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServiceError } from '../../core/service.ts'

/** Larger than any office's list of customers: 500,000 rows. */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024

/** A file on its way in; its parts come in order. */
interface Upload {
  readonly fileName: string
  readonly owner: string
  readonly folder: string
  readonly path: string
  readonly hash: Hash
  parts: number
  bytes: number
  sha256: string | null
}

export interface UploadedFile {
  readonly fileName: string
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export interface Part {
  readonly uploadId: string
  readonly fileName: string
  readonly part: number
  readonly last: boolean
  readonly bytes: Uint8Array
}

/** How many files may wait at once: one a page, and some that were left lying. */
const MAX_UPLOADS = 8

/** Files that pages are sending, outside the store, until they are imported or given up. */
export class Uploads {
  readonly #files = new Map<string, Upload>()

  /** Takes the next part of a file. @returns how many bytes have come */
  receive(part: Part, owner: string): number {
    const upload = part.part === 0 ? this.#begin(part, owner) : this.#of(part.uploadId, owner)
    if (part.part !== upload.parts || upload.sha256 !== null) {
      this.discard(part.uploadId)
      throw new ServiceError('import.uploadOrder', 'The file did not arrive whole. Choose it again.')
    }
    if (upload.bytes + part.bytes.length > MAX_UPLOAD_BYTES) {
      this.discard(part.uploadId)
      throw new ServiceError('import.tooLarge', 'This file is larger than 100 MB. Export fewer customers at a time.')
    }
    appendFileSync(upload.path, part.bytes)
    upload.hash.update(part.bytes)
    upload.bytes += part.bytes.length
    upload.parts += 1
    if (part.last) upload.sha256 = upload.hash.digest('hex')
    return upload.bytes
  }

  #begin({ uploadId, fileName }: Part, owner: string): Upload {
    this.discard(uploadId)
    const oldest = this.#files.keys().next().value
    if (this.#files.size >= MAX_UPLOADS && oldest !== undefined) this.discard(oldest)
    // The page's file name is for people; it never becomes a path.
    const folder = mkdtempSync(join(tmpdir(), 'baton-import-'))
    const path = join(folder, 'file.csv')
    writeFileSync(path, '', { mode: 0o600 })
    const upload: Upload = { fileName, owner, folder, path, hash: createHash('sha256'), parts: 0, bytes: 0, sha256: null }
    this.#files.set(uploadId, upload)
    return upload
  }

  #of(uploadId: string, owner: string): Upload {
    const upload = this.#files.get(uploadId)
    if (!upload || upload.owner !== owner) throw new ServiceError('import.noFile', 'This file is not here any more. Choose it again.')
    return upload
  }

  /** A file that has come whole. */
  whole(uploadId: string, owner: string): UploadedFile {
    const { fileName, path, bytes, sha256 } = this.#of(uploadId, owner)
    if (sha256 === null) throw new ServiceError('import.noFile', 'The file has not arrived whole. Choose it again.')
    return { fileName, path, bytes, sha256 }
  }

  /** Gives every file up: they hold customers, and the system's folder for passing things keeps what it is given. */
  discardAll(): void {
    for (const uploadId of this.#files.keys()) this.discard(uploadId)
  }

  discard(uploadId: string): void {
    const upload = this.#files.get(uploadId)
    if (!upload) return
    this.#files.delete(uploadId)
    rmSync(upload.folder, { recursive: true, force: true })
  }
}
