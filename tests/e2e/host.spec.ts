import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { ROOT, startWebHost, temporaryFolder, type WebHost } from '../support/webHost.ts'

/** The built host as a process: whatever stands in its way, a person reads a sentence and nothing is harmed. */

let folder: ReturnType<typeof temporaryFolder>
const hosts: WebHost[] = []
test.beforeEach(() => {
  folder = temporaryFolder()
})
test.afterEach(async () => {
  // Those that a failed test left running.
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
  folder.remove()
})

async function start(dataDir: string): Promise<WebHost> {
  const host = await startWebHost(dataDir)
  hosts.push(host)
  return host
}

const SENTENCE = /^[A-Z-].*\.$/m

function runHost(words: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/main/web.js'), ...words], { encoding: 'utf8', timeout: 30_000 })
  return { code: status, said: stdout + stderr }
}

function runBaton(...words: readonly string[]): { readonly code: number | null; readonly answer: unknown } {
  // Every method with its schemas is more than a megabyte, at which Node would cut it off.
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'dist/main/cli.js'), ...words], { encoding: 'utf8', timeout: 60_000, maxBuffer: 16 * 1024 * 1024 })
  return { code: status, answer: JSON.parse(stdout) }
}

test('it prints its address, serves, and stops when asked', async () => {
  const host = await start(folder.path)
  expect(new URL(host.address).hostname).toBe('127.0.0.1')
  const answer = await fetch(host.address, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  expect(await host.stop()).toBe(0)
  expect(readFileSync(join(folder.path, 'logs/host.log'), 'utf8')).toContain('host.stopped')
})

test('a port in use, a port that is none, an unknown flag: a sentence and exit code 1', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  try {
    for (const words of [['--data', folder.path, '--port', String(port)], ['--port', 'abc'], ['--port', '99999'], ['--nonsense'], ['--data']]) {
      const { code, said } = runHost(words)
      expect(code, said).toBe(1)
      expect(said).toMatch(SENTENCE)
      expect(said).not.toMatch(/^\s+at /m)
    }
    expect(runHost(['--data', folder.path, '--port', String(port)]).said).toContain(`Port ${port} is in use`)
  } finally {
    taken.close()
  }
})

test('a data folder that cannot be written is said, at the terminal and to the page', async () => {
  const blocked = join(folder.path, 'a file')
  writeFileSync(blocked, 'not a folder')
  const host = await start(blocked)
  await expect.poll(() => host.output()).toContain('open its data')
  expect(host.output()).not.toMatch(/^\s+at /m)
  await host.stop()
  expect(readFileSync(blocked, 'utf8')).toBe('not a folder')
})

test('a store from a newer Baton is refused untouched', async () => {
  const first = await start(folder.path)
  expect(await first.stop()).toBe(0)
  const store = join(folder.path, 'baton.sqlite')
  const bytes = readFileSync(store)
  bytes.writeUInt32BE(9999, 60)
  writeFileSync(store, bytes)
  const before = createHash('sha256').update(bytes).digest('hex')
  const host = await start(folder.path)
  await expect.poll(() => host.output()).toContain('newer version of Baton')
  await host.stop()
  expect(createHash('sha256').update(readFileSync(store)).digest('hex')).toBe(before)
  expect(readdirSync(folder.path).filter((name) => name.startsWith('baton.sqlite'))).toEqual(['baton.sqlite'])
})

test('the command line answers in JSON, with a code where it refuses', () => {
  const data = ['--data', folder.path]
  expect(runBaton('call', 'session.state', ...data)).toMatchObject({ code: 0, answer: { company: null } })
  expect(runBaton('call', 'nobody.knows', ...data)).toMatchObject({ code: 1, answer: { error: { code: 'method.unknown' } } })
  expect(runBaton('call', 'session.state', '{oops', ...data)).toMatchObject({ code: 1, answer: { error: { code: 'cli.usage' } } })
  expect(runBaton('dance', ...data)).toMatchObject({ code: 1, answer: { error: { code: 'cli.usage' } } })
  const setUp = { companyName: 'Cedar Comfort', zone: 'America/Chicago', ownerName: 'Ada North', pin: '4321' }
  expect(runBaton('call', 'company.setUp', JSON.stringify(setUp), ...data)).toMatchObject({ code: 0, answer: { name: 'Ada North' } })
  expect(runBaton('call', 'people.list', ...data)).toMatchObject({ code: 1, answer: { error: { code: 'session.signedOut' } } })
  expect(runBaton('call', 'people.list', ...data, '--as', 'nobody')).toMatchObject({ code: 1, answer: { error: { code: 'cli.unknownPerson' } } })
  expect(runBaton('call', 'people.list', ...data, '--as', 'ada north').code).toBe(0)
  expect(runBaton('verify', ...data)).toEqual({ code: 0, answer: { ok: true, findings: [] } })
})

