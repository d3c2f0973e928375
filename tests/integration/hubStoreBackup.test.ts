import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { backupHub } from '../../src/hub/backup/backup.ts'
import { BackupProblem } from '../../src/hub/backup/format.ts'
import { restoreHub } from '../../src/hub/backup/restore.ts'
import { Hub } from '../../src/hub/core/hub.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { verifyHub } from '../../src/hub/verify/verify.ts'
import { ledgerEntryTable } from '../../src/shared/domain/accounting/tables.ts'
import { assignmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { invoiceTable } from '../../src/shared/domain/invoices/tables.ts'
import type { CommandEnvelope } from '../../src/shared/domain/kernel/command.ts'
import { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { foundCompany, openTestHub, playedOffice, rowsIn, TestDevice, type TestHub } from './hubStoreOffice.ts'

const postgres = sharedPostgres()
const folder = mkdtempSync(join(tmpdir(), 'baton-backup-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** No attached file comes with commands, so nobody may say that one has come. */
const withoutFiles = (log: readonly CommandEnvelope[]): readonly CommandEnvelope[] => log.filter(({ name }) => name !== 'attachment.stored')

/** Proposals: with fewer, hardly a day comes to two numbered invoices. */
const BUSY_DAY = 400

/** A hub with a company that has lived through a day, all of it by commands. */
async function livedIn(hub: TestHub, seed: number, steps = 150) {
  const simulator = playSequence(seed, steps, new Tally())
  const device = new TestDevice(`lived ${seed}`)
  const opening = new MemoryEngine()
  playedOffice(opening, simulator.log.slice(0, 1))
  await foundCompany(hub.admin, simulator.companyId, rowsIn(opening), [device.id])
  const answer = await new Hub(hub.store).push(simulator.companyId, device.id, withoutFiles(simulator.log.slice(1)).map((envelope) => device.pushed(envelope)))
  expect(answer.kind).toBe('done')
  return { companyId: simulator.companyId, device }
}

/** A day with something of everything in it: which one that is depends on every command there is. */
function busySeed(): number {
  for (let seed = 74; seed < 274; seed++) {
    const { engine } = playSequence(seed, BUSY_DAY, new Tally())
    const numbered = engine.rows(invoiceTable).filter(({ number }) => number !== null)
    if (engine.rows(ledgerEntryTable).length > 0 && numbered.length > 1 && engine.rows(assignmentTable).length > 5) return seed
  }
  throw new Error('No day has something of everything')
}

/** Everything that is compared: what a hub holds, without what a restore makes anew. */
async function contents(url: string) {
  const { companies } = await verifyHub(url)
  const log = await runSql(url, 'SELECT company_id, command_id, seq, outcome FROM hub_command ORDER BY 1, 3')
  const feed = await runSql(url, 'SELECT company_id, seq, rows FROM change_feed ORDER BY 1, 2')
  return { companies: companies.map(({ id, seq, checksums, problems }) => ({ id, seq, checksums, problems })), log, feed }
}

describe('a hub\u2019s backup', () => {
  it('holds everything, and a restore begins a new epoch in which nothing is missing', async () => {
    const hub = await openTestHub(postgres)
    const { companyId, device } = await livedIn(hub, 71)
    const file = join(folder, 'whole.baton-hub')
    const summary = await backupHub(hub.url, file)
    expect(summary.companies).toMatchObject([{ id: companyId }])
    const [before] = await hub.admin.companies()

    const url = await postgres.database()
    const restored = await restoreHub(url, file)
    expect(await contents(url)).toEqual(await contents(hub.url))
    const second = await openHubStore(url)
    const [after] = await second.admin.companies()
    expect(after).toMatchObject({ id: companyId, seq: before?.seq, epochSeq: before?.seq, recoveringUntil: restored.recoveringUntil })
    expect(after?.epoch).not.toBe(before?.epoch)
    // No document prefix of the time after the backup is given out a second time.
    const { secret } = await second.admin.makeCode({ companyId, clearances: [], seconds: 60, createdBy: null })
    expect(await second.admin.enrol({ secret, deviceId: new TestDevice('new').id, name: 'New', publicKey: 'k', companyId, version: 't' })).toMatchObject({ kind: 'enrolled', prefix: 'AB' })
    // References, indexes and the last word on double bookings are back.
    const constraints = "SELECT (SELECT count(*) FROM pg_constraint WHERE contype IN ('f', 'p', 'u')) AS constraints, (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public') AS indexes, (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal) AS triggers"
    expect(await runSql(url, constraints)).toEqual(await runSql(hub.url, constraints))
    expect(await new Hub(second.store).pull(companyId, device.id, before?.epoch ?? '', 0)).toEqual({ kind: 'resync', reason: 'epoch' })
    await Promise.all([hub.close(), second.close()])
  })

  it('of yesterday and what the workstations give back make the hub of today', async () => {
    const hub = await openTestHub(postgres)
    const simulator = playSequence(75, 120, new Tally())
    const { companyId } = simulator
    const devices = [new TestDevice('mornings'), new TestDevice('evenings')]
    const opening = new MemoryEngine()
    playedOffice(opening, simulator.log.slice(0, 1))
    await foundCompany(hub.admin, companyId, rowsIn(opening), devices.map(({ id }) => id))
    const sent = simulator.log.slice(1).map((envelope, index) => {
      const by = devices[Math.floor(index / 3) % 2] ?? new TestDevice('')
      return { by, command: by.pushed(envelope) }
    })
    const yesterday = Math.floor(sent.length / 2)
    const file = join(folder, 'yesterday.baton-hub')
    for (const [index, { by, command }] of sent.entries()) {
      if (index === yesterday) await backupHub(hub.url, file)
      expect(await new Hub(hub.store).push(companyId, by.id, [command])).toMatchObject({ kind: 'done', acknowledged: [{ seq: index + 1 }] })
    }

    const url = await postgres.database()
    await restoreHub(url, file)
    const second = await openHubStore(url)
    const restored = new Hub(second.store)
    const { epoch, epochSeq } = (await second.admin.company(companyId)) ?? { epoch: '', epochSeq: 0 }
    expect(epochSeq).toBe(yesterday)
    for (const { id } of devices.toReversed()) {
      const own = sent.flatMap(({ by, command }, index) => (by.id === id && index >= epochSeq ? [{ ...command, formerSeq: index + 1 }] : []))
      expect(await restored.push(companyId, id, own.slice(0, 1).map((command) => ({ ...command, formerSeq: null })))).toEqual({ kind: 'recovering' })
      expect(await restored.push(companyId, id, own)).toMatchObject({ kind: 'staged' })
      expect(await restored.push(companyId, id, own)).toMatchObject({ kind: 'staged' })
      expect(await restored.recovered(companyId, id, epoch)).toBe(true)
    }
    expect(await second.admin.company(companyId)).toMatchObject({ recoveringUntil: null, seq: sent.length })
    expect(await contents(url)).toEqual(await contents(hub.url))
    expect(await runSql(url, 'SELECT * FROM recovery_command')).toEqual([])
    await Promise.all([hub.close(), second.close()])
  })

  it('goes into no database that holds a hub, unless that is said', async () => {
    const hub = await openTestHub(postgres)
    await livedIn(hub, 72)
    const file = join(folder, 'forced.baton-hub')
    await backupHub(hub.url, file)
    const there = await contents(hub.url)
    await expect(restoreHub(hub.url, file)).rejects.toThrow(/--force/)
    expect(await contents(hub.url)).toEqual(there)
    await hub.close()
    await restoreHub(hub.url, file, { force: true })
    expect(await contents(hub.url)).toEqual(there)
  })

  it.each([
    ['was cut off', (text: Buffer) => text.subarray(0, text.length - 200)],
    ['was changed', (text: Buffer) => Buffer.from(text.toString('latin1').replace('Copper Ridge', 'Tin Ridge'), 'latin1')],
    ['is of a newer hub', (text: Buffer) => Buffer.from(text.toString('latin1').replace(/"schema":\d+/, '"schema":9999'), 'latin1')],
    ['is something else', () => Buffer.from('PK hello\n')],
  ])('that %s is told, and nothing is touched', async (_what, damage) => {
    const hub = await openTestHub(postgres)
    await livedIn(hub, 73)
    const [whole, damaged] = [join(folder, `good-${Math.random()}`), join(folder, `bad-${Math.random()}`)]
    await backupHub(hub.url, whole)
    writeFileSync(damaged, gzipSync(damage(gunzipSync(readFileSync(whole)))))
    const there = await contents(hub.url)
    await expect(restoreHub(hub.url, damaged, { force: true })).rejects.toBeInstanceOf(BackupProblem)
    writeFileSync(damaged, readFileSync(whole).subarray(0, 900))
    await expect(restoreHub(hub.url, damaged, { force: true })).rejects.toBeInstanceOf(BackupProblem)
    expect(await contents(hub.url)).toEqual(there)
    await hub.close()
  })
})

describe('the check of a hub', () => {
  it('finds nothing wrong with one that worked, and each thing that is broken behind its back', async () => {
    const hub = await openTestHub(postgres)
    await livedIn(hub, busySeed(), BUSY_DAY)
    expect((await verifyHub(hub.url)).companies.flatMap(({ problems }) => problems)).toEqual([])
    const broken: readonly (readonly [sql: string, said: RegExp])[] = [
      ['DELETE FROM change_feed WHERE seq = 5', /feed should go from 1/],
      ["UPDATE hub_command SET seq = 100000 WHERE seq = (SELECT max(seq) FROM hub_command)", /no command in the log/],
      ['UPDATE hub_device SET last_ws_seq = last_ws_seq + 1', /of its own commands/],
      ["UPDATE customer SET lead_source = lead_source || 'x'", /not as the feed left it/],
      ['UPDATE ledger_entry SET amount_cents = amount_cents + 1 WHERE position = 0', /ledger is off by/],
      ['UPDATE invoice SET balance_cents = balance_cents + 5', /is not what is left/],
      ["UPDATE invoice SET number = '20001' WHERE number IS NOT NULL", /invoices have the number 20001/],
      ["UPDATE job SET number = (48001 + n * 2)::text FROM (SELECT id, row_number() OVER () AS n FROM job) x WHERE x.id = job.id", /job numbers have a hole/],
      ['UPDATE assignment SET overbook_accepted = false, starts_at = 0, ends_at = 9, technician_id = (SELECT min(id) FROM technician)', /two places at once/],
      ["UPDATE appointment SET starts_at = 5, ends_at = 6 WHERE state <> 'canceled'", /assignments differ/],
      ["UPDATE assignment SET role = 'crew' WHERE role IS DISTINCT FROM 'crew'", /assignments differ/],
      ["UPDATE promise SET state = 'closed'", /has no open promise and should/],
      ["UPDATE promise SET holder_user_id = NULL, holder_role = 'permitCoordinator'", /not with the one/],
    ]
    const file = join(folder, 'sound.baton-hub')
    await backupHub(hub.url, file)
    const sound = {
      name: 'sound',
      prepare: async (url: string) => {
        await restoreHub(url, file)
        await runSql(url, 'DROP TRIGGER assignment_one_place ON assignment')
      },
    }
    for (const [sql, said] of broken) {
      const url = await postgres.database(sound)
      await runSql(url, sql)
      expect((await verifyHub(url)).companies.flatMap(({ problems }) => problems), sql).toContainEqual(expect.stringMatching(said))
    }
    await hub.close()
  })
})
