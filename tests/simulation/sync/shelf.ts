import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { HubRefused, type SnapshotManifest } from '../../../src/main/sync/hubConnection.ts'
import type { FeedRow } from '../../../src/shared/sync/protocol.ts'
import type { Random } from '../world.ts'
import type { Snapshot } from './hubBackend.ts'

/** What makes a day usable comes first. */
const FIRST = new Set(['company', 'user', 'credential', 'queue', 'business_unit', 'priority', 'tax_zone', 'job_type', 'price_item', 'technician', 'customer', 'location', 'contact_method'])

/** Snapshots as the hub hands them out: in chunks, for a while. */
export class Shelf {
  readonly #random: Random
  readonly #kept = new Map<string, readonly Uint8Array[]>()
  #made = 0

  constructor(random: Random) {
    this.#random = random
  }

  put({ epoch, seq, rows }: Snapshot, schema: number): SnapshotManifest {
    const size = 30 + this.#random.below(400)
    const parts = [true, false].flatMap((first) => {
      const part = rows.filter(([table]) => FIRST.has(table) === first)
      return Array.from({ length: Math.ceil(part.length / size) }, (_, index) => this.#chunk(part.slice(index * size, (index + 1) * size), first))
    })
    const id = `snapshot ${++this.#made}`
    this.#kept.set(id, parts.map(({ bytes }) => bytes))
    const chunks = parts.map(({ bytes, rows: count, first }, n) => ({ n, rows: count, first, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }))
    return { id, epoch, seq, schema, rows: rows.length, chunks }
  }

  #chunk(rows: readonly FeedRow[], first: boolean): { readonly bytes: Uint8Array; readonly rows: number; readonly first: boolean } {
    return { bytes: gzipSync(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, { level: 1 }), rows: rows.length, first }
  }

  /** @throws HubRefused where it is not kept any more */
  take(id: string, n: number): Uint8Array {
    const bytes = this.#kept.get(id)?.[n]
    if (!bytes) throw new HubRefused(404, 'snapshot.gone', 'The hub does not keep this snapshot any more.')
    return bytes
  }

  clear(): void {
    this.#kept.clear()
  }
}
