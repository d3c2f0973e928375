import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Permission } from '../../shared/domain/people/permissions.ts'
import { type BlobPiece, type BlobState, type BlobTaken, type BlobUsage, type HubBlobs, LEAST_PIECE_BYTES } from '../core/hubBlobs.ts'
import { fromTransaction, inTransaction, rowsOf } from './pool.ts'

/** A row of the company that names the file and was not removed; how large it says that it is. */
const NAMED = 'SELECT max(bytes) AS size FROM attachment WHERE company_id = $1 AND sha256 = $2 AND removed_at IS NULL'

const FOUND = 'SELECT size, have, whole FROM hub_blob WHERE company_id = $1 AND sha256 = $2'

/** Nobody else adds to this file meanwhile; other files, and commands, do not wait for it. */
const LOCKED = `${FOUND} FOR UPDATE`

const USED = 'SELECT count(*) AS files, coalesce(sum(have), 0)::bigint AS bytes, count(*) FILTER (WHERE NOT whole) AS partial FROM hub_blob WHERE company_id = $1'

/** What was begun is counted whole, so that many files at once do not pass the limit together. */
const PROMISED = 'SELECT coalesce(sum(size), 0)::bigint AS bytes FROM hub_blob WHERE company_id = $1'

const UNUSED = `DELETE FROM hub_blob b WHERE b.begun_at < now() - make_interval(days => $1) AND NOT EXISTS (
  SELECT 1 FROM attachment a WHERE a.company_id = b.company_id AND a.sha256 = b.sha256
  AND (a.removed_at IS NULL OR to_timestamp(a.removed_at / 1000.0) >= now() - make_interval(days => $1))
) RETURNING company_id, sha256`

/** A recording or a voicemail is deleted when its time is over, not a month later. */
const OVER = `DELETE FROM hub_blob b WHERE EXISTS (
  SELECT 1 FROM attachment a WHERE a.company_id = b.company_id AND a.sha256 = b.sha256 AND a.subject_kind IN ('recording', 'voicemail') AND a.removed_at IS NOT NULL
) AND NOT EXISTS (
  SELECT 1 FROM attachment a WHERE a.company_id = b.company_id AND a.sha256 = b.sha256 AND a.removed_at IS NULL
) RETURNING company_id, sha256`

interface BlobRow {
  readonly size: number
  readonly have: number
  readonly whole: boolean
}

/** Files in PostgreSQL, so that they are in every backup and hub processes keep no state. */
export class PgBlobs implements HubBlobs {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async #rows<T extends object>(text: string, values: readonly unknown[]): Promise<readonly T[]> {
    try {
      return await rowsOf<T>(this.#pool, text, values)
    } catch (error) {
      throw fromTransaction(error)
    }
  }

