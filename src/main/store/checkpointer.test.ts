import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Checkpointer, type CheckpointThread, startCheckpointThread } from './checkpointer.ts'
import { openStore, type Store } from './store.ts'

interface LogState {
  readonly log: number
  readonly checkpointed: number
}

/** A thread begins when the machine has time for it. */
const AT_LENGTH = { timeout: 30_000 }

let folder: string
let store: Store
const failures: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-checkpoints-'))
  store = openStore(folder)
  failures.length = 0
})

afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const begin = (start = startCheckpointThread): Checkpointer => new Checkpointer({ store, start, failed: (reason) => failures.push(reason) })

/** What is in the log and not in the file, in pages. */
function waiting(): number {
  const other = new SqliteDatabase(store.file)
  other.pragma('user_version')
  const [state] = other.pragma('wal_checkpoint(NOOP)') as LogState[]
  other.close()
  return (state?.log ?? 0) - (state?.checkpointed ?? 0)
}

/** So many commits of a page or more each. */
function commit(count: number): void {
  const filling = 'x'.repeat(4000)
  for (let index = 0; index < count; index++) store.fetchedTransaction(() => store.sync.saveSnapshot({ index, filling }))
}

const limit = (): unknown => store.prepare('PRAGMA wal_autocheckpoint').get()

describe('the write-ahead log', () => {
  beforeEach(() => store.sync.saveState({ epoch: 'e', cursor: 0, schema: 1, hub: {}, snapshot: null }))

  it('is carried over beside the commits', async () => {
    const checkpointer = begin()
    // The thread may be at it before the last of them.
    commit(2500)
    await vi.waitFor(() => expect(waiting()).toBeLessThan(2500), AT_LENGTH)
    await checkpointer.close()
    expect(failures).toEqual([])
  })

  it('is left to the commits again when the thread is gone, and what was committed is there', async () => {
    const checkpointer = begin()
    commit(10)
    expect(limit()).toEqual({ wal_autocheckpoint: 16_000 })
    await checkpointer.close()
    expect(limit()).toEqual({ wal_autocheckpoint: 1000 })
    commit(1200)
    expect(waiting()).toBeLessThan(1000)
    expect(store.check()).toEqual([])
  })

  it('is left to the commits again when the thread dies, which is said once', () => {
    const handlers: Record<string, (value: never) => void> = {}
    const dying = { postMessage: () => undefined, on: (event: string, handler: (value: never) => void) => (handlers[event] = handler) } as unknown as CheckpointThread
    begin(() => dying)
    commit(1)
    handlers['error']?.(new Error('disk I/O error') as never)
    handlers['exit']?.(1 as never)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain('disk I/O error')
    expect(limit()).toEqual({ wal_autocheckpoint: 1000 })
  })
})
