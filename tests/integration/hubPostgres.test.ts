import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findPostgres, type Installation, installations } from '../../src/hub/postgres/find.ts'
import { type PostgresOptions, type RunningPostgres, startPostgres } from '../../src/hub/postgres/start.ts'
import type { PostgresExit } from '../../src/hub/postgres/supervisor.ts'
import { postgresFolder, postgresMissing, quietLog, runSql, sharedPostgres } from '../support/postgres.ts'

const PARENT = fileURLToPath(new URL('./hubPostgresParent.ts', import.meta.url))
const LIMIT = { timeout: 60_000, interval: 20 }
const isRoot = process.getuid?.() === 0

let folder: ReturnType<typeof postgresFolder>
let directory: string
let running: RunningPostgres[]
let parents: ChildProcess[]

beforeEach((context) => {
  const missing = postgresMissing()
  if (missing !== undefined) context.skip(missing)
  folder = postgresFolder()
  directory = join(folder.path, 'postgres')
  running = []
  parents = []
})

afterEach(async () => {
  for (const parent of parents) parent.kill('SIGKILL')
  await Promise.all(running.map((each) => each.stop()))
  if (existsSync(join(directory, 'cluster'))) await vi.waitFor(() => expect(postmasterIsAlive()).toBe(false), LIMIT)
  folder.remove()
})

/** Without flushing to the disk unless told otherwise: only a machine's death could tell the difference. */
async function start(options: Partial<PostgresOptions> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ directory, log: quietLog, settings: { fsync: 'off' }, ...options })
  running.push(postgres)
  return postgres
}

const problemOf = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'it started', (error: Error) => error.message)

/** As PostgreSQL itself says; undefined where it has ended in good order. */
function postmaster(): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8'), 10)
  } catch {
    return undefined
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    // One that has ended keeps its number until somebody asks for its exit code.
    if (process.platform === 'linux') return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const postmasterIsAlive = (): boolean => isAlive(postmaster())

/** A hub in a process of its own. */
function startParent(): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', PARENT, directory], { stdio: ['ignore', 'pipe', 'pipe'] })
  parents.push(child)
  return child
}

