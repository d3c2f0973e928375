import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Shows that the walls of the house stand: each forbidden line, written into a copy, makes the linter fail there. */

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Case {
  readonly file: string
  readonly source: string
  /** The rule that must speak; null where the line is allowed. */
  readonly rule: string | null
}

const imports = 'no-restricted-imports'
const from = (module: string): string => `import * as thing from '${module}'\nexport const used = thing\n`

const forbidden: readonly (readonly [file: string, module: string])[] = [
  ['src/shared/base/a.ts', 'node:fs'],
  ['src/shared/base/a.ts', 'react'],
  ['src/shared/base/a.ts', 'electron'],
  ['src/shared/base/a.ts', 'libphonenumber-js'],
  ['src/shared/contract/a.ts', '../../main/core/log.ts'],
  ['src/shared/contract/a.ts', '../../renderer/api/api.ts'],
  ['src/shared/domain/jobs/a.ts', '../../../main/store/store.ts'],
  ['src/shared/domain/jobs/a.ts', '../../base/zone.ts'],
  ['src/shared/domain/jobs/a.ts', '../../contract/methods.ts'],
  ['src/shared/domain/jobs/a.ts', 'node:crypto'],
  ['src/shared/planner/a.ts', '../domain/jobs/tables.ts'],
  ['src/shared/planner/search/a.ts', '../../contract/methods.ts'],
  ['src/shared/planner/a.ts', 'zod'],
  ['src/renderer/features/jobs/a.ts', '../../../main/core/log.ts'],
  ['src/renderer/features/jobs/a.ts', 'electron'],
  ['src/renderer/features/jobs/a.ts', 'node:path'],
  ['src/renderer/features/jobs/a.ts', 'better-sqlite3'],
  ['src/renderer/features/jobs/a.ts', '@mui/material'],
  ['src/renderer/api/a.ts', '../../main/core/transport.ts'],
  ['src/main/core/a.ts', 'electron'],
  ['src/main/core/a.ts', 'better-sqlite3'],
  ['src/main/core/a.ts', '../web/server.ts'],
  ['src/main/core/a.ts', '../electron/links.ts'],
  ['src/main/services/jobs/a.ts', 'drizzle-orm/better-sqlite3'],
  ['src/main/services/jobs/a.ts', 'electron/main'],
  ['src/main/services/jobs/a.ts', '../../../renderer/api/api.ts'],
  ['src/main/phone/a.ts', 'react'],
  ['src/main/store/a.ts', 'electron'],
  ['src/main/store/a.ts', '../services/registry.ts'],
  ['src/main/web/a.ts', '../store/store.ts'],
  ['src/main/web/a.ts', '../services/registry.ts'],
  ['src/main/web/a.ts', 'electron'],
  ['src/main/electron/a.ts', '../store/store.ts'],
  ['src/main/electron/a.ts', '../web/server.ts'],
  ['src/main/electron/a.ts', 'better-sqlite3'],
  ['src/technician/a.ts', '../hub/server/problem.ts'],
  ['src/technician/a.ts', '../renderer/api/api.ts'],
  ['src/technician/a.ts', 'react'],
  ['src/technician/a.ts', 'node:fs'],
  ['src/shared/field/a.ts', '../../technician/said.ts'],
  ['src/hub/a.ts', 'electron'],
  ['src/hub/a.ts', '../main/store/store.ts'],
  ['src/main/core/a.test.ts', 'electron'],
  ['tests/integration/a.ts', 'electron'],
]

const allowed: readonly (readonly [file: string, module: string])[] = [
  ['src/shared/base/b.ts', '@noble/hashes/sha2.js'],
  ['src/shared/base/b.ts', 'libphonenumber-js/min'],
  ['src/shared/domain/jobs/b.ts', 'zod'],
  ['src/shared/domain/jobs/b.ts', '../../base/money.ts'],
  ['src/shared/contract/b.ts', '../domain/jobs/tables.ts'],
  ['src/shared/planner/search/b.ts', '../../base/assertNever.ts'],
  ['src/renderer/features/jobs/b.ts', '../../../shared/base/money.ts'],
  ['src/renderer/features/jobs/b.ts', '@mui/material/Button'],
  ['src/main/electron/b.ts', 'electron'],
  ['src/main/electron/b.ts', '../core/workerHost.ts'],
  ['src/main/store/b.ts', 'better-sqlite3'],
  ['src/main/store/b.ts', 'drizzle-orm'],
  ['src/main/services/jobs/b.ts', '../../store/schema.ts'],
  ['src/main/web/b.ts', 'ws'],
]

