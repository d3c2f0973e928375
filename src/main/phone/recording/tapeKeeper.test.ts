import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { MU_LAW_SILENCE } from '../../../shared/base/muLaw.ts'
import { DAY } from '../../../shared/base/time.ts'
import { attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { callRecordingTable } from '../../../shared/domain/recordings/tables.ts'
import { CommandRunner } from '../../core/runner.ts'
import { openStore, type Store } from '../../store/store.ts'
import { LiveCalls } from '../liveCalls.ts'
import type { PhoneCall, PhoneCommand } from '../port.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { RecordingDesk } from './recordingDesk.ts'
import { TapeKeeper } from './tapeKeeper.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const AGENT = newId()
const SECOND = 8000
const HEADER = 58
const up = { externalId: 'sip:1', direction: 'in', lineName: '', lineNumber: '', fromNumber: null, offeredAt: 0, practice: false, ringMs: 1, agentId: AGENT, answeredAt: 1, talkMs: 0, state: 'active' } as PhoneCall

let directory: string
let store: Store
let runner: CommandRunner
let keeper: TapeKeeper
let desk: RecordingDesk
let sent: PhoneCommand[]
let refused: unknown[]
let liveCalls: LiveCalls
let now: number

beforeEach(() => {
  now = Date.now()
  directory = mkdtempSync(join(tmpdir(), 'baton-tapes-'))
  store = openStore(directory)
  runner = new CommandRunner(store, quiet, () => now)
  runner.run({ name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId: newId(), ownerName: 'Sean Avery' } })
  ;[sent, refused, liveCalls] = [[], [], new LiveCalls(() => 0)]
  desk = new RecordingDesk({
    phone: { send: (command) => void sent.push(command), listen: () => () => undefined, close: () => undefined },
    liveCalls,
    now: () => now,
    ruleOf: () => ({ mode: 'always', consent: 'system', sentence: '' }),
    canRecord: () => true,
  })
  const callId = callIdOf(store.companyId, up.externalId)
  liveCalls.heard(callId, up)
  desk.follow(callId, up)
  keeper = new TapeKeeper(desk, directory)
})

afterEach(async () => {
  await keeper.close()
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const parts = (run: Parameters<TapeKeeper['heard']>[0]['run'] = (request) => runner.run(request)): Parameters<TapeKeeper['heard']>[0] => ({ store, liveCalls, hub: { state: () => ({ deviceName: null }) }, log: quiet, now: () => now, run, emit: (_name, said) => void refused.push(said) })

const folder = (): string => join(directory, 'recordings')
const tapes = (): readonly string[] => readdirSync(folder()).filter((name) => name.endsWith('.ulaw'))

/** The so many-th second of a tape, all of one byte. */
function second(tapeId: string, index: number, ended = false, more = parts()): void {
  keeper.heard(more, { kind: 'tape', externalId: up.externalId, tape: { tapeId, startedAt: now, frames: (index + 1) * SECOND, pauses: [], ended, cutOff: false }, bytes: new Uint8Array(SECOND * 2).fill(index + 1) })
}

/** The disk does not take any more of a tape. */
function full(tapeId: string): () => void {
  const path = join(folder(), `${tapeId}.ulaw`)
  renameSync(path, `${path}.away`)
  mkdirSync(path)
  return () => {
    rmSync(path, { recursive: true })
    renameSync(`${path}.away`, path)
  }
}

async function soundOf(tapeId: string): Promise<readonly number[]> {
  const file = store.engine.run(get(attachmentTable, tapeId))
  const bytes = (file && (await store.blobs.read(file.sha256, 0, file.bytes))) ?? new Uint8Array()
  return [0, 1, 2].flatMap((index) => [...new Set(bytes.subarray(HEADER + index * SECOND * 2, HEADER + (index + 1) * SECOND * 2))])
}

describe('a disk that is full', () => {
  it('ends the recording and says so; what could not be written is silence, and the rest keeps its time', async () => {
    const tapeId = newId()
    second(tapeId, 0)
    const release = full(tapeId)
    sent = []
    second(tapeId, 1)
    await Promise.resolve()
    expect(sent).toMatchObject([{ kind: 'record', to: 'off' }])
    expect(refused).toMatchObject([{ userId: AGENT, message: expect.stringContaining('disk') as string }])
    release()
    second(tapeId, 2, true)
    await keeper.settled()
    expect(store.engine.run(get(callRecordingTable, tapeId))).toMatchObject({ durationMs: 3000, cutOff: true })
    expect(await soundOf(tapeId)).toEqual([1, MU_LAW_SILENCE, 3])
    expect(tapes()).toEqual([])
  })

  it('leaves a recording of what came before, also where the last piece is the one that it does not take', async () => {
    const tapeId = newId()
    second(tapeId, 0)
    const release = full(tapeId)
    second(tapeId, 1, true)
    release()
    await keeper.settled()
    expect(store.engine.run(get(callRecordingTable, tapeId))).toMatchObject({ durationMs: 1000, cutOff: true })
  })
})

describe('a tape that can’t become a recording', () => {
  /** What a fall left: a second of sound, and what is known of it. */
  function left(label: object | string, writtenDaysAgo = 0): string {
    const tapeId = newId()
    mkdirSync(folder(), { recursive: true })
    const path = join(folder(), `${tapeId}.ulaw`)
    writeFileSync(path, new Uint8Array(SECOND * 2).fill(1))
    const at = (now - writtenDaysAgo * DAY) / 1000
    utimesSync(path, at, at)
    const whole = { tapeId, callId: newId(), lineNumber: '', agentId: null, practice: false, consent: 'none', consentAt: null, consentBy: null, startedAt: now, pauses: [] }
    writeFileSync(join(folder(), `${tapeId}.json`), typeof label === 'string' ? label : JSON.stringify({ ...whole, ...label }))
    return tapeId
  }

  it('stays no longer than what somebody may listen to', async () => {
    const young = [left('{"torn'), left({ callId: 'nobody knows' })]
    const old = [left('{"torn', 91), left({ callId: 'nobody knows' }, 91)]
    keeper.keepLeft(parts())
    await keeper.settled()
    expect(tapes().toSorted()).toEqual(young.map((tapeId) => `${tapeId}.ulaw`).toSorted())
    for (const tapeId of [...young, ...old]) expect(store.engine.run(get(callRecordingTable, tapeId))).toBeUndefined()
  })

  it('is cut to what the log takes where that is enough', async () => {
    const tapeId = left({ agentId: 'nobody', lineNumber: '1'.repeat(99), pauses: Array.from({ length: 3000 }, (_none, index) => ({ from: -1, to: index + 0.5, why: 'hand' })) })
    keeper.keepLeft(parts())
    await keeper.settled()
    expect(store.engine.run(get(callRecordingTable, tapeId))).toMatchObject({ durationMs: 1000, agentId: null })
    expect(tapes()).toEqual([])
  })

  it('stays where its recording was set aside for a person', async () => {
    const tapeId = newId()
    second(tapeId, 0, true, parts(() => ({ kind: 'parked', commandId: newId() })))
    await keeper.settled()
    expect(tapes()).toEqual([`${tapeId}.ulaw`])
  })
})
