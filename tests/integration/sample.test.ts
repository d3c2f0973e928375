import { describe, expect, it, beforeAll, afterAll } from 'vitest'
import { CommandRunner } from '../../src/main/core/runner.ts'
import type { Asked, Services } from '../../src/main/core/service.ts'
import { BackgroundLane } from '../../src/main/core/backgroundLane.ts'
import { systemTimers } from '../../src/main/sync/timers.ts'
import { WindowBook } from '../../src/main/services/dispatch/planning/windowBook.ts'
import { plannerHere } from '../support/planner/plannerHere.ts'
import { readDayFacts } from '../../src/main/services/dispatch/planning/readDay.ts'
import { replanDay, tryMoves } from '../../src/main/services/dispatch/planning/replanDay.ts'
import { proposeWindows } from '../../src/main/services/dispatch/windows.ts'
import { buildSampleCompany, type SampleCompany } from '../../src/main/services/sample/sampleCompany.ts'
import { openStore, type Store } from '../../src/main/store/store.ts'
import { HOUR } from '../../src/shared/base/time.ts'
import type { Happened } from '../../src/shared/contract/methods/assistant.ts'
import type { EventPayload } from '../../src/shared/contract/events.ts'
import { mayClaim } from '../../src/shared/domain/dispatch/claim.ts'
import { jobTypeTable } from '../../src/shared/domain/jobs/tables.ts'
import { all } from '../../src/shared/domain/kernel/load.ts'

/** Tuesday, July 14, 2026, 1:42 PM in Chicago: the moment of the look book. */
const NOW = Date.UTC(2026, 6, 14, 18, 42)

let store: Store
let built: SampleCompany
const progress: EventPayload<'progress'>[] = []

const count = (sql: string): number => (store.prepare(`SELECT count(*) AS n FROM ${sql}`).get() as { n: number }).n

beforeAll(async () => {
  store = openStore(':memory:')
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const runner = new CommandRunner(store, log as never, () => NOW)
  // Only what the sample company uses of what services share.
  const services = {
    store,
    log,
    now: () => NOW,
    runGroup: (requests: Parameters<CommandRunner['runGroup']>[0]) => runner.runGroup(requests),
    emit: (name: string, payload: unknown) => {
      if (name === 'progress') progress.push(payload as EventPayload<'progress'>)
    },
  } as unknown as Services
  built = await buildSampleCompany(services, { seed: 1, operationId: 'sample-test' })
})

afterAll(() => store.close())