/** Resolves with the first line that it prints, or rejects with why it ended. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = ''
    child.stderr?.on('data', (data: Buffer) => (errors += data.toString()))
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()))
    child.once('close', () => reject(new Error(errors)))
  })
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

const note = (url: string, text: string): Promise<unknown> => runSql(url, 'INSERT INTO note VALUES ($1)', [text])
const notes = async (url: string): Promise<readonly unknown[]> => (await runSql(url, 'SELECT text FROM note ORDER BY text')).map((row) => row['text'])

describe('a first start', () => {
  it('makes a private cluster that flushes what it acknowledges and could feed a standby', async () => {
    const { url } = await start({ settings: {} })
    const settings = ['server_encoding', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'password_encryption', 'data_checksums', 'TimeZone']
    const [row] = await runSql(url, `SELECT ${settings.map((name) => `current_setting('${name}') AS "${name}"`).join(', ')}, (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS "collation"`)
    expect(row).toEqual({
      server_encoding: 'UTF8',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      wal_level: 'replica',
      password_encryption: 'scram-sha-256',
      data_checksums: 'on',
      TimeZone: 'UTC',
      collation: 'C',
    })
    if (process.platform === 'win32') return
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(directory, 'run')).mode & 0o777).toBe(0o700)
    expect(await runSql(url, `SELECT current_setting('listen_addresses') AS addresses`)).toEqual([{ addresses: '' }])
    await expect(runSql(url.replace(/:[^:@/]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  })

  it.skipIf(process.platform === 'win32')('works where the path is too long for a socket', async () => {
    directory = join(folder.path, 'a-long-name-'.repeat(12), 'postgres')
    const postgres = await start()
    expect(await runSql(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await postgres.stop()
    const short = decodeURIComponent(/host=([^&]+)/.exec(postgres.url)?.[1] ?? '')
    expect(short).toMatch(/^\/tmp\/baton-hub-/)
    rmSync(short, { recursive: true })
  })

  it('clears away clusters that were left half-made', async () => {
    mkdirSync(join(directory, 'cluster.making-0badcafe'), { recursive: true })
    writeFileSync(join(directory, 'cluster.making-0badcafe', 'PG_VERSION'), '18')
    if (isRoot) chmodSync(directory, 0o711)
    const { url } = await start()
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(readdirSync(directory).filter((name) => name.startsWith('cluster'))).toEqual(['cluster'])
  })

  it('can be killed in the middle of making the cluster, and the next one makes it', async () => {
    const parent = startParent()
    const halfMade = (): readonly string[] => (existsSync(directory) ? readdirSync(directory) : []).filter((name) => existsSync(join(directory, name, 'PG_VERSION')))
    await vi.waitFor(() => expect(halfMade()).not.toEqual([]), LIMIT)
    expect(halfMade()).not.toContain('cluster')
    await killed(parent)
    const { url } = await start()
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(readdirSync(directory).filter((name) => name.startsWith('cluster'))).toEqual(['cluster'])
  })
})

describe('a later start', () => {
  it('finds the data of the earlier one', async () => {
    const first = await start()
    await runSql(first.url, 'CREATE TABLE note (text text)')
    await note(first.url, 'kept')
    await first.stop()
    expect(postmasterIsAlive()).toBe(false)
    expect(await notes((await start()).url)).toEqual(['kept'])
  })

  it('is refused while another hub has the folder, whose PostgreSQL goes on', async () => {
    const url = await firstLine(startParent())
    const pid = postmaster()
    expect(await problemOf(start())).toMatch(/^Another hub \(process \d+\) is already running on .*Stop it first/)
    expect(await problemOf(firstLine(startParent()))).toMatch(/^Another hub/)
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(postmaster()).toBe(pid)
  })

  it.skipIf(process.platform === 'win32')('comes up where the lock file of a crash names a process that is somebody else\u2019s by now', async () => {
    await (await start()).stop()
    const cluster = join(directory, 'cluster')
    const { uid, gid } = statSync(cluster)
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) })
    parents.push(stranger)
    writeFileSync(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n`)
    const { url } = await start()
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(isAlive(stranger.pid)).toBe(true)
  })

  it('says what to do where the password is gone', async () => {
    await (await start()).stop()
    rmSync(join(directory, 'password'))
    expect(await problemOf(start())).toMatch(/password of the hub\u2019s PostgreSQL is missing.*Put the file back/)
  })

  it('says what to do where the cluster is another version\u2019s, and leaves it alone', async () => {
    await (await start()).stop()
    writeFileSync(join(directory, 'cluster', 'PG_VERSION'), '12\n')
    expect(await problemOf(start())).toMatch(/was made by PostgreSQL 12, and only .* is installed here/)
  })
})

describe('a hub that is killed', () => {
  it('leaves no PostgreSQL behind, and the next start has the data', async () => {
    const parent = startParent()
    const url = await firstLine(parent)
    await runSql(url, 'CREATE TABLE note (text text)')
    await note(url, 'acknowledged')
    const pid = postmaster()
    expect(isAlive(pid)).toBe(true)
    await killed(parent)
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), LIMIT)
    expect(await notes((await start()).url)).toEqual(['acknowledged'])
  })

  it('can be followed at once by another', async () => {
    const parent = startParent()
    const url = await firstLine(parent)
    await runSql(url, 'CREATE TABLE note (text text)')
    await note(url, 'acknowledged')
    await killed(parent)
    expect(await notes((await start()).url)).toEqual(['acknowledged'])
  })

  it.skipIf(process.platform !== 'linux')('can be followed by another even where its guard was killed with it', async () => {
    const parent = startParent()
    const url = await firstLine(parent)
    await runSql(url, 'CREATE TABLE note (text text)')
    await note(url, 'acknowledged')
    const orphan = postmaster()
    const guard = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${orphan}/status`, 'utf8'))?.[1])
    expect(guard).not.toBe(parent.pid)
    process.kill(parent.pid ?? 0, 'SIGSTOP')
    process.kill(guard, 'SIGKILL')
    await killed(parent)
    expect(isAlive(orphan)).toBe(true)
    expect(await notes((await start()).url)).toEqual(['acknowledged'])
    expect(isAlive(orphan)).toBe(false)
  })
})

describe('a PostgreSQL that dies', () => {
  it('is told of and restarted at the same address with its data', async () => {
    const events: string[] = []
    const postgres = await start({ log: { ...quietLog, info: (event) => events.push(event) } })
    const exits: PostgresExit[] = []
    postgres.onExit((exit) => exits.push(exit))
    await runSql(postgres.url, 'CREATE TABLE note (text text)')
    for (const text of ['first', 'second', 'third']) {
      await note(postgres.url, text)
      const pid = postmaster()
      events.length = 0
      process.kill(pid ?? 0, 'SIGKILL')
      // Only then is the next kill another exit, and not a start that failed.
      await vi.waitFor(() => expect(events).toContain('postgres.started'), LIMIT)
      await vi.waitFor(async () => expect(await notes(postgres.url)).toContain(text), LIMIT)
      expect(postmaster()).not.toBe(pid)
    }
    expect(exits).toEqual(Array.from({ length: 3 }, () => ({ code: 128 + 9, willRestart: true })))
  })

  it('is given up, and told so, where it no longer comes up', async () => {
    const postgres = await start()
    const exits: PostgresExit[] = []
    postgres.onExit((exit) => exits.push(exit))
    writeFileSync(join(directory, 'cluster', 'postgresql.conf'), 'no such setting\n')
    process.kill(postmaster() ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(exits.at(-1)?.willRestart).toBe(false), LIMIT)
    expect(exits).toHaveLength(2)
    await postgres.stop()
  })

  it('can be stopped in the middle of a restart', async () => {
    const postgres = await start()
    const told = new Promise((resolve) => postgres.onExit(resolve))
    process.kill(postmaster() ?? 0, 'SIGKILL')
    await told
    await postgres.stop()
    expect(postmasterIsAlive()).toBe(false)
    await start()
  })
})

describe('programs that can\u2019t be used where they are installed', () => {
  /** What npm unpacks where it runs no scripts: no links, and here in a folder that only its owner may enter. */
  function withoutLinks({ folder: native, ...rest }: Installation): Installation {
    const copy = join(folder.path, 'closed', 'native')
    mkdirSync(dirname(copy), { mode: 0o700 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    for (const { target } of JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as readonly { readonly target: string }[]) {
      rmSync(join(dirname(copy), target), { force: true })
    }
    cpSync(join(dirname(native), 'package.json'), join(dirname(copy), 'package.json'))
    return { ...rest, folder: copy }
  }

  it('are copied beside the data, once, and the installation is left as it is', async () => {
    const first = findPostgres()
    if (first.origin !== 'bundled') return
    const bare = withoutLinks(first)
    const before = readdirSync(join(bare.folder, 'lib'))
    const postgres = await start({ from: [bare] })
    expect(await runSql(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await postgres.stop()
    expect(readdirSync(join(bare.folder, 'lib'))).toEqual(before)
    const [copy = ''] = readdirSync(join(directory, 'programs'))
    const made = statSync(join(directory, 'programs', copy)).ino
    await start({ from: [bare] })
    expect(statSync(join(directory, 'programs', copy)).ino).toBe(made)
  })

  it('are passed over where the system can\u2019t load them', async () => {
    const broken = join(folder.path, 'broken')
    mkdirSync(join(broken, 'bin'), { recursive: true })
    for (const name of ['postgres', 'initdb']) writeFileSync(join(broken, 'bin', name), 'not a program', { mode: 0o755 })
    const passedOver: Installation = { origin: 'system', folder: broken, major: 99 }
    expect(await problemOf(start({ from: [passedOver] }))).toMatch(/doesn\u2019t run on this machine.*DATABASE_URL/s)
    expect(await problemOf(start({ from: [] }))).toMatch(/There is no PostgreSQL on this machine.*DATABASE_URL/)
    const { url } = await start({ from: [passedOver, findPostgres()] })
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it.each(installations().filter(({ origin }) => origin === 'system'))('are the system\u2019s PostgreSQL $major where none comes with Baton', async (installation) => {
    const { url } = await start({ from: [installation] })
    const [row] = await runSql(url, `SELECT current_setting('server_version_num')::int / 10000 AS major`)
    expect(row).toEqual({ major: installation.major })
  })
})

describe.skipIf(!isRoot)('as root', () => {
  it('says which folder keeps PostgreSQL\u2019s user out', async () => {
    chmodSync(folder.path, 0o700)
    expect(await problemOf(start())).toMatch(new RegExp(`who may not enter ${folder.path}\\..*chmod o\\+x`))
  })

  it('runs PostgreSQL as another user', async () => {
    await start()
    expect(statSync(join(directory, 'cluster')).uid).not.toBe(0)
    expect(statSync(`/proc/${postmaster()}`).uid).toBe(statSync(join(directory, 'cluster')).uid)
  })
})

describe('the PostgreSQL that tests share', () => {
  const shared = sharedPostgres()

  it('gives every test a database of its own', async () => {
    const [first, second] = await Promise.all([shared.database(), shared.database()])
    await runSql(first, 'CREATE TABLE note (text text)')
    await expect(notes(second)).rejects.toThrow(/does not exist/)
  })

  it('copies what was prepared once', async () => {
    let prepared = 0
    const template = {
      name: 'notes',
      prepare: async (url: string) => {
        prepared++
        await runSql(url, `CREATE TABLE note AS SELECT 'prepared' AS text`)
      },
    }
    const [first, second] = await Promise.all([shared.database(template), shared.database(template)])
    await note(first, 'own')
    expect(await notes(first)).toEqual(['own', 'prepared'])
    expect(await notes(second)).toEqual(['prepared'])
    expect(prepared).toBe(1)
  })
})
