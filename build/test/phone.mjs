import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { brokeDown, countPlaywright, countVitest, NOTHING, notRun, together } from './count.mjs'
import { inNamespace, namespaceMissing } from './namespace.mjs'

const TESTS = { folder: ['tests', 'phone'], end: '.test.ts' }
const SPECS = { folder: ['tests', 'e2e', 'phone'], end: '.spec.ts' }

/** Read by playwright.config.ts: only in the namespace there is a project `phone`. */
const IN_NAMESPACE = { BATON_PHONE_TESTS: '1' }

function filesOf(root, { folder, end }) {
  const path = join(root, ...folder)
  return existsSync(path) ? readdirSync(path, { recursive: true }).filter((name) => String(name).endsWith(end)).length : 0
}

/**
 * The tests that need real telephone servers, in a network of their own; Playwright's after vitest's.
 * @param {{ root: string, node: string, reports: string, run: Function, browser: () => Promise<{ skipped?: string, failed?: string }> }} tools
 * @param {{ tests?: string[], specs?: string[] }} only file names; without any, everything
 */
export async function phoneTests({ root, node, reports, run, browser }, only = {}) {
  const all = !only.tests?.length && !only.specs?.length
  const [tests, specs] = [filesOf(root, TESTS), filesOf(root, SPECS)]
  const reason = namespaceMissing()
  if (reason) {
    console.log(`Not run (${tests + specs} files): ${reason}.`)
    return notRun(tests + specs)
  }
  const within = (words) => {
    const { command, words: all, env } = inNamespace(node, words)
    return run(command, all, { ...env, ...IN_NAMESPACE })
  }

  let count = NOTHING
  if (all || only.tests?.length) {
    const report = join(reports, 'phone-vitest.json')
    const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/phone/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    count = countVitest(report, await within([...words, ...(only.tests ?? [])]))
  }
  if (specs === 0 || !(all || only.specs?.length)) return count

  const { skipped, failed } = await browser()
  if (skipped) {
    console.log(`Not run (${specs} files of specs): ${skipped}.`)
    return together([count, notRun(specs)])
  }
  if (failed) {
    console.log(failed)
    return together([count, brokeDown(failed)])
  }
  const report = join(reports, 'phone-playwright.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const code = await within(['node_modules/@playwright/test/cli.js', 'test', '--project', 'phone', '--reporter=list,json', ...(only.specs ?? [])])
  return together([count, countPlaywright(report, code)])
}
