import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Services } from '../../src/main/core/service.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { sampleBackend } from './sampleBackend.ts'
import { deskWork, type Given } from './sync/busyDesk.ts'

const ROUNDS = 400
const TARGET_MS = 3
/** Behind the sample company\u2019s own two weeks. */
const DAYS_AHEAD = 30

/** Milliseconds for each kind of command. */
type Timings = Map<string, number[]>

/** The raw price of durability on this disk: 4 kB written and synced, as a commit does at least once. */
function rawFsync(directory: string): readonly number[] {
  const file = openSync(join(directory, 'fsync-probe'), 'w')
  const page = Buffer.alloc(4096, 1)
  const samples = Array.from({ length: 200 }, () => {
    const started = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    return performance.now() - started
  })
  closeSync(file)
  return samples
}

/** Books, assigns and dispatches one visit after the other, and times every command. */
function workVisits(services: Services): Timings {
  const timings: Timings = new Map()
  const timed = ({ name, actorId, input }: Given): void => {
    const started = performance.now()
    const outcome = services.run({ name, actorId, input })
    const took = performance.now() - started
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    timings.set(name, [...(timings.get(name) ?? []), took])
  }
  let rounds = 0
  for (const given of deskWork(services, 0, DAYS_AHEAD)) {
    if (given.name === 'job.book' && ++rounds > ROUNDS) break
    timed(given)
    if (given.name !== 'appointment.assign') continue
    const { appointmentId } = given.input as { readonly appointmentId: string }
    timed({ name: 'appointment.changeState', actorId: given.actorId, input: { appointmentId, to: 'dispatched', reason: '' } })
  }
  return timings
}

/** Commands on the sample company: with the disk's fsync and, on the same rows in memory, without. */
export async function benchCommands(): Promise<readonly Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  try {
    const inMemory = await sampleBackend(':memory:')
    const without = workVisits(inMemory.services)
    await inMemory.backend.close()
    const onDisk = await sampleBackend(directory)
    const withSync = workVisits(onDisk.services)
    await onDisk.backend.close()
    const fsync = rawFsync(directory)
    return [
      figure('commands', 'sample company built on disk', onDisk.milliseconds / 1000, 's', { target: 20 }),
      ...[...without].map(([name, samples]) => figure('commands', `${name} p95 without fsync`, quantile(samples, 0.95), 'ms', { target: TARGET_MS, n: samples.length })),
      ...[...withSync].map(([name, samples]) =>
        figure('commands', `${name} p95 durable`, quantile(samples, 0.95), 'ms', { peer: 'raw fsync p95', peerValue: quantile(fsync, 0.95), n: samples.length }),
      ),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
