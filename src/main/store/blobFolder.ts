import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { appendFile, type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'

/** How much is read and hashed at a time, bytes: few enough that nobody waits meanwhile. */
const PIECE_BYTES = 256 * 1024

/** A file that is in the folder. */
export interface LocalBlob {
  readonly sha256: string
  readonly bytes: number
}

/** What came is not the file that was meant. */
export class WrongContentError extends Error {
  override readonly name = 'WrongContentError'
}

/** A file on its way into the folder. What is there of it stays there when Baton is killed. */
export interface IncomingBlob {
  /** How much of it is here, bytes. */
  size(): Promise<number>
  append(bytes: Uint8Array): Promise<void>
  /**
   * Makes it one of the folder's files: on the disk, under its hash.
   * @param expected the hash it must have, hex; null: whatever it has
   * @throws WrongContentError where it has another; it is gone then
   */
  keep(expected: string | null, at: number): Promise<LocalBlob>
  drop(): Promise<void>
}

/** Anything else says nothing of whether it is there. */
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** An attachment that was removed, and its file. */
interface Removed {
  readonly id: string
  readonly sha256: string
}

/** The files of which nobody has said yet anything that may be taken back. */
function settled(removed: readonly Removed[], unsure: ReadonlySet<string>): ReadonlySet<string> {
  const held = new Set(removed.flatMap(({ id, sha256 }) => (unsure.has(id) ? [sha256] : [])))
  return new Set(removed.flatMap(({ sha256 }) => (held.has(sha256) ? [] : [sha256])))
}

async function hashOf(file: FileHandle): Promise<LocalBlob> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  let bytes = 0
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, bytes)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes }
    hash.update(piece.subarray(0, bytesRead))
    bytes += bytesRead
  }
}

/** A new name is on the disk once its folder is; Windows has no folder to flush. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/**
 * Attached files beside the store, each once, under the hash of what is in it: `attachments/ab/ab12...`. Which of them are
 * here, and which the hub has, is written in the store.
 */
export class BlobFolder {
  readonly #companyId: () => string
  readonly #directory: string | null
  #folder: string | null = null
  readonly #add: Statement
  readonly #find: Statement
  readonly #forget: Statement
  readonly #elsewhere: Statement
  readonly #waiting: Statement
  readonly #waitingSum: Statement
  readonly #atHub: Statement
  readonly #forgetHub: Statement
  #epoch = ''
  readonly #unsaid: Statement
  readonly #unused: Statement
  readonly #forgotten: Statement
  readonly #forgottenHalf: Statement

