import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressFor, hubAddress, isLoopback } from '../../src/hub/cli/addresses.ts'
import { HELP, readOptions } from '../../src/hub/cli/options.ts'
import { Sentence } from '../../src/hub/cli/sentence.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { postgresFolder, runSql, sharedPostgres } from '../support/postgres.ts'
import { foundOffice, startServer } from './hubServerOffice.ts'

const MAIN = fileURLToPath(new URL('../../src/hub/main.ts', import.meta.url))
const postgres = sharedPostgres()

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  out: string
  error: string
}

const runs: Run[] = []
let folder: ReturnType<typeof postgresFolder>

beforeEach(() => {
  folder = postgresFolder()
})

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
  folder.remove()
})

function hub(words: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { DATABASE_URL: _other, ...own } = process.env
  const child = spawn(process.execPath, ['--no-warnings', MAIN, ...words], { cwd: folder.path, env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const run: Run = { child, out: '', error: '', ended: new Promise((resolve) => child.once('close', resolve)) }
  child.stdout?.on('data', (data: Buffer) => (run.out += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (run.error += data.toString()))
  runs.push(run)
  return run
}

async function done(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ readonly code: number | null; readonly out: string; readonly error: string }> {
  const run = hub(words, env)
  const code = await run.ended
  return { code, out: run.out, error: run.error }
}

/** Resolves when the hub has said this. */
function said(run: Run, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (run.out.includes(what)) resolve()
    }
    run.child.stdout?.on('data', look)
    run.child.once('close', () => reject(new Error(`The hub ended: ${run.out} ${run.error}`)))
    look()
  })
}

function readCode(text: string): { readonly a: string; readonly c: string; readonly f: string | null } {
  const code = /baton1\.([\w-]+)/.exec(text)?.[1]
  if (code === undefined) throw new Error(`There is no code in: ${text}`)
  return JSON.parse(Buffer.from(code, 'base64url').toString()) as { a: string; c: string; f: string | null }
}

/** Asks as a workstation does that pins the certificate. */
function pinned(port: number, path: string): Promise<{ readonly status: number; readonly fingerprint: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, rejectUnauthorized: false }, (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate()
      response.resume()
      response.once('end', () => resolve({ status: response.statusCode ?? 0, fingerprint: fingerprint256.replaceAll(':', '').toLowerCase() }))
    })
    asked.once('error', reject)
    asked.end()
  })
}

const port = (): number => 20_000 + Math.floor(Math.random() * 20_000)

describe('npm run hub', () => {
  it('starts with a PostgreSQL, a certificate and a code of its own, and refuses to start twice', async () => {
    const [first, data] = [port(), join(folder.path, 'hub')]
    const serving = hub(['--data', data, '--port', String(first)])
    await said(serving, 'Another code')
    const { a, f } = readCode(serving.out)
    expect(a).toMatch(new RegExp(`^https://.+:${first}$`))
    expect(await pinned(first, '/readyz')).toEqual({ status: 200, fingerprint: f })
    const second = await done(['--data', data, '--port', String(first + 1)])
    expect([second.code, second.error]).toEqual([1, expect.stringContaining('Another hub')])

    // Beside the running hub.
    expect(readCode((await done(['invite', '--data', data])).out).f).toBe(f)
    expect((await done(['devices', '--data', data])).out).toContain('no company here yet')
    const restored = await done(['restore', 'nothing.backup', '--data', data])
    expect([restored.code, restored.error]).toEqual([1, expect.stringContaining('The hub is running')])

    serving.child.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
    expect(readFileSync(join(data, 'logs', 'hub.log'), 'utf8')).toContain('"event":"hub.stopped"')
    // And without it; the certificate is the same at the next start.
    expect(readCode((await done(['invite', '--data', data, '--hours', '1'])).out).a).toBe(a)
    const again = hub(['--data', data, '--port', String(first)])
    await said(again, 'Another code')
    expect(readCode(again.out).f).toBe(f)
  })

  it('says so where the port is taken, the database is away, or the certificate can\u2019t be read', async () => {
    const DATABASE_URL = await postgres.database()
    const taken = port()
    const serving = hub(['--data', join(folder.path, 'a'), '--port', String(taken)], { DATABASE_URL })
    await said(serving, 'Another code')
    const second = await done(['--data', join(folder.path, 'b'), '--port', String(taken)], { DATABASE_URL })
    expect([second.code, second.error]).toEqual([1, expect.stringContaining(`Port ${taken} is in use`)])
    const away = await done(['--data', join(folder.path, 'c')], { DATABASE_URL: 'postgresql://baton@127.0.0.1:1/baton' })
    expect([away.code, away.error]).toEqual([1, expect.stringContaining('The PostgreSQL at DATABASE_URL can\u2019t be used')])
    writeFileSync(join(folder.path, 'x.pem'), 'no certificate')
    const wrong = await done(['--data', join(folder.path, 'd'), '--cert', 'x.pem', '--key', 'x.pem', '--port', String(taken + 1)], { DATABASE_URL })
    expect([wrong.code, wrong.error]).toEqual([1, expect.stringContaining('The certificate and its key can\u2019t be used')])
    const open = await done(['--data', join(folder.path, 'e'), '--http'], { DATABASE_URL })
    expect([open.code, open.error]).toEqual([1, expect.stringContaining('--insecure-http')])
  })
})

