import { ServiceError } from '../core/service.ts'
import { type LocalBlob, WrongContentError } from '../store/blobFolder.ts'
import type { Store } from '../store/store.ts'
import type { AskAttachments } from './attachmentConnection.ts'

export interface DownloadParts {
  readonly store: Store
  readonly ask: AskAttachments
  readonly now: () => number
}

/** Fetches attached files from the hub when somebody wants to see them. What broke off goes on where it was. */
export class AttachmentDownloads {
  readonly #parts: DownloadParts
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(parts: DownloadParts) {
    this.#parts = parts
  }

  /**
   * Brings a file here; two who want the same one share the way.
   * @param progress is told how much of it is here, bytes
   * @throws ServiceError `attachment.notHere` where the hub does not have it yet, `hub.needed` without a line
   */
  fetch(actorId: string, blob: LocalBlob, progress: (bytes: number) => void): Promise<void> {
    let way = this.#underWay.get(blob.sha256)
    if (!way) {
      way = this.#fetch(actorId, blob, progress).finally(() => this.#underWay.delete(blob.sha256))
      this.#underWay.set(blob.sha256, way)
    }
    return way
  }

  async #fetch(actorId: string, { sha256, bytes }: LocalBlob, progress: (bytes: number) => void): Promise<void> {
    const { store, ask, now } = this.#parts
    const file = store.blobs.incoming(sha256)
    for (let size = await file.size(); size < bytes; ) {
      const piece = await ask((connection, token) => connection.fetch(token, actorId, sha256, size))
      if (piece.length === 0) break
      await file.append(piece)
      size += piece.length
      progress(size)
    }
    try {
      await file.keep(sha256, now())
    } catch (error) {
      if (error instanceof WrongContentError) throw new ServiceError('attachment.wrongHash', 'What came from the hub is not the file that was attached. Nothing of it was kept. Try again; if it stays so, tell whoever looks after the hub.')
      throw error
    }
    const epoch = store.sync.state()?.epoch
    if (epoch !== undefined) store.blobs.isAtHub(sha256, epoch)
  }
}
