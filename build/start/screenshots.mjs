import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run screenshots`: every screen of the sample company into docs/screens. Words are handed on to Playwright. */
export async function main(words) {
  await ensureInstalled(root, console.log)
  const node = findNode(root)
  await ensureBuilt(root, node, console.log)
  process.exit(await runHere(node, ['node_modules/@playwright/test/cli.js', 'test', '--config', 'tests/screens/playwright.config.ts', ...words], root))
}
