import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run bench`: figures go to standard output, everything else to standard error. */
export async function main(words) {
  await ensureInstalled(root, console.error)
  const node = findNode(root)
  await ensureBuilt(root, node, console.error)
  process.exit(await runHere(node, ['--expose-gc', join(root, 'tests', 'bench', 'run.ts'), ...words], root))
}
