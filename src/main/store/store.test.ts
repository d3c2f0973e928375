import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/base/id.ts'
import { get } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { companyTable, userTable } from '../../shared/domain/people/tables.ts'
import { CommandRunner } from '../core/runner.ts'
import { Replica } from '../sync/replica.ts'
import { eq, schema } from './schema.ts'
import { openStore, STORE_FILE, type Store } from './store.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

let directory: string
let store: Store

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  store = openStore(directory)
})

afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

function startCompany(runner: CommandRunner): string {
  const ownerId = newId()
  const outcome = runner.run({ name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' } })
  expect(outcome.kind).toBe('accepted')
  return ownerId
}

describe('the store', () => {
  it('keeps what a command decided, readable by engine and by drizzle alike', () => {
    const ownerId = startCompany(new CommandRunner(store, quiet))
    const byEngine = store.engine.run(get(userTable, ownerId))
    const byDrizzle = store.db.select().from(schema.user).where(eq(schema.user.id, ownerId)).get()
    expect(byEngine).toEqual(byDrizzle)
    expect(byEngine).toMatchObject({ name: 'Sean Avery', roles: ['owner'], version: 1 })
  })

  it('is the same after it was closed and opened again', () => {
    const runner = new CommandRunner(store, quiet)
    const ownerId = startCompany(runner)
    const { companyId, deviceId } = store
    store.close()
    store = openStore(directory)
    expect({ companyId: store.companyId, deviceId: store.deviceId }).toEqual({ companyId, deviceId })
    expect(store.engine.run(get(userTable, ownerId))?.name).toBe('Sean Avery')
    expect(store.journal.after(0, 10).map((command) => command.name)).toEqual(['company.create'])
    expect(store.journal.waiting()).toBe(1)
    expect(store.check()).toEqual([])
  })

  it('answers a command sent twice without doing it twice', () => {
    const runner = new CommandRunner(store, quiet)
    const ownerId = startCompany(runner)
    const request = { name: 'user.add', actorId: ownerId, commandId: newId(), input: { id: newId(), name: 'Rosa Quill', roles: ['inboundCsr'] } }
    expect(runner.run(request).kind).toBe('accepted')
    expect(runner.run(request)).toEqual({ kind: 'repeated', commandId: request.commandId })
    expect(store.db.select().from(schema.user).all()).toHaveLength(2)
  })

  it('refuses the id of one command for another instead of answering that it was done', () => {
    const runner = new CommandRunner(store, quiet)
    const ownerId = startCompany(runner)
    const commandId = newId()
    runner.run({ name: 'user.add', actorId: ownerId, commandId, input: { id: newId(), name: 'Rosa Quill', roles: ['inboundCsr'] } })
    const other = runner.run({ name: 'user.setPresence', actorId: ownerId, commandId, input: { presence: 'away' } })
    expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'input.commandId' } })
  })

  it('answers that a command is saved even where a listener fails, and tells the others', () => {
    const runner = new CommandRunner(store, quiet)
    const heard: string[] = []
    runner.onCommit(() => {
      throw new Error('This listener fails')
    })
    runner.onCommit(({ changes }) => heard.push(...changes.map(({ table }) => table.name)))
    startCompany(runner)
    expect(heard).toContain('company')
  })

  it('tells of a command that changed nothing here, for the hub has to hear it, and of none that was refused', () => {
    const runner = new CommandRunner(store, quiet)
    const actorId = startCompany(runner)
    let told = 0
    runner.onCommit(() => (told += 1))
    const at = Date.now()
    expect(runner.run({ name: 'truthHour.begin', actorId, input: { day: '2026-03-02', zeroAt: at, at } })).toMatchObject({ kind: 'accepted', changes: [] })
    expect(told).toBe(1)
    expect(runner.run({ name: 'user.change', actorId, input: { userId: actorId, set: { presence: 'left' } } }).kind).toBe('refused')
    expect(told).toBe(1)
  })

  it('takes a refused command of a group back and keeps the others', () => {
    const runner = new CommandRunner(store, quiet)
    const ownerId = startCompany(runner)
    const add = (name: string) => ({ name: 'user.add', actorId: ownerId, input: { id: newId(), name, roles: ['dispatcher'] } })
    const outcomes = runner.runGroup([add('Dana Wray'), { name: 'user.change', actorId: ownerId, input: { userId: ownerId, set: { presence: 'left' } } }, add('Kim Ode')])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused', 'accepted'])
    expect(store.engine.run(get(userTable, ownerId))?.presence).toBe('active')
  })

  it('shows what may be seen before the disk has it, and keeps it from the hub until then', async () => {
    const runner = new CommandRunner(store, quiet)
    const actorId = startCompany(runner)
    const waits = (): unknown => store.prepare('PRAGMA synchronous').get()
    const becomes = (presence: 'away' | 'active', promptly: boolean): void => {
      expect(runner.run({ name: 'user.setPresence', actorId, input: { presence }, promptly }).kind).toBe('accepted')
      expect(waits()).toEqual({ synchronous: 2 })
    }
    const sent = (): number => new Replica(store, quiet).unsent(10).length
    const before = sent()
    becomes('away', true)
    becomes('active', true)
    expect(sent()).toBe(before)
    const settling = store.settle()
    becomes('away', true)
    await settling
    expect(sent()).toBe(before + 2)
    await store.settle()
    expect(sent()).toBe(before + 3)

    becomes('active', true)
    expect(sent()).toBe(before + 3)
    // A commit that waits for the disk brings what came before it there too.
    becomes('away', false)
    expect(sent()).toBe(before + 5)
  })

  it.skipIf(process.platform === 'win32')('does not call settled what the disk did not take', async () => {
    const runner = new CommandRunner(store, quiet)
    const actorId = startCompany(runner)
    runner.run({ name: 'user.setPresence', actorId, input: { presence: 'away' }, promptly: true })
    rmSync(`${store.file}-wal`)
    await expect(store.settle()).rejects.toThrow(/ENOENT/)
    expect(new Replica(store, quiet).unsent(10, store.settledUpTo())).toEqual([])
  })

  it('remembers what a row was before', () => {
    const runner = new CommandRunner(store, quiet)
    startCompany(runner)
    const owner = store.db.select().from(schema.user).get()
    runner.run({ name: 'company.change', actorId: owner?.id ?? '', input: { set: { name: 'Copper Ridge Home Services' } } })
    const changes = store.journal.changesOf(companyTable.name, store.companyId, 10)
    expect(changes.map((change) => [change.commandName, change.before?.['name'] ?? null])).toEqual([
      ['company.change', 'Copper Ridge'],
      ['company.create', null],
    ])
  })

  it('prepares statements for reading only', () => {
    expect(() => store.prepare("UPDATE meta SET value = ''")).toThrow(/for reading/)
  })

  it.skipIf(process.platform === 'win32')('makes its folder for this account only', () => {
    const fresh = join(directory, 'fresh')
    openStore(fresh).close()
    expect(statSync(fresh).mode & 0o077).toBe(0)
  })

  it('refuses a store from a newer version and leaves every byte of it', () => {
    store.close()
    const file = join(directory, STORE_FILE)
    const database = new SqliteDatabase(file)
    const current = database.pragma('user_version', { simple: true }) as number
    database.pragma('user_version = 999')
    database.pragma('wal_checkpoint(TRUNCATE)')
    database.close()
    const before = readFileSync(file)
    expect(() => openStore(directory)).toThrow(/newer version of Baton/)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(existsSync(`${file}-wal`)).toBe(false)
    const mended = new SqliteDatabase(file)
    mended.pragma(`user_version = ${current}`)
    mended.close()
    store = openStore(directory)
  })

  it('says that a file which is no store is damaged, and does not change it', () => {
    const other = mkdtempSync(join(tmpdir(), 'baton-store-'))
    writeFileSync(join(other, STORE_FILE), 'this is not a database, only a text that somebody put here'.repeat(40))
    expect(() => openStore(other)).toThrow(/damaged or is not a Baton file/)
    expect(readFileSync(join(other, STORE_FILE), 'utf8')).toMatch(/^this is not a database/)
    rmSync(other, { recursive: true, force: true })
  })

  it('makes a backup that opens and checks out', async () => {
    startCompany(new CommandRunner(store, quiet))
    const copyFolder = mkdtempSync(join(tmpdir(), 'baton-backup-'))
    await store.backUp(join(copyFolder, STORE_FILE))
    const copy = openStore(copyFolder)
    expect(copy.check()).toEqual([])
    expect(copy.companyId).toBe(store.companyId)
    copy.close()
    rmSync(copyFolder, { recursive: true, force: true })
  })
})