describe('A backup', () => {
  it('brings a hub back as it was, in a new epoch, and keeps what stood there', async () => {
    const server = await startServer(postgres)
    const founder = await foundOffice(server)
    const DATABASE_URL = server.databaseUrl
    const link = await founder.link()
    await link.hello()
    link.send({ t: 'push', n: 1, commands: [founder.note('Before'), founder.note('Also before')] })
    await link.next('pushed')

    const backups = join(folder.path, 'backups')
    for (const words of [['backups/'], ['backups', '--keep', '2']]) {
      const missing = await done(['backup', ...words, '--data', 'hub'], { DATABASE_URL })
      expect(missing).toMatchObject({ code: 1, error: expect.stringContaining('There is no folder') })
    }
    expect(existsSync(backups)).toBe(false)
    const nowhere = await done(['backup', join('backups', 'x.backup'), '--data', 'hub'], { DATABASE_URL })
    expect(nowhere).toMatchObject({ code: 1, error: expect.stringMatching(/^The backup could not be written to .*ENOENT.*is as it was\.\n$/) })
    mkdirSync(backups)
    for (const time of [1, 2, 3]) {
      const { code, out } = await done(['backup', 'backups', '--keep', '2', '--data', 'hub'], { DATABASE_URL })
      expect([time, code, out]).toEqual([time, 0, expect.stringContaining('read back and whole')])
    }
    const [file = ''] = readdirSync(backups)
    expect(readdirSync(backups).length).toBeLessThanOrEqual(2)
    const before = (await done(['verify', '--data', 'hub'], { DATABASE_URL })).out
    expect(before).toContain('at 2: all is well')

    link.send({ t: 'push', n: 2, commands: [founder.note('After')] })
    await link.next('pushed')
    const running = await done(['restore', join('backups', file), '--data', 'hub'], { DATABASE_URL })
    expect([running.code, running.error]).toEqual([1, expect.stringContaining('A hub is using this database')])
    await server.close()

    const hesitant = await done(['restore', join('backups', file), '--data', 'hub'], { DATABASE_URL })
    expect([hesitant.code, hesitant.error]).toEqual([1, expect.stringContaining('Copper Ridge')])
    mkdirSync(join(folder.path, 'hub'), { recursive: true })
    const restored = await done(['restore', join('backups', file), '--force', '--data', 'hub'], { DATABASE_URL })
    expect([restored.code, restored.error]).toEqual([0, ''])
    expect(readdirSync(join(folder.path, 'hub')).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1)
    expect((await done(['verify', '--data', 'hub'], { DATABASE_URL })).out).toBe(before)

    const { admin, close } = await openHubStore(DATABASE_URL)
    const [company] = await admin.companies()
    await close()
    expect(company).toMatchObject({ seq: 2, epochSeq: 2, recoveringUntil: expect.any(Number) })
    expect(company?.epoch).not.toBe(founder.epoch)
  })

  it('that is not whole changes nothing', async () => {
    const server = await startServer(postgres)
    await foundOffice(server)
    const DATABASE_URL = server.databaseUrl
    await server.close()
    expect((await done(['backup', 'whole.backup', '--data', 'hub'], { DATABASE_URL })).code).toBe(0)
    const whole = readFileSync(join(folder.path, 'whole.backup'))
    const changed = Buffer.from(whole)
    changed[Math.floor(changed.length / 2)] = (changed[Math.floor(changed.length / 2)] ?? 0) ^ 0xff
    writeFileSync(join(folder.path, 'changed.backup'), changed)
    writeFileSync(join(folder.path, 'short.backup'), whole)
    truncateSync(join(folder.path, 'short.backup'), whole.length - 100)
    writeFileSync(join(folder.path, 'other.backup'), 'something else')
    for (const file of ['changed.backup', 'short.backup', 'other.backup', 'missing.backup']) {
      const { code, error } = await done(['restore', file, '--force', '--data', 'hub'], { DATABASE_URL })
      expect([file, code, error]).toEqual([file, 1, expect.stringContaining('Nothing was changed')])
    }
    const [row] = await runSql(DATABASE_URL, 'SELECT count(*)::int AS users FROM "user"')
    expect(row?.['users']).toBeGreaterThan(0)
  })

  it('of a hub with a broken rule is found by verify', async () => {
    const server = await startServer(postgres)
    const founder = await foundOffice(server)
    const link = await founder.link()
    await link.hello()
    link.send({ t: 'push', n: 1, commands: [founder.note('One'), founder.note('Two'), founder.note('Three')] })
    await link.next('pushed')
    await server.close()
    await runSql(server.databaseUrl, 'DELETE FROM change_feed WHERE seq = 2')
    const { code, out } = await done(['verify', '--data', 'hub'], { DATABASE_URL: server.databaseUrl })
    expect([code, out]).toEqual([1, expect.stringContaining('without a hole')])
  })
})