const cases: readonly Case[] = [
  ...forbidden.map(([file, module]): Case => ({ file, source: from(module), rule: imports })),
  ...allowed.map(([file, module]): Case => ({ file, source: from(module), rule: null })),
  { file: 'src/shared/domain/jobs/a.ts', source: 'export const now = (): number => Date.now()\n', rule: 'no-restricted-properties' },
  { file: 'src/shared/domain/jobs/a.ts', source: 'export const chance = (): number => Math.random()\n', rule: 'no-restricted-properties' },
  { file: 'src/shared/domain/jobs/a.ts', source: "export const format = new Intl.NumberFormat('en-US')\n", rule: 'no-restricted-globals' },
  { file: 'src/shared/planner/a.ts', source: 'export const now = (): number => Date.now()\n', rule: 'no-restricted-properties' },
  { file: 'src/shared/base/a.ts', source: 'export const path = process.cwd()\n', rule: 'no-restricted-globals' },
  { file: 'src/shared/base/a.ts', source: 'export const title = document.title\n', rule: 'no-restricted-globals' },
  { file: 'src/renderer/features/jobs/a.ts', source: "export const socket = new WebSocket('ws://127.0.0.1')\n", rule: 'no-restricted-globals' },
  { file: 'src/renderer/features/jobs/a.ts', source: "export const answer = fetch('/x')\n", rule: 'no-restricted-globals' },
  { file: 'src/renderer/api/b.ts', source: "export const socket = new WebSocket('ws://127.0.0.1')\n", rule: null },
  { file: 'src/main/core/a.ts', source: 'export const loose = (value: any): string => String(value)\n', rule: 'no-explicit-any' },
  { file: 'src/main/core/a.ts', source: 'export default function nameless(): void {}\n', rule: 'no-default-export' },
  { file: 'src/main/core/a.ts', source: "export * from './b.ts'\nexport * from './c.ts'\nexport * from './d.ts'\nexport * from './e.ts'\n", rule: 'no-barrel-file' },
  { file: 'src/main/core/a.ts', source: "import { b } from './b'\nexport const used = b\n", rule: 'extensions' },
  { file: 'src/main/core/a.ts', source: '// @ts-ignore\nexport const ignored = 1\n', rule: 'ban-ts-comment' },
  { file: 'src/main/core/a.ts', source: "export const first = (list: string[]): string => list[0]!\n", rule: 'no-non-null-assertion' },
  { file: 'src/main/core/a.ts', source: "console.log('here')\n", rule: 'no-console' },
  { file: 'src/main/core/a.ts', source: `${'export {}\n'.repeat(401)}`, rule: 'max-lines' },
]

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

let folder = ''
let found: readonly Diagnostic[] = []

/** Each case lies in a tree of its own, so that two of the same file don't meet; the linter runs once over all. */
function place(index: number, { file }: Case): string {
  return join(`case${index}`, file)
}

function lint(): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json'], { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout }),
    )
  })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-lint-'))
  for (const [index, entry] of cases.entries()) {
    const path = join(folder, place(index, entry))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, entry.source)
    // The overrides' globs are relative to the configuration beside them.
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, `case${index}`, '.oxlintrc.json'))
  }
  mkdirSync(join(folder, 'cycle/src/main/core'), { recursive: true })
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, 'cycle/.oxlintrc.json'))
  for (const [own, other] of [['one', 'two'], ['two', 'one']]) {
    writeFileSync(join(folder, `cycle/src/main/core/${own}.ts`), `import { ${other} } from './${other}.ts'\nexport const ${own} = (): unknown => ${other}\n`)
  }
  const { code, output } = await lint()
  expect(code).toBe(1)
  found = (JSON.parse(output) as { diagnostics: readonly Diagnostic[] }).diagnostics
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(cases.map((entry, index) => ({ ...entry, index, line: entry.source.split('\n')[0] })))('$file: $line', (entry) => {
  const path = place(entry.index, entry).replaceAll('\\', '/')
  const rules = found.filter(({ filename }) => filename.replaceAll('\\', '/').endsWith(path)).map(({ code }) => /\(([^)]+)\)/.exec(code)?.[1] ?? code)
  if (entry.rule === null) expect(rules).toEqual([])
  else expect(rules).toContain(entry.rule)
})

test('a circle of imports is refused', () => {
  expect(found.filter(({ code, filename }) => code.includes('no-cycle') && filename.includes('cycle')).length).toBeGreaterThan(0)
})
