import { copyFileSync, mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../src/shared/base/id.ts'
import { openStore, STORE_FILE } from '../../src/main/store/store.ts'
import { temporaryFolder } from '../support/webHost.ts'
import type { Figure } from './figure.ts'
import { sampleBackend } from './sampleBackend.ts'
import { benchBookings } from './sync/bookings.ts'
import { benchCommitToOther } from './sync/commitToOther.ts'
import { asCompany, companyIn, cutTo } from './sync/company.ts'
import { benchDrain } from './sync/drain.ts'
import { benchFirstSync } from './sync/firstSync.ts'
import { foundCompany, startHubUnderTest } from './sync/hubUnderTest.ts'
import { benchLargeCompany } from './sync/largeCompany.ts'
import { startPouch } from './sync/pouch.ts'
import { benchRebase } from './sync/rebase.ts'
import { benchRebaseWaits } from './sync/rebaseWaits.ts'
import type { Scene } from './sync/scene.ts'

const ROWS = 20_000

const PROMISES = [
  'What an acknowledgement means. Baton: the hub has decided the command by the company\u2019s rules, and its rows, its log and its',
  'place in the feed are in one PostgreSQL transaction, flushed to the disk (fsync) before the answer. PouchDB: the documents are',
  'in the server\u2019s LevelDB, which does not flush; nothing is decided. Both get the same rows on the same machine, one after the',
  'other; in the drain one acknowledged batch holds the rows of 100 commands on both sides. Both stores of a workstation: SQLite',
  'with synchronous=FULL, LevelDB without a flush. What has not arrived in the other store within 15 s counts as 15 s.',
]

const say = (text: string): void => console.error(text)

/** Figures of a machine that does other work at the same time are to be compared with their peers only. */
function sayLoad(when: string): void {
  say(`${when}: load average of the last minute ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} processors.`)
}

/** Everything about the hub, beside PouchDB in the same run. */
export async function* benchSync(): AsyncGenerator<Figure> {
  for (const line of PROMISES) say(line)
  sayLoad('At the start')
  const temporary = temporaryFolder()
  const folder = (name: string): string => join(temporary.path, name)
  const sample = folder('sample')
  mkdirSync(sample)
  const { backend } = await sampleBackend(sample)
  await backend.close()
  const store = openStore(sample)
  const all = companyIn(store)
  store.close()
  try {
    yield* benchRebase(sample)
    yield* await withBookings(sample, folder('bookings'), all)
    yield* atOneHub({ company: asCompany(cutTo(all, ROWS), newId()), folder }, all)
    sayLoad('At the end')
  } finally {
    temporary.remove()
  }
}

async function withBookings(sample: string, copy: string, all: ReturnType<typeof companyIn>): Promise<readonly Figure[]> {
  mkdirSync(copy)
  copyFileSync(join(sample, STORE_FILE), join(copy, STORE_FILE))
  const store = openStore(copy)
  try {
    return await benchBookings(all, store)
  } finally {
    store.close()
  }
}

async function* atOneHub({ company, folder }: Pick<Scene, 'company' | 'folder'>, all: ReturnType<typeof companyIn>): AsyncGenerator<Figure> {
  const peer = await startPouch()
  if (peer.kind === 'skipped') say(`PouchDB is not measured beside it: it could not be installed (${peer.why}).`)
  const pouch = peer.kind === 'pouch' ? peer.pouch : null
  const hub = await startHubUnderTest()
  try {
    await foundCompany(hub.admin, company)
    const scene: Scene = { hub, company, pouch, folder }
    const { figures, desks } = await benchFirstSync(scene)
    yield* figures
    sayLoad('After the first syncs')
    yield* await benchCommitToOther(scene, desks)
    yield* await benchDrain(scene, desks[0])
    // What the peer's server still tidies up must not hold up a key of ours.
    await pouch?.stop()
    yield* await benchRebaseWaits(scene, desks[1])
    for (const desk of desks) {
      await desk.ask('close')
      await desk.stop()
    }
    sayLoad('Before the large company')
    yield* await benchLargeCompany(hub, all, folder('large'))
  } finally {
    await hub.stop()
  }
}