  /** @param directory the data folder; null: a folder of the system’s, gone when the store is closed */
  constructor(database: Database, directory: string | null, companyId: () => string) {
    this.#directory = directory
    this.#companyId = companyId
    // One that is attached again may be one that the hub has forgotten meanwhile: it is asked.
    this.#add = database.prepare('INSERT INTO local_blob (company_id, sha256, bytes, added_at, hub_epoch) VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET added_at = excluded.added_at, hub_epoch = NULL')
    this.#find = database.prepare('SELECT sha256, bytes FROM local_blob WHERE company_id = ? AND sha256 = ?')
    this.#forget = database.prepare('DELETE FROM local_blob WHERE company_id = ? AND sha256 = ?')
    this.#elsewhere = database.prepare('SELECT 1 FROM local_blob WHERE sha256 = ? AND company_id <> ? LIMIT 1')
    const wanted = 'FROM local_blob b WHERE b.company_id = ? AND b.hub_epoch IS NULL AND EXISTS (SELECT 1 FROM attachment a WHERE a.company_id = b.company_id AND a.sha256 = b.sha256 AND a.removed_at IS NULL)'
    this.#waiting = database.prepare(`SELECT b.sha256, b.bytes ${wanted} ORDER BY b.added_at, b.sha256 LIMIT 50`)
    this.#waitingSum = database.prepare(`SELECT count(*) AS count, coalesce(sum(b.bytes), 0) AS bytes ${wanted}`)
    this.#forgetHub = database.prepare('UPDATE local_blob SET hub_epoch = NULL WHERE company_id = ? AND hub_epoch <> ?')
    this.#atHub = database.prepare('UPDATE local_blob SET hub_epoch = ? WHERE company_id = ? AND sha256 = ?')
    // Without the plus signs SQLite would walk all attachments in the order that is asked for instead of the few that are unsaid.
    this.#unsaid = database.prepare(
      `SELECT a.id, a.sha256 FROM attachment a JOIN local_blob b ON b.company_id = a.company_id AND b.sha256 = a.sha256
       WHERE a.company_id = ? AND a.stored_at IS NULL AND b.hub_epoch = ? ORDER BY +a.sha256, +a.id LIMIT 200`,
    )
    const over = `a.subject_kind IN ('recording', 'voicemail') AND a.removed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM attachment k WHERE k.company_id = a.company_id AND k.sha256 = a.sha256 AND k.removed_at IS NULL)`
    this.#forgotten = database.prepare(
      `SELECT a.id, b.sha256 FROM attachment a JOIN local_blob b ON b.company_id = a.company_id AND b.sha256 = a.sha256 WHERE a.company_id = @company AND ${over}`,
    )
    this.#forgottenHalf = database.prepare(`SELECT a.id, a.sha256 FROM attachment a WHERE a.company_id = @company AND a.sha256 = @sha256 AND ${over}`)
    this.#unused = database.prepare(
      `SELECT b.sha256 FROM local_blob b WHERE b.company_id = @company AND b.added_at < @before AND NOT EXISTS
       (SELECT 1 FROM attachment a WHERE a.company_id = b.company_id AND a.sha256 = b.sha256 AND (a.removed_at IS NULL OR a.removed_at >= @before)) LIMIT 1000`,
    )
  }

  #root(): string {
    this.#folder ??= this.#directory === null ? mkdtempSync(join(tmpdir(), 'baton-attachments-')) : join(this.#directory, 'attachments')
    return this.#folder
  }

  #inside(name: string): string {
    const folder = join(this.#root(), name)
    // What customers sent is for this account only.
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }

  #path(sha256: string): string {
    return join(this.#root(), sha256.slice(0, 2), sha256)
  }

  /** Whether a file is here, as far as the store knows. */
  has(sha256: string): boolean {
    return this.#find.get(this.#companyId(), sha256) !== undefined
  }

  /**
   * A file on its way in, under a name of its own: what came of it before goes on there.
   * @param name of letters, digits and hyphens
   */
  incoming(name: string): IncomingBlob {
    const path = join(this.#inside('incoming'), name)
    return {
      size: async () => (await stat(path).catch(() => undefined))?.size ?? 0,
      append: (bytes) => appendFile(path, bytes, { mode: 0o600 }),
      drop: () => rm(path, { force: true }),
      keep: async (expected, at) => {
        const file = await open(path, 'r+')
        const blob = await hashOf(file)
          .then(async (read) => {
            await file.sync()
            return read
          })
          .finally(() => file.close())
        if (expected !== null && blob.sha256 !== expected) {
          await rm(path, { force: true })
          throw new WrongContentError('The file that came is not the one that was attached')
        }
        const folder = this.#inside(blob.sha256.slice(0, 2))
        await rename(path, this.#path(blob.sha256))
        await flushFolder(folder)
        this.#add.run(this.#companyId(), blob.sha256, blob.bytes, at)
        return blob
      },
    }
  }

  /**
   * Part of a file.
   * @returns undefined where the file is not here any more: somebody has deleted it, and it is not counted as here from now on
   * @throws where it is here and can’t be read now: held by another program, or the machine is out of handles
   */
  async read(sha256: string, from: number, length: number): Promise<Uint8Array | undefined> {
    const file = await open(this.#path(sha256), 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
    if (!file) {
      this.#forget.run(this.#companyId(), sha256)
      return undefined
    }
    try {
      const bytes = Buffer.allocUnsafe(length)
      const { bytesRead } = await file.read(bytes, 0, length, from)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** A whole file. @returns undefined where it is not here or is not what it was: it is fetched again then */
  async whole(sha256: string): Promise<Uint8Array | undefined> {
    const known = this.#find.get(this.#companyId(), sha256) as LocalBlob | undefined
    if (!known) return undefined
    const bytes = await this.read(sha256, 0, known.bytes)
    if (bytes && createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
    await this.#drop(sha256)
    return undefined
  }

  /** @returns false where it can’t be deleted now; it counts as here then, so that it is tried again */
  async #drop(sha256: string): Promise<boolean> {
    try {
      // Another company that was kept in this folder may have the same file.
      if (this.#elsewhere.get(sha256, this.#companyId()) === undefined) await rm(this.#path(sha256), { force: true })
    } catch {
      return false
    }
    this.#forget.run(this.#companyId(), sha256)
    return true
  }

  /** A hub of another epoch was restored, or is another: nobody knows what it has. */
  #follow(epoch: string): void {
    if (epoch === '' || epoch === this.#epoch) return
    this.#forgetHub.run(this.#companyId(), epoch)
    this.#epoch = epoch
  }

  /** Files here that a hub of this epoch is not known to have, oldest first; some of them. */
  waiting(epoch: string): readonly LocalBlob[] {
    this.#follow(epoch)
    return this.#waiting.all(this.#companyId()) as LocalBlob[]
  }

  waitingInAll(epoch: string): { readonly count: number; readonly bytes: number } {
    this.#follow(epoch)
    return this.#waitingSum.get(this.#companyId()) as { readonly count: number; readonly bytes: number }
  }

  /** The hub of this epoch has it. */
  isAtHub(sha256: string, epoch: string): void {
    this.#atHub.run(epoch, this.#companyId(), sha256)
  }

  /** Attachments whose file the hub has, and nobody has said so yet. */
  unsaid(epoch: string): readonly { readonly id: string; readonly sha256: string }[] {
    return this.#unsaid.all(this.#companyId(), epoch) as { readonly id: string; readonly sha256: string }[]
  }

  /**
   * Deletes files that no attachment names, and what came in halves, where both are from before a time (epoch ms).
   * @returns how many files went
   */
  async tidy(before: number): Promise<number> {
    const unused = this.#unused.all({ company: this.#companyId(), before }) as { readonly sha256: string }[]
    let files = 0
    for (const { sha256 } of unused) if (await this.#drop(sha256)) files++
    for (const name of await this.#halves()) await this.#dropHalf(name, before)
    return files
  }

  async #halves(): Promise<readonly string[]> {
    const folder = join(this.#root(), 'incoming')
    return existsSync(folder) ? readdir(folder) : []
  }

  async #dropHalf(name: string, before: number): Promise<void> {
    const path = join(this.#inside('incoming'), name)
    const half = await stat(path).catch(() => undefined)
    if (half && half.mtimeMs < before) await rm(path, { force: true })
  }

  /**
   * Deletes recordings whose time is over, and what came of them in halves: they do not wait a month as other files do. One
   * that can’t be deleted now (it is being played) is tried again the next time.
   * @param unsure ids of attachments of which the hub has not said yet that they are removed
   * @returns how many files went
   */
  async dropForgotten(unsure: ReadonlySet<string>): Promise<number> {
    const company = this.#companyId()
    const removed = this.#forgotten.all({ company }) as readonly Removed[]
    let files = 0
    for (const sha256 of settled(removed, unsure)) if (await this.#drop(sha256)) files++
    for (const name of await this.#halves()) {
      const half = this.#forgottenHalf.all({ company, sha256: name }) as readonly Removed[]
      for (const sha256 of settled(half, unsure)) await rm(join(this.#inside('incoming'), sha256), { force: true }).catch(() => undefined)
    }
    return files
  }

  close(): void {
    if (this.#directory === null && this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true })
  }
}
