import { describe, expect, it } from 'vitest'
import { Hub } from '../../src/hub/core/hub.ts'
import { HubStoreConflict, UnknownCompany } from '../../src/hub/core/hubStore.ts'
import { MemoryHubStore } from '../../src/hub/core/memoryHubStore.ts'
import { PgHubStore } from '../../src/hub/store/pgHubStore.ts'
import { openPool } from '../../src/hub/store/pool.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { appointmentTable, assignmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import type { NetChange } from '../../src/shared/domain/kernel/changes.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import type { AnyRow } from '../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'
import { openForBooking } from '../support/bookingOffice.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { playedOffice, foundCompany, openTestHub, rowsIn, TestDevice } from './hubStoreOffice.ts'

const postgres = sharedPostgres()

const ROUND = 7

/** The rows of a company as the store answers them, by table. */
async function rowsOfCompany(store: Pick<PgHubStore, 'change'>, companyId: string): Promise<Readonly<Record<string, unknown>>> {
  return store.change(companyId, async (transaction) => {
    const entries: [string, unknown][] = []
    for (const table of TABLES) entries.push([table.name, await transaction.answer({ kind: 'all', table })])
    return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Record<string, unknown>
  })
}

describe('the hub\u2019s store on PostgreSQL', () => {
  it('says and holds the same as the one in memory, for commands of every kind from two workstations', { timeout: 300_000 }, async () => {
    const hub = await openTestHub(postgres)
    const tally = new Tally()
    for (let seed = 501; seed < 507; seed++) {
      const simulator = playSequence(seed, 120, tally)
      const { companyId } = simulator
      const own = derivedId('company', String(seed))
      const [first, second] = [new TestDevice(`first ${seed}`), new TestDevice(`second ${seed}`)]
      const opening = new MemoryEngine()
      const log = simulator.log.map((envelope) => ({ ...envelope, companyId: own, input: envelope.name === 'company.create' ? envelope.input : (JSON.parse(JSON.stringify(envelope.input).replaceAll(companyId, own)) as unknown) }))
      playedOffice(opening, log.slice(0, 1))
      await foundCompany(hub.admin, own, rowsIn(opening), [first.id, second.id])

      const memory = new MemoryHubStore()
      const devices = [first, second].map(({ id }) => ({ id, name: '', clearances: new Set<never>(), prefix: '', lastWsSeq: 0, revokedAt: null, recoveredEpoch: 'e' }))
      memory.found(own, 'e', devices)
      memory.rows(own).apply(rowsIn(opening).map(([name, id, after]) => ({ table: TABLES.find((table) => table.name === name) as NetChange['table'], id, before: null, after })))

      const [onPostgres, inMemory] = [new Hub(hub.store), new Hub(memory)]
      const rest = log.slice(1)
      for (let at = 0; at < rest.length; at += ROUND) {
        const device = (at / ROUND) % 2 === 0 ? first : second
        const commands = rest.slice(at, at + ROUND).map((envelope) => device.pushed(envelope))
        const [said, expected] = [await onPostgres.push(own, device.id, commands), await inMemory.push(own, device.id, commands)]
        expect(said, `seed ${seed} at ${at}`).toEqual(expected)
        // A push whose answer was lost comes again and is answered from the log.
        if (at % 3 === 0) expect(await onPostgres.push(own, device.id, commands)).toEqual(expected)
      }
      const held = await rowsOfCompany(hub.store, own)
      expect(held, `seed ${seed}`).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(TABLES.map((table) => [table.name, memory.rowsOf(own, table)])))))
      // Not what is remembered, but what is written.
      const fresh = openPool(hub.url, { connections: 2 })
      expect(await rowsOfCompany(new PgHubStore(fresh), own), `seed ${seed} as written`).toEqual(held)
      const feeds = await Promise.all([new PgHubStore(fresh).feed(own, 0, 5000), memory.feed(own, 0, 5000)])
      expect(feeds[0].entries).toEqual(JSON.parse(JSON.stringify(feeds[1].entries)))
      await fresh.end()
    }
    await hub.close()
  })

  it('keeps several hub processes right: what one of them remembers is never what another has changed', async () => {
    const one = await openTestHub(postgres)
    const other = openPool(one.url, { connections: 4 })
    const { companyId, device, booking } = await bookable(one)
    const hubs = [new Hub(one.store), new Hub(new PgHubStore(other)), new Hub(new PgHubStore(other))]
    const second = new TestDevice('second process')
    const { secret } = await one.admin.makeCode({ companyId, clearances: [], seconds: 60, createdBy: null })
    await one.admin.enrol({ secret, deviceId: second.id, name: 'Second', publicKey: 'k', companyId, version: 't' })
    const sent = Array.from({ length: 24 }, (_, index) => {
      const input = { noteId: derivedId('note', String(index)), subjectKind: 'customer', subjectId: booking.customerId, body: `Note ${index}`, pinned: false }
      const from = index % 2 === 0 ? device : second
      return { from, index, command: from.pushed({ name: 'note.add', input, actorId: booking.csrId }) }
    })
    // In each workstation's own order, but through whichever process.
    await Promise.all(
      [device, second].map(async (from) => {
        for (const { command, index } of sent.filter((one) => one.from === from)) {
          const answer = await hubs[index % 3]?.push(companyId, from.id, [command])
          expect(answer, JSON.stringify(answer)).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }] })
        }
      }),
    )
    const expected = await rowsOfCompany(new PgHubStore(other), companyId)
    const fresh = openPool(one.url, { connections: 1 })
    expect(expected).toEqual(await rowsOfCompany(new PgHubStore(fresh), companyId))
    expect((await one.store.feed(companyId, 0, 100)).entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
    await Promise.all([other.end(), fresh.end(), one.close()])
  })

  it('refuses a double booking even where the rules had let it pass', async () => {
    const hub = await openTestHub(postgres)
    const { companyId, assigned } = await withAssignment(hub)
    const twin: AnyRow = { ...assigned, id: derivedId('twin') }
    const write = (after: AnyRow) => hub.store.change(companyId, (transaction) => transaction.commit({ decided: [], changes: [{ table: assignmentTable, id: after.id, before: null, after }] }))
    await expect(write(twin)).rejects.toBeInstanceOf(HubStoreConflict)
    await expect(write({ ...twin, overbookAccepted: true })).resolves.toBeUndefined()
    await expect(write({ ...twin, id: derivedId('later'), startsAt: assigned['endsAt'], endsAt: Number(assigned['endsAt']) + 1 })).resolves.toBeUndefined()
    expect(await hub.store.change(companyId, (transaction) => transaction.answer({ kind: 'all', table: assignmentTable }))).toHaveLength(3)
    await hub.close()
  })

  it('keeps what PostgreSQL stumbles over whole for a person, and goes on', async () => {
    const store = await openTestHub(postgres)
    const { companyId, device, booking } = await bookable(store)
    const hub = new Hub(store.store)
    const note = (body: string, more = {}) => device.pushed({ name: 'note.add', input: { noteId: derivedId('note', body), subjectKind: 'customer', subjectId: booking.customerId, body, pinned: false, ...more }, actorId: booking.csrId })
    const unheardOf = { unheardOf: 'a\u0000b \ud800' }
    const answer = await hub.push(companyId, device.id, [note('before'), note('between', unheardOf), note('after')])
    expect(answer).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }, { outcome: 'parked' }, { outcome: 'accepted' }] })
    const fresh = openPool(store.url, { connections: 1 })
    const written = await rowsOfCompany(new PgHubStore(fresh), companyId)
    expect(written['refused_change']).toMatchObject([{ input: unheardOf }])
    await Promise.all([fresh.end(), store.close()])
  })

  it('knows no company that is not there, and takes nothing from a workstation that was revoked meanwhile in another process', async () => {
    const hub = await openTestHub(postgres)
    const { companyId, device, booking } = await bookable(hub)
    const note = (n: number) => device.pushed({ name: 'note.add', input: { noteId: derivedId('n', String(n)), subjectKind: 'customer', subjectId: booking.customerId, body: 'x', pinned: false }, actorId: booking.csrId })
    await expect(new Hub(hub.store).push(derivedId('nobody'), device.id, [note(0)])).rejects.toBeInstanceOf(UnknownCompany)
    const working = new Hub(hub.store)
    expect(await working.push(companyId, device.id, [{ ...note(1), wsSeq: 1 }])).toMatchObject({ kind: 'done' })
    await hub.admin.revokeDevice(companyId, device.id)
    expect(await working.push(companyId, device.id, [{ ...note(2), wsSeq: 2 }])).toEqual({ kind: 'revoked' })
    await hub.close()
  })

  it('forgets nothing of a transaction that failed halfway', async () => {
    const hub = await openTestHub(postgres)
    const { companyId, device } = await bookable(hub)
    const rows = await rowsOfCompany(hub.store, companyId)
    const [visit] = rows[appointmentTable.name] as readonly AnyRow[]
    const broken = hub.store.change(companyId, async (transaction) => {
      await transaction.answer({ kind: 'all', table: appointmentTable })
      await transaction.commit({ decided: [], changes: visit ? [{ table: appointmentTable, id: visit.id, before: visit, after: null }] : [] })
      throw new RangeError('thrown after the writes')
    })
    await expect(broken).rejects.toThrow('thrown after the writes')
    expect(await rowsOfCompany(hub.store, companyId)).toEqual(rows)
    expect(await runSql(hub.url, 'SELECT last_ws_seq FROM hub_device WHERE device_id = $1', [device.id])).toEqual([{ last_ws_seq: '0' }])
    await hub.close()
  })
})

async function bookable(hub: Awaited<ReturnType<typeof openTestHub>>) {
  const companyId = derivedId('bookable', hub.url)
  const engine = new MemoryEngine()
  const booking = openForBooking((name, input, actorId = '') => playedOffice(engine, [{ name, input, actorId, companyId }]))
  const device = new TestDevice(`desk ${hub.url}`)
  await foundCompany(hub.admin, companyId, rowsIn(engine), [device.id])
  return { companyId, device, booking }
}

async function withAssignment(hub: Awaited<ReturnType<typeof openTestHub>>) {
  for (let seed = 1; ; seed++) {
    const simulator = playSequence(seed, 150, new Tally())
    const [assigned] = simulator.engine.rows(assignmentTable).filter((row) => !row.overbookAccepted)
    if (!assigned) continue
    // Only this one, so that nothing else stands in its way.
    for (const row of simulator.engine.rows(assignmentTable)) if (row !== assigned) simulator.engine.apply([{ table: assignmentTable, id: row.id, before: row as never, after: null }])
    await foundCompany(hub.admin, simulator.companyId, rowsIn(simulator.engine), [derivedId('device')])
    return { companyId: simulator.companyId, assigned: assigned as unknown as AnyRow }
  }
}
