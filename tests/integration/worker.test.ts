import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ServerFrame } from '../../src/shared/contract/frames.ts'
import { startWorker } from '../../src/main/core/startWorker.ts'
import { hostWorker, type WorkerHost } from '../../src/main/core/workerHost.ts'
import { PracticeLine } from '../../src/main/phone/practiceLine.ts'

/** The real worker with the real backend, from its source. */

let folder = ''
let host: WorkerHost | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-worker-'))
})
afterEach(async () => {
  await host?.close()
  rmSync(folder, { recursive: true, force: true })
})

function start(dataDir = folder): WorkerHost {
  host = hostWorker(startWorker({ dataDir, version: '1.2.3', desktop: false }), {
    shell: { offerFile: () => Promise.resolve({ kind: 'canceled' }), notify: () => undefined },
    phone: new PracticeLine(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  return host
}

function page(to: WorkerHost) {
  const frames: ServerFrame[] = []
  const connection = to.connect({ send: (frame) => frames.push(JSON.parse(frame) as ServerFrame), close: () => undefined })
  return { frames, say: (frame: unknown) => connection.arrive(typeof frame === 'string' ? frame : JSON.stringify(frame)) }
}

const hello = { t: 'hello', protocol: 1, clientId: 'a-page-for-the-test' }

test('frames reach the backend and answers come back, garbage included', async () => {
  const running = start()
  expect(await running.ready).toBeNull()
  const { frames, say } = page(running)
  say(hello)
  say({ t: 'req', id: 1, method: 'session.state', input: {} })
  say('{"t":"req",')
  say('\u0000')
  say({ t: 'req', id: 2, method: 'nobody.knows', input: {} })
  await expect.poll(() => frames.length).toBe(5)
  expect(frames.find((frame) => frame.t === 'hello')).toMatchObject({ version: '1.2.3', startupError: null })
  expect(frames.find((frame) => frame.t === 'ok')).toMatchObject({ id: 1, result: { company: null, version: '1.2.3' } })
  expect(frames.filter((frame) => frame.t === 'err').map((frame) => [frame.id, frame.error.code]).toSorted()).toEqual([
    [0, 'frame.invalid'],
    [0, 'frame.invalid'],
    [2, 'method.unknown'],
  ])
})

test('a store that cannot be opened is said in the answer to hello', async () => {
  const blocked = join(folder, 'a file, not a folder')
  writeFileSync(blocked, '')
  const running = start(blocked)
  expect(await running.ready).toMatchObject({ code: 'store.unavailable' })
  const { frames, say } = page(running)
  say(hello)
  await expect.poll(() => frames.length).toBe(1)
  expect(frames[0]).toMatchObject({ t: 'hello', startupError: { code: 'store.unavailable' } })
})
