import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run simulate`: figures go to standard output, everything else to standard error. */
export async function main(words) {
  await ensureInstalled(root, console.error)
  const node = findNode(root)
  process.exit(await runHere(node, [join(root, 'tests', 'simulation', 'sync', 'simulate.ts'), ...words], root))
}
