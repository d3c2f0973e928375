import { describe, expect, it } from 'vitest'
import { Hub } from '../../src/hub/core/hub.ts'
import { UnknownCompany } from '../../src/hub/core/hubStore.ts'
import { prefixAt } from '../../src/hub/store/admin/enrol.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { CLEARANCES } from '../../src/shared/domain/kernel/table.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { companyTable, userTable } from '../../src/shared/domain/people/tables.ts'
import type { FeedRow } from '../../src/shared/sync/protocol.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { foundCompany, openTestHub, rowsIn, TestDevice } from './hubStoreOffice.ts'

const postgres = sharedPostgres()
const simulator = playSequence(61, 150, new Tally())
const { companyId } = simulator
const ROWS = rowsIn(simulator.engine)
// The sequence may have given it another name.
const [COMPANY] = simulator.engine.rows(companyTable)

const device = (label: string, secret: string) => ({ secret, deviceId: derivedId('admin', label), name: label, publicKey: `key of ${label}`, companyId, version: '1' })

async function code(hub: { readonly admin: Awaited<ReturnType<typeof openTestHub>>['admin'] }, company: string | null): Promise<string> {
  return (await hub.admin.makeCode({ companyId: company, clearances: ['pay'], seconds: 60, createdBy: null })).secret
}

