import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandRunner } from '../../../src/main/core/runner.ts'
import { openStore, type Store, STORE_FILE } from '../../../src/main/store/store.ts'
import { Replica } from '../../../src/main/sync/replica.ts'
import { newId } from '../../../src/shared/base/id.ts'
import type { FeedEntry } from '../../../src/shared/sync/protocol.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { deskWork } from './busyDesk.ts'

const PENDING = 500
const INCOMING_ROWS = 1000
const ROUNDS = 5
const RESTARTED_ROUNDS = 2
const TARGET_MS = 100

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What another workstation did meanwhile, as the feed brings it. */
function othersWork(store: Store): readonly FeedEntry[] {
  const runner = new CommandRunner(store, SILENT)
  const entries: FeedEntry[] = []
  let rows = 0
  for (const given of deskWork({ store }, 2000, 30)) {
    if (rows >= INCOMING_ROWS) break
    const outcome = runner.run({ ...given, at: Date.now() })
    if (outcome.kind !== 'accepted') throw new Error(`${given.name}: ${JSON.stringify(outcome)}`)
    const seq = entries.length + 1
    rows += outcome.changes.length
    entries.push({ seq, commandId: outcome.commandId, name: given.name, at: 0, actorId: given.actorId, deviceId: newId(), wsSeq: seq, outcome: 'accepted', rows: outcome.changes.map(({ table, id, after }) => [table.name, id, after]) })
  }
  return JSON.parse(JSON.stringify(entries)) as readonly FeedEntry[]
}

/** A copy of the sample company's store, opened; `close` leaves nothing of it. */
function copyOf(sample: string): { readonly store: Store; close(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  copyFileSync(join(sample, STORE_FILE), join(directory, STORE_FILE))
  const store = openStore(directory)
  return {
    store,
    close() {
      store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Milliseconds for one rebase. After a restart nothing is known of what the pending commands looked at: all are run again. */
function rebaseOnce(sample: string, entries: readonly FeedEntry[], restarted: boolean): number {
  const { store, close } = copyOf(sample)
  const runner = new CommandRunner(store, SILENT)
  const replica = new Replica(store, SILENT)
  store.sync.saveState({ epoch: 'bench', cursor: 0, schema: 1, hub: {}, snapshot: null })
  store.sync.containedUpTo(Number.MAX_SAFE_INTEGER)
  runner.follow((seq, effect) => replica.ran(seq, effect))
  let count = 0
  for (const given of deskWork({ store }, 0, 3)) {
    if (count === PENDING) break
    if (runner.run(given).kind === 'accepted') count += 1
  }
  const follower = restarted ? new Replica(store, SILENT) : replica
  const started = performance.now()
  follower.apply({ after: 0, upTo: entries.length, entries })
  const took = performance.now() - started
  close()
  return took
}

/** What 500 unacknowledged commands cost when another office's thousand rows arrive, on copies of the sample company. */
export function benchRebase(sample: string): readonly Figure[] {
  const other = copyOf(sample)
  const entries = othersWork(other.store)
  other.close()
  const rounds = (length: number, restarted: boolean): readonly number[] => Array.from({ length }, () => rebaseOnce(sample, entries, restarted))
  const name = `rebase of ${PENDING} pending over ${entries.reduce((sum, entry) => sum + entry.rows.length, 0)} rows`
  return [
    figure('sync', `${name}, median`, quantile(rounds(ROUNDS, false), 0.5), 'ms', { target: TARGET_MS, n: ROUNDS }),
    figure('sync', `${name}, all run again after a restart`, quantile(rounds(RESTARTED_ROUNDS, true), 0.5), 'ms', { n: RESTARTED_ROUNDS }),
  ]
}
