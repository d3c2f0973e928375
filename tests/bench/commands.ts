import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Services } from '../../src/main/core/service.ts'
import { newId } from '../../src/shared/base/id.ts'
import { addDays, HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../src/shared/base/zone.ts'
import { ROLE_PERMISSIONS, type Role } from '../../src/shared/domain/people/permissions.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { sampleBackend } from './sampleBackend.ts'
import { and, eq, schema } from '../../src/main/store/schema.ts'

const ROUNDS = 400
const TARGET_MS = 3

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

/** Books, assigns, works and closes one visit after the other, and times every command. */
function workVisits({ store, run }: Services): Timings {
  const timings: Timings = new Map()
  const person = (role: Role): string => store.db.select().from(schema.user).all().find((user) => (user.roles as readonly Role[]).includes(role))?.id ?? ''
  const [csr, dispatcher] = [person('inboundCsr'), person('dispatcher')]
  const customers = store.db
    .select({ customerId: schema.location.customerId, locationId: schema.location.id, zone: schema.location.zone })
    .from(schema.location)
    .innerJoin(schema.customer, eq(schema.customer.id, schema.location.customerId))
    .where(and(eq(schema.customer.archived, false), eq(schema.customer.doNotService, false), eq(schema.customer.creditHold, false)))
    .limit(ROUNDS)
    .all()
  const jobType = store.db.select().from(schema.jobType).where(eq(schema.jobType.active, true)).get()
  const technician = store.db.select().from(schema.technician).where(eq(schema.technician.active, true)).get()
  if (!jobType || !technician) throw new Error('The sample company has no job type or technician')
  const timed = (name: string, actorId: string, input: unknown): void => {
    const started = performance.now()
    const outcome = run({ name, actorId, input })
    const took = performance.now() - started
    if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    timings.set(name, [...(timings.get(name) ?? []), took])
  }
  customers.forEach(({ customerId, locationId, zone }, index) => {
    const day = addDays(wallTimeOf(Date.now(), zone).day, 30 + Math.floor(index / 6))
    const start = 8 * 60 + (index % 6) * 90
    const [jobId, appointmentId] = [newId(), newId()]
    timed('job.book', csr, {
      jobId,
      customerId,
      locationId,
      businessUnitId: jobType.businessUnitId,
      jobTypeId: jobType.id,
      priorityId: jobType.defaultPriorityId,
      summary: 'Upstairs not cooling since last night, blowing air but warm.',
      notes: '',
      plannedPayment: 'check',
      lines: [{ id: newId(), priceItemId: jobType.defaultItemId, kind: 'service', description: '', quantity: 1000 }],
      appointment: { id: appointmentId, windowDay: day, windowStart: start, windowEnd: start + 120, zone, windowStartsAt: instantOf(day, start, zone), windowEndsAt: instantOf(day, start + 120, zone), durationMinutes: 90 },
      callId: null,
      readBack: true,
      confirmation: true,
    })
    const startsAt = instantOf(day, start, zone)
    timed('appointment.assign', dispatcher, { appointmentId, technicianId: technician.id, startsAt, endsAt: startsAt + HOUR + 30 * MINUTE, overbookAccepted: false })
    timed('appointment.changeState', dispatcher, { appointmentId, to: 'dispatched', reason: '' })
    timed('note.add', csr, { noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: 'Works nights. Text before calling back.', pinned: true })
  })
  return timings
}

/** Commands on the sample company: with the disk's fsync and, on the same rows in memory, without. */
export async function benchCommands(): Promise<readonly Figure[]> {
  if (!ROLE_PERMISSIONS.dispatcher.has('visit.assign')) throw new Error('The bench\u2019s dispatcher may not dispatch')
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
