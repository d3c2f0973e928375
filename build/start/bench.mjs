import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inNamespace, namespaceMissing } from '../test/namespace.mjs'
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
  const bench = ['--expose-gc', join(root, 'tests', 'bench', 'run.ts'), ...words]
  // The telephone's servers and the browser's sound meet on the loopback address of a network of their own.
  const apart = words.includes('phone') ? inNamespace(node, bench) : { command: node, words: bench, env: {} }
  const missing = words.includes('phone') ? namespaceMissing() : null
  if (missing) {
    console.error(`The telephone is not measured: ${missing}.`)
    process.exit(1)
  }
  Object.assign(process.env, apart.env)
  process.exit(await runHere(apart.command, apart.words, root))
}
