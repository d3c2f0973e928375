import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { SnapshotReading } from '../../core/hubAdmin.ts'
import { type Chunk, type SnapshotManifest, writeManifest } from './manifest.ts'

const CHUNK_ROWS = 5_000
const CHUNK_CHARACTERS = 4 * 1024 * 1024
/** Chunks that are compressed at the same time; the reading goes on meanwhile. */
const AT_ONCE = 3
/** Fast rather than small: the office's network is not the bottleneck. */
const GZIP_LEVEL = 1

const squeeze = promisify(gzip)

export interface NewSnapshot {
  readonly companyId: string
  /** The clearances it is for, as the shelf names them. */
  readonly held: string
  /** Of the company's snapshots. */
  readonly folder: string
  readonly now: () => number
  readonly open: () => Promise<SnapshotReading>
}

/**
 * A snapshot on its way to the disk. Its chunks are handed out as they come: a workstation takes in the first ones while
 * the hub reads on, and has today on its screen before the last one is made.
 */
export class SnapshotMaking {
  readonly id = randomBytes(16).toString('hex')
  readonly folder: string
  /** Settles when all of it is there. */
  readonly whole: Promise<SnapshotManifest>
  readonly #asked: NewSnapshot
  #soFar: SnapshotManifest | null = null
  #grown = Promise.withResolvers<void>()

  constructor(asked: NewSnapshot) {
    this.#asked = asked
    this.folder = join(asked.folder, this.id)
    this.whole = this.#make()
    this.whole.catch(() => undefined)
  }

  /** Resolves when there are more chunks than so many, or all. @throws what kept it from being made */
  async beyond(chunks: number): Promise<SnapshotManifest> {
    for (;;) {
      if (this.#soFar && (this.#soFar.complete || this.#soFar.chunks.length > chunks)) return this.#soFar
      await Promise.race([this.#grown.promise, this.whole])
    }
  }

  async #make(): Promise<SnapshotManifest> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      return await this.#write()
    } catch (error) {
      await rm(this.folder, { recursive: true, force: true }).catch(() => undefined)
      throw error
    }
  }

  async #write(): Promise<SnapshotManifest> {
    const { companyId, held, now, open } = this.#asked
    const { head, parts } = await open()
    const begun = { id: this.id, companyId, held, epoch: head.epoch, seq: head.seq, schema: head.schema, rows: head.rows, madeAt: now() }
    const chunks: Promise<Chunk>[] = []
    let published = Promise.resolve()
    let [lines, length, isFirst] = [[] as string[], 0, true]
    const flush = async (): Promise<void> => {
      if (lines.length === 0) return
      const chunk = writeChunk(this.folder, chunks.length, lines, isFirst)
      chunks.push(chunk)
      // Heard of below, when all are waited for.
      chunk.catch(() => undefined)
      const soFar = [...chunks]
      published = published.then(async () => this.#publish({ ...begun, complete: false, chunks: await Promise.all(soFar) }))
      published.catch(() => undefined)
      ;[lines, length] = [[], 0]
      await chunks[chunks.length - AT_ONCE]
    }
    try {
      for await (const part of parts) {
        if (part.first !== isFirst) await flush()
        isFirst = part.first
        for (const line of part.lines) {
          lines.push(line)
          length += line.length
          if (lines.length >= CHUNK_ROWS || length >= CHUNK_CHARACTERS) await flush()
        }
      }
      await flush()
    } finally {
      await Promise.allSettled([...chunks, published])
    }
    await published
    const written = await Promise.all(chunks)
    const manifest = { ...begun, rows: written.reduce((sum, chunk) => sum + chunk.rows, 0), complete: true, chunks: written }
    await this.#publish(manifest)
    return manifest
  }

  /** On the disk as well: a workstation may ask another of the hub's processes for the next chunk. */
  async #publish(manifest: SnapshotManifest): Promise<void> {
    await writeManifest(this.folder, manifest)
    this.#soFar = manifest
    this.#grown.resolve()
    this.#grown = Promise.withResolvers<void>()
  }
}

async function writeChunk(folder: string, n: number, lines: readonly string[], first: boolean): Promise<Chunk> {
  const bytes = await squeeze(`${lines.join('\n')}\n`, { level: GZIP_LEVEL })
  await writeFile(join(folder, `${n}.gz`), bytes)
  return { n, rows: lines.length, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), first }
}
