import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { newId } from '../../../shared/base/id.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
import type { Services } from '../../core/service.ts'
import { sweepHourly, sweepRecordings } from './retentionSweep.ts'

let now: number
let test: TestBackend
let services: Services

beforeEach(async () => {
  now = Date.UTC(2026, 6, 14)
  test = startBackend({ now: () => now, quiet: true })
  await test.page().ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
  if (!test.backend.services) throw new Error('No backend')
  ;({ services } = test.backend)
})

afterEach(() => test.close())

async function recorded(): Promise<{ readonly id: string; readonly sha256: string }> {
  const id = newId()
  const incoming = services.store.blobs.incoming(`recording-${id}`)
  await incoming.append(Buffer.from(id))
  const { sha256, bytes } = await incoming.keep(null, now)
  services.run({ name: 'recording.keep', actorId: SYSTEM_ACTOR, input: { recordingId: id, callId: newId(), lineNumber: '', agentId: null, startedAt: now, durationMs: 2000, pauses: [], consent: 'none', consentAt: null, consentBy: null, cutOff: false, practice: false, bytes, sha256, deviceName: '' } })
  return { id, sha256 }
}

const isGone = (id: string): boolean => services.store.engine.run(get(callRecordingTable, id))?.goneAt !== null

/** A hub as far as the sweep has to do with it. */
function withHub(link: HubState['link'], word: 'accepts' | 'knowsBetter') {
  const asked: unknown[] = []
  const hub = {
    state: (): HubState => ({ ...services.hub.state(), link }),
    runAwaited: (request: Parameters<Services['run']>[0]) => {
      asked.push(request.input)
      return Promise.resolve(word === 'accepts' ? services.run(request) : ({ kind: 'accepted', commandId: newId(), changes: [] } as const))
    },
  }
  return { asked, parts: { ...services, hub } }
}

describe('deleting recordings whose time is over', () => {
  it('waits while this workstation does not know what the others do', async () => {
    const { id, sha256 } = await recorded()
    now += 100 * DAY
    for (const link of ['offline', 'joining', 'stopped'] as const) {
      const { asked, parts } = withHub(link, 'accepts')
      expect(await sweepRecordings(parts)).toBe(false)
      expect(asked).toEqual([])
    }
    expect([isGone(id), services.store.blobs.has(sha256)]).toEqual([false, true])
  })

  it('leaves the file where the hub knows better, and asks for no more then', async () => {
    const kept = [await recorded(), await recorded()]
    now += 100 * DAY
    const { asked, parts } = withHub('online', 'knowsBetter')
    expect(await sweepRecordings(parts)).toBe(true)
    expect(asked).toHaveLength(1)
    expect(kept.map(({ sha256 }) => services.store.blobs.has(sha256))).toEqual([true, true])
  })

  it('deletes row and file once the hub has said so', async () => {
    const { id, sha256 } = await recorded()
    now += 50 * DAY
    const young = await recorded()
    now += 50 * DAY
    const { parts } = withHub('online', 'accepts')
    await sweepRecordings(parts)
    expect([isGone(id), services.store.blobs.has(sha256)]).toEqual([true, false])
    expect([isGone(young.id), services.store.blobs.has(young.sha256)]).toEqual([false, true])
  })

  it('does not begin with the start, and comes again every hour', async () => {
    await recorded()
    now += 100 * DAY
    const due: { readonly after: number; readonly run: () => void }[] = []
    const { asked, parts } = withHub('online', 'accepts')
    const stop = sweepHourly(parts, { now: () => now, after: (after, run) => (due.push({ after, run }), () => undefined), soon: (run) => void setImmediate(run), random: () => 0 })
    expect(due).toHaveLength(1)
    expect(asked).toEqual([])
    due.shift()?.run()
    await expect.poll(() => due.map(({ after }) => after), { timeout: 20_000 }).toEqual([HOUR])
    expect(asked).toHaveLength(1)
    stop()
  })
})