  async #size(companyId: string, sha256: string): Promise<number | undefined> {
    const [named] = await this.#rows<{ size: number | null }>(NAMED, [companyId, sha256])
    return named?.size ?? undefined
  }

  async state(companyId: string, sha256: string): Promise<BlobState | undefined> {
    if ((await this.#size(companyId, sha256)) === undefined) return undefined
    const [row] = await this.#rows<BlobRow>(FOUND, [companyId, sha256])
    return { have: row?.have ?? 0, whole: row?.whole ?? false }
  }

  async take(companyId: string, piece: BlobPiece, room: number): Promise<BlobTaken> {
    const size = await this.#size(companyId, piece.sha256)
    if (size === undefined) return { kind: 'unknown' }
    const taken = await this.#add(companyId, piece, size, room)
    if (taken.kind !== 'taken' || taken.whole || taken.have < size) return taken
    return (await this.#isRight(companyId, piece.sha256)) ? this.#settle(companyId, piece.sha256, size) : this.#reject(companyId, piece.sha256)
  }

  #add(companyId: string, { sha256, from, bytes }: BlobPiece, size: number, room: number): Promise<BlobTaken> {
    return inTransaction(this.#pool, async (client) => {
      const [before] = await rowsOf<BlobRow>(client, LOCKED, [companyId, sha256])
      if (!before) {
        const [used] = await rowsOf<{ bytes: number }>(client, PROMISED, [companyId])
        if ((used?.bytes ?? 0) + size > room) return { kind: 'full', limit: room }
        await rowsOf(client, 'INSERT INTO hub_blob (company_id, sha256, size) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [companyId, sha256, size])
      }
      const [row] = await rowsOf<BlobRow>(client, LOCKED, [companyId, sha256])
      const have = row?.have ?? 0
      // A piece that came before, or one that is ahead of what is here: the sender hears where to go on.
      if (row?.whole === true || from !== have) return { kind: 'taken', have, whole: row?.whole ?? false }
      const end = from + bytes.length
      if (end > size || bytes.length === 0 || (bytes.length < LEAST_PIECE_BYTES && end < size)) return { kind: 'misfit' }
      await rowsOf(client, 'INSERT INTO hub_blob_piece (company_id, sha256, from_byte, bytes) VALUES ($1, $2, $3, $4)', [companyId, sha256, from, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)])
      await rowsOf(client, 'UPDATE hub_blob SET have = $3 WHERE company_id = $1 AND sha256 = $2', [companyId, sha256, end])
      return { kind: 'taken', have: end, whole: false }
    })
  }

  /** Whether what is here is what its hash says; piece by piece, so that the process does other things meanwhile. */
  async #isRight(companyId: string, sha256: string): Promise<boolean> {
    const hash = createHash('sha256')
    for (let from = 0; ; ) {
      const [piece] = await this.#rows<{ bytes: Uint8Array }>('SELECT bytes FROM hub_blob_piece WHERE company_id = $1 AND sha256 = $2 AND from_byte = $3', [companyId, sha256, from])
      if (!piece) return hash.digest('hex') === sha256
      hash.update(piece.bytes)
      from += piece.bytes.length
    }
  }

  async #settle(companyId: string, sha256: string, size: number): Promise<BlobTaken> {
    await this.#rows('UPDATE hub_blob SET whole = true WHERE company_id = $1 AND sha256 = $2 AND have = $3', [companyId, sha256, size])
    return { kind: 'taken', have: size, whole: true }
  }

  async #reject(companyId: string, sha256: string): Promise<BlobTaken> {
    await inTransaction(this.#pool, async (client) => {
      await rowsOf(client, LOCKED, [companyId, sha256])
      await rowsOf(client, 'DELETE FROM hub_blob_piece WHERE company_id = $1 AND sha256 = $2', [companyId, sha256])
      await rowsOf(client, 'DELETE FROM hub_blob WHERE company_id = $1 AND sha256 = $2', [companyId, sha256])
    })
    return { kind: 'wrongHash' }
  }

  async read(companyId: string, sha256: string, from: number): Promise<{ readonly size: number; readonly bytes: Uint8Array } | undefined> {
    if ((await this.#size(companyId, sha256)) === undefined) return undefined
    const [blob] = await this.#rows<BlobRow>(FOUND, [companyId, sha256])
    if (blob?.whole !== true) return undefined
    const [piece] = await this.#rows<{ from_byte: number; bytes: Uint8Array }>(
      'SELECT from_byte, bytes FROM hub_blob_piece WHERE company_id = $1 AND sha256 = $2 AND from_byte <= $3 ORDER BY from_byte DESC LIMIT 1',
      [companyId, sha256, from],
    )
    return { size: blob.size, bytes: piece ? piece.bytes.subarray(from - piece.from_byte) : new Uint8Array() }
  }

  async rightFor(companyId: string, sha256: string): Promise<Permission> {
    const sounds = await this.#rows<{ kind: string }>("SELECT DISTINCT subject_kind AS kind FROM attachment WHERE company_id = $1 AND sha256 = $2 AND subject_kind IN ('recording', 'voicemail')", [companyId, sha256])
    if (sounds.some(({ kind }) => kind === 'recording')) return 'recording.listen'
    return sounds.length > 0 ? 'call.handle' : 'office.view'
  }

  async usage(companyId: string): Promise<BlobUsage> {
    const [row] = await this.#rows<BlobUsage>(USED, [companyId])
    return row ?? { files: 0, bytes: 0, partial: 0 }
  }

  async forgetUnused(days: number): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      const unused = await rowsOf<{ company_id: string; sha256: string }>(client, UNUSED, [days])
      const gone = [...unused, ...(await rowsOf<{ company_id: string; sha256: string }>(client, OVER, []))]
      await rowsOf(client, 'DELETE FROM hub_blob_piece p USING unnest($1::text[], $2::text[]) AS g(company_id, sha256) WHERE p.company_id = g.company_id AND p.sha256 = g.sha256', [
        gone.map(({ company_id: companyId }) => companyId),
        gone.map(({ sha256 }) => sha256),
      ])
      return gone.length
    })
  }
}
