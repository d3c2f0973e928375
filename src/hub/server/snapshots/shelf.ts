import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { UnknownCompany } from '../../core/hubStore.ts'
import { errorDetails } from '../log.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { SnapshotMaking } from './making.ts'
import { readManifest, type SnapshotManifest } from './manifest.ts'

/** Snapshots on the disk: made once for everybody with the same clearances who joins within a while. */

/** Those who come within this time get the same one; the feed carries them on from its place. */
const SHARED_MS = 30 * 60_000
/** A download that was broken off can go on for so long. */
const KEPT_MS = 6 * 60 * 60_000
/** Somebody who waits for more of a snapshot hears after so long that there is no more yet, and asks again. */
const WAIT_MS = 20_000
/** How often another process's work is looked at, and after how long without any it counts as given up. */
const [LOOK_EVERY_MS, GIVEN_UP_MS] = [250, 60_000]

const keyOf = (held: readonly Clearance[]): string => [...held].sort().join(' ')
const shelfKey = (companyId: string, held: readonly Clearance[]): string => `${companyId} ${keyOf(held)}`
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds).unref())

export class SnapshotShelf {
  readonly #parts: ServerParts
  readonly #folder: string
  readonly #newest = new Map<string, SnapshotManifest>()
  readonly #making = new Map<string, SnapshotMaking>()

  /** @param folder may be shared by the hub processes of one database: each then serves what the others made */
  constructor(parts: ServerParts, folder: string) {
    this.#parts = parts
    this.#folder = folder
  }

  /** A snapshot for these clearances: a recent one, or a new one, whole. @throws HttpProblem */
  async latest(companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest> {
    const found = await this.#latest(companyId, held)
    return found instanceof SnapshotMaking ? found.whole.catch(toldOf) : found
  }

  /** The same as soon as its first chunk is there. @throws HttpProblem */
  async growing(companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest> {
    const found = await this.#latest(companyId, held)
    return found instanceof SnapshotMaking ? found.beyond(0).catch(toldOf) : found
  }

  /**
   * More of a snapshot that was handed out while it grew: as soon as it has more chunks than so many, or after a while.
   * @returns undefined where there is no such snapshot for this company and these clearances, or will not be
   */
  async more(companyId: string, held: readonly Clearance[], id: string, chunks: number): Promise<SnapshotManifest | undefined> {
    const making = this.#making.get(shelfKey(companyId, held))
    if (making?.id === id) {
      await Promise.race([making.beyond(chunks).catch(() => undefined), pause(WAIT_MS)])
      return this.#manifest(companyId, held, id)
    }
    // It may be another process that makes it.
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const found = await this.#manifest(companyId, held, id)
      if (!found || found.complete || found.chunks.length > chunks || waited >= WAIT_MS) return found
      if (await this.#isGivenUp(companyId, id)) return undefined
      await pause(LOOK_EVERY_MS)
    }
  }

  async #isGivenUp(companyId: string, id: string): Promise<boolean> {
    const found = await stat(this.#place(companyId, id)).catch(() => undefined)
    return !found || this.#parts.now() - found.mtimeMs > GIVEN_UP_MS
  }

  async #latest(companyId: string, held: readonly Clearance[]): Promise<SnapshotManifest | SnapshotMaking> {
    const company = await this.#parts.admin.company(companyId)
    if (!company) throw new UnknownCompany(companyId)
    if (company.state === 'founding') throw new HttpProblem(409, 'company.founding', 'The company\u2019s data is still on its way to the hub.')
    const key = shelfKey(companyId, held)
    const found = this.#newest.get(key)
    const isFresh = found?.epoch === company.epoch && found.seq >= company.feedFloor && this.#parts.now() - found.madeAt < SHARED_MS
    if (found && isFresh && (await this.#isThere(found))) return found
    return this.#making.get(key) ?? this.#make(companyId, held)
  }

  async #isThere({ companyId, id }: SnapshotManifest): Promise<boolean> {
    return stat(this.#place(companyId, id)).then(
      () => true,
      () => false,
    )
  }

  #place(companyId: string, id: string): string {
    return join(this.#folder, companyId, id)
  }

  #make(companyId: string, held: readonly Clearance[]): SnapshotMaking {
    const { admin, now, log, metrics } = this.#parts
    const [key, from] = [shelfKey(companyId, held), performance.now()]
    const making = new SnapshotMaking({ companyId, held: keyOf(held), folder: join(this.#folder, companyId), now, open: () => admin.snapshot(companyId, new Set(held)) })
    this.#making.set(key, making)
    making.whole.then(
      (made) => {
        this.#newest.set(key, made)
        this.#making.delete(key)
        metrics.snapshot.observe((performance.now() - from) / 1000)
        log.info('snapshot.made', { company: companyId, rows: made.rows, chunks: made.chunks.length, ms: Math.round(performance.now() - from) })
      },
      (error: unknown) => {
        this.#making.delete(key)
        log.error('snapshot.failed', { company: companyId, ...errorDetails(error) })
      },
    )
    return making
  }

  async #manifest(companyId: string, held: readonly Clearance[], id: string): Promise<SnapshotManifest | undefined> {
    const newest = this.#newest.get(shelfKey(companyId, held))
    const manifest = newest?.id === id ? newest : await readManifest(this.#place(companyId, id))
    return manifest?.held === keyOf(held) ? manifest : undefined
  }

  /** A chunk's bytes; undefined where there is no such snapshot for this company and these clearances. */
  async chunk(companyId: string, held: readonly Clearance[], id: string, n: number): Promise<Buffer | undefined> {
    if (!(await this.#manifest(companyId, held, id))) return undefined
    try {
      return await readFile(join(this.#place(companyId, id), `${n}.gz`))
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

/** @throws what went wrong, in the words for whoever waits for the snapshot */
function toldOf(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new HttpProblem(507, 'snapshot.noSpace', 'The hub\u2019s disk is full, so it can\u2019t hand out the company\u2019s data. Somebody has to make room there; this workstation then goes on by itself.')
  throw error
}
