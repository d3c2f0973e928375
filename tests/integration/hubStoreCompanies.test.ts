import { expect, it } from 'vitest'
import { Hub } from '../../src/hub/core/hub.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import { type AnyRow, CLEARANCES } from '../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { foundCompany, openTestHub, playedOffice, rowsIn, TestDevice, type TestHub } from './hubStoreOffice.ts'

const postgres = sharedPostgres()

/** All that the database holds of a company, in the hub's tables and in the companies'. */
async function everythingOf(hub: TestHub, companyId: string): Promise<unknown> {
  const { checksums } = await hub.store.change(companyId, async (transaction) => {
    const rows: Record<string, unknown> = {}
    for (const table of TABLES) rows[table.name] = await transaction.answer({ kind: 'all', table })
    return { checksums: rows }
  })
  const own = ['hub_company', 'hub_device', 'hub_command', 'change_feed', 'lease', 'recovery_command']
  const kept = await Promise.all(own.map((table) => runSql(hub.url, `SELECT * FROM ${table} WHERE company_id = $1 ORDER BY 1, 2, 3`, [companyId])))
  return JSON.parse(JSON.stringify({ checksums, kept }))
}

async function linesOf(hub: TestHub, companyId: string): Promise<readonly string[]> {
  const { parts } = await hub.admin.snapshot(companyId, new Set(CLEARANCES))
  const lines: string[] = []
  for await (const part of parts) lines.push(...part.lines)
  return lines
}

it('shows and touches nothing of another company, by any command, read or request', { timeout: 300_000 }, async () => {
  const hub = await openTestHub(postgres)
  const tally = new Tally()
  const ours = derivedId('company', 'ours')
  const desk = new TestDevice('ours')
  const pushed = new Set<string>()
  const untried = (): readonly string[] => [...COMMANDS.keys()].filter((name) => !pushed.has(name))

  for (let seed = 9301; seed < 9600 && untried().length > 0; seed++) {
    const simulator = playSequence(seed, 120, tally)
    const accepted = simulator.tried.filter((one) => one.accepted).map(({ command }) => command)
    // A sequence with nothing new in it would only be looked at in vain.
    if (accepted.every((name) => pushed.has(name))) continue
    for (const name of accepted) pushed.add(name)
    // The simulator's company has one id whatever the seed; each seed gets a company of its own here.
    const theirs = derivedId('company', `theirs ${seed}`)
    const log = simulator.log.map((envelope) => ({ ...envelope, companyId: theirs, input: JSON.parse(JSON.stringify(envelope.input).replaceAll(simulator.companyId, theirs)) as unknown }))
    const opening = new MemoryEngine()
    playedOffice(opening, log.slice(0, 1))
    const theirDesk = new TestDevice(`theirs ${seed}`)
    await foundCompany(hub.admin, theirs, rowsIn(opening), [theirDesk.id])
    const working = new Hub(hub.store)
    expect(await working.push(theirs, theirDesk.id, log.slice(1).map((envelope) => theirDesk.pushed(envelope)))).toMatchObject({ kind: 'done' })
    await hub.admin.lease(theirs, theirDesk.id, { name: 'mail', action: 'take', token: null, seconds: 600 })
    const before = await everythingOf(hub, theirs)

    if ((await hub.admin.company(ours)) === undefined) {
      const own = new MemoryEngine()
      playedOffice(own, [{ ...log[0], companyId: ours, input: JSON.parse(JSON.stringify(log[0]?.input).replaceAll(theirs, ours)) as unknown } as (typeof log)[number]])
      await foundCompany(hub.admin, ours, rowsIn(own), [desk.id])
    }
    // Every command they gave, with the ids of their rows and people, under our company: first backwards, so that it names what is only theirs.
    const stolen = [...log.slice(1).toReversed(), ...log.slice(1)].map((envelope, index) => desk.pushed({ ...envelope, id: derivedId(envelope.id, `stolen ${index}`) }))
    for (let at = 0; at < stolen.length; at += 100) expect(await working.push(ours, desk.id, stolen.slice(at, at + 100))).toMatchObject({ kind: 'done' })
    expect(await everythingOf(hub, theirs), `seed ${seed}`).toEqual(before)

    // Every row of theirs by its id and by every index, asked for in our company.
    await hub.store.change(ours, async (transaction) => {
      for (const table of TABLES) {
        for (const row of simulator.engine.rows(table) as unknown as readonly AnyRow[]) {
          const found = [await transaction.answer({ kind: 'get', table, id: row.id })]
          for (const [index, columns] of Object.entries(table.indexes)) {
            found.push(await transaction.answer({ kind: 'range', table, index, key: columns.map((column) => row[column] as string | number | boolean | null) }))
          }
          expect(found.flat().filter((one) => one.companyId !== ours)).toEqual([])
        }
      }
      expect([...(await transaction.known(log.map(({ id }) => id))).keys()]).toEqual([])
      expect(await transaction.device(theirDesk.id)).toBeUndefined()
    })
    const position = await hub.admin.company(theirs)
    expect(await working.pull(ours, theirDesk.id, position?.epoch ?? '', 0)).toEqual({ kind: 'revoked' })
    expect(await working.pull(theirs, desk.id, position?.epoch ?? '', 0)).toEqual({ kind: 'revoked' })
    expect(await working.push(theirs, desk.id, [desk.pushed({ ...log[1], name: 'note.add', actorId: log[1]?.actorId ?? '', input: {} })])).toEqual({ kind: 'revoked' })
    desk.takeBack()
    expect(await hub.admin.device(ours, theirDesk.id)).toBeUndefined()
    expect(await hub.admin.leases(ours)).toEqual([])
    expect(await hub.admin.renameDevice(ours, theirDesk.id, 'Mine now')).toBe(false)
    expect(await hub.admin.revokeDevice(ours, theirDesk.id)).toBe(false)
    expect(await hub.admin.lease(ours, desk.id, { name: 'mail', action: 'take', token: null, seconds: 1 })).toMatchObject({ kind: 'held' })
    expect((await linesOf(hub, ours)).filter((line) => line.includes(theirs))).toEqual([])
    const { entries } = await hub.store.feed(ours, 0, 100_000)
    expect(entries.flatMap(({ rows }) => rows).filter(([, , row]) => row !== null && row.companyId !== ours)).toEqual([])
    await runSql(hub.url, 'DELETE FROM lease WHERE company_id = $1', [ours])
    expect(await everythingOf(hub, theirs), `seed ${seed} after every request`).toEqual(before)
  }
  expect(untried()).toEqual([])
  await hub.close()
})
