import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../start/built.mjs'
import { ensureInstalled } from '../start/install.mjs'
import { findNode } from '../start/node.mjs'
import { ensureChromium } from './chromium.mjs'
import { countPlaywright, countVitest, lastLine } from './count.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const reports = join(root, 'test-results', 'reports')

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/snap/bin/chromium']
const findChromium = () =>
  [
    process.env.BATON_CHROMIUM ?? '',
    ...CHROMIUM,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ].find((place) => place !== '' && existsSync(place))

function heading(text) {
  console.log(`\n== ${text}`)
}

/** Runs one tool in this terminal; resolves with its exit code. */
function run(node, words) {
  // The tools start others by the name "node", which must be this one.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
  return new Promise((resolve) => {
    const child = spawn(node, words, { cwd: root, stdio: 'inherit', env })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const oneCheck = (exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 })

async function endToEnd(node) {
  const specs = readdirSync(join(root, 'tests', 'e2e'), { recursive: true }).filter((name) => String(name).endsWith('.spec.ts')).length
  const reason = ensureChromium(findChromium, console.log)
  if (reason) {
    console.log(`Not run (${specs} files of specs): ${reason}.`)
    return { passed: 0, failed: 0, skipped: specs }
  }
  try {
    await ensureBuilt(root, node, console.log)
  } catch (error) {
    console.log(error.message)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const report = join(reports, 'playwright.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const code = await run(node, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'])
  return countPlaywright(report, code)
}

/** `npm test`: everything, on any machine; the last line is the count alone. */
export async function main(words) {
  const only = words.length > 0 ? words : ['types', 'lint', 'unit', 'e2e']
  await ensureInstalled(root, console.log)
  const node = findNode(root)
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  const steps = {
    types: async () => {
      heading('Types (tsc)')
      return oneCheck(await run(node, ['node_modules/typescript/bin/tsc']))
    },
    lint: async () => {
      heading('Rules of the code (oxlint)')
      return oneCheck(await run(node, ['node_modules/oxlint/bin/oxlint']))
    },
    unit: async () => {
      heading('Unit, property and integration tests (vitest)')
      const report = join(reports, 'vitest.json')
      const code = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
      return countVitest(report, code)
    },
    e2e: async () => {
      heading('End to end, in Chromium (Playwright)')
      return endToEnd(node)
    },
  }

  const counts = []
  for (const name of only) {
    const step = steps[name]
    if (!step) throw Object.assign(new Error(`npm test has no part ${name}; it has ${Object.keys(steps).join(', ')}.`), { isSentence: true })
    const count = await step()
    console.log(`${name}: ${lastLine([count])}`)
    counts.push(count)
  }
  console.log('')
  console.log(lastLine(counts))
  process.exitCode = counts.some((count) => count.failed > 0) ? 1 : 0
}
