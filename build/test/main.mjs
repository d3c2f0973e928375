import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../start/install.mjs'
import { brokeDown, countPlaywright, countVitest, endLines, lastLine, NOTHING, notRun, together } from './count.mjs'
import { phoneTests } from './phone.mjs'
import { testTools } from './tools.mjs'

function heading(text) {
  console.log(`\n== ${text}`)
}

const oneCheck = (exitCode, name) => (exitCode === 0 ? { ...NOTHING, passed: 1 } : brokeDown(name))

/** Those of the telephone are a part of their own. */
const isOrdinarySpec = (name) => name.endsWith('.spec.ts') && !/^phone[\\/]/.test(name)

async function endToEnd({ root, node, reports, run, browser }) {
  const specs = readdirSync(join(root, 'tests', 'e2e'), { recursive: true }).filter((name) => isOrdinarySpec(String(name))).length
  const { skipped, failed } = await browser()
  if (skipped) {
    console.log(`Not run (${specs} files of specs): ${skipped}.`)
    return notRun(specs)
  }
  if (failed) {
    console.log(failed)
    return brokeDown(failed)
  }
  const report = join(reports, 'playwright.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const code = await run(node, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'])
  return countPlaywright(report, code)
}

/** `npm test`: everything, on any machine; the last line is the count alone. */
export async function main(words) {
  const only = words.length > 0 ? words : ['types', 'lint', 'unit', 'e2e', 'phone']
  await ensureInstalled(fileURLToPath(new URL('../..', import.meta.url)), console.log)
  const tools = testTools()
  const { node, reports, run } = tools
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  const steps = {
    types: async () => {
      heading('Types (tsc)')
      return oneCheck(await run(node, ['node_modules/typescript/bin/tsc']), 'tsc')
    },
    lint: async () => {
      heading('Rules of the code (oxlint)')
      return oneCheck(await run(node, ['node_modules/oxlint/bin/oxlint']), 'oxlint')
    },
    unit: async () => {
      heading('Unit, property and integration tests (vitest)')
      const report = join(reports, 'vitest.json')
      const code = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
      return countVitest(report, code)
    },
    e2e: async () => {
      heading('End to end, in Chromium (Playwright)')
      return endToEnd(tools)
    },
    phone: async () => {
      heading('The telephone, on real servers (vitest, Playwright)')
      return phoneTests(tools)
    },
  }

  const counts = []
  for (const name of only) {
    const step = steps[name]
    if (!step) throw Object.assign(new Error(`npm test has no part ${name}; it has ${Object.keys(steps).join(', ')}.`), { isSentence: true })
    const count = await step()
    console.log(`${name}: ${lastLine(count)}`)
    counts.push(count)
  }
  const whole = together(counts)
  console.log('')
  for (const line of endLines(whole)) console.log(line)
  console.log(lastLine(whole))
  process.exitCode = whole.failed > 0 ? 1 : 0
}
