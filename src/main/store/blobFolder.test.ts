import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/base/id.ts'
import { DAY } from '../../shared/base/time.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { CommandRunner } from '../core/runner.ts'
import { openStore, type Store } from './store.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const NOBODY: ReadonlySet<string> = new Set()

let directory: string
let store: Store
let runner: CommandRunner
let now: number

beforeEach(() => {
  now = Date.UTC(2026, 6, 14)
  directory = mkdtempSync(join(tmpdir(), 'baton-blobs-'))
  store = openStore(directory)
  runner = new CommandRunner(store, quiet, () => now)
  runner.run({ name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId: newId(), ownerName: 'Sean Avery' } })
})

afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const pathOf = (sha256: string): string => join(directory, 'attachments', sha256.slice(0, 2), sha256)
const halfOf = (sha256: string): string => join(directory, 'attachments', 'incoming', sha256)

async function kept(content: string): Promise<string> {
  const incoming = store.blobs.incoming(newId())
  await incoming.append(Buffer.from(content))
  return (await incoming.keep(null, now)).sha256
}

/** A recording whose time is over. */
function forgotten(sha256: string): string {
  const recordingId = newId()
  runner.run({ name: 'recording.keep', actorId: SYSTEM_ACTOR, input: { recordingId, callId: newId(), lineNumber: '', agentId: null, startedAt: now, durationMs: 2000, pauses: [], consent: 'none', consentAt: null, consentBy: null, cutOff: false, practice: false, bytes: 9, sha256, deviceName: '' } })
  now += 200 * DAY
  expect(runner.run({ name: 'recording.forget', actorId: SYSTEM_ACTOR, input: { recordingId, why: 'Over.' } })).toMatchObject({ kind: 'accepted' })
  return recordingId
}

/** Something stands where its folder was: it can neither be opened nor deleted, and is not gone either. */
function hold(sha256: string): () => void {
  const folder = join(directory, 'attachments', sha256.slice(0, 2))
  renameSync(folder, `${folder}.away`)
  writeFileSync(folder, '')
  return () => {
    rmSync(folder)
    renameSync(`${folder}.away`, folder)
  }
}

describe('attached files', () => {
  it('that can’t be read now are still here, and those that somebody has deleted are not', async () => {
    const sha256 = await kept('a furnace')
    const release = hold(sha256)
    await expect(store.blobs.read(sha256, 0, 9)).rejects.toThrow()
    expect(store.blobs.has(sha256)).toBe(true)
    release()
    expect(Buffer.from((await store.blobs.read(sha256, 0, 9)) ?? []).toString()).toBe('a furnace')
    rmSync(pathOf(sha256))
    expect(await store.blobs.read(sha256, 0, 9)).toBeUndefined()
    expect(store.blobs.has(sha256)).toBe(false)
  })
})

describe('recordings whose time is over', () => {
  it('go, each for itself: one that can’t be deleted now is tried again', async () => {
    const [held, free] = [await kept('held'), await kept('free')]
    for (const sha256 of [held, free]) forgotten(sha256)
    const release = hold(held)
    expect(await store.blobs.dropForgotten(NOBODY)).toBe(1)
    expect([store.blobs.has(held), store.blobs.has(free), existsSync(pathOf(free))]).toEqual([true, false, false])
    release()
    expect(await store.blobs.dropForgotten(NOBODY)).toBe(1)
    expect(existsSync(pathOf(held))).toBe(false)
  })

  it('stay while the hub has not said that they go', async () => {
    const sha256 = await kept('unsure')
    const recordingId = forgotten(sha256)
    expect(await store.blobs.dropForgotten(new Set([recordingId]))).toBe(0)
    expect(existsSync(pathOf(sha256))).toBe(true)
  })

  it('go in halves too, and nothing else that is on its way', async () => {
    const sha256 = createHash('sha256').update('a whole one').digest('hex')
    await store.blobs.incoming(sha256).append(Buffer.from('a wh'))
    await store.blobs.incoming('b'.repeat(64)).append(Buffer.from('other'))
    forgotten(sha256)
    await store.blobs.dropForgotten(NOBODY)
    expect([existsSync(halfOf(sha256)), existsSync(halfOf('b'.repeat(64)))]).toEqual([false, true])
  })
})