/** A confirmation is sent within the half hour, so at some moments none is waiting; others take a hub or a mail server, which a sample company has not; the last begin with a person on the telephone. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['confirmations-to-send', 'needs-attention', 'money-in-suspense', 'slots-lost', 'was-it-sent', 'going-out', 'emergencies', 'handed-drafts', 'wait-list', 'wait-list-offers', 'manuals-to-read', 'next-in-line', 'truth-hour', 'parts-to-come', 'parts-updates', 'parts-are-in', 'reschedules', 'left-over', 'material-lists', 'waivers', 'wait-list-over'])

describe('the sample company', () => {
  it('can be mended whatever happens to its day: each proposal is sound, and holds on the board as it stands', () => {
    // Only what reading a day uses of what a request shares.
    const asked = { store, now: () => NOW } as unknown as Asked
    const waiting = store.prepare("SELECT id FROM appointment WHERE technician_id IS NULL AND state IN ('scheduled', 'confirmed') AND window_day = '2026-07-14'").all() as { id: string }[]
    const facts = readDayFacts('2026-07-14', asked, { alsoIds: waiting.map(({ id }) => id) })
    const happened: readonly Happened[] = [
      ...waiting.map(({ id }): Happened => ({ kind: 'emergency', appointmentId: id })),
      ...facts.technicians.flatMap(({ id }): Happened[] => [null, NOW + 2 * HOUR].map((until) => ({ kind: 'sick', technicianId: id, from: NOW, until }))),
      ...facts.visits.filter(({ technicianId, state }) => technicianId !== null && state !== 'done').map(({ id, endsAt }): Happened => ({ kind: 'overrun', appointmentId: id, endsAt: Math.max(endsAt ?? NOW, NOW) + HOUR })),
    ]
    let proposed = 0
    for (const event of happened) {
      const answer = replanDay({ facts, happened: [event] }, { kind: 'iterations', count: 200 })
      if (answer.kind === 'unsound') throw new Error(JSON.stringify([event, answer.faults]))
      const moves = answer.proposal.moves.map(({ appointmentId, after }) => ({ appointmentId, to: after }))
      proposed += moves.length
      expect([event, tryMoves({ facts, moves })]).toEqual([event, []])
    }
    expect(proposed).toBeGreaterThan(20)
  })

  it('has the size a tour needs', () => {
    expect(built).toMatchObject({ customers: 5000, locations: 6500 })
    expect(count('customer')).toBe(5000)
    expect(count('location')).toBe(6500)
    expect(count('technician WHERE active = 1')).toBe(20)
    expect(count('business_unit WHERE active = 1')).toBe(5)
    expect(count('price_item WHERE active = 1')).toBe(150)
    expect(count("company WHERE phase = 'sample'")).toBe(1)
    expect(count('job')).toBe(built.jobs)
    expect(built.jobs).toBeGreaterThan(500)
  })

  it('is in the middle of a day, with something going wrong in every queue', () => {
    for (const { key } of store.prepare('SELECT key FROM queue').all() as { key: string }[]) {
      const open = count(`promise JOIN queue ON queue.id = promise.queue_id WHERE promise.state = 'open' AND queue.key = '${key}'`)
      if (!MAY_BE_EMPTY.has(key)) expect(open, key).toBeGreaterThan(0)
    }
    const today = "appointment WHERE window_day = '2026-07-14'"
    for (const state of ['scheduled', 'confirmed', 'dispatched', 'working', 'hold', 'done']) expect(count(`${today} AND state = '${state}'`), state).toBeGreaterThan(0)
    expect(count(`${today} AND state = 'scheduled' AND technician_id IS NULL`)).toBeGreaterThan(0)
    expect(count("appointment WHERE window_day = '2026-07-15' AND technician_id IS NOT NULL")).toBeGreaterThan(10)
  })

  it('offers only windows that can be claimed, and keeps back only those that nobody reaches in time', async () => {
    const planner = plannerHere()
    const parts = { store, planner, now: () => NOW, background: new BackgroundLane(systemTimers(() => NOW)), log: { info: () => undefined, warn: () => undefined, error: () => undefined } }
    const asked = { ...parts, windowBook: new WindowBook(parts) } as unknown as Asked
    const compared = { offered: 0, full: 0, notReached: 0 }
    for (const { id: jobTypeId, durationMinutes } of store.engine.run(all(jobTypeTable))) {
      for (const window of (await proposeWindows({ jobTypeId, fromDay: '2026-07-15', days: 3 }, asked)).windows) {
        const { day: windowDay, start: windowStart, end: windowEnd, startsAt: windowStartsAt, endsAt: windowEndsAt } = window
        const claim = { window: { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt }, durationMinutes, jobTypeId, appointmentId: null }
        const free = store.engine.run(mayClaim(claim))
        if (window.available) expect(free, `${windowDay} ${windowStart}`).toBe(true)
        compared[window.available ? 'offered' : free ? 'notReached' : 'full']++
      }
    }
    console.log('windows of the sample company', JSON.stringify(compared))
    expect(compared.notReached).toBeLessThan(compared.offered)
    expect(compared.offered).toBeGreaterThan(50)
    expect(compared.full).toBeGreaterThan(10)
  })

  it('has books that balance: posted batches, one open, money owed and paid', () => {
    expect(store.prepare('SELECT coalesce(sum(amount_cents), 0) AS sum FROM ledger_entry').get()).toEqual({ sum: 0 })
    expect(count("batch WHERE state = 'open'")).toBe(1)
    expect(count("batch WHERE state = 'posted'")).toBeGreaterThan(7)
    expect(count("invoice WHERE state = 'finalized' AND balance_cents = 0")).toBeGreaterThan(300)
    expect(count("invoice WHERE state = 'finalized' AND balance_cents > 0")).toBeGreaterThan(20)
    expect(count('invoice WHERE balance_cents < 0')).toBe(0)
  })

  it('was made by commands that share the operation, and reports its way', () => {
    expect(count("command_log WHERE operation_id IS NOT 'sample-test'")).toBe(0)
    expect(progress.at(-1)).toMatchObject({ operationId: 'sample-test', done: progress.at(-1)?.total })
    expect(store.check()).toEqual([])
  })
})