test('a customer list comes in from the command line, and what stays out is handed over with the reason', () => {
  const data = ['--data', folder.path, '--as', 'Ada North', '--out', join(folder.path, 'out')]
  const setUp = { companyName: 'Cedar Comfort', zone: 'America/Chicago', ownerName: 'Ada North', pin: '4321' }
  expect(runBaton('call', 'company.setUp', JSON.stringify(setUp), '--data', folder.path).code).toBe(0)
  const list = join(folder.path, 'clients.csv')
  writeFileSync(list, 'J-ID,Display Name,First Name,Last Name,Main Phone #s,Service Street 1,Service City,Service State,Service Zip code\n1_1,Ruth Amado,Ruth,Amado,(612) 555-0142,14 Elm St,Edina,MN,55424\n2_1,,,,,,,,\n')
  expect(runBaton('import', list, '--preview', ...data)).toMatchObject({ code: 0, answer: { customers: 1, badRows: 1 } })
  expect(runBaton('call', 'customers.list', '{}', ...data).answer).toMatchObject({ total: 0 })
  expect(runBaton('import', list, ...data)).toMatchObject({ code: 0, answer: { customers: 1, keptAside: 1 } })
  expect(readdirSync(join(folder.path, 'out'))).toHaveLength(1)
  expect(runBaton('import', join(folder.path, 'none.csv'), ...data)).toMatchObject({ code: 1, answer: { error: { code: 'cli.file' } } })
  expect(runBaton('export', '1001', ...data)).toMatchObject({ code: 1, answer: { error: { code: 'cli.unknownBatch' } } })
})

test('a backup is checked, comes back into another folder, and a damaged one is refused', () => {
  const office = join(folder.path, 'office')
  const setUp = { companyName: 'Cedar Comfort', zone: 'America/Chicago', ownerName: 'Ada North', pin: '4321' }
  expect(runBaton('call', 'company.setUp', JSON.stringify(setUp), '--data', office).code).toBe(0)
  const copy = join(folder.path, 'copy.baton')
  expect(runBaton('backup', copy, '--data', office)).toMatchObject({ code: 0, answer: { file: copy } })
  expect(runBaton('backup', copy, '--data', office)).toMatchObject({ code: 1, answer: { error: { code: 'backup.exists' } } })

  const other = join(folder.path, 'other')
  expect(runBaton('restore', copy, '--data', other)).toMatchObject({ code: 0, answer: { replaced: null } })
  expect(runBaton('call', 'session.state', '--data', other)).toMatchObject({ answer: { company: { name: 'Cedar Comfort' } } })
  const again = runBaton('restore', copy, '--data', other).answer as { readonly replaced: string }
  expect(existsSync(again.replaced)).toBe(true)

  const damaged = join(folder.path, 'damaged.baton')
  writeFileSync(damaged, Buffer.concat([readFileSync(copy).subarray(0, 20_000), Buffer.alloc(50_000, 7)]))
  const third = join(folder.path, 'third')
  mkdirSync(third)
  const refused = runBaton('restore', damaged, '--data', third)
  expect(refused.code).toBe(1)
  expect(readdirSync(third)).toEqual([])
})

test('every method is listed with its schemas', () => {
  const { code, answer } = runBaton('methods')
  expect(code).toBe(0)
  const methods = answer as readonly { readonly name: string; readonly input: { readonly type?: string } }[]
  expect(methods.length).toBeGreaterThan(60)
  expect(methods.find(({ name }) => name === 'job.book')?.input).toMatchObject({ type: 'object' })
})

test('a folder that is open is kept from a second Baton; reading it is allowed', async () => {
  const host = await start(folder.path)
  const second = await start(folder.path)
  await expect.poll(() => second.output()).toContain('is open on')
  await second.stop()
  const data = ['--data', folder.path]
  expect(runBaton('call', 'session.state', ...data).code).toBe(0)
  expect(runBaton('backup', join(folder.path, 'copy.baton'), ...data).code).toBe(0)
  for (const words of [['call', 'company.startSample'], ['restore', join(folder.path, 'copy.baton')]]) {
    expect(runBaton(...words, ...data)).toMatchObject({ code: 1, answer: { error: { code: 'store.unavailable' } } })
  }
  await host.stop()
  expect(runBaton('restore', join(folder.path, 'copy.baton'), ...data).code).toBe(0)
})

test('killed without warning, it starts again on the same data', async () => {
  const host = await start(folder.path)
  host.process.kill('SIGKILL')
  await host.stop()
  const again = await start(folder.path)
  expect(again.output()).not.toContain('can\u2019t')
  await again.stop()
})

test('the main thread of a host carries no database', () => {
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, module] of readFileSync(join(ROOT, 'dist/main', file), 'utf8').matchAll(/^(?:import|export)[^'"\n]*['"]([^'"]+)['"]/gm)) {
      if (module?.startsWith('./')) follow(module.slice(2))
      else expect(module, `${file} imports it`).not.toMatch(/better-sqlite3/)
    }
  }
  for (const entry of ['web.js', 'electron.js']) follow(entry)
  expect(seen.size).toBeGreaterThan(2)
})

test('when its starter is gone, the host goes too', async () => {
  const starter = spawn(process.execPath, [join(ROOT, 'build/start.mjs'), '--web', '--data', folder.path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  starter.stdout.on('data', (data) => (printed += String(data)))
  await expect.poll(() => /Baton is at (http:\S+)/.exec(printed)?.[1], { timeout: 60_000 }).toBeTruthy()
  expect(printed).toContain('Baton opens in your browser because --web was given.')
  const address = /Baton is at (http:\S+)/.exec(printed)?.[1] ?? ''
  starter.kill('SIGKILL')
  await expect.poll(() => fetch(address).then(() => 'up', () => 'down'), { timeout: 15_000 }).toBe('down')
})
