import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { UnknownCompany } from '../../core/hubStore.ts'
import { errorDetails } from '../log.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/** Snapshots on the disk: made once for everybody with the same clearances who joins within a while. */

/** Those who come within this time get the same one; the feed carries them on from its place. */
const SHARED_MS = 30 * 60_000
/** A download that was broken off can go on for so long. */
const KEPT_MS = 6 * 60 * 60_000
const CHUNK_ROWS = 5_000
const CHUNK_CHARACTERS = 4 * 1024 * 1024
/** Chunks that are compressed at the same time; the reading goes on meanwhile. */
const AT_ONCE = 3
/** Fast rather than small: the office's network is not the bottleneck. */
const GZIP_LEVEL = 1

const squeeze = promisify(gzip)

const chunkShape = z.object({ n: z.int(), rows: z.int(), bytes: z.int(), sha256: z.string(), first: z.boolean() })
const manifestShape = z.object({
  id: z.string(),
  companyId: z.string(),
  held: z.string(),
  epoch: z.string(),
  seq: z.int(),
  schema: z.int(),
  rows: z.int(),
  /** Epoch ms by the hub's clock. */
  madeAt: z.number(),
  chunks: z.array(chunkShape),
})

export type SnapshotManifest = z.output<typeof manifestShape>
type Chunk = z.output<typeof chunkShape>

const keyOf = (held: readonly Clearance[]): string => [...held].sort().join(' ')

export class SnapshotShelf {
  readonly #parts: ServerParts
  readonly #folder: string
  readonly #newest = new Map<string, SnapshotManifest>()
  readonly #making = new Map<string, Promise<SnapshotManifest>>()

  /** @param folder may be shared by the hub processes of one database: each then serves what the others made */
  constructor(parts: ServerParts, folder: string) {
    this.#parts = parts
    this.#folder = folder
  }

  /** A snapshot for these clearances: a recent one, or a new one. @throws HttpProblem */
  async latest(companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest> {
    const company = await this.#parts.admin.company(companyId)
    if (!company) throw new UnknownCompany(companyId)
    if (company.state === 'founding') throw new HttpProblem(409, 'company.founding', 'The company\u2019s data is still on its way to the hub.')
    const key = `${companyId} ${keyOf(held)}`
    const found = this.#newest.get(key)
    const isFresh = found?.epoch === company.epoch && found.seq >= company.feedFloor && this.#parts.now() - found.madeAt < SHARED_MS
    if (found && isFresh && (await this.#isThere(found))) return found
    let making = this.#making.get(key)
    if (!making) {
      making = this.#make(companyId, held).finally(() => this.#making.delete(key))
      this.#making.set(key, making)
      void making.then((made) => this.#newest.set(key, made)).catch(() => undefined)
    }
    return making
  }

  async #isThere(manifest: SnapshotManifest): Promise<boolean> {
    return stat(join(this.#place(manifest.companyId, manifest.id), 'manifest.json')).then(
      () => true,
      () => false,
    )
  }

  #place(companyId: string, id: string): string {
    return join(this.#folder, companyId, id)
  }

  async #make(companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest> {
    const from = performance.now()
    const id = randomBytes(16).toString('hex')
    const folder = this.#place(companyId, id)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const manifest = await this.#write(folder, id, companyId, held)
      this.#parts.metrics.snapshot.observe((performance.now() - from) / 1000)
      this.#parts.log.info('snapshot.made', { company: companyId, rows: manifest.rows, chunks: manifest.chunks.length, ms: Math.round(performance.now() - from) })
      return manifest
    } catch (error) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
      this.#parts.log.error('snapshot.failed', { company: companyId, ...errorDetails(error) })
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new HttpProblem(507, 'snapshot.noSpace', 'The hub\u2019s disk is full, so it can\u2019t hand out the company\u2019s data. Somebody has to make room there; this workstation then goes on by itself.')
      throw error
    }
  }

  async #write(folder: string, id: string, companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest> {
    const { head, parts } = await this.#parts.admin.snapshot(companyId, new Set(held))
    const chunks: Promise<Chunk>[] = []
    let [lines, length, isFirst] = [[] as string[], 0, true]
    const flush = async (): Promise<void> => {
      if (lines.length === 0) return
      const chunk = writeChunk(folder, chunks.length, lines, isFirst)
      // Heard of below, when all are waited for.
      chunk.catch(() => undefined)
      chunks.push(chunk)
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
      await Promise.allSettled(chunks)
    }
    const written = await Promise.all(chunks)
    const rows = written.reduce((sum, chunk) => sum + chunk.rows, 0)
    const manifest: SnapshotManifest = { id, companyId, held: keyOf(held), epoch: head.epoch, seq: head.seq, schema: head.schema, rows, madeAt: this.#parts.now(), chunks: written }
    // Last: a folder without it is half a snapshot.
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
    return manifest
  }

  /** A chunk's bytes; undefined where there is no such snapshot for this company and these clearances. */
  async chunk(companyId: string, held: readonly Clearance[], id: string, n: number): Promise<Buffer | undefined> {
    const folder = this.#place(companyId, id)
    try {
      const manifest = manifestShape.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
      if (manifest.held !== keyOf(held)) return undefined
      return await readFile(join(folder, `${n}.gz`))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  /** Removes what nobody will come back for. */
  async tidy(): Promise<void> {
    for (const companyId of await readdir(this.#folder).catch(() => [])) {
      for (const id of await readdir(join(this.#folder, companyId)).catch(() => [])) {
        const folder = this.#place(companyId, id)
        const found = await stat(folder).catch(() => undefined)
        if (found && this.#parts.now() - found.mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
      }
    }
  }
}

async function writeChunk(folder: string, n: number, lines: readonly string[], first: boolean): Promise<Chunk> {
  const bytes = await squeeze(`${lines.join('\n')}\n`, { level: GZIP_LEVEL })
  await writeFile(join(folder, `${n}.gz`), bytes)
  return { n, rows: lines.length, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), first }
}