describe('What was typed', () => {
  const machine = { platform: 'linux', env: {}, home: '/home/pat', cwd: '/srv', isRoot: false }
  const read = (...words: string[]) => readOptions(words, machine)

  it('is read as it was meant', () => {
    expect(read()).toMatchObject({ verb: 'serve', port: 7411, host: null, data: '/home/pat/.local/share/baton-hub', http: 'no', log: 'file' })
    expect(readOptions([], { ...machine, isRoot: true })?.data).toBe('/var/lib/baton-hub')
    expect(read('--help')).toBeNull()
    expect(read('backup', 'x.backup')?.file).toBe('/srv/x.backup')
    expect(read('invite', '--clearance', 'pay', '--clearance', 'confidential')?.clearances).toEqual(['pay', 'confidential'])
    expect(read('--address', 'https://hub.example.com:7411/')?.address).toBe('https://hub.example.com:7411')
    for (const verb of ['serve', 'invite', 'devices', 'verify', 'backup', 'restore']) expect(HELP).toContain(`\n  ${verb}`)
  })

  it.each([[['go']], [['backup']], [['serve', 'x']], [['--port', 'x']], [['--cert', 'a.pem']], [['--clearance', 'all']], [['--address', 'hub']], [['--nonsense']], [['--hours', '0']]])('is refused with a sentence: %j', (words) => {
    expect(() => read(...words)).toThrow(Sentence)
  })

  it('becomes an address that workstations can use', () => {
    const listening = { scheme: 'https', host: null, port: 7411, address: null } as const
    expect(hubAddress({ ...listening, address: 'https://hub.example.com' })).toBe('https://hub.example.com')
    expect(hubAddress({ ...listening, host: '10.0.0.5' })).toBe('https://10.0.0.5:7411')
    expect(addressFor(listening, 'hub.office.lan:7411')).toBe('https://hub.office.lan:7411')
    expect(addressFor({ ...listening, host: '10.0.0.5' }, 'localhost:7411')).toBe('https://10.0.0.5:7411')
    expect(addressFor({ ...listening, host: '10.0.0.5' }, undefined)).toBe('https://10.0.0.5:7411')
    expect(['127.0.0.1', '::1', 'localhost', '10.0.0.1', '0.0.0.0'].map(isLoopback)).toEqual([true, true, true, false, false])
  })
})
