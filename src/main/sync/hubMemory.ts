import { z } from 'zod'
import { CLEARANCES } from '../../shared/domain/kernel/table.ts'
import type { Store } from '../store/store.ts'

const founding = z.object({
  /** The last command that is in the rows going up; null until they are copied aside. */
  lastSeq: z.number().nullable(),
  /** The next chunk, and behind which row of which table it begins. */
  chunk: z.number(),
  table: z.number(),
  afterId: z.string(),
  /** Rows sent, and rows in all. */
  rows: z.number(),
  of: z.number(),
})

export type Founding = z.output<typeof founding>

const stopped = z.object({ kind: z.enum(['cloned', 'revoked', 'version', 'key', 'store']), problem: z.string(), since: z.number() })

export type Stopped = z.output<typeof stopped>

const hubMemory = z.object({
  address: z.string(),
  fingerprint: z.string().nullable(),
  deviceName: z.string(),
  prefix: z.string(),
  clearances: z.array(z.enum(CLEARANCES)).readonly(),
  /** A command's place in the order the hub knows is its place in the journal less this: it grows where the workstation gets a new identity. */
  offset: z.number(),
  /** The order begins anew under another identity, and the hub may know the first commands of it already. */
  renumbered: z.boolean(),
  /** While this store's rows go up to become the company. */
  founding: founding.nullable(),
  stopped: stopped.nullable(),
})

/** What a workstation keeps of its hub in `sync_state.hub`. Its key is elsewhere. */
export type HubMemory = z.output<typeof hubMemory>

const manifest = z.object({
  id: z.string(),
  epoch: z.string(),
  seq: z.number(),
  schema: z.number(),
  rows: z.number(),
  /** False while the hub was still making the rest. */
  complete: z.boolean().optional(),
  chunks: z.array(z.object({ n: z.number(), rows: z.number(), bytes: z.number(), sha256: z.string(), first: z.boolean() })).readonly(),
})

const snapshotMemory = z.object({
  /** `join`: into an emptied store. `again`: over rows that are here, those that it does not name go. */
  mode: z.enum(['join', 'again']),
  /** Null until the hub has been asked for one. */
  manifest: manifest.nullable(),
  /** Chunks that are in. */
  chunks: z.number(),
  rows: z.number(),
  /** Today and every customer are in: people can sign in and work. */
  usable: z.boolean(),
})

/** A snapshot on its way, in `sync_state.snapshot`. */
export type SnapshotMemory = z.output<typeof snapshotMemory>

export function wantedSnapshot(mode: SnapshotMemory['mode']): SnapshotMemory {
  return { mode, manifest: null, chunks: 0, rows: 0, usable: mode === 'again' }
}

export interface Following {
  readonly epoch: string
  readonly cursor: number
  readonly schema: number
  readonly hub: HubMemory
  readonly snapshot: SnapshotMemory | null
}

/** What the store knows of its hub, or null where it follows none. */
export function following(store: Store): Following | null {
  const state = store.sync.state()
  if (!state) return null
  return { ...state, hub: hubMemory.parse(state.hub), snapshot: snapshotMemory.nullable().parse(state.snapshot) }
}

export function saveFollowing(store: Store, state: Following): void {
  store.sync.saveState(state)
}

/**
 * Changes some of what is known of the hub. Inside or outside of a transaction.
 * @throws where the store follows no hub
 */
export function rememberOfHub(store: Store, change: Partial<HubMemory>): void {
  const state = following(store)
  if (!state) throw new Error('The store follows no hub')
  store.sync.saveState({ ...state, hub: { ...state.hub, ...change } })
}