describe('enrolment', () => {
  it('founds a company only of all its rows, and gives each workstation a prefix that nobody had', async () => {
    const hub = await openTestHub(postgres)
    const secret = await code(hub, null)
    expect(await hub.admin.lookAt(secret)).toMatchObject({ mode: 'found', companyId: null })
    expect(await hub.admin.enrol(device('first', secret))).toMatchObject({ kind: 'enrolled', mode: 'found', companyId, prefix: '', clearances: ['pay'] })
    expect(await hub.admin.enrol(device('thief', secret))).toEqual({ kind: 'badCode' })
    expect(await hub.admin.lookAt(secret)).toBeUndefined()
    expect(await hub.admin.enrol(device('early', await code(hub, companyId)))).toEqual({ kind: 'founding' })
    await expect(new Hub(hub.store).push(companyId, derivedId('admin', 'first'), [])).rejects.toBeInstanceOf(UnknownCompany)

    const first = derivedId('admin', 'first')
    await hub.admin.foundRows(companyId, 0, ROWS.slice(0, 40))
    await hub.admin.foundRows(companyId, 0, ROWS.slice(0, 50))
    expect(await hub.admin.foundingDone(companyId, first, { lastWsSeq: 7, rows: ROWS.length })).toEqual({ kind: 'incomplete', rows: 50 })
    await hub.admin.foundRows(companyId, 1, ROWS.slice(50, -1))
    const jobless = ROWS.filter(([table]) => table === 'job_line').length
    expect(jobless).toBeGreaterThan(0)
    await hub.admin.foundRows(companyId, 1, ROWS.slice(50).filter(([table]) => table !== 'job'))
    const withoutJobs = ROWS.filter(([table], index) => index < 50 || table !== 'job').length
    expect(await hub.admin.foundingDone(companyId, first, { lastWsSeq: 7, rows: withoutJobs })).toMatchObject({ kind: 'unsound' })
    await hub.admin.foundRows(companyId, 1, ROWS.slice(50))
    const done = await hub.admin.foundingDone(companyId, first, { lastWsSeq: 7, rows: ROWS.length })
    expect(done).toMatchObject({ kind: 'done', position: { seq: 0, feedFloor: 0 } })
    // Its answer may be lost and asked for again.
    expect(await hub.admin.foundingDone(companyId, first, { lastWsSeq: 7, rows: ROWS.length })).toEqual(done)
    expect(await hub.admin.company(companyId)).toMatchObject({ name: COMPANY?.name, state: 'active' })
    expect(await hub.admin.device(companyId, first)).toMatchObject({ lastWsSeq: 7, publicKey: 'key of first' })

    expect(await hub.admin.enrol(device('other founder', await code(hub, null)))).toEqual({ kind: 'companyExists' })
    expect(await hub.admin.enrol(device('second', await code(hub, companyId)))).toMatchObject({ mode: 'join', prefix: 'B' })
    expect(await hub.admin.enrol(device('third', await code(hub, companyId)))).toMatchObject({ prefix: 'C' })
    // One that comes again keeps what it had, whatever became of it meanwhile.
    await hub.admin.revokeDevice(companyId, derivedId('admin', 'second'))
    expect(await hub.admin.enrol({ ...device('second', await code(hub, companyId)), publicKey: 'new key' })).toMatchObject({ prefix: 'B' })
    expect(await hub.admin.device(companyId, derivedId('admin', 'second'))).toMatchObject({ publicKey: 'new key', revokedAt: null })
    expect(await hub.admin.enrol(device('fourth', await code(hub, companyId)))).toMatchObject({ prefix: 'D' })
    await hub.close()
  })

  it('ends with the code\u2019s time, and keeps no secret that could be read', async () => {
    const hub = await openTestHub(postgres)
    const secret = await code(hub, null)
    expect(JSON.stringify(await runSql(hub.url, 'SELECT * FROM enrolment_code'))).not.toContain(secret)
    await runSql(hub.url, "UPDATE enrolment_code SET expires_at = now() - interval '1 second'")
    expect(await hub.admin.lookAt(secret)).toBeUndefined()
    expect(await hub.admin.enrol(device('late', secret))).toEqual({ kind: 'badCode' })
    await hub.close()
  })

  it('counts prefixes as columns are counted', () => {
    expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(prefixAt)).toEqual(['', 'B', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA'])
  })
})

describe('a company at the hub', () => {
  const desks = ['one', 'two'].map((label) => new TestDevice(label))
  const [one = new TestDevice(''), two = new TestDevice('')] = desks

  async function opened() {
    const hub = await openTestHub(postgres)
    await foundCompany(hub.admin, companyId, ROWS, desks.map(({ id }) => id))
    return hub
  }

  it('lends to one at a time, by the database\u2019s clock, and passes on what has run out', async () => {
    const hub = await opened()
    const lease = (by: TestDevice, action: 'take' | 'renew' | 'release', token: string | null = null) => hub.admin.lease(companyId, by.id, { name: 'send', action, token, seconds: 60 })
    const takers = await Promise.all([lease(one, 'take'), lease(two, 'take'), lease(one, 'take')])
    expect(takers.map(({ kind }) => kind).toSorted()).toEqual(['held', 'taken', 'taken'])
    const [{ deviceId } = { deviceId: '' }] = await hub.admin.leases(companyId)
    const [holder, waiting] = deviceId === one.id ? [one, two] : [two, one]
    const held = takers.find((answer) => answer.kind === 'held')
    const token = held?.kind === 'held' ? held.token : ''
    expect(await lease(holder, 'renew', token)).toMatchObject({ kind: 'held', token })
    expect(await lease(waiting, 'renew', token)).toMatchObject({ kind: 'taken', byDeviceId: holder.id })
    expect(await lease(waiting, 'release', token)).toEqual({ kind: 'released' })
    expect(await lease(waiting, 'take')).toMatchObject({ kind: 'taken', byDeviceId: holder.id })
    await runSql(hub.url, "UPDATE lease SET expires_at = now() - interval '1 second'")
    expect(await lease(holder, 'renew', token)).toEqual({ kind: 'released' })
    expect(await lease(waiting, 'take')).toMatchObject({ kind: 'held' })
    expect(await lease(holder, 'renew', token)).toMatchObject({ kind: 'taken', byDeviceId: waiting.id })
    await hub.admin.revokeDevice(companyId, waiting.id)
    expect(await lease(holder, 'take')).toMatchObject({ kind: 'held' })
    await hub.close()
  })

  it('is read in a snapshot of one moment, what makes today usable first, without what a clearance is needed for', async () => {
    const hub = await opened()
    const { head, parts } = await hub.admin.snapshot(companyId, new Set(CLEARANCES))
    const rows: FeedRow[] = []
    const firsts: boolean[] = []
    for await (const part of parts) {
      // What happens meanwhile is not in it.
      if (rows.length === 0) await runSql(hub.url, "UPDATE customer SET lead_source = 'changed meanwhile'")
      firsts.push(part.first)
      rows.push(...part.lines.map((line) => JSON.parse(line) as FeedRow))
    }
    expect(head.rows).toBe(ROWS.length)
    expect(firsts).toEqual(firsts.toSorted((left, right) => Number(right) - Number(left)))
    const sorted = (list: readonly FeedRow[]) => list.toSorted((left, right) => (`${left[0]}${left[1]}` < `${right[0]}${right[1]}` ? -1 : 1))
    expect(sorted(rows)).toEqual(sorted(JSON.parse(JSON.stringify(ROWS)) as FeedRow[]))
    // Whoever stops halfway keeps no connection.
    for (let times = 0; times < 12; times++) {
      const reading = await hub.admin.snapshot(companyId, new Set())
      await reading.parts.next()
      await reading.parts.return()
    }
    await expect(hub.admin.snapshot(derivedId('nobody'), new Set())).rejects.toBeInstanceOf(UnknownCompany)
    await hub.close()
  })

  it('forgets of its feed what everybody has read or what is too old, and remembers commands for a month', async () => {
    const hub = await opened()
    const [customer] = ROWS.filter(([table]) => table === 'customer')
    const owner = simulator.engine.rows(userTable).find(({ roles, presence }) => roles.includes('owner') && presence !== 'left')
    for (let n = 1; n <= 6; n++) {
      const input = { noteId: derivedId('note', String(n)), subjectKind: 'customer', subjectId: customer?.[1], body: 'x', pinned: false }
      await new Hub(hub.store).push(companyId, one.id, [one.pushed({ name: 'note.add', input, actorId: owner?.id ?? '' })])
    }
    const limits = { feedDays: 14, commandDays: 1 }
    const seen = (by: TestDevice, cursor: number) => hub.admin.sawDevices(companyId, [{ deviceId: by.id, cursor, version: '2' }])
    await seen(one, 5)
    await seen(two, 2)
    expect(await hub.admin.compact(limits)).toMatchObject([{ feedFloor: 2, entries: 2, commands: 0 }])
    const epoch = (await hub.admin.company(companyId))?.epoch ?? ''
    expect(await new Hub(hub.store).pull(companyId, two.id, epoch, 1)).toEqual({ kind: 'resync', reason: 'floor' })
    expect(await new Hub(hub.store).pull(companyId, two.id, epoch, 2)).toMatchObject({ kind: 'page', page: { upTo: 6 } })
    await runSql(hub.url, "UPDATE change_feed SET written_at = now() - interval '15 days' WHERE seq <= 4")
    await runSql(hub.url, "UPDATE hub_command SET decided_at = now() - interval '29 days'")
    expect(await hub.admin.compact(limits)).toMatchObject([{ feedFloor: 4, entries: 2, commands: 0 }])
    await runSql(hub.url, "UPDATE hub_command SET decided_at = now() - interval '31 days'")
    expect(await hub.admin.compact(limits)).toMatchObject([{ feedFloor: 4, commands: 4 }])
    await hub.admin.revokeDevice(companyId, two.id)
    expect(await hub.admin.compact(limits)).toMatchObject([{ feedFloor: 5 }])
    expect(await hub.admin.feedSize(companyId)).toMatchObject({ entries: 1 })
    await hub.close()
  })

  it('knows who may manage it, one secret for every process, and whether it is ready', async () => {
    const hub = await opened()
    const people = simulator.engine.rows(userTable)
    for (const { id, roles, presence } of people) expect(await hub.admin.actorMay(companyId, id, 'hub.manage')).toBe(presence !== 'left' && roles.includes('owner'))
    expect(await hub.admin.actorMay(companyId, SYSTEM_ACTOR, 'hub.manage')).toBe(false)
    const other = await openHubStore(hub.url)
    expect(Buffer.from(await other.admin.secret('session'))).toEqual(Buffer.from(await hub.admin.secret('session')))
    expect(await hub.admin.secret('session')).toHaveLength(32)
    expect(await hub.admin.ready()).toBe(true)
    await runSql(hub.url, 'UPDATE hub_version SET schema = schema + 1')
    expect(await hub.admin.ready()).toBe(false)
    await Promise.all([other.close(), hub.close()])
  })
})
