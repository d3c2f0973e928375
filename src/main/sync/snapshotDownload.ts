import { type HubConnection, HubRefused, type SnapshotChunk, type SnapshotManifest } from './hubConnection.ts'
import { type Inflate, unpackChunk } from './snapshotChunk.ts'

/** Chunks that are fetched and unpacked while the one before them is being written. */
const AHEAD = 2

export interface SnapshotSource {
  readonly connection: HubConnection
  readonly token: string
  /** Whether the loading should go on. */
  wanted(): boolean
}

/** The loading was called off: the line is gone, or Baton is closing. It goes on where it was. */
export class LoadingEnded extends Error {
  override readonly name = 'LoadingEnded'
}

export function stopUnlessWanted(source: SnapshotSource): void {
  if (!source.wanted()) throw new LoadingEnded('Called off')
}

export interface ArrivedChunk {
  readonly chunk: SnapshotChunk
  readonly lines: readonly string[]
}

/** The chunks of a snapshot in their order, from one on, some of them ahead; the hub may still be making the last ones. */
export class SnapshotDownload {
  readonly #source: SnapshotSource
  readonly #inflate: Inflate | undefined
  readonly #coming: Promise<ArrivedChunk | null>[] = []
  #manifest: SnapshotManifest
  #next: number
  #growing: Promise<void> | null = null

  constructor(source: SnapshotSource, manifest: SnapshotManifest, from: number, inflate?: Inflate) {
    this.#source = source
    this.#inflate = inflate
    this.#manifest = manifest
    this.#next = from
    this.#order()
  }

  /** As far as the hub has made it. */
  get manifest(): SnapshotManifest {
    return this.#manifest
  }

  /** The next chunk, or null behind the last. @throws HubUnreachable, HubRefused, LoadingEnded */
  next(): Promise<ArrivedChunk | null> {
    const next = this.#coming.shift()
    this.#order()
    return next ?? Promise.resolve(null)
  }

  #order(): void {
    while (this.#coming.length < AHEAD) {
      const chunk = this.#fetch(this.#next++)
      // Nobody may be waiting for it by the time it fails.
      chunk.catch(() => undefined)
      this.#coming.push(chunk)
    }
  }

  async #fetch(index: number): Promise<ArrivedChunk | null> {
    const chunk = await this.#chunkAt(index)
    if (!chunk) return null
    const { connection, token } = this.#source
    return { chunk, lines: await unpackChunk(chunk, await connection.snapshotChunk(token, this.#manifest.id, chunk.n), this.#inflate) }
  }

  async #chunkAt(index: number): Promise<SnapshotChunk | undefined> {
    while (this.#manifest.complete === false && index >= this.#manifest.chunks.length) {
      this.#growing ??= this.#grow().finally(() => (this.#growing = null))
      await this.#growing
    }
    return this.#manifest.chunks[index]
  }

  async #grow(): Promise<void> {
    const { connection, token } = this.#source
    stopUnlessWanted(this.#source)
    const { id, chunks } = this.#manifest
    const grown = await connection.snapshot(token, { id, chunks: chunks.length })
    if (grown.id !== id) throw new HubRefused(404, 'snapshot.gone', 'The hub makes another snapshot by now.')
    this.#manifest = grown
  }
}
